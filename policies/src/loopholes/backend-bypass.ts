import type { VpcLinkArgs } from "@pulumi/aws/apigateway";
import type { InstanceArgs } from "@pulumi/aws/ec2";
import type { ServiceArgs } from "@pulumi/aws/ecs";
import type { EndpointGroupArgs } from "@pulumi/aws/globalaccelerator";
import type { TargetGroupAttachmentArgs } from "@pulumi/aws/lb";
import { apiOf } from "../endpoints/api-gateway/api-of";
import { IntegrationV2 } from "../endpoints/api-gateway/http-api";
import { Integration } from "../endpoints/api-gateway/rest-api";
import { Stage } from "../endpoints/api-gateway/stage";
import {
  cacheBehaviorsOf,
  Distribution,
  hasWebAcl,
  MultitenantDistribution,
  originsOf,
  VpcOrigin,
} from "../endpoints/cloudfront/distribution";
import {
  authenticatedTargetGroups,
  isInternal,
  isNetworkLoadBalancer,
  type LoadBalancer,
  listeners,
  loadBalancerAccess,
  loadBalancers,
  madeOfAny,
  type TargetGroup,
  targetGroups,
} from "../endpoints/load-balancer/load-balancer";
import { admitsAnyone, SecurityGroup } from "../endpoints/network/security-group";
import {
  knownElements,
  knownValue,
  type Resource,
  type ResourceOf,
  resourceType,
  type Stack,
} from "../stack";

/** It connects a REST API to a network load balancer. */
const VpcLink = resourceType<VpcLinkArgs>("aws:apigateway/vpcLink:VpcLink", { targetArn: "reference" });
const Instance = resourceType<InstanceArgs>("aws:ec2/instance:Instance", {
  associatePublicIpAddress: "reference",
  vpcSecurityGroupIds: "reference",
  securityGroups: "reference",
});
const Service = resourceType<ServiceArgs>("aws:ecs/service:Service", {
  loadBalancers: "reference",
  networkConfiguration: "reference",
});
const EndpointGroup = resourceType<EndpointGroupArgs>("aws:globalaccelerator/endpointGroup:EndpointGroup", {
  endpointConfigurations: "reference",
});
const targetGroupAttachments = ["lb", "alb"].map((module) =>
  resourceType<TargetGroupAttachmentArgs>(`aws:${module}/targetGroupAttachment:TargetGroupAttachment`, {
    targetGroupArn: "reference",
    targetId: "reference",
    port: "reference",
  }),
);

/** The types whose inputs `backendBypasses` reads, besides those of load balancers, security groups and distributions. */
export const backendTypes = [
  Integration,
  IntegrationV2,
  VpcLink,
  VpcOrigin,
  MultitenantDistribution,
  Instance,
  Service,
  EndpointGroup,
  ...targetGroupAttachments,
];

/** A backend that callers reach directly, which bypasses what authenticates them in front of it. */
export type BackendBypass =
  /** A target is reachable from the internet, which bypasses the load balancer that authenticates its callers. */
  | { readonly kind: "public-target"; readonly resource: Resource; readonly targetGroup: TargetGroup }
  /** Something leads the internet to an internal load balancer, and nothing authenticates callers. */
  | {
      readonly kind: "exposed-load-balancer";
      readonly resource: Resource;
      readonly loadBalancer: LoadBalancer;
    }
  /** The load balancer of a private integration faces the internet as well. */
  | { readonly kind: "public-load-balancer"; readonly resource: LoadBalancer }
  /** An API calls its own backend over the internet, where anyone can. */
  | {
      readonly kind: "integration-over-internet";
      readonly resource: Resource;
      readonly loadBalancer: LoadBalancer;
    };

export function backendBypasses(stack: Stack): readonly BackendBypass[] {
  return [
    ...publicTargets(stack),
    ...exposedLoadBalancers(stack),
    ...publicLoadBalancers(stack),
    ...integrationsOverInternet(stack),
  ];
}

function publicTargets(stack: Stack): readonly BackendBypass[] {
  const guarded = authenticatedTargetGroups(stack);
  if (guarded.size === 0) return [];
  const services = stack.of(Service).flatMap((service): BackendBypass[] => {
    const targetGroup = madeOfAny(stack, service, "loadBalancers", targetGroups).find((group) =>
      guarded.has(group),
    );
    const network = service.record("networkConfiguration");
    if (!targetGroup || network.kind !== "known" || !knownValue(network.value.flag("assignPublicIp")))
      return [];
    const ports = knownElements(service.records("loadBalancers")).map((balancer) =>
      numberOf(balancer.value("containerPort")),
    );
    const admits = stack
      .madeOf(service, "networkConfiguration", SecurityGroup)
      .some((group) => ports.some((port) => admitsAnyone(stack, group, port)));
    return admits ? [{ kind: "public-target", resource: service, targetGroup }] : [];
  });
  const instances = targetGroupAttachments
    .flatMap((type) => stack.of(type))
    .flatMap((attachment): BackendBypass[] => {
      const targetGroup = madeOfAny(stack, attachment, "targetGroupArn", targetGroups).find((group) =>
        guarded.has(group),
      );
      const [instance] = stack.madeOf(attachment, "targetId", Instance);
      if (!targetGroup || !instance || !knownValue(instance.flag("associatePublicIpAddress"))) return [];
      const port = numberOf(attachment.value("port")) ?? numberOf(targetGroup.value("port"));
      const groups = [
        ...stack.madeOf(instance, "vpcSecurityGroupIds", SecurityGroup),
        ...stack.madeOf(instance, "securityGroups", SecurityGroup),
      ];
      return groups.some((group) => admitsAnyone(stack, group, port))
        ? [{ kind: "public-target", resource: instance, targetGroup }]
        : [];
    });
  return [...services, ...instances];
}

function numberOf(seen: ReturnType<Resource["value"]>): number | undefined {
  const value = knownValue(seen);
  return typeof value === "number" ? value : undefined;
}

/**
 * An accelerator leads the internet to a load balancer inside a network. So does a distribution with a VPC origin, but a
 * distribution may protect it.
 *
 * @see https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints.alb-accelerator.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
 */
function exposedLoadBalancers(stack: Stack): readonly BackendBypass[] {
  const reliesOnItsNetwork = (loadBalancer: LoadBalancer) =>
    isInternal(loadBalancer) &&
    !isNetworkLoadBalancer(loadBalancer) &&
    loadBalancerAccess(stack, loadBalancer) === "lets anyone in";
  return [
    ...stack.of(EndpointGroup).flatMap((group) =>
      madeOfAny(stack, group, "endpointConfigurations", loadBalancers)
        .filter((loadBalancer) => reliesOnItsNetwork(loadBalancer) && isReachable(stack, loadBalancer))
        .map((loadBalancer) => ({ kind: "exposed-load-balancer" as const, resource: group, loadBalancer })),
    ),
    ...stack.of(VpcOrigin).flatMap((origin) =>
      isUnprotected(stack, origin)
        ? madeOfAny(stack, origin, "vpcOriginEndpointConfig", loadBalancers)
            .filter(reliesOnItsNetwork)
            .map((loadBalancer) => ({
              kind: "exposed-load-balancer" as const,
              resource: origin,
              loadBalancer,
            }))
        : [],
    ),
  ];
}

/** Whether a distribution has a cache behavior that leads to a VPC origin and requires nothing of its viewers. */
function isUnprotected(stack: Stack, origin: ResourceOf<typeof VpcOrigin>): boolean {
  const before = [
    ...stack
      .of(Distribution)
      .filter((distribution) => stack.madeOf(distribution, "origins", VpcOrigin).includes(origin)),
    ...stack
      .of(MultitenantDistribution)
      .filter((distribution) => stack.madeOf(distribution, "origins", VpcOrigin).includes(origin)),
  ];
  return before.some((distribution) => {
    if (hasWebAcl(distribution)) return false;
    const open = cacheBehaviorsOf(distribution).filter(({ requires }) => requires === "nothing");
    return originsOf(distribution).some(
      (candidate) => candidate.isInVpc && open.some((behavior) => behavior.leadsTo(candidate)),
    );
  });
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html */
function publicLoadBalancers(stack: Stack): readonly BackendBypass[] {
  const isPrivate = (integration: ResourceOf<typeof Integration> | ResourceOf<typeof IntegrationV2>) =>
    knownValue(integration.word("connectionType")) === "VPC_LINK";
  const behindListeners = <Args>(integration: Resource<Args>, property: keyof Args & string) =>
    madeOfAny(stack, integration, property, listeners).flatMap((listener) =>
      madeOfAny(stack, listener, "loadBalancerArn", loadBalancers),
    );
  const linked = [
    ...stack.of(VpcLink).flatMap((link) => madeOfAny(stack, link, "targetArn", loadBalancers)),
    ...stack
      .of(IntegrationV2)
      .filter(isPrivate)
      .flatMap((integration) => behindListeners(integration, "integrationUri")),
    ...stack
      .of(Integration)
      .filter(isPrivate)
      .flatMap((integration) => [
        ...madeOfAny(stack, integration, "integrationTarget", loadBalancers),
        ...behindListeners(integration, "integrationTarget"),
      ]),
  ];
  return [...new Set(linked)]
    .filter(
      (loadBalancer) =>
        !isInternal(loadBalancer) &&
        isReachable(stack, loadBalancer) &&
        loadBalancerAccess(stack, loadBalancer) === "lets anyone in",
    )
    .map((resource) => ({ kind: "public-load-balancer", resource }));
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html */
function integrationsOverInternet(stack: Stack): readonly BackendBypass[] {
  const integrations = [
    ...stack
      .of(IntegrationV2)
      .filter(
        (integration) =>
          knownValue(integration.word("integrationType")) === "HTTP_PROXY" &&
          isOverTheInternet(knownValue(integration.word("connectionType"))) &&
          !sendsSecretHeader(
            integration.value("requestParameters"),
            /^(?:overwrite|append):header\./i,
            /^\$request\./,
          ),
      )
      .map((integration) => ({
        integration: integration as Resource,
        backends: madeOfAny(stack, integration, "integrationUri", loadBalancers),
      })),
    ...stack
      .of(Integration)
      .filter(
        (integration) =>
          /^HTTP(?:_PROXY)?$/.test(knownValue(integration.word("type")) ?? "") &&
          isOverTheInternet(knownValue(integration.word("connectionType"))) &&
          !sendsSecretHeader(
            integration.value("requestParameters"),
            /^integration\.request\.header\./i,
            /^method\.request\./,
          ) &&
          !hasClientCertificate(stack, integration),
      )
      .map((integration) => ({
        integration: integration as Resource,
        backends: madeOfAny(stack, integration, "uri", loadBalancers),
      })),
  ];
  return integrations.flatMap(({ integration, backends }) =>
    backends
      .filter(
        (loadBalancer) =>
          !isInternal(loadBalancer) && loadBalancerAccess(stack, loadBalancer) === "lets anyone in",
      )
      .map((loadBalancer) => ({ kind: "integration-over-internet", resource: integration, loadBalancer })),
  );
}

/** The default is INTERNET. */
function isOverTheInternet(connectionType: string | undefined): boolean {
  return connectionType === undefined || connectionType === "INTERNET";
}

/** Whether an integration sends a header whose value isn't the caller's, by which the backend can recognize the API. */
function sendsSecretHeader(
  parameters: ReturnType<Resource["value"]>,
  isHeader: RegExp,
  isFromCaller: RegExp,
): boolean {
  const mapped = knownValue(parameters);
  if (typeof mapped !== "object" || mapped === null) return parameters.kind === "unknown";
  return Object.entries(mapped).some(
    ([name, value]) => isHeader.test(name) && !isFromCaller.test(String(value)),
  );
}

/** Whether API Gateway presents a stage's client certificate to the backend. */
function hasClientCertificate(stack: Stack, integration: ResourceOf<typeof Integration>): boolean {
  const api = apiOf(stack, integration);
  return stack.of(Stage).some((stage) => stage.isSet("clientCertificateId") && apiOf(stack, stage) === api);
}

/** Whether its security groups let anyone reach it. Without any, a network load balancer is reachable. */
function isReachable(stack: Stack, loadBalancer: LoadBalancer): boolean {
  if (!loadBalancer.isSet("securityGroups")) return isNetworkLoadBalancer(loadBalancer);
  return stack
    .madeOf(loadBalancer, "securityGroups", SecurityGroup)
    .some((group) => admitsAnyone(stack, group, undefined));
}
