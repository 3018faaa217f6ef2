import { describe, expect, test } from "vitest";
import {
  containerEndpoints,
  publicBecause,
  Subnet,
} from "../../../policies/src/endpoints/containers/container-service";
import { type RawRecord, resource } from "../../../policies/src/stack";
import type { TestedResource } from "../../../policies/src/testing";
import { UNKNOWN } from "../../unknown";
import { stackFrom } from "../stack-from";

const appRunner = "aws:apprunner/service:Service";
const express = "aws:ecs/expressGatewayService:ExpressGatewayService";
const lightsail = "aws:lightsail/containerServiceDeploymentVersion:ContainerServiceDeploymentVersion";
const beanstalk = "aws:elasticbeanstalk/environment:Environment";

const ingress = (isPubliclyAccessible: unknown) => ({
  networkConfiguration: { ingressConfiguration: { isPubliclyAccessible } },
});
const setting = (changed: RawRecord = {}) => ({
  namespace: "aws:ec2:vpc",
  name: "ELBScheme",
  value: "internal",
  ...changed,
});
const subnets = { networkConfigurations: [{ subnets: UNKNOWN }] };

describe("whether anybody reaches a service that runs containers", () => {
  test.each<
    [what: string, type: string, properties: RawRecord, verdict: "open" | "undetermined" | undefined]
  >([
    ["App Runner's", appRunner, {}, "open"],
    ["one that says so", appRunner, ingress(true), "open"],
    ["one that isn't public", appRunner, ingress(false), undefined],
    ["perhaps", appRunner, ingress(UNKNOWN), "undetermined"],
    [
      "of an ingress that isn't known",
      appRunner,
      { networkConfiguration: { ingressConfiguration: UNKNOWN } },
      "undetermined",
    ],
    ["of a network that isn't known", appRunner, { networkConfiguration: UNKNOWN }, "undetermined"],
    ["of a network without ingress", appRunner, { networkConfiguration: {} }, "open"],
    ["in the default VPC", express, {}, "open"],
    ["without subnets", express, { networkConfigurations: [{ subnets: [] }] }, "open"],
    ["of no network", express, { networkConfigurations: [] }, "open"],
    ["nothing in place of a network", express, { networkConfigurations: [null] }, "open"],
    ["in subnets", express, subnets, undefined],
    [
      "of one network with subnets",
      express,
      { networkConfigurations: [{}, { subnets: ["subnet"] }] },
      undefined,
    ],
    ["of one network that isn't known", express, { networkConfigurations: [{}, UNKNOWN] }, undefined],
    ["of networks that aren't known", express, { networkConfigurations: UNKNOWN }, undefined],
    ["with an endpoint", lightsail, { publicEndpoint: {} }, "open"],
    ["without an endpoint", lightsail, {}, undefined],
    ["a web tier", beanstalk, {}, "open"],
    ["a tier that isn't known", beanstalk, { tier: UNKNOWN }, "open"],
    ["a worker", beanstalk, { tier: "Worker" }, undefined],
    ["an internal web tier", beanstalk, { settings: [setting()] }, undefined],
    [
      "an internal web tier, among other settings",
      beanstalk,
      { settings: [setting({ name: "VPCId" }), setting()] },
      undefined,
    ],
    [
      "the setting of another namespace",
      beanstalk,
      { settings: [setting({ namespace: "aws:ec2:instances" })] },
      "open",
    ],
    ["another setting", beanstalk, { settings: [setting({ name: "ELBSubnets" })] }, "open"],
    ["another scheme", beanstalk, { settings: [setting({ value: "public" })] }, "open"],
    ["a scheme that isn't known", beanstalk, { settings: [setting({ value: UNKNOWN })] }, "open"],
    ["settings that aren't known", beanstalk, { settings: UNKNOWN }, "open"],
  ])("%s", (_what, type, properties, verdict) => {
    const [endpoint, ...others] = containerEndpoints(stackFrom({ type, name: "lookup", properties }));
    expect(endpoint?.authentication.verdict).toBe(verdict);
    expect(others).toEqual([]);
  });

  test("what runs no containers isn't asked", () => {
    const type = "aws:ecs/service:Service";
    expect(
      publicBecause(resource({ urn: `urn:pulumi:dev::customers::${type}::lookup`, type, properties: {} })),
    ).toBeUndefined();
  });

  const subnet = (mapPublicIpOnLaunch: unknown, name: string): TestedResource => ({
    type: Subnet.token,
    name,
    properties: { mapPublicIpOnLaunch },
  });
  const inSubnets = (type: string, ...names: readonly string[]): TestedResource => ({
    type,
    name: "lookup",
    properties: type === express ? subnets : { ...ingress(false), networkConfigurations: UNKNOWN },
    dependencies: { networkConfigurations: names },
  });

  test.each<[what: string, resources: readonly TestedResource[], isOpen: boolean]>([
    ["a public one", [subnet(true, "one"), inSubnets(express, "one")], true],
    [
      "a public one of two",
      [subnet(false, "one"), subnet(true, "two"), inSubnets(express, "one", "two")],
      true,
    ],
    ["a private one", [subnet(false, "one"), inSubnets(express, "one")], false],
    ["one of which nobody knows", [subnet(UNKNOWN, "one"), inSubnets(express, "one")], false],
    ["a public one elsewhere", [subnet(true, "one"), inSubnets(express)], false],
    ["a public one of another kind of service", [subnet(true, "one"), inSubnets(appRunner, "one")], false],
  ])("in a subnet: %s", (_what, resources, isOpen) => {
    const verdicts = containerEndpoints(stackFrom(...resources)).map(
      ({ authentication }) => authentication.verdict,
    );
    expect(verdicts).toEqual(isOpen ? ["open"] : []);
  });
});
