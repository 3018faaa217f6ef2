import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ExemptionArgs } from "../../../policies/src";
import { isAmong, readExemptions } from "../../../policies/src/reading/exceptions/exemption";
import { analyze, type Given, kindOf, UNKNOWN, urnOf } from "../analyze";
import { day, exemption, functionUrl, publicAccess, restApi, route, under } from "../resources";

const rule = "exemption-is-current";
const routeRule = "http-route-requires-authorization";
const root = "customers-dev";
const open: readonly Given[] = [route("health", "GET /health")];
const changed = (properties: object): ExemptionArgs => exemption(routeRule, "health", properties);
const without = (field: keyof ExemptionArgs): ExemptionArgs => changed({ [field]: undefined });

const wildcardOfStacks = "its stacks have a * that doesn't follow at least 3 characters at the end of a name";

/** Reported on the stack; what it would have covered stays open. */
const malformed: readonly (readonly [situation: string, given: unknown, says: string])[] = [
  ["no rule", without("rule"), "it names no rule"],
  ["a rule that isn't there", changed({ rule: "no-such-rule" }), "a rule that this pack doesn't have"],
  [
    "a rule named as a member of every object",
    changed({ rule: "constructor" }),
    "a rule that this pack doesn't",
  ],
  ["a wildcard for the rule", changed({ rule: "*" }), "its rule has a wildcard"],
  ["no project", without("project"), "it names no project"],
  ["a wildcard for the project", changed({ project: "*" }), "its project has a wildcard"],
  ["no stacks", without("stacks"), "its stacks are not a list of stack names"],
  ["an empty list of stacks", changed({ stacks: [] }), "its stacks are not a list of stack names"],
  ["stacks that are no list", changed({ stacks: "dev" }), "its stacks are not a list of stack names"],
  ["an empty name of a stack", changed({ stacks: ["dev", ""] }), "its stacks are not a list of stack names"],
  ["a wildcard for the stacks", changed({ stacks: ["*"] }), wildcardOfStacks],
  ["only wildcards for the stacks", changed({ stacks: ["****"] }), wildcardOfStacks],
  ["a wildcard after too few characters", changed({ stacks: ["dev", "de*"] }), wildcardOfStacks],
  ["a wildcard at the beginning", changed({ stacks: ["*dev"] }), wildcardOfStacks],
  ["a wildcard in the middle", changed({ stacks: ["dev", "pr-*-eu"] }), wildcardOfStacks],
  ["two wildcards", changed({ stacks: ["dev", "pr-**"] }), wildcardOfStacks],
  ["no resource", without("resource"), "it names no resource"],
  ["a wildcard for the resource", changed({ resource: "heal*" }), "its resource has a wildcard"],
  ["no routes in the list", changed({ routes: [] }), "it lists no routes"],
  [
    "routes that are misspelt",
    changed({ routes: ["/health"] }),
    "1 of its routes is not spelled as METHOD /path",
  ],
  ["no reason", without("reason"), "its reason has fewer than 20 characters"],
  ["a short reason", changed({ reason: "because" }), "its reason has fewer than 20 characters"],
  ["a reason that nobody sees", changed({ reason: "\u200b".repeat(20) }), "its reason has fewer than 20"],
  ["a reason of dots", changed({ reason: ".".repeat(20) }), "its reason can't be read"],
  ["no owner", without("owner"), "it names no owner"],
  ["an owner of one dot", changed({ owner: "." }), "it names no owner"],
  ["an owner that nobody sees", changed({ owner: "\u2060\u200b" }), "it names no owner"],
  ["no review date", without("reviewBy"), "its reviewBy is not a date"],
  ["no object", "health", "it is not an object"],
  ["null", null, "it is not an object"],
];

describe(rule, () => {
  test.each(malformed)("reports: %s", async (_situation, given, says) => {
    const reported = await analyze(open, { exemptions: [given as ExemptionArgs] });
    expect(reported.map(({ rule, level, resource }) => [rule, level, resource])).toEqual([
      [rule, "mandatory", root],
      [routeRule, "mandatory", "health"],
    ]);
    expect(reported.slice(0, 1).map(kindOf)).toEqual(["incomplete"]);
    expect(reported[0]?.message).toContain("\nexemptions[0] ");
    expect(reported[0]?.message).toContain(says);
  });

  test("exemptions that are no list", async () => {
    const options = { [rule]: { exemptions: { rule: routeRule } } };
    expect(await analyze([], { options })).toMatchObject([{ rule, level: "mandatory", resource: root }]);
  });

  test("a malformed exemption for another project is that project's", async () => {
    expect(await analyze([], { exemptions: [changed({ project: "orders", owner: "" })] })).toEqual([]);
  });

  test("a name that two resources of the rule's types have exempts neither", async () => {
    const two = [
      ...open,
      publicAccess("twin", ["GET /other"], { owner: "" }),
      under("twin", route("health", "GET /b")),
    ];
    const reported = await analyze(two, { exemptions: [changed({})] });
    const own = reported.filter((violation) => violation.rule === rule);
    expect(own).toEqual([
      {
        rule,
        level: "mandatory",
        resource: root,
        message: expect.stringMatching(/its resource names 2 resources\.\nFix: give the resource by its URN/),
      },
    ]);
    expect(own.map(kindOf)).toEqual(["ambiguous"]);
    // The first was shown before there was a second; after the second, the stack says so.
    expect(reported.filter((violation) => violation.rule === routeRule)).toMatchObject([
      { message: expect.stringContaining("which doesn't count because its resource names 2 resources") },
    ]);
  });

  describe("a file that spans several stacks", () => {
    const inProd = (given: Given): Given => ({ ...given, stack: "prod" });
    const prodRoot = inProd({ type: "pulumi:pulumi:Stack", name: "customers-prod" });
    const both = [...open, prodRoot, inProd(route("health", "GET /health"))];
    const prodFirst = [prodRoot, inProd(route("health", "GET /health")), ...open];
    const summary = async (resources: readonly Given[], ...exemptions: readonly ExemptionArgs[]) =>
      (await analyze(resources, { exemptions })).map((found) => [found.rule, found.resource, kindOf(found)]);

    test.each([
      ["its stack first", both],
      ["its stack last", prodFirst],
    ])(
      "an exemption counts in its stack, whatever another one calls by the same name: %s",
      async (_, given) => {
        const ofDev = await analyze(given, { exemptions: [changed({})] });
        expect(ofDev.map(({ rule, resource }) => [rule, resource])).toEqual([[routeRule, "health"]]);
        expect(ofDev[0]?.message).toContain('exempts it, but not in the stack "prod"');
        expect(await summary(given, changed({ stacks: ["dev", "prod"] }))).toEqual([]);
      },
    );

    test("what covers nothing in one of its stacks is reported there", async () => {
      const closed = inProd(route("health", "GET /health", { authorizationType: "AWS_IAM" }));
      const exemptions = [changed({ stacks: ["prod"] }), changed({})];
      for (const given of [
        [...open, prodRoot, closed],
        [prodRoot, closed, ...open],
      ]) {
        expect(await summary(given, ...exemptions)).toEqual([[rule, "customers-prod", "unneeded"]]);
      }
      expect(await summary([...open, prodRoot], changed({}), changed({ stacks: ["prod"] }))).toEqual([
        [rule, "customers-prod", "unneeded"],
      ]);
    });

    describe("of which many come and go", () => {
      const inStack = (stack: string): readonly Given[] => [
        { type: "pulumi:pulumi:Stack", name: `customers-${stack}`, stack },
        { ...route("health", "GET /health"), stack },
      ];
      const previews = [...inStack("pr-1"), ...inStack("pr-20")];

      test("one exemption is for all whose names begin alike, and for no other", async () => {
        expect(await summary(previews, changed({ stacks: ["pr-*"] }))).toEqual([]);
        expect(await summary([...previews, ...open], changed({ stacks: ["pr-*"] }))).toEqual([
          [routeRule, "health", "no-authorization"],
        ]);
        expect(await summary([...previews, ...open], changed({ stacks: ["dev", "pr-*"] }))).toEqual([]);
      });

      test("what covers nothing in one of them is reported there", async () => {
        const without = previews.filter(({ type, stack }) => type === prodRoot.type || stack === "pr-1");
        expect(await summary(without, changed({ stacks: ["pr-*"] }))).toEqual([
          [rule, "customers-pr-20", "unneeded"],
        ]);
      });

      test("a URN, which names one of them, covers it there; the others are told the name", async () => {
        const [, resource] = inStack("pr-1");
        const exempted = changed({ stacks: ["pr-*"], resource: urnOf(resource as Given, previews) });
        const reported = await analyze(previews, { exemptions: [exempted] });
        expect(reported.map((found) => [found.rule, found.resource, kindOf(found)])).toEqual([
          [routeRule, "health", "no-authorization"],
          [rule, "customers-pr-20", "near-miss"],
        ]);
        expect(reported[1]?.message).toContain('Fix: "resource": "health"');
      });

      test("whatever a stack is called, it is among those of a wildcard that its name begins with, and of no other", () => {
        const word = fc.stringMatching(/^[a-zA-Z0-9._-]{1,12}$/);
        fc.assert(
          fc.property(word, word, (named, stack) => {
            const [read] = readExemptions(changed({ stacks: [`${named}*`] }), new Set([routeRule]), {
              today: day(0),
              maxReviewDays: 180,
            });
            const counts = read !== undefined && read.malformed.length === 0;
            expect(counts).toBe(named.length >= 3);
            expect(counts && isAmong(read.stacks, stack)).toBe(named.length >= 3 && stack.startsWith(named));
            expect(counts && isAmong(read.stacks, named + stack)).toBe(named.length >= 3);
          }),
        );
      });
    });

    test("an exemption that can't be read is reported in its own stack", async () => {
      const unread = changed({ stacks: ["prod"], owner: "" });
      const reported = await summary([...open, prodRoot], changed({}), unread);
      expect(reported).toEqual([[rule, "customers-prod", "incomplete"]]);
    });

    test("a name that one stack has twice is ambiguous in that stack only", async () => {
      const twin = [publicAccess("twin", ["GET /other"]), under("twin", route("health", "GET /b"))];
      const given = [...open, prodRoot, inProd(route("health", "GET /health")), ...twin.map(inProd)];
      const reported = await summary(given, changed({ stacks: ["dev", "prod"] }));
      expect(reported.filter(([id]) => id === rule)).toEqual([[rule, "customers-prod", "ambiguous"]]);
    });

    test("the default route of one stack's HTTP API is decided before the deployment, whatever another stack has", async () => {
      const chat = inProd({
        type: "aws:apigatewayv2/api:Api",
        name: "chat",
        properties: { protocolType: "WEBSOCKET" },
      });
      const reported = await analyze([prodRoot, chat, route("default", "$default")], {}, "resources");
      expect(reported.map(({ resource }) => resource)).toEqual(["default"]);
    });
  });

  const idle: readonly (readonly [
    situation: string,
    resources: readonly Given[],
    given: ExemptionArgs,
    kind: string,
  ])[] = [
    ["the resource is gone", [], changed({}), "unneeded"],
    [
      "the route is authorized by now",
      [route("health", "GET /health", { authorizationType: "AWS_IAM" })],
      changed({}),
      "unneeded",
    ],
    ["another rule has the finding", open, exemption("function-url-requires-iam", "health"), "near-miss"],
    [
      "the resource has the route, but the list names another",
      [route("health", "GET /health", { authorizationType: "AWS_IAM" })],
      changed({ routes: ["GET /status"] }),
      "unneeded",
    ],
    ["this rule can't be exempted from", [], exemption(rule, root), "unneeded"],
  ];
  test.each(idle)("advises if it covers nothing: %s", async (_situation, resources, given, kind) => {
    for (const preset of ["recommended", "strict"] as const) {
      const reported = await analyze(resources, { preset, exemptions: [given] });
      const own = reported.filter((violation) => violation.rule === rule);
      expect(own).toEqual([
        { rule, level: "advisory", resource: root, message: expect.stringContaining("\nexemptions[0] ") },
      ]);
      expect(own.map(kindOf)).toEqual([kind]);
    }
  });

  test.each([
    ["the resource is gone", [], changed({}), "covers nothing: this stack has no such resource."],
    [
      "the route is authorized by now",
      [route("health", "GET /health", { authorizationType: "AWS_IAM" })],
      changed({}),
      `covers nothing: ${routeRule} has no finding on what it names in this stack.`,
    ],
    [
      "another rule has the finding",
      open,
      exemption("function-url-requires-iam", "health"),
      "if nothing needs an exemption any more, remove it from the pack's configuration",
    ],
  ] as const)("says why it covers nothing, or what to do: %s", async (_situation, resources, given, says) => {
    const reported = await analyze(resources, { exemptions: [given] });
    expect(reported.find((found) => found.rule === rule)?.message).toContain(says);
  });

  const bodyRule = "openapi-operation-requires-authorization";
  const body = (...paths: readonly string[]) =>
    restApi("customers", {
      body: { openapi: "3.0.1", paths: Object.fromEntries(paths.map((path) => [path, { get: {} }])) },
    });
  const shop: readonly Given[] = [
    { type: "acme:index:Api", name: "shop" },
    under("shop", route("health", "GET /health")),
    under("shop", route("status", "GET /status")),
  ];
  const inProduction = urnOf(route("health", "GET /health"), []).replace("::customers::", "::shop::");

  /** What is said of an exemption that is probably meant for what stands open, and of what stands open. */
  const nearMisses: readonly (readonly [
    situation: string,
    resources: readonly Given[],
    given: ExemptionArgs,
    onStack: string,
    onResource: string | undefined,
  ])[] = [
    [
      "a document without routes",
      [body("/health", "/status")],
      exemption(bodyRule, "customers"),
      'covers nothing: it lacks routes, and "customers" holds several.\nFix: "routes": ["GET /health", "GET /status"]',
      'doesn\'t cover it because it lacks routes, and "customers" holds several: write "routes": ["GET /health", "GET /status"].',
    ],
    [
      "the component above, without routes",
      shop,
      exemption(routeRule, "shop"),
      'covers nothing: it lacks routes, and "shop" is a parent of what is open.\nFix: "routes": ["GET /health", "GET /status"]',
      'doesn\'t cover it because it lacks routes, and "shop" is a parent of what is open: write "routes": ["GET /health"].',
    ],
    [
      "a route with a slash at its end",
      open,
      changed({ routes: ["GET /health/"] }),
      'covers nothing: the route is spelled otherwise.\nFix: "routes": ["GET /health"]',
      'doesn\'t cover it because the route is spelled otherwise: write "routes": ["GET /health"].',
    ],
    [
      "a path in other letters",
      open,
      changed({ routes: ["GET /Health"] }),
      'covers nothing: the route is spelled otherwise.\nFix: "routes": ["GET /health"]',
      'the route is spelled otherwise: write "routes": ["GET /health"].',
    ],
    [
      "other names of parameters",
      [body("/customers/{id}")],
      exemption(bodyRule, "customers", { routes: ["GET /customers/{customerId}"] }),
      'covers nothing: the route is spelled otherwise.\nFix: "routes": ["GET /customers/{id}"]',
      'the route is spelled otherwise: write "routes": ["GET /customers/{id}"].',
    ],
    [
      "ANY for one method",
      open,
      changed({ routes: ["ANY /health"] }),
      'covers nothing: the route is spelled otherwise.\nFix: "routes": ["GET /health"]',
      'the route is spelled otherwise: write "routes": ["GET /health"].',
    ],
    [
      "another route of the resource",
      open,
      changed({ routes: ["GET /status"] }),
      'covers nothing: it lists other routes than GET /health.\nFix: "routes": ["GET /health"]',
      undefined,
    ],
    [
      "a route where the key isn't known",
      [route("health", UNKNOWN)],
      changed({ routes: ["GET /health"] }),
      'covers nothing: it lists routes, and the one there isn\'t known.\nFix: leave "routes" out of it',
      'it lists routes, and the one there isn\'t known: leave "routes" out of it.',
    ],
    [
      "the rule of another kind of resource",
      open,
      exemption("function-url-requires-iam", "health"),
      'covers nothing: in this stack function-url-requires-iam has no finding on what it names, but http-route-requires-authorization has one.\nFix: "rule": "http-route-requires-authorization"',
      'doesn\'t cover it because its rule is function-url-requires-iam: write "rule": "http-route-requires-authorization".',
    ],
    [
      "another rule's document, without routes",
      [body("/health")],
      exemption("jwt-authorizer-pins-issuer-and-audience", "customers"),
      'but openapi-operation-requires-authorization has one.\nFix: "rule": "openapi-operation-requires-authorization", "routes": ["GET /health"]',
      undefined,
    ],
    [
      "a name in other letters",
      open,
      exemption(routeRule, "Health"),
      'covers nothing: this stack has no resource with its name, but one with a similar one.\nFix: "resource": "health"',
      undefined,
    ],
    [
      "the URN in another project",
      open,
      exemption(routeRule, inProduction),
      `covers nothing: this stack has no resource with its URN, but one with a similar one.\nFix: "resource": "${urnOf(route("health", "GET /health"), [])}"`,
      undefined,
    ],
    [
      "a sentence with routes",
      [route("health", "GET /health", { authorizationType: "JWT", authorizerId: UNKNOWN })],
      exemption("authorization-requires-scopes", "health", { routes: ["GET /health"] }),
      'covers nothing: it lists routes, and the finding is of none.\nFix: leave "routes" out of it',
      'it lists routes, and the finding is of none: leave "routes" out of it.',
    ],
    [
      "a sentence on a child",
      [
        { type: "acme:index:Api", name: "shop" },
        under("shop", route("health", "GET /health", { authorizationType: "JWT", authorizerId: UNKNOWN })),
      ],
      exemption("authorization-requires-scopes", "shop"),
      'covers nothing: it names "shop", and the finding is on "health" under it.\nFix: "resource": "health"',
      'it names "shop", and the finding is on "health" under it: write "resource": "health".',
    ],
  ];
  test.each(nearMisses)(
    "names what it may be meant for: %s",
    async (_situation, resources, given, onStack, onResource) => {
      const reported = await analyze(resources, { exemptions: [given] });
      const own = reported.filter((violation) => violation.rule === rule);
      expect(own).toMatchObject([{ level: "advisory", resource: root }]);
      expect(own.map(kindOf)).toEqual(["near-miss"]);
      expect(own[0]?.message).toContain(`\nexemptions[0] ${onStack.startsWith("but") ? "" : onStack}`);
      expect(own[0]?.message).toContain(onStack);
      const [other] = reported.filter((violation) => violation.rule !== rule);
      if (onResource === undefined) expect(other?.message).not.toContain("exemptions[0]");
      else {
        expect(other?.message).toMatch(/\nexemptions\[0\] doesn't cover it because /);
        expect(other?.message).toContain(onResource);
      }
    },
  );

  test.each(nearMisses)(
    "an exemption as it was told to be written covers it: %s",
    async (_situation, resources, given, onStack) => {
      const [, fix] = /Fix: (".*)$/.exec(onStack) ?? [];
      const { routes: _, ...withoutRoutes } = given;
      const told = fix ? { ...given, ...JSON.parse(`{ ${fix} }`) } : withoutRoutes;
      expect(await analyze(resources, { preset: "strict", exemptions: [told] })).toEqual([]);
    },
  );

  test.each([
    ["another stack", { stacks: ["prod"] }],
    ["another project", { project: "Customers" }],
    [
      "a URN of another stack",
      { stacks: ["prod"], resource: urnOf(route("health", "GET /health"), []).replace(":dev::", ":prod::") },
    ],
  ])("a violation says of an exemption for %s that it isn't for this one", async (_situation, properties) => {
    const reported = await analyze(open, { exemptions: [changed(properties)] });
    expect(reported).toMatchObject([{ rule: routeRule }]);
    expect(reported[0]?.message).toContain(
      '\nexemptions[0] exempts it, but not in the stack "dev" of the project "customers".\n',
    );
  });

  test.each([
    ["of another resource there", { stacks: ["prod"], resource: "status" }],
    ["of another rule there", { stacks: ["prod"], rule: "function-url-requires-iam" }],
    ["of another route there", { stacks: ["prod"], routes: ["GET /status"] }],
    ["that has expired there", { stacks: ["prod"], reviewBy: day(-1) }],
    ["that is malformed there", { stacks: ["prod"], owner: "" }],
    ["of another resource here", { resource: "status" }],
    ["of a rule that judges such resources, too", { rule: "authorization-requires-scopes" }],
  ])("a violation says nothing of an exemption %s", async (_situation, properties) => {
    const reported = await analyze(open, { exemptions: [changed(properties)] });
    expect(reported.find((violation) => violation.rule === routeRule)?.message).not.toContain(
      "exemptions[0]",
    );
  });

  test("one that covers something is no near miss of anything else", async () => {
    const exemptions = [exemption(routeRule, "shop", { routes: ["GET /health"] })];
    const reported = await analyze(shop, { exemptions });
    expect(reported).toMatchObject([{ rule: routeRule, resource: "status" }]);
    expect(reported[0]?.message).not.toContain("exemptions[0]");
  });

  test("an ambiguous name is told the URNs", async () => {
    const twins = [
      functionUrl("health"),
      publicAccess("twin", ["$default"], { owner: "" }),
      under("twin", functionUrl("health")),
    ];
    const [twin] = twins.slice(2);
    const reported = await analyze(twins, { exemptions: [exemption("function-url-requires-iam", "health")] });
    const own = reported.filter((violation) => violation.rule === rule);
    const urns = [functionUrl("health"), twin as Given].map((given) => JSON.stringify(urnOf(given, twins)));
    expect(own[0]?.message).toContain(
      `\nFix: give the resource by its URN: "resource": ${urns.join("   // or ")}\n`,
    );
  });

  test.each([
    ["another project", { project: "orders" }],
    ["another stack", { stacks: ["prod"] }],
  ])("says nothing of an exemption for %s, which exempts nothing here", async (_situation, properties) => {
    expect(await analyze(open, { exemptions: [changed(properties)] })).toMatchObject([{ rule: routeRule }]);
  });

  test.each([
    [14, "is due in 14 days"],
    [1, "is due in 1 day;"],
    [0, "is due today"],
  ])("reminds %i days before the review, in strict too", async (days, says) => {
    for (const preset of ["recommended", "strict"] as const) {
      const reported = await analyze(open, { preset, exemptions: [changed({ reviewBy: day(days) })] });
      expect(reported).toEqual([
        { rule, level: "advisory", resource: root, message: expect.stringContaining(says) },
      ]);
      expect(reported.map(kindOf)).toEqual(["review-due"]);
    }
  });

  test.each([
    ["has passed", day(-1), `its review date ${day(-1)} has passed`],
    ["is too far ahead", day(181), `its review date ${day(181)} is more than 180 days ahead`],
  ])("the violation it covered says so where its date %s", async (_situation, reviewBy, says) => {
    expect(await analyze(open, { exemptions: [changed({ reviewBy })] })).toEqual([
      {
        rule: routeRule,
        level: "mandatory",
        resource: "health",
        message: expect.stringContaining(`Exempted by exemptions[0], which doesn't count because ${says}.`),
      },
    ]);
  });

  test("an exemption that counts is silent", async () => {
    expect(await analyze(open, { preset: "strict", exemptions: [changed({})] })).toEqual([]);
  });
});
