import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, UNKNOWN } from "../analyze";
import { publicAccess, under } from "../resources";

const rule = "container-service-requires-authentication";
const found = async (given: readonly Given[], requireOn?: readonly string[]) =>
  (await analyze(given, requireOn ? { options: { [rule]: { requireOn } } } : {}))
    .filter((reported) => reported.rule === rule)
    .map((reported) => ({ ...reported, kind: kindOf(reported) }));

const service = (type: string, properties: object = {}, form = "aws"): Given => ({
  type: `${form}:${type}`,
  name: "lookup",
  properties: { ...properties },
});
const appRunner = (isPubliclyAccessible?: unknown, more: object = {}) =>
  service("apprunner/service:Service", {
    ...(isPubliclyAccessible !== undefined && {
      networkConfiguration: { ingressConfiguration: { isPubliclyAccessible } },
    }),
    ...more,
  });
const express = (subnets?: unknown, more: object = {}) =>
  service("ecs/expressGatewayService:ExpressGatewayService", {
    ...(subnets !== undefined && { networkConfigurations: [{ subnets }] }),
    ...more,
  });
const lightsail = (properties: object) =>
  service("lightsail/containerServiceDeploymentVersion:ContainerServiceDeploymentVersion", properties);
const beanstalk = (properties: object) => service("elasticbeanstalk/environment:Environment", properties);
const scheme = (value: unknown) => ({ settings: [{ namespace: "aws:ec2:vpc", name: "ELBScheme", value }] });
const subnet = (mapPublicIpOnLaunch: unknown): Given => ({
  type: "aws:ec2/subnet:Subnet",
  name: "subnet",
  properties: { mapPublicIpOnLaunch },
});
const inSubnet = { ...express([UNKNOWN]), dependencies: { networkConfigurations: ["subnet"] } };

const open: readonly (readonly [situation: string, given: readonly Given[]])[] = [
  ["App Runner", [appRunner()]],
  [
    "App Runner with VPC egress only",
    [appRunner(undefined, { networkConfiguration: { egressConfiguration: {} } })],
  ],
  ["App Runner, publicly accessible", [appRunner(true)]],
  ["App Runner, not known yet", [appRunner(UNKNOWN)]],
  ["ECS Express without subnets", [express()]],
  ["ECS Express with an empty list of them", [express([])]],
  ["ECS Express in a public subnet", [subnet(true), inSubnet]],
  [
    "Lightsail with a public endpoint",
    [lightsail({ publicEndpoint: { containerName: "api", containerPort: 80 } })],
  ],
  ["a web tier of Elastic Beanstalk", [beanstalk({})]],
  ["a web tier that says so", [beanstalk({ tier: "WebServer", ...scheme("public") })]],
  ["a web tier whose scheme isn't known yet", [beanstalk(scheme(UNKNOWN))]],
  ["App Runner of aws-native", [service("apprunner:Service", {}, "aws-native")]],
  ["ECS Express of aws-native", [service("ecs:ExpressGatewayService", {}, "aws-native")]],
  [
    "Lightsail of aws-native",
    [
      service(
        "lightsail:Container",
        { containerServiceDeployment: { publicEndpoint: { containerName: "a" } } },
        "aws-native",
      ),
    ],
  ],
  [
    "Elastic Beanstalk of aws-native",
    [service("elasticbeanstalk:Environment", { tier: { name: "WebServer" } }, "aws-native")],
  ],
];

const closed: readonly (readonly [situation: string, given: readonly Given[]])[] = [
  ["App Runner behind a VPC endpoint", [appRunner(false)]],
  ["ECS Express in subnets of another stack", [express(["subnet-1"])]],
  ["ECS Express in a private subnet", [subnet(false), inSubnet]],
  ["Lightsail without a public endpoint", [lightsail({ containers: [] })]],
  ["a Lightsail service without a deployment", [service("lightsail/containerService:ContainerService")]],
  ["a worker", [beanstalk({ tier: "Worker" })]],
  ["an internal web tier", [beanstalk(scheme("internal"))]],
  [
    "App Runner of aws-native behind a VPC endpoint",
    [
      service(
        "apprunner:Service",
        { networkConfiguration: { ingressConfiguration: { isPubliclyAccessible: false } } },
        "aws-native",
      ),
    ],
  ],
  [
    "ECS Express of aws-native with subnets",
    [service("ecs:ExpressGatewayService", { networkConfiguration: { subnets: ["a"] } }, "aws-native")],
  ],
  [
    "Lightsail of aws-native without a public endpoint",
    [service("lightsail:Container", { containerServiceDeployment: { containers: [] } }, "aws-native")],
  ],
  [
    "an internal web tier of aws-native",
    [
      service(
        "elasticbeanstalk:Environment",
        { optionSettings: [{ namespace: "aws:ec2:vpc", optionName: "ELBScheme", value: "internal" }] },
        "aws-native",
      ),
    ],
  ],
];

describe(rule, () => {
  test.each(open)("advises: %s", async (_situation, given) => {
    expect(await found(given)).toMatchObject([
      { level: "advisory", resource: "lookup", kind: "public-service" },
    ]);
  });

  test.each(open)("is mandatory by the option: %s", async (_situation, given) => {
    expect(await found(given, ["all"])).toMatchObject([{ level: "mandatory", resource: "lookup" }]);
  });

  test.each(closed)("is silent, even by the option: %s", async (_situation, given) => {
    expect(await found(given, ["all"])).toEqual([]);
  });

  test.each<readonly [situation: string, tags: unknown, level: string]>([
    ["its tag", { exposure: "api" }, "mandatory"],
    ["a tag that isn't known", { exposure: UNKNOWN }, "mandatory"],
    ["another tag", { exposure: "site" }, "advisory"],
  ])("the option names it by %s", async (_situation, tags, level) => {
    expect(await found([appRunner(true, { tags })], ["tag:exposure=api"])).toMatchObject([{ level }]);
  });

  test("a public service is reported once, in a public subnet too", async () => {
    const inBoth = { ...express([]), dependencies: { networkConfigurations: ["subnet"] } };
    expect(await found([subnet(true), inBoth])).toHaveLength(1);
  });

  test.each<readonly [service: string, given: Given, fix: string]>([
    [
      "App Runner",
      appRunner(),
      "networkConfiguration: { ingressConfiguration: { isPubliclyAccessible: false }",
    ],
    ["ECS Express", express(), "networkConfigurations: [{ subnets: privateSubnetIds }]"],
    ["Lightsail", lightsail({ publicEndpoint: { containerName: "api" } }), "leave publicEndpoint out"],
    ["Elastic Beanstalk", beanstalk({}), 'settings: [{ namespace: "aws:ec2:vpc", name: "ELBScheme"'],
  ])("says what makes it private: %s", async (_service, given, fix) => {
    expect(await found([given])).toMatchObject([{ message: expect.stringContaining(`Fix: ${fix}`) }]);
  });

  test("says where tags that aren't known decide whether the option names it", async () => {
    const depends = "depends on tags that are not known before the deployment";
    const message = async (tags: unknown) =>
      (await found([appRunner(true, { tags })], ["tag:exposure=api"]))[0]?.message;
    expect(await message({ exposure: UNKNOWN })).toContain(depends);
    expect(await message({ exposure: "api" })).not.toContain(depends);
    expect(await message({ exposure: "site" })).not.toContain(depends);
  });

  test("a declaration covers it", async () => {
    const declared = [publicAccess("open", ["$default"]), under("open", appRunner())];
    expect(await found(declared, ["all"])).toEqual([]);
  });
});
