import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, UNKNOWN } from "../analyze";
import { apiMapping, domainName } from "../bypass-resources";
import { made } from "../edge-resources";
import { httpApi, restApi, route } from "../resources";

const rule = "domain-mapping-names-its-stage";

const basePathMapping = (name: string, properties: object): Given =>
  made(
    "aws:apigateway/basePathMapping:BasePathMapping",
    name,
    { restApi: ["rest"] },
    {
      domainName: "api.example.com",
      ...properties,
    },
  );
const routingRule = (name: string, stages: readonly string[]): Given =>
  made(
    "aws:apigatewayv2/routingRule:RoutingRule",
    name,
    { actions: ["rest"] },
    {
      domainName: "api.example.com",
      actions: stages.map((stage) => ({ invokeApi: { apiId: UNKNOWN, stage } })),
    },
  );
const stray = (stage: string) => [
  httpApi("orders", { disableExecuteApiEndpoint: true }),
  route("list", "GET /orders", { authorizationType: "AWS_IAM" }, "orders"),
  domainName("domain"),
  apiMapping("live", "orders", "domain"),
  { ...apiMapping("stray", "orders", "domain"), properties: { apiId: UNKNOWN, domainName: UNKNOWN, stage } },
];

type Row = readonly [situation: string, resources: readonly Given[], on: string, kind: string, says: string];

const findings: readonly Row[] = [
  [
    "a development stage on a live domain",
    stray("dev"),
    "stray",
    "development-stage",
    '"stray" leads to a development stage from the same domain as "live", which is live.',
  ],
  ["a development stage in another case", stray("Staging"), "stray", "development-stage", '"live"'],
  [
    "a domain of another stack",
    [
      restApi("rest", { disableExecuteApiEndpoint: true }),
      basePathMapping("live", { stageName: "prod" }),
      basePathMapping("stray", { stageName: "test", basePath: "test" }),
    ],
    "stray",
    "development-stage",
    '"live"',
  ],
  [
    "a development stage by a routing rule",
    [
      restApi("rest", { disableExecuteApiEndpoint: true }),
      basePathMapping("live", { stageName: "prod" }),
      made(
        "aws:apigatewayv2/routingRule:RoutingRule",
        "stray",
        { actions: ["rest"] },
        {
          domainName: "API.example.com",
          actions: [{ invokeApi: { apiId: UNKNOWN, stage: "qa" } }],
        },
      ),
    ],
    "stray",
    "development-stage",
    '"live"',
  ],
  [
    "one of several stages of a routing rule, beside several of another",
    [
      restApi("rest", { disableExecuteApiEndpoint: true }),
      routingRule("live", ["v2", "prod"]),
      routingRule("stray", ["v2", "qa"]),
    ],
    "stray",
    "development-stage",
    '"live"',
  ],
  [
    "a mapping that lets callers choose the stage",
    [restApi("rest", { disableExecuteApiEndpoint: true }), basePathMapping("mapping", {})],
    "mapping",
    "no-stage",
    '"mapping" names no stage',
  ],
  [
    "a mapping with an empty stage",
    [restApi("rest", { disableExecuteApiEndpoint: true }), basePathMapping("mapping", { stageName: "" })],
    "mapping",
    "no-stage",
    '"mapping"',
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ["stages that are versions", stray("v2")],
  ["a stage whose name only begins like a development stage", stray("devices")],
  [
    "a development stage on another domain",
    [
      ...stray("dev").slice(0, -1),
      domainName("other", { domainName: "dev.example.com" }),
      {
        ...apiMapping("stray", "orders", "other"),
        properties: { apiId: UNKNOWN, domainName: UNKNOWN, stage: "dev" },
      },
    ],
  ],
  [
    "development stages on a domain without a live one",
    [
      restApi("rest", { disableExecuteApiEndpoint: true }),
      basePathMapping("one", { stageName: "dev" }),
      basePathMapping("two", { stageName: "test", basePath: "test" }),
    ],
  ],
  [
    "a development stage on another domain, neither of which is in this stack",
    [
      restApi("rest", { disableExecuteApiEndpoint: true }),
      basePathMapping("live", { stageName: "prod" }),
      basePathMapping("stray", { stageName: "dev", domainName: "dev.example.com" }),
    ],
  ],
  [
    "two domains whose names are unknown are never the same",
    [
      restApi("rest", { disableExecuteApiEndpoint: true }),
      basePathMapping("live", { stageName: "prod", domainName: UNKNOWN }),
      basePathMapping("stray", { stageName: "dev", domainName: UNKNOWN }),
    ],
  ],
  [
    "a stage that is unknown",
    [
      restApi("rest", { disableExecuteApiEndpoint: true }),
      basePathMapping("mapping", { stageName: UNKNOWN }),
    ],
  ],
];

const reportedBy = async (...args: Parameters<typeof analyze>) =>
  (await analyze(...args))
    .filter((violation) => violation.rule === rule)
    .map((found) => ({ ...found, kind: kindOf(found) }));

describe(rule, () => {
  test.each(findings)("advises: %s", async (_situation, resources, on, kind, says) => {
    const expected = { resource: on, kind, message: expect.stringContaining(says) };
    expect(await reportedBy(resources)).toEqual([
      expect.objectContaining({ ...expected, level: "advisory" }),
    ]);
    expect(await reportedBy(resources, { preset: "strict" })).toEqual([
      expect.objectContaining({ ...expected, level: "mandatory" }),
    ]);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await reportedBy(resources)).toEqual([]);
  });

  test("finds a mapping without a stage before it is created", async () => {
    expect(
      await reportedBy(
        [basePathMapping("mapping", {})].map((given) => ({ ...given, dependencies: {} })),
        {},
        "resources",
      ),
    ).toHaveLength(1);
  });
});
