import { createRequire } from "node:module";
import { named, parentUrnIn, type TestedResource, type TestedStack, urnIn } from "./tested-resource";

// biome-ignore lint/suspicious/noExplicitAny: the generated protocol has no types of its own
type Message = any;
type Rpc = (call: { readonly request: Message }, done: (error: unknown, response: Message) => void) => void;
type MakeRpc = (pack: string, version: string, level: string, policies: readonly object[]) => Rpc;

/** What the SDK says of a policy's violation. */
export interface Diagnostic {
  readonly policyname: string;
  /** As `pulumirpc.EnforcementLevel` numbers it. */
  readonly enforcementlevel: number;
  readonly message: string;
  /** Empty where the policy names no resource. */
  readonly urn: string;
}

const packName = "tested";
const packVersion = "0.0.0";
/** Of a policy without a level, in a pack without one. */
const defaultLevel = "advisory";

/** The SDK's own server, so that a policy does in a test what it does in a pack. Its types don't show these functions. */
interface Sdk {
  readonly analyze: MakeRpc;
  readonly analyzeStack: MakeRpc;
  readonly messages: Message;
  readonly Struct: Message;
}

let loaded: Sdk | undefined;

function sdk(): Sdk {
  if (loaded) return loaded;
  const own = createRequire(__filename);
  const server = own("@pulumi/policy/server");
  // Messages and their fields have to come from the same copy of the protocol as the server's.
  const ofPolicy = createRequire(own.resolve("@pulumi/policy/server"));
  const ofPulumi = createRequire(ofPolicy.resolve("@pulumi/pulumi/package.json"));
  loaded = {
    analyze: server.makeAnalyzeRpcFun,
    analyzeStack: server.makeAnalyzeStackRpcFun,
    messages: ofPulumi("./proto/analyzer_pb"),
    Struct: ofPulumi("google-protobuf/google/protobuf/struct_pb").Struct,
  };
  return loaded;
}

/** Shows a resource to policies as the engine does before it is created. */
export async function analyzed(
  policies: readonly object[],
  resource: TestedResource,
  all: readonly TestedResource[],
  where: TestedStack,
): Promise<readonly Diagnostic[]> {
  const { analyze, messages } = sdk();
  const request = filled(new messages.AnalyzeRequest(), resource, resource.properties ?? {}, all, where);
  return answered(analyze(packName, packVersion, defaultLevel, policies), request);
}

/**
 * Shows the whole stack to policies, as the engine does at the end.
 *
 * @param shown what is known of each resource then
 */
export async function analyzedStack(
  policies: readonly object[],
  all: readonly TestedResource[],
  shown: (resource: TestedResource) => Readonly<Record<string, unknown>>,
  where: TestedStack,
): Promise<readonly Diagnostic[]> {
  const { analyzeStack, messages } = sdk();
  const request = new messages.AnalyzeStackRequest();
  request.setResourcesList(
    all.map((resource) => {
      const message = filled(new messages.AnalyzerResource(), resource, shown(resource), all, where);
      message.setParent(parentUrnIn(where, resource, all));
      for (const [property, names] of Object.entries(resource.dependencies ?? {})) {
        const dependencies = new messages.AnalyzerPropertyDependencies();
        dependencies.setUrnsList(names.map((name) => urnIn(where, named(name, all, resource), all)));
        message.getPropertydependenciesMap().set(property, dependencies);
      }
      return message;
    }),
  );
  return answered(analyzeStack(packName, packVersion, defaultLevel, policies), request);
}

function filled(
  message: Message,
  resource: TestedResource,
  properties: Readonly<Record<string, unknown>>,
  all: readonly TestedResource[],
  where: TestedStack,
): Message {
  const { messages, Struct } = sdk();
  message.setType(resource.type);
  message.setName(resource.name);
  message.setUrn(urnIn(where, resource, all));
  message.setProperties(Struct.fromJavaScript(properties));
  const options = new messages.AnalyzerResourceOptions();
  options.setParent(parentUrnIn(where, resource, all));
  options.setIgnorechangesList([...(resource.ignoreChanges ?? [])]);
  options.setProtect(resource.protect ?? false);
  message.setOptions(options);
  return message;
}

/**
 * Calls the server. It throws an error for each policy that a resource doesn't concern: of many tests, the stacks of these errors,
 * which nobody reads, take a third of the time. Where a policy fails, its innermost frame is still there.
 */
async function answered(rpc: Rpc, request: Message): Promise<readonly Diagnostic[]> {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 1;
  try {
    const response: Message = await new Promise((done, fail) =>
      rpc({ request }, (error, answer) => (error ? fail(error) : done(answer))),
    );
    return response.toObject().diagnosticsList;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
