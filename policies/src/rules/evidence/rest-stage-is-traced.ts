import { Deployment, isTraced, Stage } from "../../endpoints/api-gateway/stage";
import { knownValue } from "../../stack";
import { fsbp, nist, owasp } from "../controls";
import { resourceRule } from "../rule";
import { inRestStage } from "./stage-code";

export const restStageIsTraced = resourceRule({
  id: "rest-stage-is-traced",
  theme: "evidence",
  title: "Stages of REST APIs trace their requests",
  severity: "low",
  level: "advisory",
  because: "something is recorded all the same",
  controls: [owasp("API8:2023"), nist("AU-12"), fsbp("APIGateway.3")],
  why: "A trace joins a request with everything that the backend did for it: which tables and services it reached, in what order. The access log alone ends at the API. Only REST APIs can start a trace.",
  fix: "xrayTracingEnabled: true",
  exceptionIf: "the backend traces its requests by itself, for instance with OpenTelemetry",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-xray.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enabling-xray.html",
  ],
  kinds: {
    untraced: "X-Ray traces no requests of the stage, or nobody knows before the deployment that it does.",
  },
  examples: {
    bad: `new aws.apigateway.Stage("untraced", {
    restApi: "a1b2c3",
    deployment: "d4e5f6",
    stageName: "live",
    accessLogSettings,
});`,
    good: `new aws.apigateway.Stage("traced", {
    restApi: "a1b2c3",
    deployment: "d4e5f6",
    stageName: "live",
    accessLogSettings,
    xrayTracingEnabled: true,
});`,
  },
  resources: [Stage, Deployment],
  reads: { xrayTracingEnabled: "deciding word", stageName: "presence", stageDescription: "reference" },
  *check(stage) {
    const isDeployment = Deployment.is(stage);
    if (isDeployment && !stage.isSet("stageName")) return;
    const traced = isTraced(stage);
    // What describes a deployment's stage is decided before the deployment is created.
    if (knownValue(traced) || (isDeployment && traced.kind === "unknown")) return;
    const which = isDeployment ? `the stage that "${stage.name}" creates` : `"${stage.name}"`;
    yield {
      kind: "untraced",
      sentence:
        traced.kind === "unknown"
          ? `Whether X-Ray traces ${which} is not known before the deployment: write xrayTracingEnabled as a plain value.`
          : `X-Ray doesn't trace the requests of ${which}.`,
      fix: inRestStage(stage, { ofStage: "xrayTracingEnabled: true", ofDescription: "tracingEnabled: true" }),
    };
  },
});
