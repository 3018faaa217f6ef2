import type { PreviewResult } from "../../review/src/preview";

/** The integrations of version 2 whose function has a permission of the same name, and whether they wait for it. */
export function invokingIntegrations({ resources }: PreviewResult) {
  const named = (type: string) => resources.filter((resource) => resource.type === `aws:${type}`);
  const permitted = new Set(named("lambda/permission:Permission").map(({ name }) => name));
  return named("apigatewayv2/integration:Integration")
    .filter(({ name }) => permitted.has(name))
    .map(({ name, dependencies }) => ({
      name,
      waits: dependencies.some((urn) => urn.endsWith(`:Permission::${name}`)),
    }));
}
