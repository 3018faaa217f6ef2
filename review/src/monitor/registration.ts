import { placeholdersAsUnknown } from "../engine/placeholders";
import type { Message } from "../engine/protocol";
import type { AnalyzedResource, CallSite, ProviderView, ResourceOptions } from "../engine/resource";
import { isProvider, rootStackType } from "../engine/urn";
import { forPack, forProgram, type Properties, secret, unknownValue } from "../engine/wire";
import { aliasUrns } from "./aliases";
import { secondsOf } from "./durations";
import { defaultProvider, explicitProvider } from "./providers";
import { noteRemoteComponent } from "./remote-components";
import { type InTurn, type OnRegister, show } from "./show";
import { regionOf, type StackUnderPreview, urnIn } from "./stack-under-preview";
import { applyTransforms } from "./transforms";

/**
 * Answers the registrations of a program. The packs see one resource at a time, in the order of registration, as with the
 * engine's step generator. Transforms run before that and side by side, because one may wait for another resource.
 */
export function registration(
  stack: StackUnderPreview,
  onRegister: OnRegister,
  inTurn: InTurn,
): (request: Message) => Promise<Message> {
  return async (request) => {
    const parent: string = request.getType() === rootStackType ? "" : request.getParent() || stack.rootUrn;
    const urn = urnIn(stack, parent, request.getType(), request.getName());
    const own: readonly Message[] = request.getTransformsList();
    const inherited = [...inheritedTransforms(stack, parent), ...stack.stackTransforms];
    await applyTransforms(stack.protocol, request, parent, inherited);
    return inTurn(async () => {
      const response = await register(stack, onRegister, request, parent, urn);
      stack.resourceTransforms.set(urn, own);
      return response;
    });
  };
}

async function register(
  stack: StackUnderPreview,
  onRegister: OnRegister,
  request: Message,
  parent: string,
  urn: string,
): Promise<Message> {
  const type: string = request.getType();
  const name: string = request.getName();
  if (stack.resources.has(urn)) {
    throw new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`);
  }
  if (request.getRemote()) noteRemoteComponent(stack, { urn, type, name });
  const sent: Properties = request.getObject()?.toJavaScript() ?? {};
  for (const output of request.getAdditionalsecretoutputsList()) stack.secrets.add(sent[output]);
  const provider = await providerOf(stack, onRegister, request);
  const analyzed: AnalyzedResource = {
    urn,
    type,
    name,
    parent,
    properties: placeholdersAsUnknown(forPack(sent), stack.placeholders) as Properties,
    provider,
    ...dependenciesOf(stack, request, sent),
    options: optionsOf(stack, request, parent),
  };
  const registered = await show(stack, onRegister, analyzed, callSitesOf(request));

  const response = stack.protocol.monitorAnswer("registerResource");
  response.setUrn(urn);
  response.setId("");
  const isCustom: boolean = request.getCustom();
  const isAnsweredAhead = isCustom || request.getRemote();
  const ahead =
    isAnsweredAhead && !isProvider(type)
      ? stack.lookAhead?.ofResource({
          urn,
          type,
          region: regionOf(stack, provider),
          given: registered.properties,
        })
      : undefined;
  if (ahead && isCustom) response.setId(ahead.id);
  if (!isCustom) {
    // A component has the outputs that it registers later, with registerOutputs.
    registered.outputs = {};
    response.setObject(stack.protocol.struct({ ...forProgram(sent), ...ahead?.outputs }));
    return response;
  }
  if (provider && stack.unconfigured.has(provider.urn)) {
    // The engine doesn't call a provider whose configuration is unknown, so nobody knows any outputs.
    registered.outputs = {};
    response.setObject(stack.protocol.struct(ahead ? { ...forProgram(sent), ...ahead.outputs } : {}));
    return response;
  }
  const computed = Object.fromEntries(
    stack
      .computedOutputs(type)
      .filter((output) => !(output in registered.properties))
      .map((output) => [output, unknownValue]),
  );
  registered.outputs = { ...registered.properties, ...computed };
  const answer: Record<string, unknown> = {
    ...(registered.remediated ?? forProgram(sent)),
    ...computed,
    ...ahead?.outputs,
  };
  for (const output of registered.options.additionalSecretOutputs) {
    if (output in answer) answer[output] = secret(answer[output]);
  }
  response.setObject(stack.protocol.struct(answer));
  return response;
}

/** The SDK sends the line that calls the constructor; a newer one also those from which that was called. */
function callSitesOf(request: Message): readonly CallSite[] {
  const frames: readonly Message[] = request.getStacktrace?.()?.getFramesList() ?? [];
  const positions = [request.getSourceposition?.(), ...frames.map((frame) => frame.getPc())];
  return positions.flatMap((position) => {
    const uri: string = position?.getUri() ?? "";
    if (uri === "") return [];
    return [{ uri, line: position.getLine(), column: position.getColumn() || undefined }];
  });
}

/** What a resource depends on. A callback of a look-ahead gets plain texts, so their placeholders say whose they are. */
function dependenciesOf(
  stack: StackUnderPreview,
  request: Message,
  sent: Properties,
): Pick<AnalyzedResource, "dependencies" | "propertyDependencies"> {
  const named = new Map<string, readonly string[]>(
    [...request.getPropertydependenciesMap().entries()].map(([property, dependencies]: [string, Message]) => [
      property,
      dependencies.getUrnsList(),
    ]),
  );
  for (const [property, value] of stack.lookAhead ? Object.entries(sent) : []) {
    const owners = stack.lookAhead?.ownersIn(value) ?? [];
    if (owners.length > 0) named.set(property, [...new Set([...(named.get(property) ?? []), ...owners])]);
  }
  const urns: readonly string[] = request.getDependenciesList();
  return {
    dependencies: stack.lookAhead ? [...new Set([...urns, ...[...named.values()].flat()])] : urns,
    propertyDependencies: Object.fromEntries(named),
  };
}

/** The provider that the program names, or the default one. */
async function providerOf(
  stack: StackUnderPreview,
  onRegister: OnRegister,
  request: Message,
): Promise<ProviderView | undefined> {
  const type: string = request.getType();
  const isManaged = (request.getCustom() || request.getRemote()) && !type.startsWith("pulumi:");
  if (!isManaged) return undefined;
  if (request.getProvider()) return explicitProvider(stack, request.getProvider());
  return defaultProvider(stack, onRegister, request, type);
}

function inheritedTransforms(stack: StackUnderPreview, parent: string): readonly Message[] {
  const transforms: Message[] = [];
  for (let ancestor = parent; ancestor !== ""; ancestor = stack.resources.get(ancestor)?.parent ?? "") {
    transforms.push(...(stack.resourceTransforms.get(ancestor) ?? []));
  }
  return transforms;
}

function optionsOf(stack: StackUnderPreview, request: Message, parent: string): ResourceOptions {
  const timeouts = request.getCustomtimeouts();
  const named = {
    stack: stack.project.stack,
    project: stack.project.name,
    type: request.getType(),
    name: request.getName(),
    parent,
  };
  return {
    protect: request.getProtect() ?? false,
    ignoreChanges: request.getIgnorechangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: aliasUrns(
      request.getAliasesList(),
      request.getAliasurnsList(),
      named,
      stack.resources.get(parent)?.options.aliases ?? [],
    ),
    deleteBeforeReplace: request.getDeletebeforereplacedefined()
      ? request.getDeletebeforereplace()
      : undefined,
    customTimeouts: {
      create: secondsOf(timeouts?.getCreate() ?? ""),
      update: secondsOf(timeouts?.getUpdate() ?? ""),
      delete: secondsOf(timeouts?.getDelete() ?? ""),
      read: secondsOf(timeouts?.getRead?.() ?? ""),
    },
  };
}
