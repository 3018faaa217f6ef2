import type { RegisteredResource } from "../../review/src/monitor/stack-under-preview";

/** How the engine's protocol writes what is not known before the deployment. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The inputs that say who may call what, how often, and what is written of it; by type. */
const decidingInputs: Readonly<Record<string, readonly string[]>> = {
  "aws:apigateway/account:Account": ["cloudwatchRoleArn"],
  "aws:apigatewayv2/api:Api": ["protocolType", "routeSelectionExpression", "disableExecuteApiEndpoint"],
  "aws:apigatewayv2/apiMapping:ApiMapping": ["domainName"],
  "aws:apigatewayv2/authorizer:Authorizer": ["authorizerType", "identitySources"],
  "aws:apigatewayv2/domainName:DomainName": ["domainName", "domainNameConfiguration"],
  "aws:apigatewayv2/integration:Integration": ["integrationType", "timeoutMilliseconds"],
  "aws:apigatewayv2/route:Route": [
    "routeKey",
    "authorizationType",
    "authorizerId",
    "authorizationScopes",
    "routeResponseSelectionExpression",
  ],
  "aws:apigatewayv2/stage:Stage": ["name", "autoDeploy", "defaultRouteSettings", "routeSettings"],
  "aws:cloudwatch/logGroup:LogGroup": ["name", "namePrefix", "retentionInDays", "kmsKeyId"],
  "aws:iam/role:Role": ["assumeRolePolicy"],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["policyArn"],
  "aws:lambda/permission:Permission": ["principal", "sourceArn"],
  "aws:route53/record:Record": ["name", "type"],
};

/**
 * What a program registered, as a text to be reviewed when it changes: each resource under its parent, with the inputs
 * that decide under it.
 */
export function resourceGraph(resources: readonly RegisteredResource[]): string {
  const below = (parent: string | undefined, indent: string): string[] =>
    resources
      .filter((resource) => (resource.parent || undefined) === parent)
      .sort((a, b) => keyOf(a).localeCompare(keyOf(b)))
      .flatMap((resource) => [
        `${indent}${keyOf(resource)}`,
        ...decided(resource).map((input) => `${indent}    ${input}`),
        ...below(resource.urn, `${indent}  `),
      ]);
  const root = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  return `${below(root?.urn, "").join("\n")}\n`;
}

function keyOf({ type, name }: RegisteredResource): string {
  return `${type} ${name}`;
}

function decided({ type, properties }: RegisteredResource): string[] {
  return (decidingInputs[type] ?? [])
    .filter((input) => properties[input] !== undefined)
    .flatMap((input) => linesOf(input, properties[input]));
}

/** A list of records takes a line for each, so that a change of one is a change of its line. */
function linesOf(input: string, value: unknown): string[] {
  const values = Array.isArray(value) && typeof value[0] === "object" ? value : [value];
  return values.map((one) => `${input}: ${JSON.stringify(one)?.replaceAll(unknown, "(unknown)")}`);
}
