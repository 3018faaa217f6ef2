import type { ServiceError } from "@grpc/grpc-js";
import { connectedClient } from "../engine/grpc";
import type { Message, Protocol } from "../engine/protocol";
import { asOutputs, fromResources, type Properties, resourcesOf } from "../engine/wire";
import { UserError } from "../text/errors";

/** The options in both messages, under the names that each message gives them. */
const sharedOptions: readonly (readonly [transform: string, register: string])[] = [
  ["DependsOnList", "DependenciesList"],
  ["Protect", "Protect"],
  ["IgnoreChangesList", "IgnorechangesList"],
  ["ReplaceOnChangesList", "ReplaceonchangesList"],
  ["Version", "Version"],
  ["AliasesList", "AliasesList"],
  ["Provider", "Provider"],
  ["CustomTimeouts", "Customtimeouts"],
  ["PluginDownloadUrl", "Plugindownloadurl"],
  ["RetainOnDelete", "Retainondelete"],
  ["DeletedWith", "Deletedwith"],
  ["AdditionalSecretOutputsList", "AdditionalsecretoutputsList"],
  ["Import", "Importid"],
];

/**
 * Runs the transforms of a program on one registration. Each transform is a callback into the program's process and may
 * change the properties and the options, never the parent, the type or the name. The request is changed in place.
 *
 * @param inherited the transforms of the parents and of the stack, which run after the resource's own transforms
 * @see pulumi/pulumi pkg/resource/deploy/source_eval.go, RegisterResource
 */
export async function applyTransforms(
  protocol: Protocol,
  request: Message,
  parent: string,
  inherited: readonly Message[],
): Promise<void> {
  const own: readonly Message[] = request.getTransformsList();
  if (own.length + inherited.length === 0) return;
  const sent = Object.entries<unknown>(request.getObject()?.toJavaScript() ?? {});
  const dependencies = propertyDependencies(request);
  const shown = sent.map(([name, value]) => {
    const output = asOutputs(value);
    return [name, own.length > 0 ? fromResources(output, dependencies.get(name) ?? []) : output];
  });
  request.setObject(protocol.struct(Object.fromEntries(shown)));
  for (const callback of [...own, ...inherited]) {
    const transform = new protocol.resourceMessages.TransformRequest();
    transform.setType(request.getType());
    transform.setName(request.getName());
    transform.setCustom(request.getCustom());
    transform.setParent(parent);
    transform.setProperties(request.getObject() ?? protocol.struct({}));
    transform.setOptions(optionsOf(protocol, request));
    const response = protocol.resourceMessages.TransformResponse.deserializeBinary(
      await invoke(protocol, callback, transform.serializeBinary()),
    );
    if (response.getProperties()) request.setObject(response.getProperties());
    if (response.getOptions()) takeOptions(request, response.getOptions());
  }
  const now = Object.entries<unknown>(request.getObject()?.toJavaScript() ?? {});
  // The engine replaces the dependencies by those that a resource's own transforms return. Those of inherited transforms are added.
  if (own.length > 0) request.getPropertydependenciesMap().clear();
  for (const [name, value] of now) {
    const before = own.length > 0 ? [] : (dependencies.get(name) ?? []);
    const urns = [...new Set([...before, ...resourcesOf(value)])];
    const message = new protocol.resourceMessages.RegisterResourceRequest.PropertyDependencies();
    message.setUrnsList(urns);
    request.getPropertydependenciesMap().set(name, message);
    if (own.length > 0) {
      request.setDependenciesList([...new Set([...request.getDependenciesList(), ...urns])]);
    }
  }
}

function propertyDependencies(request: Message): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...request.getPropertydependenciesMap().entries()].map(([name, dependencies]: [string, Message]) => [
      name,
      dependencies.getUrnsList(),
    ]),
  );
}

/**
 * Runs the invoke transforms of a program on the arguments of one invoke.
 *
 * @returns the arguments after the last transform
 */
export async function applyInvokeTransforms(
  protocol: Protocol,
  token: string,
  given: Properties,
  callbacks: readonly Message[],
): Promise<Properties> {
  let args = given;
  for (const callback of callbacks) {
    const transform = new protocol.resourceMessages.TransformInvokeRequest();
    transform.setToken(token);
    transform.setArgs(protocol.struct(args));
    transform.setOptions(new protocol.resourceMessages.TransformInvokeOptions());
    const response = protocol.resourceMessages.TransformInvokeResponse.deserializeBinary(
      await invoke(protocol, callback, transform.serializeBinary()),
    );
    if (response.getArgs()) args = response.getArgs().toJavaScript();
  }
  return args;
}

function optionsOf({ resourceMessages }: Protocol, request: Message): Message {
  const options = new resourceMessages.TransformResourceOptions();
  for (const [transform, register] of sharedOptions) options[`set${transform}`](request[`get${register}`]());
  if (request.getDeletebeforereplacedefined())
    options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  for (const [name, provider] of request.getProvidersMap().entries())
    options.getProvidersMap().set(name, provider);
  return options;
}

function takeOptions(request: Message, options: Message): void {
  for (const [transform, register] of sharedOptions) request[`set${register}`](options[`get${transform}`]());
  if (options.hasDeleteBeforeReplace()) {
    request.setDeletebeforereplace(options.getDeleteBeforeReplace());
    request.setDeletebeforereplacedefined(true);
  }
}

/** How the SDK introduces an error that a transform threw. */
const failed = /^transform failed: (Error: )?/;

function invoke(protocol: Protocol, callback: Message, serialized: Uint8Array): Promise<Uint8Array> {
  const { callbackMessages, callbackService } = protocol;
  const client: Message = connectedClient(callbackService, callback.getTarget());
  const request = new callbackMessages.CallbackInvokeRequest();
  request.setToken(callback.getToken());
  request.setRequest(serialized);
  return new Promise((done, fail) => {
    client.invoke(request, (error: ServiceError | null, response: Message) => {
      client.close();
      if (error)
        fail(new UserError(`A transform of the program failed: ${error.details.replace(failed, "")}`));
      else done(response.getResponse_asU8());
    });
  });
}
