import { isRecord, isUnknown, own } from "../stack";
import { unknownStageSettings } from "./serverless-stages";
import type { TemplateResource } from "./template-resource";

/**
 * Replaces `ApiGatewayManagedOverrides` by ordinary resources: the stage of a quick create, and its catch-all route if they set
 * its authorization. That route becomes a route like any other, and its API no longer counts as a quick create.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-apigatewaymanagedoverrides.html
 */
export function withoutManagedOverrides(resources: readonly TemplateResource[]): readonly TemplateResource[] {
  const overrides = resources.filter(({ type }) => type === "AWS::ApiGatewayV2::ApiGatewayManagedOverrides");
  const replaced = new Map(
    overrides.map((one) => [one.logicalId, [...routeOf(one), stageOf(one)] as readonly TemplateResource[]]),
  );
  const authorized = new Set(
    overrides.filter((one) => routeOf(one).length > 0).flatMap(({ references }) => references.ApiId ?? []),
  );
  return resources.flatMap((resource) => {
    if (!authorized.has(resource.logicalId)) return replaced.get(resource.logicalId) ?? [resource];
    const { Target: _target, ...properties } = resource.properties;
    return [{ ...resource, properties }];
  });
}

function routeOf(overrides: TemplateResource): readonly TemplateResource[] {
  const route = own(overrides.properties, "Route");
  if (!isRecord(route) || own(route, "AuthorizationType") === undefined) return [];
  const { ApiId } = overrides.properties;
  return [
    {
      ...overrides,
      type: "AWS::ApiGatewayV2::Route",
      properties: { ...route, ApiId, RouteKey: "$default" },
    },
  ];
}

function stageOf(overrides: TemplateResource): TemplateResource {
  const stage = own(overrides.properties, "Stage");
  const { Stage: log = [], ApiId = [] } = overrides.references;
  return {
    ...overrides,
    logicalId: `${overrides.logicalId}.Stage`,
    type: "AWS::ApiGatewayV2::Stage",
    properties: {
      ApiId: overrides.properties.ApiId,
      StageName: "$default",
      AutoDeploy: true,
      ...(isUnknown(stage) ? unknownStageSettings : isRecord(stage) ? stage : {}),
    },
    references: { ApiId, AccessLogSettings: log },
  };
}
