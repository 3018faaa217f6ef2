import { UserError } from "../errors";
import { answerInvoke } from "../invokes";
import { providerMessages, resourceMessages } from "../protocol";
import { providerUrnOf, type StackUnderPreview, urnIn } from "./stack-under-preview";
import { applyInvokeTransforms } from "./transforms";
import {
  forProgram,
  holdsSecret,
  holdsUnknown,
  type Properties,
  struct,
  unknownValue,
  unwrapped,
} from "./wire";

// biome-ignore lint/suspicious/noExplicitAny: the generated protocol has no types of its own
type Message = any;

const stackReferenceType = "pulumi:pulumi:StackReference";

/** Answers a `get` of what exists already, and a stack reference. Neither is shown to the packs. */
export function read(stack: StackUnderPreview, request: Message): Message {
  const type: string = request.getType();
  const id: string = request.getId();
  const sent: Properties = request.getProperties()?.toJavaScript() ?? {};
  const urn = urnIn(stack, request.getParent() || stack.rootUrn, type, request.getName());
  const state =
    type === stackReferenceType
      ? stackReference(stack, unwrapped(sent) as Properties, id)
      : {
          // The engine asks the provider, which would need credentials: what it would answer is unknown here.
          ...Object.fromEntries(stack.computedOutputs(type).map((output) => [output, unknownValue])),
          ...forProgram(sent),
          ...stack.fixtures.read(type, id),
        };
  stack.reads.set(urn, { id, state });
  const response = new resourceMessages.ReadResourceResponse();
  response.setUrn(urn);
  response.setProperties(struct(state));
  return response;
}

function stackReference(stack: StackUnderPreview, given: Properties, id: string): Properties {
  const name = typeof given.name === "string" ? given.name : id;
  const outputs = stack.fixtures.stackOutputs(name);
  if (outputs) {
    const secretOutputNames = Object.keys(outputs).filter((output) => holdsSecret(outputs[output]));
    return { name, outputs, secretOutputNames };
  }
  throw new UserError(
    `The stack reference "${name}" can't be read here. Give its outputs with --fixtures: {"stackReferences": {${JSON.stringify(name)}: {"OUTPUT": "value"}}}.`,
  );
}

/** Answers a function of a provider, or the engine's own question for a resource of the stack. */
export async function invoke(stack: StackUnderPreview, request: Message): Promise<Message> {
  const token: string = request.getTok();
  const sent: Properties = request.getArgs()?.toJavaScript() ?? {};
  const args = unwrapped(await applyInvokeTransforms(token, sent, stack.invokeTransforms)) as Properties;
  const response = new providerMessages.InvokeResponse();
  if (token === "pulumi:pulumi:getResource") {
    response.setReturn(struct(registeredResource(stack, String(args.urn))));
    return response;
  }
  if (holdsUnknown(args)) {
    throw new UserError(
      `An invoke transform gives ${token} an argument that is not known before the deployment. Give it a plain value.`,
    );
  }
  const provider = stack.resources.get(providerUrnOf(request.getProvider()));
  const region = unwrapped(provider?.properties.region) ?? stack.project.config["aws:region"];
  const isKnown = typeof region === "string" && !holdsUnknown(region);
  const context = { fixtures: stack.fixtures, region: isKnown ? region : undefined };
  response.setReturn(struct(answerInvoke(token, args, context)));
  return response;
}

/** The SDK keeps the unknowns in this answer, unlike those of a provider's function. */
function registeredResource(stack: StackUnderPreview, urn: string): Properties {
  const found = stack.reads.get(urn);
  const state = stack.resources.get(urn)?.outputs ?? found?.state;
  if (!state) throw new Error(`unknown resource ${urn}`);
  return { urn, id: found?.id ?? unknownValue, state };
}
