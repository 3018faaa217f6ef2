import type { ServiceArgs } from "@pulumi/aws/apprunner";
import type { SubnetArgs } from "@pulumi/aws/ec2";
import type { ExpressGatewayServiceArgs } from "@pulumi/aws/ecs";
import type { EnvironmentArgs } from "@pulumi/aws/elasticbeanstalk";
import type { ContainerServiceDeploymentVersionArgs } from "@pulumi/aws/lightsail";
import {
  knownElements,
  knownValue,
  type Resource,
  type ResourceOf,
  resourceType,
  type Stack,
} from "../../stack";
import type { Endpoint } from "../endpoint";

const AppRunnerService = resourceType<ServiceArgs>("aws:apprunner/service:Service", {
  networkConfiguration: "deciding word",
  tags: "reference",
});
export const ExpressService = resourceType<ExpressGatewayServiceArgs>(
  "aws:ecs/expressGatewayService:ExpressGatewayService",
  { networkConfigurations: "reference", tags: "reference" },
);
const LightsailDeployment = resourceType<ContainerServiceDeploymentVersionArgs>(
  "aws:lightsail/containerServiceDeploymentVersion:ContainerServiceDeploymentVersion",
  { publicEndpoint: "presence" },
);
const BeanstalkEnvironment = resourceType<EnvironmentArgs>("aws:elasticbeanstalk/environment:Environment", {
  tier: "deciding word",
  settings: "deciding word",
  tags: "reference",
});
export const Subnet = resourceType<SubnetArgs>("aws:ec2/subnet:Subnet", { mapPublicIpOnLaunch: "reference" });

/** The services that run containers and give them an address of their own. */
export const containerTypes = [
  AppRunnerService,
  ExpressService,
  LightsailDeployment,
  BeanstalkEnvironment,
] as const;

/**
 * Why anybody on the internet reaches a service that runs containers. Undefined if nobody does, or if only the stack shows
 * it. None of these services authenticates callers.
 *
 * @see https://docs.aws.amazon.com/apprunner/latest/dg/network-pl.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/express-service-overview.html
 * @see https://docs.aws.amazon.com/lightsail/latest/userguide/amazon-lightsail-container-services.html
 * @see https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html#command-options-general-ec2vpc
 */
export function publicBecause(service: Resource): string | undefined {
  switch (service.type) {
    case AppRunnerService.token:
      return appRunner(service as ResourceOf<typeof AppRunnerService>);
    case ExpressService.token:
      return express(service as ResourceOf<typeof ExpressService>);
    case LightsailDeployment.token:
      return (service as ResourceOf<typeof LightsailDeployment>).isSet("publicEndpoint")
        ? "has a publicEndpoint"
        : undefined;
    case BeanstalkEnvironment.token:
      return beanstalk(service as ResourceOf<typeof BeanstalkEnvironment>);
    default:
      return undefined;
  }
}

/** The services of a stack that run containers and that anybody on the internet reaches. None of them authenticates callers. */
export function containerEndpoints(stack: Stack): readonly Endpoint[] {
  return containerTypes
    .flatMap((type): readonly Resource[] => stack.of<unknown>(type))
    .flatMap((service): readonly Endpoint[] => {
      const isInSubnet = ExpressService.is(service) && isInPublicSubnet(stack, service);
      const because =
        publicBecause(service) ?? (isInSubnet ? "is in a subnet that gives out public addresses" : undefined);
      if (because === undefined) return [];
      const verdict = because.endsWith(notKnown) ? "undetermined" : "open";
      return [{ resource: service, route: "$default", authentication: { verdict, because } }];
    });
}

const notKnown = "is not known before the deployment";

function appRunner(service: ResourceOf<typeof AppRunnerService>): string | undefined {
  const network = service.record("networkConfiguration");
  const ingress = network.kind === "known" ? network.value.record("ingressConfiguration") : network;
  const isPublic = ingress.kind === "known" ? ingress.value.flag("isPubliclyAccessible") : ingress;
  if (knownValue(isPublic) === false) return undefined;
  return isPublic.kind === "unknown"
    ? `may be public: whether it is publicly accessible ${notKnown}`
    : "is publicly accessible, as App Runner services are unless they say otherwise";
}

/** Without subnets, the service is in the public ones of the default VPC. */
function express(service: ResourceOf<typeof ExpressService>): string | undefined {
  const networks = service.records("networkConfigurations");
  if (networks.kind === "unknown") return undefined;
  const hasSubnets = (knownValue(networks) ?? []).some(
    (network) => network.kind === "unknown" || (network.kind === "known" && network.value.isSet("subnets")),
  );
  return hasSubnets ? undefined : "names no subnets, so it is in the public ones of the default VPC";
}

/** Whether a service is in a subnet of this stack that gives its members public addresses. */
export function isInPublicSubnet(stack: Stack, service: ResourceOf<typeof ExpressService>): boolean {
  return stack
    .madeOf(service, "networkConfigurations", Subnet)
    .some((subnet) => knownValue(subnet.flag("mapPublicIpOnLaunch")) === true);
}

function beanstalk(environment: ResourceOf<typeof BeanstalkEnvironment>): string | undefined {
  if (knownValue(environment.word("tier")) === "WORKER") return undefined;
  const isInternal = knownElements(environment.records("settings")).some(
    (setting) =>
      knownValue(setting.text("namespace")) === "aws:ec2:vpc" &&
      knownValue(setting.word("name")) === "ELBSCHEME" &&
      knownValue(setting.word("value")) === "INTERNAL",
  );
  return isInternal ? undefined : "is a web tier, and no setting makes its load balancer internal";
}
