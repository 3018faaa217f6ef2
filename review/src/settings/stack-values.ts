import { type Fields, isRecord } from "../text/records";
import { type Fail, rejectUnknown } from "./mistakes";

/** The values that stand in for those of the ESC environments that a stack imports. */
export interface StackValues {
  /** As in `pulumiConfig` of an environment: numbers, objects and lists are allowed. */
  readonly config: Fields;
  /** The keys of the configuration that contain a secret, at any depth. */
  readonly secretKeys: readonly string[];
  readonly environmentVariables: Readonly<Record<string, string>>;
  /** The values of the variables that are secret. */
  readonly secretVariables: readonly string[];
}

/** How an environment of ESC marks a secret: `{ "fn::secret": "..." }`. */
const secretKey = "fn::secret";

/** @param stacks the setting of that name */
export function stackValuesOf(stacks: unknown, fail: Fail): Readonly<Record<string, StackValues>> {
  if (!isRecord(stacks)) return fail("stacks", "has to hold an object for each stack, by its name");
  return Object.fromEntries(
    Object.entries(stacks).map(([name, entry]) => {
      const place = `stacks.${name}`;
      if (name.includes("/")) {
        fail(place, `has to be the name of the stack alone: ${name.split("/").at(-1)}`);
      }
      if (!isRecord(entry)) return fail(place, "has to be an object with config or environmentVariables");
      rejectUnknown(entry, `${place}.`, ["config", "environmentVariables"], fail);
      return [name, valuesOf(entry, place, fail)];
    }),
  );
}

function valuesOf(entry: Fields, place: string, fail: Fail): StackValues {
  const part = (name: string, examples: string) => {
    const fields = entry[name] ?? {};
    if (!isRecord(fields)) return fail(`${place}.${name}`, `has to hold values by name, such as ${examples}`);
    return Object.entries(fields).map(([key, value]) => {
      const seen = { hasSecret: false };
      return { key, value: plain(value, `${place}.${name}.${key}`, seen, fail), ...seen };
    });
  };
  const config = part("config", '"aws:region": "eu-west-1"');
  const variables = part("environmentVariables", '"AWS_REGION": "eu-west-1"').map(
    ({ key, value, ...rest }) => {
      if (!["string", "number", "boolean"].includes(typeof value)) {
        fail(`${place}.environmentVariables.${key}`, "has to be a string");
      }
      return { key, value: String(value), ...rest };
    },
  );
  return {
    config: Object.fromEntries(config.map(({ key, value }) => [key, value])),
    secretKeys: config.filter(({ hasSecret }) => hasSecret).map(({ key }) => key),
    environmentVariables: Object.fromEntries(variables.map(({ key, value }) => [key, value])),
    secretVariables: variables.filter(({ hasSecret }) => hasSecret).map(({ value }) => value),
  };
}

/**
 * A value without its marks of secrets.
 *
 * @param seen is told whether there was one
 */
function plain(value: unknown, place: string, seen: { hasSecret: boolean }, fail: Fail): unknown {
  if (value instanceof Date) return fail(place, "is a bare date; write it in quotes");
  if (typeof value === "string") {
    if (/\$\{[^}]*\}/.test(value)) {
      return fail(place, "contains an interpolation, which only ESC evaluates; write the value itself");
    }
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((element, index) => plain(element, `${place}[${index}]`, seen, fail));
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  const [[key, inner] = ["", undefined]] = entries;
  if (entries.length === 1 && key === secretKey) {
    seen.hasSecret = true;
    if (typeof inner !== "string") return fail(`${place}.${key}`, "has to be a string");
    // A secret is a plain text for ESC: nothing in it is evaluated.
    return inner;
  }
  for (const [name] of entries.filter(([name]) => name.startsWith("fn::"))) {
    fail(
      `${place}.${name}`,
      `is a function of ESC, which isn't run here; write the value, or {"${secretKey}": "VALUE"}`,
    );
  }
  return Object.fromEntries(
    entries.map(([name, part]) => [name, plain(part, `${place}.${name}`, seen, fail)]),
  );
}
