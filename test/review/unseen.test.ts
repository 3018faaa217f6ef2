import { beforeAll, describe, expect, test } from "vitest";
import type { PreviewResult } from "../../review/src/preview";
import { jsonReport } from "../../review/src/reports/json";
import { reportOf } from "./reports/report-schema";
import { previewProgram, written } from "./written-program";

describe("what lies outside of the program by nature is an advisory, and listed as not seen", () => {
  const template = (resource: object) => JSON.stringify({ Resources: { Part: resource } });
  const rows: readonly (readonly [name: string, type: string, args: object, sentence: string])[] = [
    [
      "url",
      "aws:cloudformation/stack:Stack",
      { templateUrl: "https://templates.s3.amazonaws.com/api.yaml" },
      '"url" has its template behind a URL: what it exposes was not read.',
    ],
    [
      "product",
      "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
      { productName: "portal" },
      '"product" is a product of the Service Catalog: what it exposes was not read.',
    ],
    [
      "nested",
      "aws:cloudformation/stack:Stack",
      {
        templateBody: template({
          Type: "AWS::CloudFormation::Stack",
          Properties: { TemplateURL: "https://templates.s3.amazonaws.com/api.yaml" },
        }),
      },
      '"nested" contains',
    ],
    [
      "controlled",
      "kubernetes:apigatewayv2.services.k8s.aws/v1alpha1:API",
      { spec: { name: "orders", protocolType: "HTTP" } },
      '"controlled" is made in AWS by a controller of its cluster: what it exposes was not read.',
    ],
    [
      "sockets",
      "aws:apigatewayv2/api:Api",
      { name: "sockets", protocolType: "WEBSOCKET", routeSelectionExpression: "$request.body.action" },
      'The WebSocket API "sockets" has no routes in this stack, so nobody can tell here whether its $connect route requires authorization.',
    ],
  ];
  let result: PreviewResult;
  beforeAll(async () => {
    result = await previewProgram(
      rows
        .map(([name, type, args]) => `new (customResource("${type}"))("${name}", ${JSON.stringify(args)});`)
        .join("\n"),
    );
  });

  test("with exit code 0", () => {
    expect(result.problems).toEqual([]);
    expect(result.violations.filter(({ level }) => level === "mandatory")).toEqual([]);
    expect(result.exitCode).toBe(0);
  });

  test.each(rows)("%s (%s)", (name, type, _args, sentence) => {
    expect(result.unseen).toContainEqual({
      because: "outside",
      urn: `urn:pulumi:dev::customers::${type}::${name}`,
      type,
      name,
      sentence: expect.stringContaining(sentence),
      reason: undefined,
      owner: undefined,
    });
    expect(result.violations.map((violation) => violation.name)).toContain(name);
  });

  test("in the JSON, too", () => {
    const { unseen } = reportOf(jsonReport(result));
    expect(unseen.map(({ name }: { name: string }) => name).toSorted()).toEqual(
      rows.map(([name]) => name).toSorted(),
    );
  });
});

test("what somebody has reviewed and exempted is an exception, and no longer listed", async () => {
  const result = await previewProgram(
    `new (customResource("aws:cloudformation/stack:Stack"))("url", { templateUrl: "https://templates.s3.amazonaws.com/api.yaml" });`,
    {
      policyPacks: ["policies"],
      policyPackConfigs: [
        {
          "exemption-is-current": {
            properties: {
              exemptions: [
                {
                  rule: "unread-infrastructure-is-named",
                  project: "customers",
                  stacks: ["dev"],
                  resource: "url",
                  reason: "reviewed where it is defined",
                  owner: "team-edge",
                  reviewBy: new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10),
                },
              ],
            },
          },
        },
      ],
    },
  );
  expect(result.violations).toEqual([]);
  expect(result.unseen).toEqual([]);
  expect(result.exceptions).toHaveLength(1);
});

describe("a pack marks the kinds of finding that are about something outside of the program", () => {
  const pack = (name: string, tags: readonly string[], message: string) =>
    written({
      "PulumiPolicy.yaml": "runtime: nodejs\n",
      "package.json": { name, version: "1.0.0" },
      "index.js": `
        new (require("@pulumi/policy").PolicyPack)(${JSON.stringify(name)}, { policies: [{
          name: "named", description: "Everything is named", enforcementLevel: "advisory", tags: ${JSON.stringify(tags)},
          validateResource: (args, report) => { if (args.type.includes("Route")) report(${JSON.stringify(message)}); },
        }] });`,
    });
  const message = (kind: string) => `That is elsewhere.\nFix: name it\nrules/named.md${kind}`;
  test.each<[situation: string, tags: readonly string[], message: string, listed: readonly string[]]>([
    ["a marked kind", ["lies-outside:elsewhere"], message("#elsewhere"), ["That is elsewhere."]],
    [
      "one of several",
      ["a", "lies-outside:b", "lies-outside:elsewhere"],
      message("#elsewhere"),
      ["That is elsewhere."],
    ],
    ["another kind of the same policy", ["lies-outside:elsewhere"], message("#here"), []],
    ["a pack that marks none", ["elsewhere"], message("#elsewhere"), []],
    ["a finding without a kind", ["lies-outside:elsewhere"], message(""), []],
    ["a tag without a kind, and a finding without one", ["lies-outside:"], message(""), []],
    ["a message in another form", ["lies-outside:elsewhere"], "It is elsewhere.", []],
  ])("%s", async (_situation, tags, text, listed) => {
    const result = await previewProgram('new Route("route", { routeKey: "GET /" });', {
      // The second pack has a policy of the same name, and marks nothing.
      policyPacks: [pack("marks", tags, text), pack("other", [], message("#elsewhere"))],
    });
    expect(result.violations).toHaveLength(2);
    expect(result.unseen.map(({ sentence }) => sentence)).toEqual(listed);
    expect(result.exitCode).toBe(0);
  });
});
