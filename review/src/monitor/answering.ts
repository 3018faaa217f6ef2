import { status } from "@grpc/grpc-js";
import type { Handler } from "../engine/grpc";
import type { Message } from "../engine/protocol";
import { secretsIn } from "../engine/wire";
import { MissingAnswer } from "../invokes";
import type { Secrets } from "../secrets";
import { messageOf } from "../text/errors";
import type { StackUnderPreview } from "./stack-under-preview";

/** Handlers that collect secrets from every message. A failure is a problem of the run, even if the program catches it. */
export function answering(stack: StackUnderPreview) {
  return (work: (request: Message) => Message | Promise<Message>): Handler =>
    (call, done) => {
      Promise.resolve()
        .then(() => {
          takeSecrets(call.request, stack.secrets);
          return work(call.request);
        })
        .then(
          (response) => {
            // The request again, because transforms may have changed its properties.
            for (const message of [call.request, response]) takeSecrets(message, stack.secrets);
            done(null, response);
          },
          (thrown) => {
            stack.problems.add(messageOf(thrown));
            if (thrown instanceof MissingAnswer) stack.unanswered.push(thrown);
            done({ code: status.UNKNOWN, details: messageOf(thrown) });
          },
        );
    };
}

/** Looks into every field, whatever its name: a newer protocol has fields that aren't known here. */
function takeSecrets(message: Message, secrets: Secrets): void {
  const getters = Object.keys(Object.getPrototypeOf(message)).filter((name) =>
    /^get(?!.*(?:Map|List|_as\w+)$)/.test(name),
  );
  for (const getter of getters) {
    const fields = message[getter]()?.toJavaScript?.();
    for (const secret of secretsIn(fields)) secrets.add(secret);
  }
}
