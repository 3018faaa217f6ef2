import { deploymentTypes, type UndeployedChange, undeployedChanges } from "../../loopholes/deployment";
import type { Resource } from "../../stack";
import { nist, owasp } from "../controls";
import { type Finding, stackRule } from "../rule";
import { enumeration } from "../wording";

const listed = 10;

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
  title: "Changes of authorization are deployed",
  severity: "high",
  level: "mandatory",
  controls: [owasp("API8:2023"), owasp("API9:2023"), nist("CM-3"), nist("CM-6")],
  why: "What callers reach is a snapshot: the deployment of a stage. A method that is closed in the program stays open on the stage until a new deployment is made, and the program shows nothing of it. A deployment is made anew where its triggers change; dependsOn only says what comes first. An id doesn't change when an authorization does, so hash what decides.",
  fix: "triggers: { authorization: pulumi.jsonStringify([method.authorization, method.authorizerId, method.authorizationScopes]) }   // of every method; of a document, api.body",
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

function findingOf(change: UndeployedChange): Finding {
  if (change.kind === "pinned stage") {
    return {
      resource: change.stage,
      sentence: `The stage "${change.stage.name}" stays at a deployment that this stack doesn't hold. Whether a change of authorization of "${change.api.name}" reaches it can't be seen here.`,
      fix: "deployment: deployment.id   // of a Deployment in this stack, with triggers",
      lowered: "lesser finding",
    };
  }
  const { deployment: resource } = change;
  // Cloud Control knows no triggers: there, only another name makes another deployment.
  const fix = resource.written ? { fix: "put a hash of what decides into the name of the deployment" } : {};
  if (change.kind === "never deployed again") {
    const what =
      change.because === "no triggers"
        ? `"${resource.name}" has no triggers, so nothing makes a new deployment`
        : `The triggers of "${resource.name}" change only where somebody writes them anew, so nothing else makes a new deployment`;
    return change.api
      ? {
          resource,
          sentence: `${what} when the authorization of "${change.api.name}" changes: its stages go on with what they had.`,
          ...fix,
        }
      : {
          resource,
          sentence: `${what} when the authorization of its API changes, which this stack doesn't hold.`,
          ...fix,
          lowered: "lesser finding",
        };
  }
  const { doors, others } = change;
  return doors.length > 0
    ? {
        resource,
        sentence: `The triggers of "${resource.name}" don't depend on ${named([...doors, ...others])}: a change of authorization there is not deployed.`,
        ...fix,
      }
    : {
        resource,
        sentence: `Nothing shows that the triggers of "${resource.name}" change with ${named(others)}: a change there may not be deployed.`,
        ...fix,
        lowered: "lesser finding",
      };
}

function named(resources: readonly Resource[]): string {
  const names = resources.slice(0, listed).map(({ name }) => JSON.stringify(name));
  const more = resources.length - names.length;
  return enumeration([...names, ...(more > 0 ? [`${more} more`] : [])]);
}
