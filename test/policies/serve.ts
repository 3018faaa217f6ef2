import { createRequire } from "node:module";
import type { PolicyPackArgs, PolicyPackConfig } from "@pulumi/policy";
import { vi } from "vitest";
import type { Given } from "./analyze";

const require = createRequire(import.meta.url);
const messages = require("@pulumi/pulumi/proto/analyzer_pb");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb");

// biome-ignore lint/suspicious/noExplicitAny: the generated protocol has no types of its own
type Message = any;
type Handler = (call: { request: Message }, done: (error: unknown, response: Message) => void) => void;

export interface Served {
  /** What the pack reports of a resource, as `[policy, level]`. */
  analyze(resource: Given): Promise<readonly (readonly [policy: string, level: string])[]>;
}

const levels = ["advisory", "mandatory", "disabled", "remediate"];

/**
 * Serves a pack with the SDK's own server, but for the port, and configures it as the engine does: each policy's own
 * level and the defaults of its schema, over them the pack's initial configuration as it comes over the protocol, over
 * that the file (pulumi/pulumi pkg/resource/analyzer/config.go).
 */
export async function serve(
  args: PolicyPackArgs,
  initialConfig: PolicyPackConfig | undefined,
  file: Readonly<Record<string, { enforcementLevel?: string; [property: string]: unknown }>> = {},
): Promise<Served> {
  const handlers = handlersOf(args, initialConfig);
  const ask = (method: string, request: Message): Promise<Message> =>
    new Promise((done, fail) =>
      handlers[method]?.({ request }, (error, response) => (error ? fail(error) : done(response))),
    );
  const info = await ask("getAnalyzerInfo", undefined);
  const request = new messages.ConfigureAnalyzerRequest();
  for (const policy of info.getPoliciesList()) {
    const name: string = policy.getName();
    const initial = info.getInitialconfigMap().get(name);
    const { enforcementLevel, ...properties } = file[name] ?? {};
    const schema: Record<string, { default?: unknown }> =
      policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {};
    const defaults = Object.fromEntries(
      Object.entries(schema).flatMap(([option, { default: value }]) =>
        value === undefined ? [] : [[option, value]],
      ),
    );
    const config = new messages.PolicyConfig();
    config.setEnforcementlevel(
      enforcementLevel === undefined
        ? (initial ?? policy).getEnforcementlevel()
        : levels.indexOf(enforcementLevel),
    );
    config.setProperties(
      Struct.fromJavaScript({ ...defaults, ...initial?.getProperties()?.toJavaScript(), ...properties }),
    );
    request.getPolicyconfigMap().set(name, config);
  }
  await ask("configure", request);
  return {
    analyze: async ({ type, name, properties = {} }) => {
      const resource = new messages.AnalyzeRequest();
      resource.setType(type);
      resource.setName(name);
      resource.setUrn(`urn:pulumi:dev::customers::${type}::${name}`);
      resource.setProperties(Struct.fromJavaScript(properties));
      resource.setOptions(new messages.AnalyzerResourceOptions());
      const response = await ask("analyze", resource);
      return response
        .getDiagnosticsList()
        .map((diagnostic: Message) => [diagnostic.getPolicyname(), levels[diagnostic.getEnforcementlevel()]]);
    },
  };
}

/**
 * The server's answers by method. One process serves one pack, so the module that knows of it is loaded anew, and whoever
 * requires it next gets another one.
 */
function handlersOf(args: PolicyPackArgs, initialConfig: PolicyPackConfig | undefined) {
  const path = require.resolve("@pulumi/policy/server");
  const grpc = createRequire(path)("@grpc/grpc-js");
  let handlers: Record<string, Handler> = {};
  const addService = vi.spyOn(grpc.Server.prototype, "addService");
  addService.mockImplementation((_service: unknown, implementation: unknown) => {
    handlers = implementation as typeof handlers;
  });
  const bindAsync = vi.spyOn(grpc.Server.prototype, "bindAsync");
  bindAsync.mockImplementation(() => undefined);
  try {
    delete require.cache[path];
    require(path).serve("pack", "1.0.0", "advisory", args, initialConfig);
    return handlers;
  } finally {
    addService.mockRestore();
    bindAsync.mockRestore();
    delete require.cache[path];
  }
}
