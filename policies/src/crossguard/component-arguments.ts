import { parseUrn, type Resource } from "../stack";

const ofRoutes = {
  authorizationScopes: "scopes, of the route or of its Authorization",
  authorizerResultTtlInSeconds: "resultTtlInSeconds of Authorization.lambda()",
};

const ofLogs = { retentionInDays: "accessLog.retentionInDays", kmsKeyId: "accessLog.kmsKeyId" };
const ofStages = {
  throttlingRateLimit: "throttle.rateLimit",
  throttlingBurstLimit: "throttle.burstLimit",
};

/** The argument of a golden path for each property of the resources that it creates. */
const names: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map<
  string,
  Readonly<Record<string, string>>
>([
  [
    "api-guardrails:index:SecureHttpApi",
    {
      ...ofRoutes,
      ...ofLogs,
      ...ofStages,
      jwtConfiguration: "Authorization.jwt({ issuer, audiences, scopes })",
    },
  ],
  [
    "api-guardrails:index:SecureRestApi",
    {
      ...ofRoutes,
      ...ofLogs,
      ...ofStages,
      requestModels: "body, of the route",
      webAclArn: "waf.webAclArn; without waf, the API has a web ACL of its own",
    },
  ],
  ["api-guardrails:index:SecureWebSocketApi", { ...ofLogs, ...ofStages }],
  ["api-guardrails:index:UserDirectory", { adminCreateUserConfig: "selfSignUp: false" }],
]);

/** A fix names the resource's own properties. If a golden path created it, these lines name the component's arguments. */
export function argumentLines({ name, parent }: Resource, fix: string): string[] {
  const component = parent === undefined ? undefined : parseUrn(parent);
  const renamed = component && names.get(component.type);
  // A program may add its own child to a component. The component's arguments don't reach that one.
  if (!renamed || !(name === component.name || name.startsWith(`${component.name}-`))) return [];
  return Object.entries(renamed)
    .filter(([property]) => new RegExp(`\\b${property}\\b`).test(fix))
    .map(([property, ours]) => `  In the arguments of "${component.name}", ${property} is ${ours}.`);
}
