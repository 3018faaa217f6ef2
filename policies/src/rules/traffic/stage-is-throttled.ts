import { RestApi } from "../../endpoints/api-gateway/rest-api";
import { Deployment, MethodSettings, Stage, StageV2 } from "../../endpoints/api-gateway/stage";
import {
  type Ceilings,
  type ThrottleFault,
  type ThrottleProblem,
  throttleProblems,
} from "../../endpoints/api-gateway/throttle";
import { lockdownOf } from "../../reading/exceptions/lockdown";
import type { Stack } from "../../stack";
import { nist, owasp } from "../controls";
import { type Finding, stackRule } from "../rule";
import { enumeration, shortEnumeration } from "../wording";

const mostListed = 10;
const limits = "throttlingRateLimit: 100, throttlingBurstLimit: 200";

/** What an account may have per region unless AWS raises it. */
const accountLimits = { rate: 10_000, burst: 5_000 };

const stage = (name: string, settings: string) =>
  `new aws.apigatewayv2.Stage("${name}", { apiId: httpApi.id, name: "$default", autoDeploy: true, accessLogSettings${settings} });`;

export const stageIsThrottled = stackRule({
  id: "stage-is-throttled",
  theme: "traffic",
  title: "Stages limit how many requests they accept",
  severity: "high",
  level: "advisory",
  because: "it limits damage and lets nobody in",
  controls: [owasp("API4:2023"), nist("SC-5")],
  why: "37 million records leave at an even pace if nothing slows it down. A stage without a throttle accepts whatever the account accepts, by default 10,000 requests a second, and takes that from every other API of the account in the region. What a method or a route has of its own inherits nothing from the stage.",
  fix: `defaultRouteSettings: { ${limits} }   // of a REST API: a MethodSettings with methodPath "*/*"`,
  exceptionIf:
    "something before the stage limits the requests, and nobody can bypass it, or the stage is closed for the time being",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-protect.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html",
  ],
  kinds: {
    "no-limit":
      "The stage sets no rate or no burst, for all of its methods or routes, or for one that has settings of its own. The account's limit applies, which all of its APIs in the region share.",
    "refuses-everything":
      "A limit is 0, so every request is answered with 429, and no component declares a lockdown.",
    "no-real-limit":
      "A limit is as high as the account's own, or as a limit of the options, so it limits nothing.",
  },
  examples: {
    bad: stage("unlimited", ""),
    good: stage("limited", `,\n    defaultRouteSettings: { ${limits} },\n`),
  },
  options: {
    maxRateLimit: {
      type: "integer",
      minimum: 1,
      default: accountLimits.rate,
      description:
        "Requests per second from which on a limit counts as none. By default, those of an account.",
    },
    maxBurstLimit: {
      type: "integer",
      minimum: 1,
      default: accountLimits.burst,
      description: "Requests at once from which on a limit counts as none. By default, those of an account.",
    },
  },
  stackResources: [Stage, MethodSettings, Deployment, StageV2, RestApi],
  *checkStack(stack, { options }) {
    const ceilings = {
      rate: numberIn(options.maxRateLimit, accountLimits.rate),
      burst: numberIn(options.maxBurstLimit, accountLimits.burst),
    };
    for (const problem of throttleProblems(stack, ceilings)) yield* findingOf(stack, problem, ceilings);
  },
});

function numberIn(option: unknown, otherwise: number): number {
  return typeof option === "number" ? option : otherwise;
}

type Kind = "no-limit" | "refuses-everything" | "no-real-limit";

const kindOf: Readonly<Record<ThrottleFault["is"], Kind>> = {
  off: "no-limit",
  zero: "refuses-everything",
  "too high": "no-real-limit",
};

/** One finding about all that is wrong with a resource, of the worst kind. */
function* findingOf(stack: Stack, problem: ThrottleProblem, ceilings: Ceilings): Iterable<Finding<Kind>> {
  const { resource } = problem;
  const isLockedDown = lockdownOf(stack.parentOf(resource)) !== "none";
  const faults = problem.faults.filter(({ is }) => !(is === "zero" && isLockedDown));
  const [worst] = (["off", "zero", "too high"] as const).filter((is) =>
    faults.some((fault) => fault.is === is),
  );
  if (!worst) return;
  yield {
    kind: kindOf[worst],
    resource,
    sentence: sentenceOf(resource.name, faults, ceilings),
    fix: fixOf(problem),
  };
}

function sentenceOf(name: string, faults: readonly ThrottleFault[], { rate, burst }: Ceilings): string {
  const of = (is: ThrottleFault["is"]) => faults.filter((fault) => fault.is === is);
  const about = (list: readonly ThrottleFault[]) => {
    const numbers = enumeration([...new Set(list.map(({ number }) => number))]);
    const places = shortEnumeration([...new Set(list.map((fault) => fault.of))], mostListed);
    return `${numbers} for ${places}`;
  };
  const parts = [
    ...(of("off").length > 0 ? [`doesn't set ${about(of("off"))}`] : []),
    ...(of("zero").length > 0 ? [`answers every request with 429, by a 0 as ${about(of("zero"))}`] : []),
    ...(of("too high").length > 0
      ? [
          `sets ${about(of("too high"))} no lower than ${rate} a second and ${burst} at once, which limits nothing`,
        ]
      : []),
  ];
  const account =
    of("off").length > 0
      ? " Only the account's limit applies there, which all of its APIs in the region share."
      : "";
  return `"${name}" ${enumeration(parts)}.${account}`;
}

function fixOf({ resource, isUnset, faults }: ThrottleProblem): string {
  const { name, written } = resource;
  if (StageV2.is(resource)) {
    const ofRoutes = faults.some(({ of }) => of !== "all routes");
    if (ofRoutes) return `${limits}   // in defaultRouteSettings, and in each of routeSettings`;
    return `defaultRouteSettings: { ${isUnset ? "" : "..., "}${limits} }`;
  }
  if (MethodSettings.is(resource)) return `settings: { ..., ${limits} }`;
  if (written?.schema === "CloudFormation") {
    return `methodSettings: [{ httpMethod: "*", resourcePath: "/*", ${limits} }]   // and in each setting of a method`;
  }
  const variable = Stage.is(resource) ? "stage" : "deployment";
  return `new aws.apigateway.MethodSettings("${name}-limits", { restApi: restApi.id, stageName: ${variable}.stageName, methodPath: "*/*", settings: { ${limits} } });`;
}
