import type { Handler } from "../engine/grpc";
import { placeholdersAsUnknown } from "../engine/placeholders";
import type { Message } from "../engine/protocol";
import { secretPlaceholdersAsUnknown } from "../engine/secret-placeholders";
import { forPack, type Properties } from "../engine/wire";
import { answering } from "./answering";
import { deploymentInfo, supportsFeature } from "./features";
import { exists, invoke, read } from "./lookups";
import { defaultProvider } from "./providers";
import { registration } from "./registration";
import { callMethod } from "./remote-components";
import { type OnRegister, turns } from "./show";
import { logSeverities, type StackUnderPreview } from "./stack-under-preview";

/** The methods of `pulumirpc.ResourceMonitor`. */
export function monitorMethods(stack: StackUnderPreview, onRegister: OnRegister): Record<string, Handler> {
  const answer = answering(stack);
  const inTurn = turns();
  const withDefaultProvider = async (request: Message, token: string) => {
    // The engine answers this one without a provider. The SDK asks it for each resource in a component's inputs.
    if (request.getProvider() || token === "pulumi:pulumi:getResource") return;
    await inTurn(() => defaultProvider(stack, onRegister, request, token));
  };
  const acknowledge = answer(() => stack.protocol.empty());
  return {
    getDeploymentInfo: answer(() => deploymentInfo(stack)),
    supportsFeature: answer((request) => supportsFeature(stack, request)),
    registerPackage: answer((request) => {
      const reference = `package-${stack.packageVersions.size}`;
      stack.packageVersions.set(reference, request.getVersion());
      const response = stack.protocol.monitorAnswer("registerPackage");
      response.setRef(reference);
      return response;
    }),
    registerStackTransform: answer((request) => {
      stack.stackTransforms.push(request);
      return stack.protocol.empty();
    }),
    registerStackInvokeTransform: answer((request) => {
      stack.invokeTransforms.push(request);
      return stack.protocol.empty();
    }),
    registerResourceHook: acknowledge,
    registerErrorHook: acknowledge,
    signalAndWaitForShutdown: acknowledge,
    registerResource: answer(registration(stack, onRegister, inTurn)),
    registerResourceOutputs: answer((request) => {
      const urn: string = request.getUrn();
      const registered = stack.resources.get(urn);
      const outputs = forPack(request.getOutputs()?.toJavaScript() ?? {});
      if (registered) {
        const known = placeholdersAsUnknown(outputs, stack.placeholders) as Properties;
        registered.outputs = secretPlaceholdersAsUnknown(known);
      }
      if (urn === stack.rootUrn) stack.isComplete = true;
      return stack.protocol.empty();
    }),
    readResource: answer(async (request) => {
      await withDefaultProvider(request, request.getType());
      return read(stack, request);
    }),
    existsResource: answer(async (request) => {
      await withDefaultProvider(request, request.getType());
      return exists(stack, request);
    }),
    invoke: answer(async (request) => {
      await withDefaultProvider(request, request.getTok());
      return invoke(stack, request);
    }),
    call: answer((request) => callMethod(stack, request)),
  };
}

/** The methods of `pulumirpc.Engine`. */
export function engineMethods(stack: StackUnderPreview): Record<string, Handler> {
  const answer = answering(stack);
  const { engineMessages } = stack.protocol;
  return {
    log: answer((request) => {
      stack.log.push({
        severity: logSeverities[request.getSeverity() as 0 | 1 | 2 | 3] ?? "info",
        message: request.getMessage(),
      });
      return stack.protocol.empty();
    }),
    getRootResource: answer(() => {
      const response = new engineMessages.GetRootResourceResponse();
      response.setUrn(stack.rootUrn);
      return response;
    }),
    setRootResource: answer((request) => {
      stack.rootUrn = request.getUrn();
      return new engineMessages.SetRootResourceResponse();
    }),
    startDebugging: answer(() => stack.protocol.empty()),
    requirePulumiVersion: answer(() => new engineMessages.RequirePulumiVersionResponse()),
  };
}
