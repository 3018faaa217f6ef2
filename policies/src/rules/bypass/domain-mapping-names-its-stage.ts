import { BasePathMapping, domainMappings, domainTypes } from "../../endpoints/api-gateway/custom-domain";
import { nist, owasp, soc2 } from "../controls";
import { resourceRule } from "../rule";

const liveStage = /^(?:prod|production|prd|live)$/i;
const developmentStage =
  /^(?:dev|develop|development|test|testing|qa|uat|int|stag(?:e|ing)|sandbox|demo|preview)$/i;

export const domainMappingNamesItsStage = resourceRule({
  id: "domain-mapping-names-its-stage",
  theme: "bypass",
  title: "Domain mappings name their stage, and live domains lead to live stages",
  severity: "high",
  level: "advisory",
  because: "it may be meant",
  controls: [owasp("API9:2023"), owasp("API8:2023"), nist("CM-7"), soc2("CC6.6")],
  why: "A base path mapping without a stage lets callers choose any stage that the API has, now or later, by its name in the path. A mapping to a development stage on a live domain lets callers reach whatever is tried out there.",
  fix: "stageName: stage.stageName",
  exceptionIf: "every stage of the API, now and later, is meant for the callers of this domain",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/api/API_CreateBasePathMapping.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html",
  ],
  kinds: {
    "no-stage": "The base path mapping names no stage, so callers choose one by its name in the path.",
    "development-stage":
      "A live domain leads to a development stage, too. Stages are told apart by their names.",
  },
  splitFrom: "edge-authentication-holds-at-the-origin",
  examples: {
    bad: `new aws.apigateway.BasePathMapping("any-stage", { domainName: "api.example.com", restApi: "a1b2c3" });`,
    good: `new aws.apigateway.BasePathMapping("one-stage", { domainName: "api.example.com", restApi: "a1b2c3", stageName: "live" });`,
  },
  resources: [BasePathMapping],
  reads: { stageName: "reference" },
  *check(mapping) {
    if (mapping.isSet("stageName")) return;
    yield {
      kind: "no-stage",
      sentence: `"${mapping.name}" names no stage, so callers choose any stage that the API has, now or later, by its name in the path.`,
    };
  },
  stackResources: domainTypes,
  *checkStack(stack) {
    const mappings = domainMappings(stack);
    for (const { resource, domain, host, stages } of mappings) {
      if (!stages.some((stage) => developmentStage.test(stage))) continue;
      const live = mappings.find(
        (other) =>
          other.stages.some((stage) => liveStage.test(stage)) &&
          (domain ? other.domain === domain : host !== undefined && other.host === host),
      );
      if (!live) continue;
      yield {
        kind: "development-stage",
        resource,
        sentence: `"${resource.name}" leads to a development stage from the same domain as "${live.resource.name}", which is live.`,
        fix: "map the stage under a domain of its own, or not at all",
      };
    }
  },
});
