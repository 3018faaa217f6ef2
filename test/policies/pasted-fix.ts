import type { Given, Reported } from "./analyze";
import { UNKNOWN } from "./analyze";

/** The code after `Fix: `, without the comment behind it. */
export function fixOf({ message }: Pick<Reported, "message">): string {
  const [, line = ""] = /^Fix: (.*)$/m.exec(message) ?? [];
  return line.split(" //")[0]?.trim() ?? "";
}

/**
 * Resources after somebody pasted what a message says into the resource that it is about. A fix that creates a resource adds
 * it.
 *
 * @param variables the names of the resources that the variables of the fix stand for; any other is of another program
 */
export function withFix(
  resources: readonly Given[],
  finding: Pick<Reported, "message" | "resource">,
  variables: Readonly<Record<string, string>> = {},
): readonly Given[] {
  const code = fixOf(finding);
  const here = Object.fromEntries(
    Object.entries(variables).filter(([, name]) => resources.some((given) => given.name === name)),
  );
  const [, module = "", kind = "", name = "", args = ""] =
    /^new aws\.(\w+)\.(\w+)\("([^"]+)", (\{.*\})\);?$/.exec(code) ?? [];
  if (kind !== "") {
    const type = `aws:${module}/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;
    return [...resources, { type, name, ...pasted(args, {}, here) }];
  }
  return resources.map((given) => {
    if (given.name !== finding.resource) return given;
    const { properties, dependencies } = pasted(`{ ${code} }`, given.properties ?? {}, here);
    return {
      ...given,
      properties: { ...given.properties, ...properties },
      dependencies: { ...given.dependencies, ...dependencies },
    };
  });
}

const variableOf = Symbol("the variable that a value comes from");

/** What a program gets from a variable before the deployment: an output, whatever it reads of it. */
const outputOf = (variable: string): unknown =>
  new Proxy(
    {},
    { get: (_, property) => (property === variableOf ? variable : outputOf(variable)), has: () => true },
  );

/** Evaluates the arguments of a resource. `...` stands for what the property has already. */
function pasted(
  code: string,
  before: Readonly<Record<string, unknown>>,
  variables: Readonly<Record<string, string>>,
): Required<Pick<Given, "properties" | "dependencies">> {
  const spread = code
    .replace(/(\w+): (\[?\{) \.\.\., /g, (_, name, open) =>
      open === "{" ? `${name}: { ...before.${name}, ` : `${name}: [{ ...before.${name}[0], `,
    )
    .replace(/(\w+): \[\.\.\., /g, (_, name) => `${name}: [...before.${name}, `);
  const scope = new Proxy(
    { before },
    {
      has: () => true,
      get: (_, name) => {
        if (name === "before") return before;
        return name === Symbol.unscopables ? undefined : outputOf(String(name));
      },
    },
  );
  const evaluated: Readonly<Record<string, unknown>> = new Function(
    "scope",
    `with (scope) { return (${spread}); }`,
  )(scope);
  const properties: Record<string, unknown> = {};
  const dependencies: Record<string, readonly string[]> = {};
  for (const [property, value] of Object.entries(evaluated)) {
    const found = new Set<string>();
    properties[property] = plain(value, found);
    const names = [...found].flatMap((variable) => variables[variable] ?? []);
    if (found.size > 0) dependencies[property] = names;
  }
  return { properties, dependencies };
}

function plain(value: unknown, found: Set<string>): unknown {
  if (typeof value !== "object" || value === null) return value;
  const variable = (value as { [variableOf]?: string })[variableOf];
  if (variable !== undefined) {
    found.add(variable);
    return UNKNOWN;
  }
  if (Array.isArray(value)) return value.map((element) => plain(element, found));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each, found)]));
}
