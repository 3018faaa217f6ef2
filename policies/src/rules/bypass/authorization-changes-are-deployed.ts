import type { Resource } from "../../stack";
import { nist, owasp } from "../controls";
import { type Finding, stackRule } from "../rule";
import { shortEnumeration } from "../wording";
import { deploymentTypes, type UndeployedChange, undeployedChanges } from "./undeployed-changes";

const mostListed = 10;

const deployment = (triggers: string) => `const orders = new aws.apigateway.RestApi("orders");
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
  controls: [owasp("API8:2023"), owasp("API9:2023"), nist("CM-3"), nist("CM-6")],
  why: "What callers reach is a snapshot: the deployment of a stage. A method that is closed in the program stays open on the stage until a new deployment is created, and the program shows nothing of it. A deployment is replaced when its triggers change; dependsOn only says what comes first. An id doesn't change when an authorization does, so hash the properties that decide.",
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
      "The deployment has no triggers, or only a version that somebody writes by hand, so a change doesn't replace it.",
    "missing-triggers": "The deployment's triggers don't depend on everything that says who may call.",
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
    ...(resource.written && {
      fix: "put a hash of the properties that decide into the name of the deployment",
    }),
  };
  if (kind === "never-deployed-again") {
    const what =
      change.because === "no triggers"
        ? `"${resource.name}" has no triggers, so no new deployment is created`
        : `The triggers of "${resource.name}" only change if somebody edits them, so no new deployment is created`;
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

function named(resources: readonly Resource[]): string {
  return shortEnumeration(
    resources.map(({ name }) => JSON.stringify(name)),
    mostListed,
  );
}
