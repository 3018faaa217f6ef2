import type { UnknownRow } from "../unknown-row";

const row = (
  type: string,
  properties: Readonly<Record<string, unknown>>,
  more: Partial<UnknownRow> = {},
): UnknownRow => ({
  situation: `a public service: ${type}`,
  resources: [{ type: `aws:${type}`, name: "lookup", properties }],
  on: "lookup",
  reported: "advisory",
  ...more,
});

export const rows: readonly UnknownRow[] = [
  row("apprunner/service:Service", {
    networkConfiguration: { ingressConfiguration: { isPubliclyAccessible: true } },
    tags: { exposure: "api" },
  }),
  row("ecs/expressGatewayService:ExpressGatewayService", { networkConfigurations: [], tags: {} }),
  row(
    "lightsail/containerServiceDeploymentVersion:ContainerServiceDeploymentVersion",
    { publicEndpoint: { containerName: "api" } },
    { endsWithout: ["publicEndpoint"] },
  ),
  row("elasticbeanstalk/environment:Environment", { tier: "WebServer", settings: [], tags: {} }),
];
