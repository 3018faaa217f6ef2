import { arrivesLater, type InputProblem, unknownProperties } from "../input-problems";
import { handlerProblems } from "../lambda-function/handler";
import { type Integration, isIntegration } from "./integration";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "ANY"];

const argumentsOf: Readonly<Record<Integration["type"], readonly string[]>> = {
  HTTP: ["url", "method", "type"],
  VPC_LINK: ["vpcLinkId", "listenerArn", "serverName", "method", "type"],
  REST_VPC_LINK: ["vpcLinkId", "url", "method", "type"],
};

const makers: Readonly<Record<Integration["type"], string>> = {
  HTTP: "Integration.http()",
  VPC_LINK: "Integration.vpcLink()",
  REST_VPC_LINK: "Integration.restVpcLink()",
};

/**
 * What is wrong with what answers a route: a Lambda function, or an integration of one of the kinds.
 *
 * @param kinds the integrations that the API's kind has
 */
export function routeHandlerProblems(
  handler: unknown,
  kinds: readonly Integration["type"][],
  propertyPath: string,
): InputProblem[] {
  if (!isIntegration(handler)) return handlerProblems(handler, propertyPath);
  if (!kinds.includes(handler.type)) {
    const known = kinds.map((kind) => makers[kind]).join(" and ");
    return [{ propertyPath, reason: `this kind of API has ${known}, not ${makers[handler.type]}` }];
  }
  return [
    ...unknownProperties({ ...handler }, argumentsOf[handler.type], `${propertyPath}.`),
    ...("url" in handler ? urlProblems(handler.url, `${propertyPath}.url`) : []),
    ...("vpcLinkId" in handler ? textProblems(handler.vpcLinkId, `${propertyPath}.vpcLinkId`) : []),
    ...(handler.type === "VPC_LINK"
      ? [
          ...textProblems(handler.listenerArn, `${propertyPath}.listenerArn`),
          ...serverNameProblems(handler.serverName, `${propertyPath}.serverName`),
        ]
      : []),
    ...(handler.method === undefined || methods.includes(handler.method)
      ? []
      : [{ propertyPath: `${propertyPath}.method`, reason: `write one of ${methods.join(", ")}` }]),
  ];
}

export function urlProblems(url: unknown, propertyPath: string): InputProblem[] {
  if (arrivesLater(url) || (typeof url === "string" && /^https:\/\/[^\s/]/.test(url))) return [];
  return [
    {
      propertyPath,
      reason: "give an https URL: what API Gateway has authorized shouldn't travel in the clear",
    },
  ];
}

export function serverNameProblems(serverName: unknown, propertyPath: string): InputProblem[] {
  if (arrivesLater(serverName) || (typeof serverName === "string" && /^[\w*-]+(\.[\w-]+)+$/.test(serverName)))
    return [];
  return [{ propertyPath, reason: "give the host name that stands in the service's certificate" }];
}

function textProblems(text: unknown, propertyPath: string): InputProblem[] {
  if (arrivesLater(text) || (typeof text === "string" && text !== "")) return [];
  return [{ propertyPath, reason: "give its id or ARN" }];
}
