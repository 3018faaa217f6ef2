import type { Message } from "../engine/protocol";
import { matchesType } from "../engine/type-pattern";
import { unknownValue } from "../engine/wire";
import type { Acceptance } from "../settings";
import { UserError } from "../text/errors";
import { harmlessCreationOf } from "./harmless-components";
import type { StackUnderPreview } from "./stack-under-preview";

/**
 * Notes that the children of a remote component aren't seen. That is a problem of the run, unless the component is known to
 * create no endpoint, or the user accepts it.
 */
export function noteRemoteComponent(
  stack: StackUnderPreview,
  component: { readonly urn: string; readonly type: string; readonly name: string },
): void {
  const { type, name } = component;
  if (harmlessCreationOf(type) !== undefined) return;
  const acceptance = acceptanceOf(stack, type);
  if (acceptance) {
    stack.accepted.push({ ...component, acceptance });
    return;
  }
  stack.problems.add(
    `The remote component "${name}" (${type}) creates its children in a provider plugin, which is not run here, so they were not judged. Run the program with the Pulumi CLI to judge them. If it creates no API, say so with --accept-unseen ${type}`,
  );
}

/** The acceptance that covers a type, and from now on counts as used. */
function acceptanceOf(stack: StackUnderPreview, type: string): Acceptance | undefined {
  const found = stack.project.acceptances.find((acceptance) => matchesType(acceptance.type, type));
  if (found) stack.usedAcceptances.add(found);
  return found;
}

/** The methods of every provider: they return the settings of the provider itself. */
const providerMethod = /^pulumi:providers:[\w-]+\/terraformConfig$/;

/**
 * Answers a method of a remote component. It runs in the provider plugin, so what it returns is unknown, and what it creates
 * isn't seen, which is a problem of the run as for the component itself.
 *
 * @throws UserError if the method may create something that isn't accepted, or if nobody knows which values it returns
 */
export function callMethod(stack: StackUnderPreview, request: Message): Message {
  const token: string = request.getTok();
  const type = token.slice(0, token.lastIndexOf("/"));
  const isHarmless = harmlessCreationOf(type) !== undefined || providerMethod.test(token);
  const isMethod = `The program calls ${token}, a method of a remote component. It runs in a provider plugin, which is not run here`;
  if (!isHarmless && !acceptanceOf(stack, type)) {
    throw new UserError(
      `${isMethod}. Run the program with the Pulumi CLI. If the method creates no API, say so with --accept-unseen ${type}`,
    );
  }
  const declared = stack.sdkTypes.resultOf(token);
  if (!declared) {
    // An answer without a property that the program reads would be undefined there, and not unknown.
    throw new UserError(
      `${isMethod}, and the package that is installed for the program doesn't declare what it returns. Run the program with the Pulumi CLI.`,
    );
  }
  const response = stack.protocol.monitorAnswer("call");
  const unknowns = Object.keys(declared).map((property) => [property, unknownValue]);
  const result = stack.lookAhead?.ofResult(token, undefined) ?? Object.fromEntries(unknowns);
  response.setReturn(stack.protocol.struct(result));
  return response;
}

/** A notice for each acceptance that covered nothing in this run. */
export function unusedAcceptances(stack: StackUnderPreview): readonly string[] {
  return stack.project.acceptances
    .filter((acceptance) => !stack.usedAcceptances.has(acceptance))
    .map(({ where, type }) =>
      harmlessCreationOf(type) === undefined
        ? `${where}, ${type}, accepted nothing in this run: the program has no remote component of that type. Remove it.`
        : `${where}, ${type}, isn't needed: such a component is known to create no API endpoint. Remove it.`,
    );
}
