import { readOpenApi } from "../../reading/text/open-api";
import { knownValue, type ResourceOf, resourceType, type Seen, type View } from "../../stack";
import { type Authentication, isNotKnown, keyOnly } from "../endpoint";
import { type JudgedDocument, type JudgedOperation, judgeOpenApi, noSurroundings } from "./document";

/**
 * The inputs of `RestAPI` in the package aws-apigateway that say who may call. The pack doesn't depend on that package, so
 * it doesn't use its types.
 *
 * @see https://www.pulumi.com/registry/packages/aws-apigateway/api-docs/restapi/
 */
interface GatewayComponentArgs {
  routes?: GatewayRouteArgs[];
  /** If it is set, the component ignores the routes. */
  swaggerString?: string;
}

interface GatewayRouteArgs {
  path: string;
  method?: string;
  authorizers?: object[];
  iamAuthEnabled?: boolean;
  apiKeyRequired?: boolean;
  eventHandler?: unknown;
  localPath?: string;
  target?: unknown;
  /** A raw operation, which the component copies into the document. It ignores all other properties of the route. */
  data?: unknown;
}

export const GatewayComponent = resourceType<GatewayComponentArgs>("aws-apigateway:index:RestAPI");

/**
 * Who may call the routes that the component puts into the body of its REST API. It reads the inputs in the same order as
 * the component. Undefined if no inputs are shown: the released provider registers none.
 */
export function gatewayComponentRoutes(
  component: ResourceOf<typeof GatewayComponent>,
): JudgedDocument | undefined {
  if (component.isSet("swaggerString")) {
    return judgeOpenApi(readOpenApi(component.properties.swaggerString), "rest", noSurroundings);
  }
  const routes = component.records("routes");
  if (routes.kind === "absent") return undefined;
  if (routes.kind === "unknown") return { kind: "unknown" };
  return {
    kind: "read",
    isPartlyUnknown: routes.value.some((route) => route.kind === "unknown"),
    operations: routes.value.flatMap((route) => (route.kind === "known" ? judgeRoute(route.value) : [])),
  };
}

function judgeRoute(route: View<GatewayRouteArgs>): readonly JudgedOperation[] {
  const isEventHandler = route.isSet("eventHandler");
  const isStatic = !isEventHandler && route.isSet("localPath");
  const isIntegration = !isEventHandler && !isStatic && route.isSet("target");
  const word = knownValue(route.word("method"));
  const method = isIntegration ? "ANY" : isStatic ? "GET" : word;
  const path = knownValue(route.text("path"));
  const spelled = path === undefined || path.startsWith("/") ? path : `/${path}`;
  const operation: Pick<JudgedOperation, "route"> = {
    route: method !== undefined && spelled !== undefined ? `${method} ${spelled}` : undefined,
  };
  // The body that the component creates has the preflight's integration, and is judged on its own.
  if (method === "OPTIONS") return [];
  if (!isEventHandler && !isStatic && !isIntegration) return [{ ...operation, ...judgeData(route) }];
  return [{ ...operation, ...judgeAuthorization(route) }];
}

type Judgement = Pick<JudgedOperation, "authentication" | "isUnknown">;

/** Judges a raw operation as part of a document without security schemes. */
function judgeData(route: View<GatewayRouteArgs>): Judgement {
  const data: Seen<unknown> = route.value("data");
  if (data.kind === "unknown") return unknownJudgement("data");
  const paths = { "/": { get: knownValue(data) ?? {} } };
  const judged = judgeOpenApi(readOpenApi({ swagger: "2.0", paths }), "rest", noSurroundings);
  const [operation] = judged.kind === "read" ? judged.operations : [];
  if (!operation) return unknownJudgement("data");
  const { authentication, isUnknown } = operation;
  return authentication.verdict !== "open"
    ? { authentication, isUnknown }
    : {
        isUnknown,
        authentication: {
          verdict: "open",
          because: `is raw data that ${authentication.because}; with data, authorizers and iamAuthEnabled do nothing`,
        },
      };
}

function judgeAuthorization(route: View<GatewayRouteArgs>): Judgement {
  const iam = route.flag("iamAuthEnabled");
  if (knownValue(iam) === true) return judgement({ verdict: "authenticated", because: "has iamAuthEnabled" });
  if (route.value("authorizers").kind === "unknown") return unknownJudgement("authorizers");
  if (route.isSet("authorizers")) {
    return judgement({ verdict: "authenticated", because: "has an authorizer" });
  }
  if (iam.kind === "unknown") return unknownJudgement("iamAuthEnabled");
  return judgement(
    knownValue(route.flag("apiKeyRequired")) === true
      ? keyOnly
      : { verdict: "open", because: "has neither authorizers nor iamAuthEnabled" },
  );
}

function judgement(authentication: Authentication): Judgement {
  return { authentication, isUnknown: false };
}

function unknownJudgement(property: string): Judgement {
  return {
    authentication: {
      verdict: "undetermined",
      because: isNotKnown(property),
    },
    isUnknown: true,
  };
}
