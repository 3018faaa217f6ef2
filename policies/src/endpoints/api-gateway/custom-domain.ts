import type { BasePathMappingArgs, DomainNameArgs } from "@pulumi/aws/apigateway";
import type {
  ApiMappingArgs,
  DomainNameArgs as DomainNameV2Args,
  RoutingRuleArgs,
} from "@pulumi/aws/apigatewayv2";
import {
  absent,
  knownElements,
  knownValue,
  type Resource,
  type ResourceOf,
  resourceType,
  type Seen,
  type Stack,
} from "../../stack";
import { foundAt } from "../target";
import { acceptsOldTls } from "../tls/security-policy";
import type { AnyApi } from "./api-of";
import { Api } from "./http-api";
import { RestApi } from "./rest-api";

/** A domain of either type accepts mappings of either type. */
export const DomainName = resourceType<DomainNameArgs>("aws:apigateway/domainName:DomainName", {
  domainName: "reference",
  mutualTlsAuthentication: "presence",
  securityPolicy: "deciding word",
});
export const DomainNameV2 = resourceType<DomainNameV2Args>("aws:apigatewayv2/domainName:DomainName", {
  domainName: "reference",
  domainNameConfiguration: "reference",
  mutualTlsAuthentication: "presence",
});
export const BasePathMapping = resourceType<BasePathMappingArgs>(
  "aws:apigateway/basePathMapping:BasePathMapping",
  { restApi: "reference", domainName: "reference", stageName: "reference", basePath: "reference" },
);
const ApiMapping = resourceType<ApiMappingArgs>("aws:apigatewayv2/apiMapping:ApiMapping", {
  apiId: "reference",
  domainName: "reference",
  stage: "reference",
  apiMappingKey: "reference",
});
const RoutingRule = resourceType<RoutingRuleArgs>("aws:apigatewayv2/routingRule:RoutingRule", {
  actions: "reference",
  domainName: "reference",
});

/** The types whose inputs `domainMappings` reads, besides those of the APIs. */
export const domainTypes = [DomainName, DomainNameV2, BasePathMapping, ApiMapping, RoutingRule] as const;

/** A mapping that leads from a custom domain to an API. */
export interface DomainMapping {
  /** The mapping or the routing rule. */
  readonly resource: Resource;
  /** The APIs that it leads to, as far as this stack holds them. */
  readonly apis: readonly AnyApi[];
  /** The names of the stages that it leads to, as far as they are known. */
  readonly stages: readonly string[];
  /** Undefined where this stack doesn't hold it. */
  readonly domain: ResourceOf<typeof DomainName> | ResourceOf<typeof DomainNameV2> | undefined;
  readonly host: string | undefined;
  /** Below which path of the host it leads to the API. A routing rule has conditions instead. */
  readonly basePath: Seen<string>;
}

/** Every mapping of a custom domain in the stack, and every routing rule. */
export function domainMappings(stack: Stack): readonly DomainMapping[] {
  return [
    ...stack.of(BasePathMapping).map((mapping) => {
      const api = foundAt(stack.target(mapping, "restApi", RestApi));
      return {
        resource: mapping,
        apis: api ? [api] : [],
        stages: texts(mapping.text("stageName")),
        basePath: mapping.text("basePath"),
        ...domainOf(stack, mapping),
      };
    }),
    ...stack.of(ApiMapping).map((mapping) => ({
      resource: mapping,
      apis: [
        foundAt(stack.target(mapping, "apiId", Api)),
        foundAt(stack.target(mapping, "apiId", RestApi)),
      ].flatMap((api) => api ?? []),
      stages: texts(mapping.text("stage")),
      basePath: mapping.text("apiMappingKey"),
      ...domainOf(stack, mapping),
    })),
    ...stack.of(RoutingRule).map((rule) => ({
      resource: rule,
      apis: stack.madeOf(rule, "actions", RestApi),
      stages: knownElements(rule.records("actions")).flatMap((action) => {
        const invoked = action.record("invokeApi");
        return invoked.kind === "known" ? texts(invoked.value.text("stage")) : [];
      }),
      basePath: absent,
      ...domainOf(stack, rule),
    })),
  ];
}

const texts = (seen: Seen<string>): readonly string[] => (seen.kind === "known" ? [seen.value] : []);

/** Whether a domain requires client certificates. */
export function requiresCertificates(domain: DomainMapping["domain"]): boolean {
  return domain?.isSet("mutualTlsAuthentication") === true;
}

/**
 * Whether a domain accepts a version of TLS before 1.2. By default, none does.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
 */
export function domainAcceptsOldTls(domain: NonNullable<DomainMapping["domain"]>): "yes" | "no" | "unknown" {
  const policy = securityPolicyOf(domain);
  if (policy.kind !== "known") return policy.kind === "unknown" ? "unknown" : "no";
  return acceptsOldTls(policy.value) ? "yes" : "no";
}

function securityPolicyOf(domain: NonNullable<DomainMapping["domain"]>): Seen<string> {
  if (!DomainNameV2.is(domain)) return (domain as ResourceOf<typeof DomainName>).word("securityPolicy");
  const configuration = domain.record("domainNameConfiguration");
  return configuration.kind === "known" ? configuration.value.word("securityPolicy") : configuration;
}

/** The domain is found by its name, which programs write out, or else by what the name was made of. */
function domainOf(
  stack: Stack,
  mapping: Resource<{ domainName: string }>,
): Pick<DomainMapping, "domain" | "host"> {
  const host = knownValue(mapping.text("domainName"))?.toLowerCase();
  const named = [...stack.of(DomainName), ...stack.of(DomainNameV2)].find(
    (domain) => host !== undefined && knownValue(domain.text("domainName"))?.toLowerCase() === host,
  );
  if (named) return { domain: named, host };
  const origins = [
    ...stack.madeOf(mapping, "domainName", DomainName),
    ...stack.madeOf(mapping, "domainName", DomainNameV2),
  ];
  // If it may be one of several, the one that requires certificates has more to lose.
  const domain = origins.find(requiresCertificates) ?? origins[0];
  return { domain, host: host ?? (domain && knownValue(domain.text("domainName"))?.toLowerCase()) };
}
