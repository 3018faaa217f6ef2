import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import { authPolicy, latticeService, serviceAssociation, serviceNetwork } from "../lattice-resources";
import { exemption, publicAccess, under } from "../resources";

const rule = "lattice-service-requires-iam";
const iam = { authType: "AWS_IAM" };
const none = { authType: "NONE" };

type Row = readonly [situation: string, resources: readonly Given[], on: string, kind: string, says: string];

const findings: readonly Row[] = [
  [
    "neither the service nor its network",
    [
      latticeService("orders", none),
      serviceNetwork("mesh", none),
      serviceAssociation("orders-in-mesh", "orders", "mesh"),
    ],
    "orders",
    "no-authorization",
    '$default of "orders" has authType NONE, and its service network "mesh" doesn\'t require IAM either; only a private network can reach it.',
  ],
  [
    "absent is NONE, on both",
    [latticeService("orders"), serviceNetwork("mesh"), serviceAssociation("association", "orders", "mesh")],
    "orders",
    "no-authorization",
    'its service network "mesh" doesn\'t require IAM either',
  ],
  [
    "another case",
    [latticeService("orders", { authType: "none" })],
    "orders",
    "no-authorization",
    "has authType NONE",
  ],
  [
    "a secret",
    [latticeService("orders", { authType: secret("NONE") })],
    "orders",
    "no-authorization",
    "has authType NONE",
  ],
  [
    "no network here",
    [latticeService("orders", none)],
    "orders",
    "no-authorization",
    "no service network in this stack requires IAM",
  ],
  [
    "a network that is in another stack",
    [latticeService("orders", none), serviceAssociation("association", "orders")],
    "orders",
    "no-authorization",
    "no service network in this stack requires IAM",
  ],
  [
    "a network that requires IAM, but of another service",
    [
      latticeService("orders", none),
      latticeService("prices", none),
      serviceNetwork("mesh", iam),
      serviceAssociation("association", "prices", "mesh"),
    ],
    "orders",
    "no-authorization",
    "no service network in this stack requires IAM",
  ],
  [
    "one of two networks doesn't require IAM",
    [
      latticeService("orders", none),
      serviceNetwork("mesh", iam),
      serviceNetwork("legacy", none),
      serviceAssociation("in-mesh", "orders", "mesh"),
      serviceAssociation("in-legacy", "orders", "legacy"),
    ],
    "orders",
    "no-authorization",
    'its service network "legacy" doesn\'t require IAM',
  ],
  [
    "the network's authType unknown",
    [
      latticeService("orders", none),
      serviceNetwork("mesh", { authType: UNKNOWN }),
      serviceAssociation("association", "orders", "mesh"),
    ],
    "orders",
    "no-authorization",
    'its service network "mesh" doesn\'t require IAM',
  ],
  [
    "authType unknown",
    [latticeService("orders", { authType: UNKNOWN })],
    "orders",
    "no-authorization",
    "has an authType that is not known before the deployment",
  ],
  [
    "authType of a wrong type",
    [latticeService("orders", { authType: ["AWS_IAM"] })],
    "orders",
    "no-authorization",
    "has an authType that is not known",
  ],
  [
    "the policy of a service that doesn't require IAM, named with the service",
    [latticeService("orders", none), authPolicy("only-us", "orders")],
    "orders",
    "no-authorization",
    'its auth policy "only-us" is inactive',
  ],
  [
    "the policy of a service in a network that requires IAM",
    [
      latticeService("orders", none),
      serviceNetwork("mesh", iam),
      serviceAssociation("association", "orders", "mesh"),
      authPolicy("only-us", "orders"),
    ],
    "orders",
    "inactive-policy",
    '"orders" isn\'t known to require IAM, and without that its auth policy "only-us" is inactive.',
  ],
  [
    "the policy of a network that doesn't require IAM",
    [serviceNetwork("mesh", none), authPolicy("only-us", "mesh")],
    "mesh",
    "inactive-policy",
    'its auth policy "only-us" is inactive',
  ],
  [
    "a service that only the stack shows",
    [{ ...latticeService("orders", none), onlyInStack: true }],
    "orders",
    "no-authorization",
    "has authType NONE",
  ],
  [
    "a service of which nothing is known",
    [{ ...latticeService("orders"), onlyInStack: true, outputs: {} }],
    "orders",
    "no-authorization",
    "has an authType that is not known",
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ["a service that requires IAM", [latticeService("orders", iam), authPolicy("only-us", "orders")]],
  ["another case of AWS_IAM", [latticeService("orders", { authType: "aws_iam" })]],
  [
    "a service that requires IAM in a network that doesn't",
    [
      latticeService("orders", iam),
      serviceNetwork("mesh", none),
      serviceAssociation("association", "orders", "mesh"),
    ],
  ],
  [
    "a network that requires IAM for the service",
    [
      latticeService("orders", none),
      serviceNetwork("mesh", iam),
      authPolicy("only-us", "mesh"),
      serviceAssociation("association", "orders", "mesh"),
    ],
  ],
  [
    "an unknown authType in a network that requires IAM",
    [
      latticeService("orders", { authType: UNKNOWN }),
      serviceNetwork("mesh", iam),
      serviceAssociation("association", "orders", "mesh"),
    ],
  ],
  ["a network without services", [serviceNetwork("mesh", none)]],
  [
    "a policy of another stack's service",
    [{ ...authPolicy("only-us", "mesh"), dependencies: {} }, serviceNetwork("mesh", none)],
  ],
  [
    "a service that requires IAM and that only the stack shows",
    [{ ...latticeService("orders", iam), onlyInStack: true }],
  ],
];

/** A policy that the deployment decides is another rule's to speak of. */
const ofRule = async (...given: Parameters<typeof analyze>) =>
  (await analyze(...given)).filter((found) => found.rule === rule);

describe(rule, () => {
  test.each(findings)("advises: %s", async (_situation, resources, on, kind, says) => {
    const reported = (await ofRule(resources)).filter(({ resource }) => resource === on);
    expect(reported.map(kindOf)).toEqual([kind]);
    expect(reported).toEqual([
      { rule, level: "advisory", resource: on, message: expect.stringContaining(says) },
    ]);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await ofRule(resources)).toEqual([]);
  });

  test("is mandatory in strict", async () => {
    expect(await ofRule([latticeService("orders")], { preset: "strict" })).toMatchObject([
      { rule, level: "mandatory" },
    ]);
  });

  test("an organization may accept that only its networks reach a service, but no policy that is inactive", async () => {
    const options = { [rule]: { acceptPrivateNetworks: true } };
    expect(await ofRule([latticeService("orders", none)], { options })).toEqual([]);
    expect(await ofRule([latticeService("orders", { authType: UNKNOWN })], { options })).toHaveLength(1);
    const withPolicy = [latticeService("orders", none), authPolicy("only-us", "orders")];
    expect(await ofRule(withPolicy, { options })).toMatchObject([
      { rule, message: expect.stringContaining('"only-us" is inactive') },
    ]);
  });

  test("an inactive policy is named with its own service, and reported beside services that are open", async () => {
    const reported = await ofRule([
      serviceNetwork("mesh", none),
      authPolicy("mesh-policy", "mesh"),
      latticeService("orders", none),
      authPolicy("only-us", "orders"),
      latticeService("prices", none),
    ]);
    const policies = reported.map(({ resource, message }) => [
      resource,
      /auth policy "([^"]+)" is inactive/.exec(message)?.[1],
    ]);
    expect(policies.toSorted()).toEqual([
      ["mesh", "mesh-policy"],
      ["orders", "only-us"],
      ["prices", undefined],
    ]);
  });

  test("a service may be declared or exempted", async () => {
    const open = latticeService("orders", none);
    expect(await ofRule([publicAccess("open", ["$default"]), under("open", open)])).toEqual([]);
    expect(await ofRule([open], { exemptions: [exemption(rule, "orders")] })).toEqual([]);
  });
});
