import type { Message, Protocol } from "../engine/protocol";
import type { AnalyzedResource } from "../engine/resource";
import {
  type EnforcementLevel,
  enforcementLevels,
  type PackInfo,
  type PolicySettings,
  policyTypes,
  type Severity,
  severities,
} from "./pack-info";

/** What a policy reports about a resource or about the stack. */
export interface Diagnostic {
  readonly policy: string;
  readonly pack: string;
  readonly version: string;
  readonly level: EnforcementLevel;
  readonly severity: Severity;
  /** Of the policy, as far as its pack says so. */
  readonly theme?: string | undefined;
  readonly message: string;
  readonly urn: string;
}

/** What a policy changed in a resource, or why it couldn't. */
export interface Remediation {
  readonly policy: string;
  readonly properties: Readonly<Record<string, unknown>> | undefined;
  readonly problem: string | undefined;
}

/** The tag of a policy that judges each resource and the whole stack. The protocol has only one type for a policy. */
const wholeStackTag = "whole-stack";

/** The beginning of the tag that names a policy's theme. */
const themeTag = "theme:";

/** The beginning of a tag that names a kind of finding: what such a finding is about lies outside of the program. */
const liesOutsideTag = "lies-outside:";

export function packInfo(response: Message): PackInfo {
  const settings = (config: Message): PolicySettings => ({
    enforcementLevel: enforcementLevels[config.getEnforcementlevel()] ?? "advisory",
    properties: config.getProperties()?.toJavaScript() ?? {},
  });
  return {
    name: response.getName(),
    version: response.getVersion(),
    initialConfig: Object.fromEntries(
      [...response.getInitialconfigMap().entries()].map(([policy, config]: [string, Message]) => [
        policy,
        settings(config),
      ]),
    ),
    policies: response.getPoliciesList().map((policy: Message) => ({
      name: policy.getName(),
      enforcementLevel: enforcementLevels[policy.getEnforcementlevel()] ?? "advisory",
      severity: severities[policy.getSeverity()],
      description: policy.getDescription() || undefined,
      page: policy.getUrl?.() || undefined,
      judgesStack:
        policyTypes[policy.getPolicyType?.()] === "stack" ||
        policy.getTagsList?.().includes(wholeStackTag) === true,
      theme: taggedBy(policy, themeTag)[0],
      kindsOutside: taggedBy(policy, liesOutsideTag),
      configSchema: policy.getConfigschema() && {
        properties: policy.getConfigschema().getProperties()?.toJavaScript() ?? {},
        required: policy.getConfigschema().getRequiredList(),
      },
    })),
  };
}

/** What stands in a policy's tags after this beginning. */
function taggedBy(policy: Message, beginning: string): readonly string[] {
  return (policy.getTagsList?.() ?? [])
    .filter((tag: string) => tag.startsWith(beginning))
    .map((tag: string) => tag.slice(beginning.length));
}

export function configureRequest(
  { analyzerMessages, struct }: Protocol,
  settings: Readonly<Record<string, PolicySettings>>,
): Message {
  const request = new analyzerMessages.ConfigureAnalyzerRequest();
  for (const [policy, { enforcementLevel, properties }] of Object.entries(settings)) {
    const config = new analyzerMessages.PolicyConfig();
    config.setEnforcementlevel(enforcementLevels.indexOf(enforcementLevel));
    config.setProperties(struct(properties));
    request.getPolicyconfigMap().set(policy, config);
  }
  return request;
}

/** The request of `Analyze` and `Remediate`. */
export function analyzeRequest(protocol: Protocol, resource: AnalyzedResource): Message {
  return withResource(protocol, new protocol.analyzerMessages.AnalyzeRequest(), resource);
}

export function analyzeStackRequest(protocol: Protocol, resources: readonly AnalyzedResource[]): Message {
  const { analyzerMessages } = protocol;
  const request = new analyzerMessages.AnalyzeStackRequest();
  request.setResourcesList(
    resources.map((resource) => {
      const message = withResource(protocol, new analyzerMessages.AnalyzerResource(), resource);
      message.setParent(resource.parent);
      message.setDependenciesList([...resource.dependencies]);
      for (const [property, urns] of Object.entries(resource.propertyDependencies)) {
        if (urns.length === 0) continue;
        const dependencies = new analyzerMessages.AnalyzerPropertyDependencies();
        dependencies.setUrnsList([...urns]);
        message.getPropertydependenciesMap().set(property, dependencies);
      }
      return message;
    }),
  );
  return request;
}

/** Sets the fields that `AnalyzeRequest` and `AnalyzerResource` share. */
function withResource(protocol: Protocol, message: Message, resource: AnalyzedResource): Message {
  const { analyzerMessages, struct } = protocol;
  message.setType(resource.type);
  message.setUrn(resource.urn);
  message.setName(resource.name);
  message.setProperties(struct(resource.properties));
  const options = new analyzerMessages.AnalyzerResourceOptions();
  options.setProtect(resource.options.protect);
  options.setIgnorechangesList([...resource.options.ignoreChanges]);
  options.setAdditionalsecretoutputsList([...resource.options.additionalSecretOutputs]);
  if (resource.options.deleteBeforeReplace !== undefined) {
    options.setDeletebeforereplace(resource.options.deleteBeforeReplace);
    options.setDeletebeforereplacedefined(true);
  }
  const timeouts = new analyzerMessages.AnalyzerResourceOptions.CustomTimeouts();
  timeouts.setCreate(resource.options.customTimeouts.create);
  timeouts.setUpdate(resource.options.customTimeouts.update);
  timeouts.setDelete(resource.options.customTimeouts.delete);
  timeouts.setRead?.(resource.options.customTimeouts.read);
  options.setCustomtimeouts(timeouts);
  options.setParent(resource.parent);
  message.setOptions(options);
  if (resource.provider) {
    const provider = new analyzerMessages.AnalyzerProviderResource();
    provider.setType(resource.provider.type);
    provider.setUrn(resource.provider.urn);
    provider.setName(resource.provider.name);
    provider.setProperties(struct(resource.provider.properties));
    message.setProvider(provider);
  }
  return message;
}

export function diagnostics(response: Message, { name, version, policies }: PackInfo): Diagnostic[] {
  return response.getDiagnosticsList().map((diagnostic: Message) => {
    const policy = diagnostic.getPolicyname();
    const known = policies.find((one) => one.name === policy);
    const level = enforcementLevels[diagnostic.getEnforcementlevel()] ?? "mandatory";
    return {
      policy,
      pack: name,
      version,
      // The engine reports a violation that remains after a remediation as mandatory.
      level: level === "remediate" ? "mandatory" : level,
      severity: severities[diagnostic.getSeverity()] ?? known?.severity,
      theme: known?.theme,
      message: diagnostic.getMessage(),
      urn: diagnostic.getUrn(),
    };
  });
}

export function remediations(response: Message): Remediation[] {
  return response.getRemediationsList().map((remediation: Message) => ({
    policy: remediation.getPolicyname(),
    properties: remediation.getProperties()?.toJavaScript(),
    problem: remediation.getDiagnostic() || undefined,
  }));
}
