import { readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as grpc from "@grpc/grpc-js";

/** A message of the engine's protocol. The generated files have no type declarations, so it is `any` wherever it is used. */
// biome-ignore lint/suspicious/noExplicitAny: the generated protocol has no types of its own
export type Message = any;

/** What the engine allows: 400 MiB a message. */
export const maxMessageBytes = 400 * 1024 * 1024;

/** The engine's protocol as one copy of `@pulumi/pulumi` carries it. */
export interface Protocol {
  /** The version of `@pulumi/pulumi`. */
  readonly version: string;
  readonly analyzerMessages: Message;
  readonly callbackMessages: Message;
  readonly engineMessages: Message;
  readonly resourceMessages: Message;
  readonly analyzerService: grpc.ServiceDefinition;
  readonly callbackService: grpc.ServiceDefinition;
  readonly engineService: grpc.ServiceDefinition;
  readonly monitorService: grpc.ServiceDefinition;
  /** The fields as a `google.protobuf.Struct`. */
  struct(fields: Readonly<Record<string, unknown>>): Message;
  /** A new answer for a method of the monitor, of the type that this version of the protocol gives it. */
  monitorAnswer(method: string): Message;
  /** A `google.protobuf.Empty`. */
  empty(): Message;
}

/**
 * The newest protocol among ours and those that are installed for the given folders.
 *
 * A program or a pack brings an SDK of its own. The protocol only ever grows, so the newest one is understood by all; an
 * older one lacks what a newer SDK asks for (`ResourceInvokeResponse` since 3.256.0, the id of a read since 3.276.0).
 *
 * @param directories of programs and packs; one that has no SDK counts for nothing here
 */
export function newestProtocol(...directories: readonly string[]): Protocol {
  const sdks = [__dirname, ...directories].flatMap((directory) => installedSdk(directory) ?? []);
  const [newest] = sdks.sort((a, b) => b.version.localeCompare(a.version, "en", { numeric: true }));
  if (!newest) throw new Error("@pulumi/pulumi is not installed beside the command line");
  return protocolOf(newest);
}

interface Sdk {
  readonly directory: string;
  readonly version: string;
}

/** Found as Node.js finds it, since Yarn's Plug'n'Play has no folders to look into, and from the folder behind a link. */
function installedSdk(directory: string): Sdk | undefined {
  try {
    const fromDirectory = createRequire(join(realpathSync(directory), "package.json"));
    const manifest = fromDirectory.resolve("@pulumi/pulumi/package.json");
    const { version } = JSON.parse(readFileSync(manifest, "utf8"));
    return { directory: dirname(manifest), version };
  } catch {
    return undefined;
  }
}

/** All messages of one run come from one copy, `google.protobuf` included: copies don't recognize each other's. */
function protocolOf({ directory, version }: Sdk): Protocol {
  const fromSdk = createRequire(join(directory, "package.json"));
  const load = (file: string): Message => fromSdk(`./proto/${file}`);
  const { Struct } = fromSdk("google-protobuf/google/protobuf/struct_pb");
  const { Empty } = fromSdk("google-protobuf/google/protobuf/empty_pb");
  const monitorService = load("resource_grpc_pb").ResourceMonitorService;
  return {
    version,
    analyzerMessages: load("analyzer_pb"),
    callbackMessages: load("callback_pb"),
    engineMessages: load("engine_pb"),
    resourceMessages: load("resource_pb"),
    analyzerService: load("analyzer_grpc_pb").AnalyzerService,
    callbackService: load("callback_grpc_pb").CallbacksService,
    engineService: load("engine_grpc_pb").EngineService,
    monitorService,
    struct: (fields) => Struct.fromJavaScript(fields),
    monitorAnswer: (method) => new monitorService[method].responseType(),
    empty: () => new Empty(),
  };
}

/** A client of a service at an address of this machine. Our own copy of gRPC makes it: another's credentials are no credentials. */
export function connectedClient(service: grpc.ServiceDefinition, address: string): Message {
  const Client = grpc.makeGenericClientConstructor(service, "");
  return new Client(address, grpc.credentials.createInsecure(), {
    "grpc.max_receive_message_length": maxMessageBytes,
    "grpc.max_send_message_length": maxMessageBytes,
  });
}
