import { apiOf } from "../../endpoints/api-gateway/api-of";
import { domainTypes } from "../../endpoints/api-gateway/custom-domain";
import { Api, quickCreateAuthentication, Route } from "../../endpoints/api-gateway/http-api";
import { Method, RestApi, RestApiPut } from "../../endpoints/api-gateway/rest-api";
import { accessLogOf, Deployment, loggedStages, Stage, StageV2 } from "../../endpoints/api-gateway/stage";
import type { ResourceOf, Stack } from "../../stack";
import { fsbp, nist, owasp, pci, soc2 } from "../controls";
import { type Context, resourceRule } from "../rule";
import { aboutTheGroup, accessLogSettings, firstLog, ownStage } from "./access-log-code";
import { accessLogFaults } from "./access-log-faults";

export const stageWritesAnAccessLog = resourceRule({
  id: "stage-writes-an-access-log",
  theme: "evidence",
  title: "Stages write an access log that says who called what",
  severity: "high",
  level: "mandatory",
  because: "nobody could tell afterwards",
  controls: [
    owasp("API8:2023"),
    nist("AU-2"),
    nist("AU-3"),
    pci("10.2.1"),
    soc2("CC7.2"),
    fsbp("APIGateway.9"),
  ],
  why: "Nothing else remembers who called an API: its metrics only count the requests. Without an access log, nobody can say after a breach whose data was read, since when, and by whom. Nor can a log whose fields name neither the caller nor the object.",
  fix: `${accessLogSettings("REST")}   // of a REST API; ${aboutTheGroup}
    ${accessLogSettings("HTTP")}   // of an HTTP API
    ${accessLogSettings("WEBSOCKET")}   // of a WebSocket API`,
  exceptionIf:
    "another log names the caller and the object of every request, for instance that of the backend, and nothing bypasses it",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html",
    "https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-api.html",
  ],
  kinds: {
    "no-log": "The stage writes no access log.",
    "quick-create":
      "A quick create is declared public, and its stage writes no access log. No resource can give it one. Without the declaration, it is a finding of http-api-forbids-quick-create.",
    "missing-fields":
      "The log can't answer the questions of an incident: when, from where, which caller, what was called, which object was meant, how it was answered, and how much left.",
    "not-json": "The lines of the log are no JSON objects, so nobody can query its fields by name.",
    "api-keys": "The log contains the API keys of its callers, which are secrets.",
    "second-stage":
      "The serverless transform creates a second stage, named Stage, that answers the same requests and writes no access log.",
  },
  examples: {
    bad: `new aws.apigatewayv2.Stage("unlogged", { apiId: httpApi.id, name: "$default", autoDeploy: true, defaultRouteSettings });`,
    good: `const logGroup = new aws.cloudwatch.LogGroup("access-log", { retentionInDays: 365 });
new aws.apigatewayv2.Stage("logged", {
    apiId: httpApi.id,
    name: "$default",
    autoDeploy: true,
    defaultRouteSettings,
    ${accessLogSettings("HTTP")},
});`,
  },
  resources: [Stage, StageV2, Deployment],
  reads: { accessLogSettings: "reference", stageName: "presence", stageDescription: "reference" },
  *check(resource, context) {
    const isDeployment = Deployment.is(resource);
    if (isDeployment && !resource.isSet("stageName")) return;
    if (accessLogOf(resource).kind !== "none") return;
    const writesNone = `${isDeployment ? "creates a stage that " : ""}writes no access log`;
    yield {
      kind: "no-log",
      sentence: `"${resource.name}" ${writesNone}, so nobody could say afterwards who called it.`,
      ...firstLog(resource, context),
    };
  },
  stackResources: [Api, Route, RestApi, RestApiPut, Method, ...domainTypes],
  *checkStack(stack, context) {
    for (const stage of loggedStages(stack)) {
      const faults = accessLogFaults(stack, stage);
      const [first, ...others] = faults;
      if (!first) continue;
      const second = others.find(({ kind }) => kind === "second-stage");
      yield {
        kind: first.kind,
        resource: stage,
        sentence: faults.map(({ sentence }) => sentence).join(" "),
        fix: first.fix,
        ...(second && { waysOut: [{ when: "to log all requests", write: second.fix }] }),
        lowered: "lesser finding",
      };
    }
    for (const api of declaredQuickCreates(stack, context)) {
      const sentence = `"${api.name}" is a quick create: its stage $default writes no access log, and no resource can give it one.`;
      yield { kind: "quick-create", resource: api, sentence, fix: ownStage };
    }
  },
});

/**
 * Quick creates that are declared public and whose stage no resource shows; a template may override its settings. Any other quick
 * create is a finding of `http-api-forbids-quick-create`, and the same fix ends both.
 */
function declaredQuickCreates(stack: Stack, context: Context): readonly ResourceOf<typeof Api>[] {
  const quickCreates = stack.of(Api).filter((api) => quickCreateAuthentication(api));
  if (quickCreates.length === 0) return [];
  const withStage = new Set(stack.of(StageV2).map((stage) => apiOf(stack, stage)?.urn));
  return quickCreates.filter((api) => {
    const parent = stack.parentOf(api);
    const declarations = parent ? context.declarationsOf(parent) : [];
    const isDeclared = declarations.some(
      ({ problems, routes }) => problems.length === 0 && routes.includes("$default"),
    );
    return isDeclared && !withStage.has(api.urn);
  });
}
