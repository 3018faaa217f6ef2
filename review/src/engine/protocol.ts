import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { ServiceDefinition } from "@grpc/grpc-js";
import { requireFrom } from "../installed/require-from";

/** A message of the engine's protocol. The generated files have no type declarations, so it is `any` wherever it is used. */
// biome-ignore lint/suspicious/noExplicitAny: the generated protocol has no types of its own
export type Message = any;

/** The engine's protocol, from one copy of `@pulumi/pulumi`. */
export interface Protocol {
  /** The version of `@pulumi/pulumi`. */
  readonly version: string;
  readonly analyzerMessages: Message;
  readonly callbackMessages: Message;
  readonly engineMessages: Message;
  readonly resourceMessages: Message;
  readonly analyzerService: ServiceDefinition;
  readonly callbackService: ServiceDefinition;
  readonly engineService: ServiceDefinition;
  readonly monitorService: ServiceDefinition;
  /** The fields as a `google.protobuf.Struct`. */
  struct(fields: Readonly<Record<string, unknown>>): Message;
  /** A new response to a method of the monitor, of the type that this version of the protocol gives it. */
  monitorAnswer(method: string): Message;
  /** A `google.protobuf.Empty`. */
  empty(): Message;
}

/**
 * The newest protocol among our own and those that are installed for the given folders.
 *
 * A program and a pack each bring their own SDK. The protocol only grows, so every SDK understands the newest one; an older
 * one lacks messages that a newer SDK expects (`ResourceInvokeResponse` since 3.256.0, the id of a read since 3.276.0).
 *
 * @param directories of programs and packs; a folder without an SDK is skipped
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

function installedSdk(directory: string): Sdk | undefined {
  try {
    const manifest = requireFrom(directory).resolve("@pulumi/pulumi/package.json");
    const { version } = JSON.parse(readFileSync(manifest, "utf8"));
    return { directory: dirname(manifest), version };
  } catch {
    return undefined;
  }
}

/** All messages of a run come from one copy, `google.protobuf` included: a copy rejects the messages of another. */
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
