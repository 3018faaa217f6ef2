import type { Message } from "../engine/protocol";
import type { StackUnderPreview } from "./stack-under-preview";

/** What this monitor supports, by the names of `pulumirpc.ResourceMonitorFeature`. */
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
  // A migration changes a deployed state, and a preview here has none. Without the feature, the SDK rejects a program that has one.
  "STATE_MIGRATIONS",
];

/** Describes the stack and the monitor's features. Since 3.231, this is the first request of the SDK. */
export function deploymentInfo({ project, protocol: { resourceMessages } }: StackUnderPreview): Message {
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

/** Older SDKs ask for one feature at a time, by a name such as `resourceReferences`. */
export function supportsFeature({ protocol }: StackUnderPreview, request: Message): Message {
  const response = protocol.monitorAnswer("supportsFeature");
  const asConstant = request
    .getId()
    .replace(/[A-Z]/g, (letter: string) => `_${letter}`)
    .toUpperCase();
  response.setHassupport(supportedFeatures.includes(asConstant));
  return response;
}
