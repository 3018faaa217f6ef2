import { actionsAuthentication } from "../../endpoints/load-balancer/listener-actions";
import { type Resource, view } from "../../stack";
import { nist, owasp, soc2 } from "../controls";
import { type Finding, resourceRule } from "../rule";
import { enumeration } from "../wording";
import { actionsProperty, decidingProperties, decidingTypes } from "./deciding-properties";

export const authorizationIsNotIgnored = resourceRule({
  id: "authorization-is-not-ignored",
  theme: "bypass",
  title: "Changes to authorization are not ignored",
  severity: "high",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API8:2023"), owasp("API9:2023"), nist("CM-3"), nist("CM-6"), soc2("CC8.1")],
  why: "Under ignoreChanges, the engine keeps what is deployed, whatever the program says. If that includes the property that decides who may call, a route that is closed in the program can stay open in the account, and no preview shows it.",
  fix: "leave the properties that decide who may call out of ignoreChanges",
  exceptionIf: "another tool changes the property on purpose, and its own reviews decide who may call",
  links: [
    "https://www.pulumi.com/docs/iac/concepts/options/ignorechanges/",
    "https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-steps-ecs.html",
  ],
  kinds: {
    "ignored-authorization": "The program ignores changes to a property that decides who may call.",
    "ignored-actions":
      "The program ignores changes to the actions of a listener or a listener rule that authenticates callers.",
  },
  splitFrom: "authorization-changes-are-deployed",
  examples: {
    bad: `new aws.lambda.FunctionUrl("kept-as-deployed", { functionName: lookup.name, authorizationType: "AWS_IAM" }, {
    ignoreChanges: ["authorizationType"],
});`,
    good: `new aws.lambda.FunctionUrl("as-written", { functionName: lookup.name, authorizationType: "AWS_IAM" }, {
    ignoreChanges: ["cors"],
});`,
  },
  resources: decidingTypes,
  reads: { defaultActions: "reference", actions: "reference" },
  *check(resource: Resource) {
    const ignored = ignoredPaths(resource);
    const properties = decidingProperties(resource).filter((property) => {
      const name = resource.written?.names[property] ?? property;
      // Ignoring a part of a property counts as ignoring all of it.
      return ignored.some((path) => path.property === name || path.property === "*");
    });
    if (properties.length > 0) yield { kind: "ignored-authorization", ...ignores(resource, properties) };
    const actions = actionsProperty(resource);
    // Blue/green deployments swap the target group of an action, which changes no authentication.
    const areIgnored = ignored.some(
      ({ property, rest }) => property === "*" || (property === actions && /^(?:\[\d+\])?$/.test(rest ?? "")),
    );
    if (actions && areIgnored && authenticates(resource, actions)) {
      yield { kind: "ignored-actions", ...ignores(resource, [actions]), lowered: "lesser finding" };
    }
  },
});

function authenticates(resource: Resource, property: "defaultActions" | "actions"): boolean {
  const actions = view<Record<typeof property, { type: string }[]>>(resource.properties).records(property);
  return actionsAuthentication(actions)?.verdict === "authenticated";
}

/**
 * The property paths of which the program ignores changes: the name of the property, and what follows. The engine shows a
 * policy what is deployed there instead of what the program says.
 */
function ignoredPaths({
  ignoreChanges,
}: Resource): readonly { readonly property: string | undefined; readonly rest: string | undefined }[] {
  return ignoreChanges.map((path) => {
    const [, quoted, plain, rest] = /(?:\["((?:[^"\\]|\\.)*)"\]|([^.[]*))(.*)/s.exec(path) ?? [];
    return { property: quoted ?? plain, rest };
  });
}

function ignores(resource: Resource, properties: readonly string[]): Omit<Finding, "kind"> {
  return {
    sentence: `"${resource.name}" ignores changes to ${enumeration(properties)}, so what the program says there is not what is deployed.`,
    fix: `leave ${enumeration(properties)} out of ignoreChanges`,
  };
}
