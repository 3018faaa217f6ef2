import { type ServiceError, status } from "@grpc/grpc-js";
import { connectedClient } from "../engine/grpc";
import type { Message, Protocol } from "../engine/protocol";
import type { Secrets } from "../secrets";
import { messageOf, UserError } from "../text/errors";

/** Calls to the process of a pack. */
export interface PackCalls {
  /** @throws UserError if the pack fails or has ended */
  ask(method: string, request: Message): Promise<Message>;
  /** For the methods that older packs don't have. As in the engine, the pack then runs without the call. */
  tell(method: string, request: Message): Promise<void>;
  close(): void;
}

/** @param directory of the pack, which the errors name */
export function callsTo(
  { analyzerService }: Protocol,
  address: string,
  directory: string,
  secrets: Secrets,
): PackCalls {
  const client = connectedClient(analyzerService, address);
  const call = (method: string, request: Message): Promise<Message> =>
    new Promise((done, fail) => {
      client[method](request, (error: ServiceError | null, response: Message) =>
        error ? fail(error) : done(response),
      );
    });
  return {
    ask: async (method, request) => {
      try {
        return await call(method, request);
      } catch (thrown) {
        const { code, details } = thrown as ServiceError;
        if (code === status.UNAVAILABLE) {
          throw new UserError(`The policy pack in ${directory} ended before it had judged everything.`);
        }
        // Masked before it is cut: the beginning of a secret would not be recognized.
        const reason = secrets.mask(details || messageOf(thrown));
        throw new UserError(
          `The policy pack in ${directory} failed: ${reason.split("\n").slice(0, 2).join(" ")}`,
        );
      }
    },
    tell: async (method, request) => {
      await call(method, request).catch((error: ServiceError) => {
        if (error.code !== status.UNIMPLEMENTED) throw error;
      });
    },
    close: () => client.close(),
  };
}
