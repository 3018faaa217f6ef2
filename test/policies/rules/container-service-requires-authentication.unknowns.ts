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
  {
    situation: "a public service that has to be private",
    resources: [
      {
        type: "aws:apprunner/service:Service",
        name: "lookup",
        properties: {
          networkConfiguration: { ingressConfiguration: { isPubliclyAccessible: true } },
          tags: { exposure: "api" },
        },
      },
    ],
    on: "lookup",
    options: { requireOn: ["tag:exposure"] },
    endsWithout: ["tags"],
    caseMatters: ["tags"],
  },
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
