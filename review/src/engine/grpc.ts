import * as grpc from "@grpc/grpc-js";
import type { Message } from "./protocol";

/** The engine's own limit for one message: 400 MiB (pulumi/pulumi sdk/go/common/util/rpcutil). */
const maxMessageBytes = 400 * 1024 * 1024;

const messageSizes = {
  "grpc.max_receive_message_length": maxMessageBytes,
  "grpc.max_send_message_length": maxMessageBytes,
};

/**
 * A client of a service that a program or a pack serves on this machine.
 *
 * Our own copy of gRPC creates it, because gRPC rejects credentials that another copy created.
 */
export function connectedClient(service: grpc.ServiceDefinition, address: string): Message {
  const Client = grpc.makeGenericClientConstructor(service, "");
  return new Client(address, grpc.credentials.createInsecure(), messageSizes);
}

/** Answers one method of a service. */
export type Handler = (call: { readonly request: Message }, done: grpc.sendUnaryData<Message>) => void;

/** A service, and a handler for each of its methods. */
export type ServedService = readonly [grpc.ServiceDefinition, Readonly<Record<string, Handler>>];

export interface LocalServer {
  readonly address: string;
  close(): void;
}

/** Serves on the loopback interface, at a port that the system chooses. */
export async function serveLocally(services: readonly ServedService[]): Promise<LocalServer> {
  const server = new grpc.Server(messageSizes);
  for (const [service, handlers] of services) server.addService(service, handlers);
  const port = await new Promise<number>((done, fail) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? fail(error) : done(bound),
    );
  });
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}
