import { routeMethods } from "../http-method";
import {
  arrivesLater,
  type InputProblem,
  type Names,
  type NamesOf,
  unknownProperties,
} from "../input-problems";
import { handlerProblems } from "../lambda-function/handler";
import { enumeration } from "../wording";
import {
  type EndpointIntegration,
  type HttpIntegrationArgs,
  type Integration,
  isIntegration,
  isService,
  type RestVpcLinkIntegrationArgs,
  type VpcLinkIntegrationArgs,
} from "./integration";
import type { RequestShape } from "./request-value";
import { serviceProblems } from "./service-problems";

const httpArguments: NamesOf<HttpIntegrationArgs> = { url: true, method: true };
const vpcLinkArguments: NamesOf<VpcLinkIntegrationArgs> = {
  vpcLinkId: true,
  listenerArn: true,
  serverName: true,
  method: true,
};
const restVpcLinkArguments: NamesOf<RestVpcLinkIntegrationArgs> = {
  vpcLinkId: true,
  loadBalancerArn: true,
  url: true,
  method: true,
};

const argumentsOf: Readonly<Record<EndpointIntegration["type"], Names>> = {
  HTTP: httpArguments,
  VPC_LINK: vpcLinkArguments,
  REST_VPC_LINK: restVpcLinkArguments,
};

const makers: Readonly<Record<Integration["type"], string>> = {
  HTTP: "Integration.http()",
  VPC_LINK: "Integration.vpcLink()",
  REST_VPC_LINK: "Integration.restVpcLink()",
  SQS: "Integration.sqs()",
  EVENT_BRIDGE: "Integration.eventBridge()",
  STEP_FUNCTIONS: "Integration.stepFunctions()",
  KINESIS: "Integration.kinesis()",
  SNS: "Integration.sns()",
};

/**
 * Checks what answers a route: a Lambda function or an integration.
 *
 * @param kinds the integrations of this kind of API
 * @param shape what a request has, which a URL and a service integration may name
 */
export function routeHandlerProblems(
  handler: unknown,
  kinds: readonly Integration["type"][],
  shape: RequestShape,
  propertyPath: string,
): InputProblem[] {
  if (!isIntegration(handler)) return handlerProblems(handler, propertyPath);
  if (!kinds.includes(handler.type)) {
    const known = enumeration(
      kinds.map((kind) => makers[kind]),
      "and",
    );
    return [{ propertyPath, reason: `this kind of API has ${known}, not ${makers[handler.type]}` }];
  }
  return isService(handler)
    ? serviceProblems(handler, shape, propertyPath)
    : endpointProblems(handler, shape, propertyPath);
}

function endpointProblems(
  handler: EndpointIntegration,
  { pathParameters }: RequestShape,
  propertyPath: string,
): InputProblem[] {
  const { type, ...args } = handler;
  return [
    ...unknownProperties(args, argumentsOf[type], `${propertyPath}.`),
    ...("url" in handler ? urlProblems(handler.url, pathParameters, `${propertyPath}.url`) : []),
    ...("vpcLinkId" in handler ? textProblems(handler.vpcLinkId, `${propertyPath}.vpcLinkId`) : []),
    ...(handler.type === "REST_VPC_LINK" && handler.loadBalancerArn !== undefined
      ? textProblems(handler.loadBalancerArn, `${propertyPath}.loadBalancerArn`)
      : []),
    ...(handler.type === "VPC_LINK"
      ? [
          ...textProblems(handler.listenerArn, `${propertyPath}.listenerArn`),
          ...serverNameProblems(handler.serverName, `${propertyPath}.serverName`),
        ]
      : []),
    ...(handler.method === undefined || routeMethods.some((method) => method === handler.method)
      ? []
      : [{ propertyPath: `${propertyPath}.method`, reason: `write one of ${routeMethods.join(", ")}` }]),
  ];
}

export function urlProblems(
  url: unknown,
  pathParameters: readonly string[],
  propertyPath: string,
): InputProblem[] {
  if (arrivesLater(url)) return [];
  const [, authority = "", path = ""] =
    (typeof url === "string" && /^https:\/\/([^\s/?#]+)([^\s]*)$/.exec(url)) || [];
  if (authority === "") {
    const reason = "give an https URL: an authorized request shouldn't travel unencrypted";
    return [{ propertyPath, reason }];
  }
  if (/[{}]/.test(authority)) {
    return [
      {
        propertyPath,
        reason: "write the host as plain text: with a path parameter, callers could choose it",
      },
    ];
  }
  const isKnown = (placeholder: string) => pathParameters.includes(placeholder.slice(1, -1));
  const placeholders = path.match(/\{[^{}]*\}/g) ?? [];
  if (placeholders.every(isKnown) && !/[{}]/.test(path.replace(/\{[^{}]*\}/g, ""))) return [];
  const parameters = pathParameters.map((name) => `{${name}}`);
  const has =
    parameters.length > 0 ? `this route has ${enumeration(parameters, "and")}` : "this route has none";
  return [{ propertyPath, reason: `{name} is replaced by the path parameter of that name, and ${has}` }];
}

export function serverNameProblems(serverName: unknown, propertyPath: string): InputProblem[] {
  if (arrivesLater(serverName) || (typeof serverName === "string" && /^[\w*-]+(\.[\w-]+)+$/.test(serverName)))
    return [];
  return [{ propertyPath, reason: "give the host name in the service's certificate" }];
}

function textProblems(text: unknown, propertyPath: string): InputProblem[] {
  if (arrivesLater(text) || (typeof text === "string" && text !== "")) return [];
  return [{ propertyPath, reason: "give its id or ARN" }];
}
