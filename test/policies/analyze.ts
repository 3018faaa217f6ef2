import { createRequire } from "node:module";
import { isDeepStrictEqual } from "node:util";
import { type GuardrailsArgs, guardrails, type Rule, rules } from "../../policies/src";
import { missingInInventory, onlyInInventory } from "./inventory/agreement";

const require = createRequire(import.meta.url);
// The SDK's own semantics in this process: what an exported policy does there, it does in a pack. Not in its typings.
const server = require("@pulumi/policy/server");
const messages = require("@pulumi/pulumi/proto/analyzer_pb");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb");

export { UNKNOWN } from "../unknown";

/** How the protocol marks a secret. */
export const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

/** The themes that ask who may call. The others ask what could be said or done about it. */
const themesOfAccess = ["authentication", "authorizers", "bypass", "governance"];

/** Levels under which a rule is judged among those that it stands with: with who may call, or alone. */
export function levelsAround(id: string | undefined): NonNullable<GuardrailsArgs["levels"]> {
  const isAboutAccess = (rule: Rule) => themesOfAccess.includes(rule.theme);
  const named = rules.find((rule) => rule.id === id);
  const others = rules.filter((rule) =>
    named && !isAboutAccess(named) ? rule.id !== id : !isAboutAccess(rule),
  );
  return Object.fromEntries(others.map((rule) => [rule.id, "disabled" as const]));
}

/**
 * What one rule reports at a level, with the rules around it.
 *
 * @param half as `analyze` takes it
 */
export async function findingsOf(
  rule: string,
  level: "advisory" | "mandatory",
  given: readonly Given[],
  args: GuardrailsArgs = {},
  half?: Parameters<typeof analyze>[2],
): Promise<readonly Reported[]> {
  const found = await analyze(given, { ...args, levels: { ...levelsAround(rule), [rule]: level } }, half);
  return found.filter((finding) => finding.rule === rule);
}

/** Levels under which every rule is judged. */
export const levelsOfAll: NonNullable<GuardrailsArgs["levels"]> = Object.fromEntries(
  rules.map(({ id, level }) => [id, level]),
);

/** A resource as a test writes it down. */
export interface Given {
  readonly type: string;
  readonly name: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  /** The parent's name. */
  readonly parent?: string;
  /** Names of the resources that a property's value was made of. */
  readonly dependencies?: Readonly<Record<string, readonly string[]>>;
  /** The resource's option of that name. */
  readonly ignoreChanges?: readonly string[];
  /** What AnalyzeStack shows; by default the properties. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** The stack that it is in, in a file that spans several. By default that of all others. */
  readonly stack?: string;
  /** Shown at the end only, as resources are that Analyze never sees. */
  readonly onlyInStack?: boolean;
}

export interface Reported {
  readonly rule: string;
  readonly level: "advisory" | "mandatory";
  readonly resource: string;
  readonly message: string;
}

/** The kind of a finding, by the page that its message ends with; undefined where the page is the whole rule's. */
export function kindOf({ message }: Pick<Reported, "message">): string | undefined {
  return message.split("\n").at(-1)?.split("#")[1];
}

export const today = "2026-06-01";
const project = "customers";
const stack = "dev";
const stackType = "pulumi:pulumi:Stack";

/**
 * Shows resources to the pack as the engine does, in order, then the whole stack, and answers what the rules about who may
 * call report of them. Others are judged where `levels` gives them a level: see `levelsAround`.
 *
 * @param half `resources`: as `pulumi up --skip-preview` before creation; `server`: both, and the stack only as the server asks,
 *   for sweeps of thousands; default: both, and the stack in both ways
 */
export async function analyze(
  given: readonly Given[],
  args: GuardrailsArgs = {},
  half: "both" | "resources" | "server" = "both",
): Promise<readonly Reported[]> {
  const { policies, initialConfig } = guardrails({
    clock: () => new Date(`${today}T12:00:00Z`),
    ...args,
    levels: { ...levelsAround(undefined), ...args.levels },
  });
  // The server keeps a pack's configuration itself; here it is handed to each policy directly. It never calls a disabled one.
  const configured = policies.flatMap((policy) => {
    const settings = initialConfig[policy.name];
    const { enforcementLevel, ...properties } =
      typeof settings === "object" ? settings : { enforcementLevel: settings };
    if (enforcementLevel === "disabled") return [];
    const getConfig = () => properties;
    const handed = (validation: unknown) => (shown: object, report: unknown) =>
      (validation as (args: object, report: unknown) => void)({ ...shown, getConfig }, report);
    // Asked anew for each resource, as the server does: a policy may have nothing to do with what is shown.
    let asked: unknown;
    let answered: readonly unknown[] = [];
    const validateResource = {
      get: () => {
        const now = policy.validateResource;
        if (now !== asked) [asked, answered] = [now, [now].flat().map(handed)];
        return answered;
      },
    };
    const { validateStack } = policy;
    const shownStacks = (property: PropertyDescriptor) =>
      Object.create(policy, {
        validateResource,
        enforcementLevel: { value: enforcementLevel },
        validateStack: property,
      });
    return [
      {
        always: half === "both" && shownStacks({ value: validateStack && handed(validateStack) }),
        /** Asked anew here as well: a policy that is known to find nothing isn't shown the stack. */
        asTheServerAsks: shownStacks({
          get: () => {
            const needed = policy.validateStack;
            return needed && handed(needed);
          },
        }),
      },
    ];
  });
  const asTheServerAsks = configured.map((policy) => policy.asTheServerAsks);

  const all: Given[] = [{ type: stackType, name: `${project}-${stack}` }, ...given];
  const reported: Reported[] = [];
  const collect = (diagnostics: readonly Diagnostic[], subject?: string) => {
    for (const diagnostic of diagnostics) {
      // What the SDK makes of a policy that touches an unknown: one advisory, whatever its level.
      if (diagnostic.message.startsWith("can't run policy")) throw new Error(diagnostic.message);
      reported.push({
        rule: diagnostic.policyname,
        level: diagnostic.enforcementlevel === 1 ? "mandatory" : "advisory",
        resource: subject ?? diagnostic.urn.split("::").slice(3).join("::"),
        message: diagnostic.message,
      });
    }
  };
  const analyzeOne = server.makeAnalyzeRpcFun("api-guardrails", "0.0.0", "mandatory", asTheServerAsks);
  for (const resource of all) {
    if (resource.onlyInStack) continue;
    const request = fill(new messages.AnalyzeRequest(), resource, resource.properties ?? {}, all);
    collect(diagnosticsOf(await call(analyzeOne, request)), resource.name);
  }
  if (half !== "resources") {
    const request = new messages.AnalyzeStackRequest();
    request.setResourcesList(
      all.map((resource) => {
        const message = fill(
          new messages.AnalyzerResource(),
          resource,
          resource.outputs ?? resource.properties ?? {},
          all,
        );
        message.setParent(parentUrn(resource, all));
        for (const [property, names] of Object.entries(resource.dependencies ?? {})) {
          const dependencies = new messages.AnalyzerPropertyDependencies();
          dependencies.setUrnsList(names.map((name) => urnOf(named(name, all, resource), all)));
          message.getPropertydependenciesMap().set(property, dependencies);
        }
        return message;
      }),
    );
    const analyzeStack = async (asked: readonly object[]) => {
      const rpc = server.makeAnalyzeStackRpcFun("api-guardrails", "0.0.0", "mandatory", asked);
      return diagnosticsOf(await call(rpc, request));
    };
    const diagnostics = await analyzeStack(asTheServerAsks);
    // Whoever isn't shown the stack would have found nothing in it: every case of every table is judged both ways.
    const always = configured.map((policy) => policy.always);
    if (half === "both" && !isDeepStrictEqual(diagnostics, await analyzeStack(always))) {
      throw new Error("a policy that wasn't shown the stack would have had something to say");
    }
    collect(diagnostics);
  }
  const missing = half === "both" ? missingInInventory(given, reported) : [];
  if (missing.length > 0) {
    throw new Error(
      `the inventory doesn't know what a rule reports: ${JSON.stringify(missing, undefined, 1)}`,
    );
  }
  const { levels = {}, ...others } = args;
  const isConfigured = Object.keys(others).length > 0 || disablesAccess(levels);
  const added = half === "both" && !isConfigured ? onlyInInventory(given, reported) : [];
  if (added.length > 0) {
    throw new Error(`only the inventory calls these open: ${added.join(", ")}`);
  }
  return reported;
}

/** Whether a rule about who may call is disabled. */
function disablesAccess(levels: NonNullable<GuardrailsArgs["levels"]>): boolean {
  return rules.some(({ id, theme }) => themesOfAccess.includes(theme) && levels[id] === "disabled");
}

/** The URN that a resource of these has. */
export function urnOf(resource: Given, all: readonly Given[]): string {
  const parent = resource.parent === undefined ? undefined : named(resource.parent, all, resource);
  const qualified = parent ? `${typesOf(parent, all)}$${resource.type}` : resource.type;
  return `urn:pulumi:${resource.stack ?? stack}::${project}::${qualified}::${resource.name}`;
}

interface Diagnostic {
  readonly policyname: string;
  readonly enforcementlevel: number;
  readonly message: string;
  readonly urn: string;
}

function diagnosticsOf(response: { toObject(): { diagnosticsList: Diagnostic[] } }): readonly Diagnostic[] {
  return response.toObject().diagnosticsList;
}

function typesOf(resource: Given, all: readonly Given[]): string {
  return resource.parent === undefined
    ? resource.type
    : `${typesOf(named(resource.parent, all, resource), all)}$${resource.type}`;
}

function named(name: string, all: readonly Given[], from: Given): Given {
  const found = all.find((resource) => resource.name === name && resource.stack === from.stack);
  if (!found) throw new Error(`the test names a resource "${name}" that it doesn't have`);
  return found;
}

function parentUrn(resource: Given, all: readonly Given[]): string {
  if (resource.type === stackType) return "";
  return resource.parent === undefined
    ? `urn:pulumi:${resource.stack ?? stack}::${project}::${stackType}::${project}-${resource.stack ?? stack}`
    : urnOf(named(resource.parent, all, resource), all);
}

// biome-ignore lint/suspicious/noExplicitAny: the generated protocol has no types of its own
type Message = any;

function fill(message: Message, resource: Given, properties: object, all: readonly Given[]): Message {
  message.setType(resource.type);
  message.setName(resource.name);
  message.setUrn(urnOf(resource, all));
  message.setProperties(Struct.fromJavaScript(properties));
  const options = new messages.AnalyzerResourceOptions();
  options.setParent(parentUrn(resource, all));
  options.setIgnorechangesList([...(resource.ignoreChanges ?? [])]);
  message.setOptions(options);
  return message;
}

/**
 * Calls the server. It throws an error for each policy that a resource doesn't concern: of all cases of all tests, the stacks of
 * these errors, which nobody reads, took a third of the time. Where the pack fails, its innermost frame is still there.
 */
async function call(
  rpc: (call: object, done: (error: unknown, response: Message) => void) => void,
  request: Message,
): Promise<Message> {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 1;
  try {
    return await new Promise((done, fail) =>
      rpc({ request }, (error, response) => (error ? fail(error) : done(response))),
    );
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
