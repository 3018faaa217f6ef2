import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, UNKNOWN } from "./analyze";
import { restAuthorizer } from "./authorizer-resources";
import { made } from "./edge-resources";
import { exemption, functionUrl, method, restApi, restResource } from "./resources";

const edge = "edge-authentication-holds-at-the-origin";
const cache = "lambda-authorizer-caches-per-caller";
const deployed = "authorization-changes-are-deployed";
const formerNames = [edge, cache, deployed];

const mapping = (name: string, properties: object): Given =>
  made("aws:apigateway/basePathMapping:BasePathMapping", name, {}, properties);
const ignoring = (given: Given, ignoreChanges: readonly string[]): Given => ({ ...given, ignoreChanges });
const api = [
  restApi("orders"),
  restResource("path", "orders", "orders"),
  {
    ...method("get", "GET", { authorization: "AWS_IAM" }, "path"),
    dependencies: { resourceId: ["path"], restApi: ["orders"] },
  },
];
const deployment = made("aws:apigateway/deployment:Deployment", "deployed", { restApi: ["orders"] });
const body = JSON.stringify({
  openapi: "3.0.1",
  paths: { "/orders": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } } },
});

/** What was part of another rule: the resources, the one with the finding, and the rule that reports it now. */
const moved: readonly (readonly [
  situation: string,
  formerName: string,
  resources: readonly Given[],
  on: string,
  rule: string,
  kind: string,
])[] = [
  [
    "a mapping without a stage",
    edge,
    [mapping("any-stage", { restApi: "a1b2c3", domainName: "api.example.com" })],
    "any-stage",
    "domain-mapping-names-its-stage",
    "no-stage",
  ],
  [
    "a development stage on a live domain",
    edge,
    [
      mapping("live", { restApi: "a1b2c3", domainName: "api.example.com", stageName: "live" }),
      mapping("stray", {
        restApi: "a1b2c3",
        domainName: "api.example.com",
        stageName: "dev",
        basePath: "dev",
      }),
    ],
    "stray",
    "domain-mapping-names-its-stage",
    "development-stage",
  ],
  [
    "a TOKEN authorizer without an expression",
    cache,
    [restAuthorizer("gate", { type: "TOKEN" })],
    "gate",
    "lambda-authorizer-filters-tokens",
    "no-token-format",
  ],
  [
    "an authorization whose changes are ignored",
    deployed,
    [ignoring(functionUrl("url", { authorizationType: "AWS_IAM" }), ["authorizationType"])],
    "url",
    "authorization-is-not-ignored",
    "ignored-authorization",
  ],
  [
    "a listener's actions whose changes are ignored",
    deployed,
    [
      ignoring(
        made(
          "aws:lb/listener:Listener",
          "https",
          {},
          { defaultActions: [{ type: "authenticate-oidc" }, { type: "forward" }] },
        ),
        ["defaultActions"],
      ),
    ],
    "https",
    "authorization-is-not-ignored",
    "ignored-actions",
  ],
  [
    "a document that is merged",
    deployed,
    [restApi("orders", { body, putRestApiMode: "merge" })],
    "orders",
    "rest-document-replaces-the-api",
    "merged-body",
  ],
];

const found = async (resources: readonly Given[], exemptions: Parameters<typeof exemption>[]) =>
  (await analyze(resources, { exemptions: exemptions.map((args) => exemption(...args)) })).map(
    (reported) => ({
      ...reported,
      kind: kindOf(reported),
    }),
  );
const rulesIn = (reported: readonly { readonly rule: string }[]) => reported.map(({ rule }) => rule);

describe("an exemption under the name that a rule had before it was split", () => {
  test.each(moved)("covers what moved, and says which rule to name: %s", async (...row) => {
    const [, formerName, resources, on, rule, kind] = row;
    expect(await found(resources, [])).toMatchObject([{ rule, resource: on, kind }]);
    const [reminder, ...others] = await found(resources, [[formerName, on]]);
    expect(others).toEqual([]);
    expect(reminder).toMatchObject({ rule: "exemption-is-current", level: "advisory" });
    expect(reminder?.message).toContain(`exemptions[0] covers findings of "${rule}"`);
    expect(reminder?.message).toContain(`\nFix: "rule": "${rule}"\n`);
  });

  test.each(moved)("is a reminder in strict too: %s", async (...row) => {
    const [, formerName, resources, on] = row;
    const exemptions = [exemption(formerName, on)];
    expect(await analyze(resources, { exemptions, preset: "strict" })).toMatchObject([
      { rule: "exemption-is-current", level: "advisory" },
    ]);
  });

  test.each(moved)("is needed no more once it names the rule: %s", async (...row) => {
    const [, , resources, on, rule] = row;
    expect(await found(resources, [[rule, on]])).toEqual([]);
  });

  test.each(moved)("covers no other resource: %s", async (...row) => {
    const [, formerName, resources, on, rule] = row;
    const reported = await found([...resources, restApi("other")], [[formerName, "other"]]);
    expect(reported).toContainEqual(expect.objectContaining({ rule, resource: on }));
  });

  test.each(moved)("covers nothing under the name of another rule: %s", async (...row) => {
    const [, formerName, resources, on, rule] = row;
    for (const other of formerNames.filter((name) => name !== formerName)) {
      expect(await found(resources, [[other, on]])).toContainEqual(
        expect.objectContaining({ rule, resource: on }),
      );
    }
  });
});

describe("a deployment whose triggers are missing, and whose changes are ignored", () => {
  const resources = [...api, ignoring(deployment, ["triggers"])];

  test("is reported by both rules", async () => {
    expect(rulesIn(await found(resources, [])).toSorted()).toEqual(
      [deployed, "authorization-is-not-ignored"].toSorted(),
    );
  });

  test("is covered by the former name as a whole, as it was before", async () => {
    const reported = await found(resources, [[deployed, "deployed"]]);
    expect(rulesIn(reported)).toEqual(["exemption-is-current"]);
    expect(reported[0]?.message).toContain('Fix: "rule": "authorization-is-not-ignored"');
  });

  test("is covered by the new name in part", async () => {
    const reported = await found(resources, [["authorization-is-not-ignored", "deployed"]]);
    expect(rulesIn(reported)).toEqual([deployed]);
  });
});

describe("an exemption of what is still part of the rule", () => {
  const still: readonly (readonly [
    situation: string,
    rule: string,
    resources: readonly Given[],
    on: string,
  ])[] = [
    [
      "a cache that tells no caller apart",
      cache,
      [restAuthorizer("gate", { identitySource: "context.path" })],
      "gate",
    ],
    ["a deployment without triggers", deployed, [...api, deployment], "deployed"],
    [
      "a function URL behind a distribution",
      edge,
      [
        made(
          "aws:cloudfront/distribution:Distribution",
          "cdn",
          {},
          {
            origins: [
              {
                originId: "url",
                domainName: "a1b2.lambda-url.eu-west-1.on.aws",
                customOriginConfig: UNKNOWN,
              },
            ],
          },
        ),
      ],
      "cdn",
    ],
  ];

  test.each(still)("needs no other name: %s", async (_situation, rule, resources, on) => {
    expect(await found(resources, [])).toMatchObject([{ rule, resource: on }]);
    expect(await found(resources, [[rule, on]])).toEqual([]);
  });
});
