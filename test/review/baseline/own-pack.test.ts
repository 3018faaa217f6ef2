import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { ownJudge } from "../../../review/src/baseline/own-pack";
import type { JudgedSource } from "../../../review/src/baseline/source";
import { judgedState } from "../../../review/src/baseline/state";
import type { State, StateResource } from "../../../review/src/inventory/state";
import type { PackConfiguration } from "../../../review/src/packs/configuration";
import { collectSecrets } from "../../../review/src/secrets";
import { inDays } from "../../dates";
import { ciphertext, deployed } from "../inventory/states";

const pack = resolve("policies");
const secrets = collectSecrets();
const assetSignature = "4dabf18193072939515e22adb298388d";
const assetKinds = {
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
};
const urnOf = (type: string, name: string, stack = "prod") => `urn:pulumi:${stack}::shop::${type}::${name}`;
const one = (type: string, name: string, inputs: object, others: object = {}): StateResource => ({
  ...{ urn: urnOf(type, name), type, custom: true, id: name, inputs, outputs: { ...inputs, id: name } },
  ...{ parent: urnOf("pulumi:pulumi:Stack", "shop-prod"), ...others },
});
const stateOf = (resources: readonly object[], stack = "prod"): State => ({
  ...{ resources: resources as readonly StateResource[], project: "shop", stack, problems: [] },
});
const exemption = (resource: string, stacks: readonly string[], changed: object = {}) => ({
  rule: "http-route-requires-authorization",
  ...{ project: "shop", stacks, resource, owner: "people", reviewBy: inDays(30) },
  reason: "the shop window, which shows what everybody may see",
  ...changed,
});
const configured = (exemptions: readonly object[], others: PackConfiguration = {}): PackConfiguration => ({
  "exemption-is-current": { enforcementLevel: "mandatory", properties: { exemptions } },
  ...others,
});

/** The lines of a process have a version. */
const unwritten = (judged: JudgedSource) => ({
  ...judged,
  told: judged.told.map((line) => {
    const { version: _, ...others } = line as typeof line & { version?: number };
    return others;
  }),
});

const cases: readonly [situation: string, state: State, configuration?: PackConfiguration][] = [
  ["nothing deployed", stateOf([])],
  ["an open route", stateOf(deployed())],
  ["an exemption that covers it", stateOf(deployed()), configured([exemption("open", ["prod"])])],
  ["an exemption of another stack", stateOf(deployed("eu"), "eu"), configured([exemption("open", ["prod"])])],
  [
    "exemptions that are over, near misses, and for nothing",
    stateOf(deployed()),
    configured([
      exemption("open", ["prod"], { reviewBy: "2020-01-01" }),
      exemption("opened", ["prod"]),
      exemption("read", ["prod"]),
      exemption("open", ["prod"], { reviewBy: "soon" }),
    ]),
  ],
  ["every policy mandatory", stateOf(deployed()), { all: { enforcementLevel: "mandatory", properties: {} } }],
  [
    "a policy that is disabled, and options of another",
    stateOf([
      ...deployed(),
      one("aws:apigateway/method:Method", "list", {
        httpMethod: "GET",
        authorization: "NONE",
        apiKeyRequired: true,
      }),
    ]),
    {
      "http-route-requires-authorization": { enforcementLevel: "disabled", properties: {} },
      "rest-method-requires-authorization": { properties: { acceptApiKeys: true } },
    },
  ],
  [
    "secrets, as ciphertext and as plain text",
    stateOf([
      ...deployed(),
      one("aws:apigatewayv2/route:Route", "a", { apiId: "a1b2c3", routeKey: ciphertext }),
      one("aws:apigatewayv2/route:Route", "b", {
        apiId: "a1b2c3",
        routeKey: { ...ciphertext, ciphertext: undefined, plaintext: '"GET /b"' },
      }),
    ]),
  ],
  [
    "a template in which a function URL is open",
    stateOf([
      one("aws:cloudformation/stack:Stack", "partners", {
        templateBody: JSON.stringify({
          Resources: {
            Url: { Type: "AWS::Lambda::Url", Properties: { AuthType: "NONE", TargetFunctionArn: "f" } },
          },
        }),
      }),
    ]),
  ],
  [
    "an archive, and components without outputs",
    stateOf([
      one("aws:lambda/function:Function", "lookup", {
        code: {
          [assetSignature]: assetKinds.archive,
          assets: { "index.js": { [assetSignature]: assetKinds.asset, text: "x" } },
        },
      }),
      { urn: urnOf("acme:api:Orders", "orders"), type: "acme:api:Orders", custom: false },
      ...deployed(),
    ]),
  ],
  ["a URN twice", stateOf([...deployed(), ...deployed().slice(-1)])],
];

describe("what the pack says of a state, in this process and in one of its own", () => {
  const here = ownJudge(pack, secrets, undefined);
  test.each<[situation: string, state: State, configuration?: PackConfiguration]>(cases)(
    "%s",
    async (_situation, state, configuration) => {
      const request = { ...{ pack, configuration, secrets, signal: undefined } };
      const separate = await judgedState(state, "prod.json", request);
      const shared = await judgedState(state, "prod.json", { ...request, ownJudge: here });
      expect(shared).toEqual(unwritten(separate));
      // Whether it was judged here at all.
      expect(await here?.(shared.resources as never, configuration)).toMatchObject({
        violations: shared.violations,
      });
    },
  );

  test.each<[situation: string, state: State, configuration?: PackConfiguration]>([
    [
      "a policy changes what it is shown",
      stateOf(deployed()),
      { "domain-requires-modern-tls": { enforcementLevel: "remediate", properties: {} } },
    ],
    [
      "the SDK can't read an asset",
      stateOf([
        one("aws:s3/bucketObject:BucketObject", "page", { source: { [assetSignature]: assetKinds.asset } }),
      ]),
    ],
  ])("the pack's own process judges where %s", async (_situation, state, configuration) => {
    const request = { ...{ pack, configuration, secrets, signal: undefined } };
    const separate = await judgedState(state, "prod.json", request);
    const shared = await judgedState(state, "prod.json", { ...request, ownJudge: here });
    expect(shared).toEqual(separate);
  });

  test("another pack is asked in its own process", () => {
    expect(ownJudge("test/fixtures/packs", secrets, undefined)).toBeUndefined();
  });
});
