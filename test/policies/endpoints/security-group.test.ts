import { describe, expect, test } from "vitest";
import { admitsAnyone, SecurityGroup } from "../../../policies/src/endpoints/network/security-group";
import type { RawRecord } from "../../../policies/src/stack";
import type { TestedResource } from "../../../policies/src/testing";
import { UNKNOWN } from "../../unknown";
import { stackFrom } from "../stack-from";

const group = (ingress: unknown = [], name = "group"): TestedResource => ({
  type: SecurityGroup.token,
  name,
  properties: { ingress },
});
const https = { protocol: "tcp", fromPort: 443, toPort: 443 };
const everywhere = { cidrBlocks: ["0.0.0.0/0"] };
const rule = (properties: RawRecord, of = "group"): TestedResource => ({
  type: "aws:ec2/securityGroupRule:SecurityGroupRule",
  name: "rule",
  properties: { securityGroupId: UNKNOWN, type: "ingress", ...https, ...properties },
  dependencies: { securityGroupId: [of] },
});
const ingressRule = (properties: RawRecord, of = "group", name = "ingress"): TestedResource => ({
  type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  name,
  properties: { securityGroupId: UNKNOWN, ipProtocol: "tcp", fromPort: 443, toPort: 443, ...properties },
  dependencies: { securityGroupId: [of] },
});
const other = group([], "other");

describe("whether a group lets anyone on the internet reach port 443", () => {
  test.each<[what: string, resources: readonly TestedResource[], admits: boolean]>([
    ["nothing said", [group()], false],
    ["from everywhere", [group([{ ...https, ...everywhere }])], true],
    ["from everywhere by IPv6", [group([{ ...https, ipv6CidrBlocks: ["::/0"] }])], true],
    ["from a private network", [group([{ ...https, cidrBlocks: ["10.0.0.0/8"] }])], false],
    [
      "from two halves",
      [
        group([
          { ...https, cidrBlocks: ["0.0.0.0/1"] },
          { ...https, cidrBlocks: ["128.0.0.0/1"] },
        ]),
      ],
      true,
    ],
    ["from what is no address", [group([{ ...https, cidrBlocks: ["everywhere"] }])], false],
    ["from what isn't known", [group([{ ...https, cidrBlocks: UNKNOWN }, UNKNOWN])], false],
    ["by rules that aren't known", [group(UNKNOWN)], false],
    ["a port in a range", [group([{ protocol: "tcp", fromPort: 80, toPort: 8080, ...everywhere }])], true],
    ["ports up to it", [group([{ protocol: "tcp", fromPort: 80, toPort: 443, ...everywhere }])], true],
    ["ports below it", [group([{ protocol: "tcp", fromPort: 80, toPort: 442, ...everywhere }])], false],
    ["ports above it", [group([{ protocol: "tcp", fromPort: 444, toPort: 500, ...everywhere }])], false],
    [
      "another port, of all protocols",
      [group([{ protocol: "-1", fromPort: 22, toPort: 22, ...everywhere }])],
      true,
    ],
    [
      "another port, of all protocols by a number",
      [group([{ protocol: -1, fromPort: 22, toPort: 22, ...everywhere }])],
      true,
    ],
    [
      "another port, of all protocols by a word",
      [group([{ protocol: "all", fromPort: 22, toPort: 22, ...everywhere }])],
      true,
    ],
    [
      "another port, of protocol 1",
      [group([{ protocol: 1, fromPort: 22, toPort: 22, ...everywhere }])],
      false,
    ],
    [
      "a first port that isn't known",
      [group([{ protocol: "tcp", fromPort: UNKNOWN, toPort: 80, ...everywhere }])],
      true,
    ],
    [
      "a last port that isn't known",
      [group([{ protocol: "tcp", fromPort: 8080, toPort: UNKNOWN, ...everywhere }])],
      true,
    ],
    ["a rule of its own", [group(), rule(everywhere)], true],
    ["a rule of its own on what goes out", [group(), rule({ ...everywhere, type: "egress" })], false],
    ["a rule of its own of another group", [group(), other, rule(everywhere, "other")], false],
    ["an ingress rule", [group(), ingressRule({ cidrIpv4: "0.0.0.0/0" })], true],
    ["an ingress rule by IPv6", [group(), ingressRule({ cidrIpv6: "::/0" })], true],
    ["an ingress rule from what isn't known", [group(), ingressRule({ cidrIpv4: UNKNOWN })], false],
    ["an ingress rule for a group", [group(), ingressRule({ referencedSecurityGroupId: UNKNOWN })], false],
    [
      "an ingress rule for another port",
      [group(), ingressRule({ cidrIpv4: "0.0.0.0/0", fromPort: 22, toPort: 22 })],
      false,
    ],
    [
      "an ingress rule for all protocols",
      [group(), ingressRule({ cidrIpv4: "0.0.0.0/0", ipProtocol: "-1", fromPort: 22, toPort: 22 })],
      true,
    ],
    [
      "an ingress rule of another group",
      [group(), other, ingressRule({ cidrIpv4: "0.0.0.0/0" }, "other")],
      false,
    ],
    [
      "two ingress rules, each of a half",
      [
        group(),
        ingressRule({ cidrIpv4: "0.0.0.0/1" }),
        ingressRule({ cidrIpv4: "128.0.0.0/1" }, "group", "second"),
      ],
      true,
    ],
  ])("%s", (_what, resources, admits) => {
    const stack = stackFrom(...resources);
    const [found] = stack.of(SecurityGroup);
    if (!found) throw new Error("the case has a group");
    expect(admitsAnyone(stack, found, 443)).toBe(admits);
  });

  test("where the port isn't known, any port is enough", () => {
    const stack = stackFrom(group([{ protocol: "tcp", fromPort: 22, toPort: 22, ...everywhere }]));
    const [found] = stack.of(SecurityGroup);
    expect(found && admitsAnyone(stack, found, undefined)).toBe(true);
  });
});
