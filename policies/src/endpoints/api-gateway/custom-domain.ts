import type { BasePathMappingArgs, DomainNameArgs } from "@pulumi/aws/apigateway";
import type {
  ApiMappingArgs,
  DomainNameArgs as DomainNameV2Args,
  RoutingRuleArgs,
} from "@pulumi/aws/apigatewayv2";
import {
  knownElements,
  knownValue,
  type Resource,
  type ResourceOf,
  resourceType,
  type Seen,
  type Stack,
} from "../../stack";
import type { AnyApi } from "./api-of";
import { Api } from "./http-api";
import { RestApi } from "./rest-api";

/** Either type's domains take mappings of either type. */
export const DomainName = resourceType<DomainNameArgs>("aws:apigateway/domainName:DomainName", {
  domainName: "reference",
  mutualTlsAuthentication: "presence",
});
export const DomainNameV2 = resourceType<DomainNameV2Args>("aws:apigatewayv2/domainName:DomainName", {
  domainName: "reference",
  mutualTlsAuthentication: "presence",
});
export const BasePathMapping = resourceType<BasePathMappingArgs>(
  "aws:apigateway/basePathMapping:BasePathMapping",
  { restApi: "reference", domainName: "reference", stageName: "reference" },
);
const ApiMapping = resourceType<ApiMappingArgs>("aws:apigatewayv2/apiMapping:ApiMapping", {
  apiId: "reference",
  domainName: "reference",
  stage: "reference",
});
const RoutingRule = resourceType<RoutingRuleArgs>("aws:apigatewayv2/routingRule:RoutingRule", {
  actions: "reference",
  domainName: "reference",
});

/** The types whose inputs `domainMappings` reads, besides those of the APIs. */
export const domainTypes = [DomainName, DomainNameV2, BasePathMapping, ApiMapping, RoutingRule] as const;

/** A way from a domain of one's own to an API. */
export interface DomainMapping {
  /** The mapping or the routing rule. */
  readonly resource: Resource;
  /** What it leads to, as far as this stack holds it. */
  readonly apis: readonly AnyApi[];
  /** The names of the stages that it leads to, as far as they are known. */
  readonly stages: readonly string[];
  /** Undefined where this stack doesn't hold it. */
  readonly domain: ResourceOf<typeof DomainName> | ResourceOf<typeof DomainNameV2> | undefined;
  readonly host: string | undefined;
}

/** Every mapping of a custom domain in the stack, and every routing rule. */
export function domainMappings(stack: Stack): readonly DomainMapping[] {
  return [
    ...stack.of(BasePathMapping).map((mapping) => {
      const api = stack.target(mapping, "restApi", RestApi);
      return {
        resource: mapping,
        apis: api.kind === "found" ? [api.resource] : [],
        stages: texts(mapping.text("stageName")),
        ...domainOf(stack, mapping),
      };
    }),
    ...stack.of(ApiMapping).map((mapping) => {
      const apis = [stack.target(mapping, "apiId", Api), stack.target(mapping, "apiId", RestApi)];
      return {
        resource: mapping,
        apis: apis.flatMap((api) => (api.kind === "found" ? [api.resource] : [])),
        stages: texts(mapping.text("stage")),
        ...domainOf(stack, mapping),
      };
    }),
    ...stack.of(RoutingRule).map((rule) => ({
      resource: rule,
      apis: stack.madeOf(rule, "actions", RestApi),
      stages: knownElements(rule.records("actions")).flatMap((action) => {
        const invoked = action.record("invokeApi");
        return invoked.kind === "known" ? texts(invoked.value.text("stage")) : [];
      }),
      ...domainOf(stack, rule),
    })),
  ];
}

const texts = (seen: Seen<string>): readonly string[] => (seen.kind === "known" ? [seen.value] : []);

/** A mapping that leads from a domain in use to a stage of development, by their names. */
export interface StrayStage {
  readonly resource: Resource;
  /** The mapping that leads from the same domain to a live stage. */
  readonly live: Resource;
}

const liveStage = /^(?:prod|production|prd|live)$/i;
const developmentStage =
  /^(?:dev|develop|development|test|testing|qa|uat|int|stag(?:e|ing)|sandbox|demo|preview)$/i;

export function strayStages(stack: Stack): readonly StrayStage[] {
  const mappings = domainMappings(stack);
  return mappings.flatMap(({ resource, domain, host, stages }) => {
    if (!stages.some((stage) => developmentStage.test(stage))) return [];
    const live = mappings.find(
      (other) =>
        other.stages.some((stage) => liveStage.test(stage)) &&
        (domain ? other.domain === domain : host !== undefined && other.host === host),
    );
    return live ? [{ resource, live: live.resource }] : [];
  });
}

/** Whether a domain asks its clients for a certificate. */
export function asksForCertificates(domain: DomainMapping["domain"]): boolean {
  return domain?.isSet("mutualTlsAuthentication") === true;
}

/** By the name, which is written in the program and no id; else by what the name was made of. */
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
  // Which of several it is may be unknown: the one that asks for certificates has more to lose.
  const domain = origins.find(asksForCertificates) ?? origins[0];
  return { domain, host: host ?? (domain && knownValue(domain.text("domainName"))?.toLowerCase()) };
}
