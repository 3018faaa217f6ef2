import { createRequire } from "node:module";

/**
 * The engine's protocol, as `@pulumi/pulumi` carries it. The generated files have no type declarations, so this is the
 * one place where they are loaded, and what they make is `any` where it is used.
 */
// biome-ignore lint/suspicious/noExplicitAny: the generated protocol has no types of its own
type Generated = any;
const load = (file: string): Generated => createRequire(__filename)(`@pulumi/pulumi/proto/${file}`);

export const analyzerMessages = load("analyzer_pb");
export const analyzerService = load("analyzer_grpc_pb");
export const resourceMessages = load("resource_pb");
export const resourceService = load("resource_grpc_pb");
export const providerMessages = load("provider_pb");
export const engineMessages = load("engine_pb");
export const engineService = load("engine_grpc_pb");
export const callbackMessages = load("callback_pb");
export const callbackService = load("callback_grpc_pb");

/** What the engine allows: 400 MiB a message. */
export const maxMessageBytes = 400 * 1024 * 1024;
