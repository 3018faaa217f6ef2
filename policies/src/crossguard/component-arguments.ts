import { parseUrn, type Resource } from "../stack";

const ofRoutes = {
  authorizationScopes: "scopes, of the route or of its Authorization",
  authorizerResultTtlInSeconds: "resultTtlInSeconds of Authorization.lambda()",
};

/** What a program writes in the arguments of a golden path, by what the resources that it makes call it. */
const names: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map<
  string,
  Readonly<Record<string, string>>
>([
  [
    "api-guardrails:index:SecureHttpApi",
    { ...ofRoutes, jwtConfiguration: "Authorization.jwt({ issuer, audiences, scopes })" },
  ],
  ["api-guardrails:index:SecureRestApi", ofRoutes],
  ["api-guardrails:index:UserDirectory", { adminCreateUserConfig: "selfSignUp: false" }],
]);

/** A fix speaks of a resource's own properties. Where a golden path made it, what these are called in its arguments. */
export function argumentLines({ name, parent }: Resource, fix: string): string[] {
  const component = parent === undefined ? undefined : parseUrn(parent);
  const renamed = component && names.get(component.type);
  // A program may give a component a child of its own, whose arguments these are not.
  if (!renamed || !(name === component.name || name.startsWith(`${component.name}-`))) return [];
  return Object.entries(renamed)
    .filter(([property]) => new RegExp(`\\b${property}\\b`).test(fix))
    .map(([property, ours]) => `  In the arguments of "${component.name}", ${property} is ${ours}.`);
}
