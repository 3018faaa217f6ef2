import type { SecurityGroupArgs, SecurityGroupRuleArgs } from "@pulumi/aws/ec2";
import type { SecurityGroupIngressRuleArgs } from "@pulumi/aws/vpc";
import { addressRange, holdAnyone } from "../../reading/iam/internet-address";
import {
  knownElements,
  knownValue,
  type Resource,
  type ResourceOf,
  resourceType,
  type Stack,
  type View,
} from "../../stack";

export const SecurityGroup = resourceType<SecurityGroupArgs>("aws:ec2/securityGroup:SecurityGroup", {
  ingress: "reference",
});
const SecurityGroupRule = resourceType<SecurityGroupRuleArgs>("aws:ec2/securityGroupRule:SecurityGroupRule", {
  securityGroupId: "reference",
  type: "reference",
  protocol: "reference",
  fromPort: "reference",
  toPort: "reference",
  cidrBlocks: "reference",
  ipv6CidrBlocks: "reference",
});
const SecurityGroupIngressRule = resourceType<SecurityGroupIngressRuleArgs>(
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  {
    securityGroupId: "reference",
    ipProtocol: "reference",
    fromPort: "reference",
    toPort: "reference",
    cidrIpv4: "reference",
    cidrIpv6: "reference",
  },
);

/** The types whose inputs say whom a security group admits. */
export const securityGroupTypes = [SecurityGroup, SecurityGroupRule, SecurityGroupIngressRule] as const;

/**
 * Whether a group lets anyone on the internet reach a port, or any port where the port is unknown. A group's rules are
 * written inside it, or are resources of their own, of two types.
 */
export function admitsAnyone(
  stack: Stack,
  group: ResourceOf<typeof SecurityGroup>,
  port: number | undefined,
): boolean {
  const isOf = (rule: Resource<{ securityGroupId: string }>) =>
    stack.madeOf(rule, "securityGroupId", SecurityGroup).includes(group);
  const rulesOf = stack
    .of(SecurityGroupRule)
    .filter((rule) => isOf(rule) && knownValue(rule.word("type")) === "INGRESS");
  const ingress = [
    ...[...knownElements(group.records("ingress")), ...rulesOf].map((rule) => ({
      ports: portsOf(rule, "protocol"),
      ranges: [...knownElements(rule.list("cidrBlocks")), ...knownElements(rule.list("ipv6CidrBlocks"))],
    })),
    ...stack
      .of(SecurityGroupIngressRule)
      .filter(isOf)
      .map((rule) => ({
        ports: portsOf(rule, "ipProtocol"),
        ranges: [rule.text("cidrIpv4"), rule.text("cidrIpv6")].flatMap((range) => knownValue(range) ?? []),
      })),
  ];
  // Ranges of several rules add up.
  const admitted = ingress.filter(({ ports }) => includes(ports, port)).flatMap(({ ranges }) => ranges);
  return holdAnyone(admitted.flatMap((text) => addressRange(text) ?? []));
}

interface Ports {
  readonly from: number;
  readonly to: number;
}

/** Undefined for all ports. Protocol -1 means all of them, whatever ports are given as well. */
function portsOf<Protocol extends string>(
  rule: Pick<View<Record<Protocol | "fromPort" | "toPort", unknown>>, "value">,
  protocol: Protocol,
): Ports | undefined {
  const isAll = ["-1", "all", -1].includes(knownValue(rule.value(protocol)) as string | number);
  const [from, to] = [knownValue(rule.value("fromPort")), knownValue(rule.value("toPort"))];
  return !isAll && typeof from === "number" && typeof to === "number" ? { from, to } : undefined;
}

function includes(ports: Ports | undefined, port: number | undefined): boolean {
  return ports === undefined || port === undefined || (ports.from <= port && port <= ports.to);
}
