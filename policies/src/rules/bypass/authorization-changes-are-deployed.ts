import { DeploymentV2 } from "../../endpoints/api-gateway/stage";
import { nist, owasp, soc2 } from "../controls";
import { type Finding, stackRule } from "../rule";
import { shortEnumeration } from "../wording";
import {
  type Deciding,
  deploymentTypes,
  type UndeployedChange,
  undeployedChanges,
} from "./undeployed-changes";

const mostListed = 10;

const deployment = (triggers: string) => `const orders = new aws.apigateway.RestApi("orders", regional);
const get = new aws.apigateway.Method("orders-get", {
    restApi: orders.id,
    resourceId: orders.rootResourceId,
    httpMethod: "GET",
    authorization: "AWS_IAM",
});
new aws.apigateway.Deployment("orders-deployed", { restApi: orders.id${triggers} }, { dependsOn: [get] });`;

export const authorizationChangesAreDeployed = stackRule({
  id: "authorization-changes-are-deployed",
  theme: "bypass",
  title: "Changes to authorization are deployed",
  severity: "high",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API8:2023"), owasp("API9:2023"), nist("CM-3"), nist("CM-6"), soc2("CC8.1")],
  why: "What callers reach is a snapshot: the deployment of a stage. A method that is closed in the program stays open on the stage until a new deployment is created, and the program shows nothing of it. A deployment is replaced when its triggers change; dependsOn only says what comes first. An id doesn't change when an authorization does, so hash the properties that decide. Ids among the triggers are recognized once the resources exist. Before that, nothing shows what a function makes of them.",
  fix: "triggers: { authorization: pulumi.jsonStringify([method.authorization, method.authorizerId, method.authorizationScopes]) }   // of every method; for a document, api.body",
  exceptionIf:
    "something outside of this program deploys the API after every change, such as a step of the pipeline",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/apigateway/deployment/",
  ],
  kinds: {
    "never-deployed-again":
      "The deployment has no triggers, or only ids or a version that somebody writes by hand, so a change doesn't replace it.",
    "missing-triggers":
      "The deployment's triggers don't depend on everything that says who may call, as far as they show what they are made of.",
    "pinned-stage": "The stage serves a deployment that this stack doesn't hold.",
  },
  examples: {
    bad: deployment(""),
    good: deployment(
      ", triggers: { authorization: pulumi.jsonStringify([get.authorization, get.authorizerId, get.authorizationScopes]) }",
    ),
  },
  stackResources: deploymentTypes,
  *checkStack(stack) {
    for (const change of undeployedChanges(stack)) yield findingOf(change);
  },
});

function findingOf(change: UndeployedChange): Finding<UndeployedChange["kind"]> {
  const { kind } = change;
  if (kind === "pinned-stage") {
    return {
      kind,
      resource: change.stage,
      sentence: `The stage "${change.stage.name}" serves a deployment that this stack doesn't hold. Nothing shows here whether a change to the authorization of "${change.api.name}" reaches it.`,
      fix: "deployment: deployment.id   // of a Deployment in this stack, with triggers",
      lowered: "lesser finding",
    };
  }
  const { deployment: resource } = change;
  const about = {
    kind,
    resource,
    // Cloud Control knows no triggers: there, only a new name creates a new deployment.
    fix:
      resource.written?.schema === "CloudFormation"
        ? "put a hash of the properties that decide into the name of the deployment"
        : triggersOf(decidingIn(change)),
  };
  if (kind === "never-deployed-again") {
    const what = `${reasons[change.because](resource.name)}, so no new deployment is created`;
    return change.api
      ? {
          ...about,
          sentence: `${what} when the authorization of "${change.api.name}" changes, and its stages keep the old one.`,
        }
      : {
          ...about,
          sentence: `${what} when the authorization of its API changes, which this stack doesn't hold.`,
          lowered: "lesser finding",
        };
  }
  const { missing, mayBeMissing } = change;
  return missing.length > 0
    ? {
        ...about,
        sentence: `The triggers of "${resource.name}" don't depend on ${named([...missing, ...mayBeMissing])}, so a change of authorization there is not deployed.`,
      }
    : {
        ...about,
        sentence: `Nothing shows that the triggers of "${resource.name}" change with ${named(mayBeMissing)}, so a change there may not be deployed.`,
        lowered: "lesser finding",
      };
}

const reasons = {
  "no triggers": (name: string) => `"${name}" has no triggers`,
  "written by hand": (name: string) => `The triggers of "${name}" only change if somebody edits them`,
  ids: (name: string) => `The triggers of "${name}" are ids, which stay the same`,
};

/** What the triggers should be made of: for an API that this stack doesn't hold, what usually decides. */
function decidingIn(change: Exclude<UndeployedChange, { kind: "pinned-stage" }>): readonly Deciding[] {
  if (change.kind === "missing-triggers") return [...change.missing, ...change.mayBeMissing];
  if (change.deciding.length > 0) return change.deciding;
  const { deployment: resource } = change;
  const shared = ["authorizerId", "authorizationScopes"];
  return DeploymentV2.is(resource)
    ? [{ resource, variable: "route", properties: ["authorizationType", ...shared] }]
    : [{ resource, variable: "method", properties: ["authorization", ...shared] }];
}

/** Triggers that change with what decides. */
function triggersOf(deciding: readonly Deciding[]): string {
  const parts = deciding.flatMap(({ variable, properties }) =>
    properties.map((name) => `${variable}.${name}`),
  );
  const several = [...new Set(deciding.map(({ variable }) => variable))].filter(
    (variable) => deciding.filter((one) => one.variable === variable).length > 1,
  );
  const each = several.length > 0 ? `   // of every ${several.join(" and every ")}` : "";
  return `triggers: { authorization: pulumi.jsonStringify([${[...new Set(parts)].join(", ")}]) }${each}`;
}

function named(deciding: readonly Deciding[]): string {
  return shortEnumeration([...new Set(deciding.map(labelOf))], mostListed);
}

function labelOf({ resource, variable, properties }: Deciding): string {
  const name = JSON.stringify(resource.name);
  if (variable === "api") return `the ${properties.includes("body") ? "document" : "policy"} of ${name}`;
  return `the ${variable === "put" ? "document" : variable} ${name}`;
}
