import { BasePathMapping, domainTypes, strayStages } from "../../endpoints/api-gateway/custom-domain";
import { nist, owasp } from "../controls";
import { resourceRule } from "../rule";

export const domainMappingNamesItsStage = resourceRule({
  id: "domain-mapping-names-its-stage",
  theme: "bypass",
  title: "A mapping of a domain names its stage, and only live ones",
  severity: "high",
  level: "advisory",
  controls: [owasp("API2:2023"), owasp("API8:2023"), nist("AC-3"), nist("SC-7")],
  why: "A base path mapping without a stage lets callers choose one by its name in the path, each that the API has or will have. A stage of development beside the live one leads from the same domain to whatever is tried out there.",
  fix: "stageName: stage.stageName",
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
      sentence: `"${mapping.name}" names no stage, so callers choose one by its name in the path, each that the API has or will have.`,
    };
  },
  stackResources: domainTypes,
  *checkStack(stack) {
    for (const { resource, live } of strayStages(stack)) {
      yield {
        resource,
        sentence: `"${resource.name}" leads from the same domain as "${live.name}", which is live, to a stage of development.`,
        fix: "map the stage under a domain of its own, or not at all",
      };
    }
  },
});
