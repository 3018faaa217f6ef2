import * as grpc from "@grpc/grpc-js";
import { messageOf } from "../errors";
import type { Fixtures } from "../invokes";
import type { Project } from "../project";
import { type Message, maxMessageBytes, newestProtocol } from "../protocol";
import type { Secrets } from "../secrets";
import { exists, invoke, read } from "./lookups";
import { defaultProvider } from "./providers";
import { registration } from "./registration";
import { type OnRegister, turns } from "./show";
import {
  emptyStack,
  type LogEntry,
  logSeverities,
  type RegisteredResource,
  type StackUnderPreview,
} from "./stack-under-preview";
import { forPack, secretsIn } from "./wire";

/** The engine's side of a program's preview. */
export interface ResourceMonitor {
  readonly address: string;
  readonly resources: ReadonlyMap<string, RegisteredResource>;
  readonly log: readonly LogEntry[];
  /** Sentences about what could not be run or read here. */
  readonly problems: ReadonlySet<string>;
  readonly rootUrn: string;
  /** Whether the program ran to its end. */
  readonly isComplete: boolean;
  close(): void;
}

/**
 * Serves `ResourceMonitor` and `Engine` on the loopback interface and answers a program as the engine does in a preview:
 * ids and computed outputs are unknown, everything else is what the program sent.
 *
 * @param secrets gets what is marked as a secret in any message
 */
export async function startMonitor(
  project: Project,
  fixtures: Fixtures,
  secrets: Secrets,
  onRegister: OnRegister,
): Promise<ResourceMonitor> {
  const protocol = newestProtocol(project.programDirectory);
  const stack = emptyStack(project, fixtures, protocol, secrets);
  const server = new grpc.Server({
    "grpc.max_receive_message_length": maxMessageBytes,
    "grpc.max_send_message_length": maxMessageBytes,
  });
  server.addService(protocol.monitorService, monitorService(stack, onRegister));
  server.addService(protocol.engineService, engine(stack));
  const port = await new Promise<number>((done, fail) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? fail(error) : done(bound),
    );
  });
  return {
    address: `127.0.0.1:${port}`,
    resources: stack.resources,
    log: stack.log,
    problems: stack.problems,
    get rootUrn() {
      return stack.rootUrn;
    },
    get isComplete() {
      return stack.isComplete;
    },
    close: () => server.forceShutdown(),
  };
}

type Handler = (call: { readonly request: Message }, done: grpc.sendUnaryData<Message>) => void;

/** What fails here is a problem of the run, even where the program catches it and goes on. */
function answering(stack: StackUnderPreview) {
  return (work: (request: Message) => Message | Promise<Message>): Handler =>
    (call, done) => {
      Promise.resolve()
        .then(() => {
          takeSecrets(call.request, stack.secrets);
          return work(call.request);
        })
        .then(
          (response) => {
            // The work may have changed the request: transforms answer with properties of their own.
            for (const message of [call.request, response]) takeSecrets(message, stack.secrets);
            done(null, response);
          },
          (thrown) => {
            stack.problems.add(messageOf(thrown));
            done({ code: grpc.status.UNKNOWN, details: messageOf(thrown) });
          },
        );
    };
}

/** Whatever the field is called: a newer protocol has others. */
function takeSecrets(message: Message, secrets: Secrets): void {
  const getters = Object.keys(Object.getPrototypeOf(message)).filter((name) =>
    /^get(?!.*(?:Map|List|_as\w+)$)/.test(name),
  );
  for (const getter of getters) {
    const fields = message[getter]()?.toJavaScript?.();
    for (const secret of secretsIn(fields)) secrets.add(secret);
  }
}

function monitorService(stack: StackUnderPreview, onRegister: OnRegister): Record<string, Handler> {
  const answer = answering(stack);
  const inTurn = turns();
  const withDefaultProvider = async (request: Message, token: string) => {
    if (!request.getProvider()) await inTurn(() => defaultProvider(stack, onRegister, request, token));
  };
  const acknowledge = answer(() => stack.protocol.empty());
  return {
    getDeploymentInfo: answer(() => deploymentInfo(stack)),
    supportsFeature: answer((request) => {
      const response = stack.protocol.monitorAnswer("supportsFeature");
      const asConstant = request
        .getId()
        .replace(/[A-Z]/g, (letter: string) => `_${letter}`)
        .toUpperCase();
      response.setHassupport(supportedFeatures.includes(asConstant));
      return response;
    }),
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
      if (registered) registered.outputs = forPack(request.getOutputs()?.toJavaScript() ?? {});
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
    call: answer((request) => {
      throw new Error(
        `The method ${request.getTok()} of a remote component runs in a provider plugin, which is not run here. Run the program with the Pulumi CLI.`,
      );
    }),
  };
}

function engine(stack: StackUnderPreview): Record<string, Handler> {
  const answer = answering(stack);
  return {
    log: answer((request) => {
      stack.log.push({
        severity: logSeverities[request.getSeverity() as 0 | 1 | 2 | 3] ?? "info",
        message: request.getMessage(),
      });
      return stack.protocol.empty();
    }),
    getRootResource: answer(() => {
      const response = new stack.protocol.engineMessages.GetRootResourceResponse();
      response.setUrn(stack.rootUrn);
      return response;
    }),
    setRootResource: answer((request) => {
      stack.rootUrn = request.getUrn();
      return new stack.protocol.engineMessages.SetRootResourceResponse();
    }),
    startDebugging: answer(() => stack.protocol.empty()),
    requirePulumiVersion: answer(() => new stack.protocol.engineMessages.RequirePulumiVersionResponse()),
  };
}

function deploymentInfo({ project, protocol: { resourceMessages } }: StackUnderPreview): Message {
  const info = new resourceMessages.DeploymentInfo();
  info.setProject(project.name);
  info.setStack(project.stack);
  info.setOrganization(project.organization);
  info.setDryrun(true);
  info.setParallel(16);
  for (const [key, value] of Object.entries(project.config)) info.getConfigMap().set(key, value);
  info.setConfigsecretkeysList?.([...project.secretKeys]);
  info.setSupportedfeaturesList(
    Object.entries(resourceMessages.ResourceMonitorFeature ?? {})
      .filter(([feature]) => supportedFeatures.some((name) => feature.endsWith(`FEATURE_${name}`)))
      .map(([, value]) => value),
  );
  return info;
}

/** What this monitor understands, by the names of `pulumirpc.ResourceMonitorFeature`. */
const supportedFeatures: readonly string[] = [
  "SECRETS",
  "RESOURCE_REFERENCES",
  "OUTPUT_VALUES",
  "ALIAS_SPECS",
  "DELETED_WITH",
  "REPLACE_WITH",
  "TRANSFORMS",
  "INVOKE_TRANSFORMS",
  "PARAMETERIZATION",
  "RESOURCE_HOOKS",
  "ERROR_HOOKS",
  // They migrate what is deployed, and nothing is: without the feature, the SDK refuses a program that has one.
  "STATE_MIGRATIONS",
];
