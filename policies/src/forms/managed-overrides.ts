import { isRecord, own } from "../stack";
import type { TemplateResource } from "./template-resource";

/**
 * Replaces `ApiGatewayManagedOverrides` by ordinary resources. If they set the authorization of the catch-all route that
 * quick create creates, that route becomes a route like any other, and its API no longer counts as a quick create.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-apigatewaymanagedoverrides.html
 */
export function withoutManagedOverrides(resources: readonly TemplateResource[]): readonly TemplateResource[] {
  const routes = resources.flatMap((resource): readonly TemplateResource[] => {
    if (resource.type !== "AWS::ApiGatewayV2::ApiGatewayManagedOverrides") return [];
    const route = own(resource.properties, "Route");
    if (!isRecord(route) || own(route, "AuthorizationType") === undefined) return [];
    const { ApiId } = resource.properties;
    return [
      {
        ...resource,
        type: "AWS::ApiGatewayV2::Route",
        properties: { ...route, ApiId, RouteKey: "$default" },
      },
    ];
  });
  const overridden = new Set(routes.flatMap(({ references }) => references.ApiId ?? []));
  const replaced = new Map(routes.map((route) => [route.logicalId, route]));
  return resources.map((resource) => {
    if (!overridden.has(resource.logicalId)) return replaced.get(resource.logicalId) ?? resource;
    const { Target: _target, ...properties } = resource.properties;
    return { ...resource, properties };
  });
}
