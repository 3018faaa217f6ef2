import type { Message } from "../engine/protocol";
import {
  forProgram,
  holdsUnknown,
  type Properties,
  secretsIn,
  unknownValue,
  unwrapped,
} from "../engine/wire";
import { answerInvoke, canAnswer, MissingAnswer } from "../invokes";
import type { PlaceholderValues } from "../placeholders";
import { UserError } from "../text/errors";
import { providerUrnOf, regionOf, type StackUnderPreview, urnIn } from "./stack-under-preview";
import { applyInvokeTransforms } from "./transforms";

const stackReferenceType = "pulumi:pulumi:StackReference";

/** Answers a `get` of an existing resource, and a stack reference. The packs see neither. */
export function read(stack: StackUnderPreview, request: Message): Message {
  const type: string = request.getType();
  const id: string = request.getId();
  const sent: Properties = request.getProperties()?.toJavaScript() ?? {};
  const urn = urnIn(stack, request.getParent() || stack.rootUrn, type, request.getName());
  if (stack.fixtures.exists(type, id) === false) {
    throw new UserError(
      `The program reads ${type} "${id}", but the fixtures list it under absent. Give its state under reads instead.`,
    );
  }
  const state =
    type === stackReferenceType
      ? orMadeUp(
          stack,
          () => stackReference(stack, unwrapped(sent) as Properties, id, request.getName()),
          () => ({ ...forProgram(sent), outputs: unknownValue }),
        )
      : {
          // The engine asks the provider. That needs credentials, so the answer is unknown here.
          ...Object.fromEntries(stack.computedOutputs(type).map((output) => [output, unknownValue])),
          ...placeholderState(stack, request, urn, sent),
          ...forProgram(sent),
          ...stack.fixtures.read(type, id),
        };
  stack.reads.set(urn, { id, state });
  const response = stack.protocol.monitorAnswer("readResource");
  response.setUrn(urn);
  // Since 3.276.0 the SDK reads the id from the answer. Without one, it takes the id as unknown.
  response.setId?.(id);
  response.setProperties(stack.protocol.struct(state));
  return response;
}

/** What a look-ahead makes up for the state of an existing resource. */
function placeholderState(
  stack: StackUnderPreview,
  request: Message,
  urn: string,
  given: Properties,
): Properties {
  const provider = stack.resources.get(providerUrnOf(request.getProvider()));
  const resource = { urn, type: request.getType(), region: regionOf(stack, provider), given };
  return stack.lookAhead?.ofResource(resource).outputs ?? {};
}

/**
 * Answers whether a resource exists, which the SDK asks since 3.269.0. Only AWS knows that. If the fixtures don't say, the
 * answer is unknown, which is a problem of the run: what the program does with the answer is not visible here.
 */
export function exists(stack: StackUnderPreview, request: Message): Message {
  const type: string = request.getType();
  const id: string = request.getId();
  const response = stack.protocol.monitorAnswer("existsResource");
  const known = stack.fixtures.exists(type, id);
  response.setExists(known === true);
  response.setUnknown(known === undefined);
  if (known === undefined) {
    const missing = new MissingAnswer({ kind: "existence", type, id });
    stack.unanswered.push(missing);
    if (!stack.survey) stack.problems.add(missing.message);
  }
  return response;
}

/** An answer. In a survey, one that is missing is noted and made up. */
function orMadeUp(
  stack: StackUnderPreview,
  answer: () => Properties,
  madeUp: (values: PlaceholderValues) => Properties,
): Properties {
  try {
    return answer();
  } catch (thrown) {
    if (!stack.survey || !(thrown instanceof MissingAnswer)) throw thrown;
    stack.unanswered.push(thrown);
    return madeUp(stack.survey);
  }
}

function stackReference(
  stack: StackUnderPreview,
  given: Properties,
  id: string,
  resource: string,
): Properties {
  const name = typeof given.name === "string" ? given.name : id;
  const outputs = stack.fixtures.stackOutputs(name);
  if (outputs) {
    const secretOutputNames = Object.keys(outputs).filter((output) => secretsIn(outputs[output]).length > 0);
    return { name, outputs, secretOutputNames };
  }
  throw new MissingAnswer({ kind: "stack", stack: name, resource });
}

/** Answers a call of a provider's function, or the engine's own function that looks up a resource of the stack. */
export async function invoke(stack: StackUnderPreview, request: Message): Promise<Message> {
  const token: string = request.getTok();
  const sent: Properties = request.getArgs()?.toJavaScript() ?? {};
  const args = unwrapped(
    await applyInvokeTransforms(stack.protocol, token, sent, stack.invokeTransforms),
  ) as Properties;
  const response = stack.protocol.monitorAnswer("invoke");
  if (token === "pulumi:pulumi:getResource") {
    response.setReturn(stack.protocol.struct(registeredResource(stack, String(args.urn))));
    return response;
  }
  if (holdsUnknown(args)) {
    throw new UserError(
      `An invoke transform gives ${token} an argument that is not known before the deployment, so the call can't be answered here. Give it a plain value.`,
    );
  }
  const provider = stack.resources.get(providerUrnOf(request.getProvider()));
  const region = regionOf(stack, provider);
  const answer = orMadeUp(
    stack,
    () => answerTo(stack, token, args, region),
    (values) => ({ ...values.ofResult(token, region), ...args }),
  );
  response.setReturn(stack.protocol.struct(answer));
  return response;
}

/** In a look-ahead, nobody knows the true answer to a question about a placeholder. */
function answerTo(
  stack: StackUnderPreview,
  token: string,
  args: Properties,
  region: string | undefined,
): Properties {
  const { fixtures, lookAhead } = stack;
  if (!lookAhead?.areIn(args) || canAnswer(token, args, fixtures))
    return answerInvoke(token, args, { fixtures, region });
  const result = lookAhead.ofResult(token, region);
  if (result) return { ...result, ...args };
  throw new UserError(
    `The program asks for ${token} with an argument that is only known after the deployment, and no SDK of the program declares its result. Give the answer with --fixtures FILE, without arguments.`,
  );
}

/** Unlike in the answer of a provider's function, the SDK keeps unknowns in this answer. */
function registeredResource(stack: StackUnderPreview, urn: string): Properties {
  const found = stack.reads.get(urn);
  const state = stack.resources.get(urn)?.outputs ?? found?.state;
  if (!state) throw new Error(`unknown resource ${urn}`);
  return { urn, id: found?.id ?? unknownValue, state };
}
