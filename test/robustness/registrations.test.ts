import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { rules } from "../../policies/src";
import {
  canary,
  deepList,
  deepRecord,
  hostileTexts,
  longList,
  noise,
  noiseBeside,
  refusedBySdk,
} from "./noise";
import {
  expectFitForTerminals,
  expectFound,
  expectHarmless,
  expectSilent,
  mandatory,
  type Registration,
  runs,
  servedPack,
  urnOf,
} from "./pack";
import { closed, open } from "./subjects";
import { open as openToAnyone } from "./subjects/authentication";
import { closedStacks, openStacks, type StackSubject } from "./subjects/stacks";

const pack = servedPack();

/** The types that any rule reads, as far as they have one token, and some that none does. */
const anyType = [
  ...new Set([
    ...rules.flatMap((rule) => [...rule.resources, ...rule.stackResources]).map(({ token }) => token),
    ...[...open, ...closed].map(({ type }) => type),
    ...[
      "aws:s3/bucket:Bucket",
      "pulumi:providers:aws",
      "api-guardrails:index:SecureRestApi",
      "random:index:x",
    ],
    ...[
      "aws-native:cloudformation:StackSet",
      "aws-native:apigateway:RestApi",
      "aws-native:apigatewayv2:Authorizer",
    ],
    ...["constructor", "__proto__", "toString", "aws-native:lambda:constructor", "a:b:c$d", ""],
  ]),
];
const anyName = [...new Set(rules.flatMap((rule) => Object.keys(rule.reads)))].concat(
  ...[
    "parameters",
    "templateBody",
    "desiredState",
    "publicAccess",
    "policy",
    "authorizerUri",
    "identitySources",
  ],
);

describe("noise beside what decides", () => {
  test.each(open.map((subject) => [subject.situation, subject] as const))(
    "doesn't hide what is open: %s",
    async (_situation, { rule, taken, ...subject }) => {
      await fc.assert(
        fc.asyncProperty(noiseBeside(taken, anyName), async (beside) => {
          const properties = { ...beside, ...subject.properties };
          const diagnostics = await pack.analyze({ ...subject, properties });
          expectFound(diagnostics, rule);
          expectHarmless(diagnostics);
        }),
        { numRuns: runs(10) },
      );
      await pack.stillBlocks();
    },
  );

  test.each(open.map((subject) => [subject.situation, subject] as const))(
    "however long and however deep: %s",
    async (_situation, { rule, taken, ...subject }) => {
      const beside = { tags: longList, policy: deepList, __defaults: deepRecord };
      const free = Object.entries(beside).filter(([name]) => !taken.includes(name));
      const properties = { ...Object.fromEntries(free), ...subject.properties };
      const diagnostics = await pack.analyze({ ...subject, properties });
      expectFound(diagnostics, rule);
      expectHarmless(diagnostics);
    },
  );

  test.each(closed.map((subject) => [subject.situation, subject] as const))(
    "doesn't raise an alarm over what is closed: %s",
    async (_situation, { rule, taken, ...subject }) => {
      await fc.assert(
        fc.asyncProperty(noiseBeside(taken), async (beside) => {
          const diagnostics = await pack.analyze({
            ...subject,
            properties: { ...beside, ...subject.properties },
          });
          expectSilent(diagnostics, rule);
          expectHarmless(diagnostics);
        }),
        { numRuns: runs(10) },
      );
      await pack.stillBlocks();
    },
  );
});

describe("noise as all there is", () => {
  test.each(anyType)("breaks nothing in %j", async (type) => {
    await fc.assert(
      fc.asyncProperty(noiseBeside([], anyName), async (properties) => {
        // Which words a rule quotes is another test's question: here they may be noise.
        for (const { message } of await pack.analyze({ type, properties })) expectFitForTerminals(message);
      }),
      { numRuns: runs(8) },
    );
    await pack.stillBlocks();
  });

  test.each(refusedBySdk)("%s is refused by the SDK, which stops the deployment", async (_what, value) => {
    const url = { type: "aws:lambda/functionUrl:FunctionUrl", properties: { authorizationType: "NONE" } };
    for (const placed of [{ tags: value }, { tags: [{ a: value }] }, { authorizationType: value }]) {
      const properties = { ...url.properties, ...placed };
      await expect(pack.analyze({ ...url, properties })).rejects.toThrow(/signature|asset|archive/i);
      await pack.stillBlocks();
    }
  });
});

describe("every rule", () => {
  /** The owner of the exemptions finds what is wrong with the configuration: see configuration.test.ts. */
  const ids = rules.map(({ id }) => id).filter((id) => id !== "exemption-is-current");
  const of = (...subjects: readonly { readonly rule: string }[]) => new Set(subjects.map(({ rule }) => rule));

  test("has something open for a subject, and something closed that looks like it", () => {
    expect(ids.filter((id) => !of(...open, ...openStacks).has(id))).toEqual([]);
    expect(ids.filter((id) => !of(...closed, ...closedStacks).has(id))).toEqual([]);
  });
});

describe("a whole stack", () => {
  const neverAnalyzed = openToAnyone.filter(
    ({ type }) => /Route|Method|FunctionUrl/.test(type) && type.startsWith("aws:"),
  );

  const other = fc.record({
    type: fc.constantFrom(...anyType),
    name: fc.constantFrom("a", "b", "c", "d"),
    properties: noiseBeside([], anyName),
    parent: fc.constantFrom("", ...anyType.map((type) => urnOf(type, "a")), "urn:pulumi:x", "__proto__", "a"),
    propertyDependencies: fc.dictionary(
      fc.constantFrom("apiId", "resourceId", "restApi", "parentId", "__proto__", "constructor", "target"),
      fc.array(
        fc.constantFrom(
          ...anyType.flatMap((type) => [urnOf(type, "a"), urnOf(type, "b")]),
          "",
          "x",
          "__proto__",
        ),
        { maxLength: 3 },
      ),
    ),
  });
  const others = fc.uniqueArray(other, { selector: ({ type, name }) => urnOf(type, name), maxLength: 12 });

  test("of any shape doesn't hide what is open in it", async () => {
    await fc.assert(
      fc.asyncProperty(
        others,
        fc.constantFrom(...neverAnalyzed),
        async (beside, { rule: _rule, taken: _taken, ...subject }) => {
          // The engine never showed it by itself, so only the stack half can speak of it.
          const shownAtTheEnd: Registration = { ...subject, name: "shown-at-the-end" };
          const diagnostics = await pack.analyzeStack([...beside, shownAtTheEnd]);
          const about = diagnostics.filter(({ urn }) => urn === urnOf(subject.type, "shown-at-the-end"));
          expect(mandatory(about)).toEqual(["endpoint-requires-authentication"]);
          for (const { message } of diagnostics) expectFitForTerminals(message);
        },
      ),
      { numRuns: runs(60) },
    );
    await pack.stillBlocks();
  });

  /** The resources of a subject, with noise beside their properties, and what they were made of in any order. */
  const amidNoise = ({ resources }: StackSubject, wanted: readonly string[]) =>
    fc.tuple(
      ...resources.map(({ taken, ...resource }) =>
        fc
          .record({
            beside: noiseBeside(taken, wanted),
            propertyDependencies: fc.record(
              Object.fromEntries(
                Object.entries(resource.propertyDependencies ?? {}).map(([property, on]) => [
                  property,
                  fc.shuffledSubarray([...on], { minLength: on.length }),
                ]),
              ),
            ),
          })
          .map(({ beside, propertyDependencies }) => ({
            ...resource,
            properties: { ...beside, ...resource.properties },
            propertyDependencies,
          })),
      ),
    );
  /** Shows resources one by one, then all of them and others in any order; answers what is said of them. */
  const judged = async (
    resources: readonly (Registration & { readonly name: string })[],
    beside: readonly Registration[],
  ) => {
    const own = [];
    for (const resource of resources) {
      for (const one of await pack.analyze(resource))
        own.push({ ...one, urn: urnOf(resource.type, resource.name) });
    }
    const urns = resources.map(({ type, name }) => urnOf(type, name));
    const shown = [...resources, ...beside].toReversed();
    return [...own, ...(await pack.analyzeStack(shown)).filter(({ urn }) => urns.includes(urn))];
  };

  const configure = ({ rule, options }: StackSubject) =>
    pack.configure({
      ...pack.settings(),
      ...(options && { [rule]: { enforcementLevel: "mandatory", properties: options } }),
    });
  afterEach(() => pack.configure(pack.settings()));

  test.each(openStacks.map((subject) => [subject.situation, subject] as const))(
    "amid noise still shows: %s",
    async (_situation, subject) => {
      const { rule, on } = subject;
      await configure(subject);
      await fc.assert(
        fc.asyncProperty(amidNoise(subject, anyName), others, async (resources, beside) => {
          const diagnostics = await judged(resources, beside);
          expectFound(
            diagnostics.filter(({ urn }) => urn.endsWith(`::${on}`)),
            rule,
          );
          for (const { message } of diagnostics) expectFitForTerminals(message);
        }),
        { numRuns: runs(10) },
      );
      await pack.stillBlocks();
    },
  );

  test.each(closedStacks.map((subject) => [subject.situation, subject] as const))(
    "amid noise raises no alarm: %s",
    async (_situation, subject) => {
      await configure(subject);
      await fc.assert(
        fc.asyncProperty(amidNoise(subject, []), others, async (resources, beside) => {
          expectSilent(await judged(resources, beside), subject.rule);
        }),
        { numRuns: runs(10) },
      );
      await pack.stillBlocks();
    },
  );

  test("whose resources are each other's parents, paths and dependencies comes to an end", async () => {
    const resource = "aws:apigateway/resource:Resource";
    const count = 300;
    const part = (index: number): Registration => ({
      type: resource,
      name: `part-${index % count}`,
      properties: { pathPart: "a", parentId: "b" },
      parent: urnOf(resource, `part-${(index + 1) % count}`),
      propertyDependencies: { parentId: [urnOf(resource, `part-${(index + 1) % count}`)] },
    });
    const parts = Array.from({ length: count }, (_, index) => part(index));
    for (const registration of parts) await pack.analyze(registration);
    const method: Registration = {
      type: "aws:apigateway/method:Method",
      name: "in-a-circle",
      properties: { httpMethod: "GET", authorization: "NONE", resourceId: "b" },
      parent: urnOf(resource, "part-0"),
      propertyDependencies: { resourceId: [urnOf(resource, "part-0")] },
    };
    expect(mandatory(await pack.analyze(method))).toEqual(["rest-method-requires-authorization"]);
    expect(mandatory(await pack.analyzeStack([...parts, method]))).toEqual([]);
    const unseen = { ...method, name: "in-a-circle-and-unseen" };
    expect(mandatory(await pack.analyzeStack([...parts, unseen]))).toEqual([
      "endpoint-requires-authentication",
    ]);
  });
});

describe("a word that a message quotes", () => {
  const quoting: readonly (readonly [place: string, registration: (text: string) => Registration])[] = [
    [
      "a route key",
      (text) => ({ type: "aws:apigatewayv2/route:Route", properties: { routeKey: `GET /${text}` } }),
    ],
    ["a name", (text) => ({ type: "aws:lambda/functionUrl:FunctionUrl", name: text, properties: {} })],
    ["a method", (text) => ({ type: "aws:apigateway/method:Method", properties: { httpMethod: text } })],
    [
      "a path",
      (text) => ({
        type: "aws:apigateway/restApi:RestApi",
        properties: { body: JSON.stringify({ openapi: "3.0.1", paths: { [`/${text}`]: { get: {} } } }) },
      }),
    ],
    [
      "a path pattern",
      (text) => ({
        type: "aws:lb/listenerRule:ListenerRule",
        properties: {
          conditions: [{ pathPattern: { values: [`/${text}`] } }, { httpRequestMethod: { values: [text] } }],
          actions: [
            { type: "authenticate-oidc", authenticateOidc: { onUnauthenticatedRequest: "allow" } },
            { type: "forward" },
          ],
        },
      }),
    ],
    [
      "a security scheme's name",
      (text) => ({
        type: "aws:apigateway/restApi:RestApi",
        properties: {
          body: { openapi: "3.0.1", paths: { "/a": { get: { security: [{ [text]: [] }] } } } },
        },
      }),
    ],
    [
      "a logical id",
      (text) => ({
        type: "aws:cloudformation/stack:Stack",
        properties: {
          templateBody: JSON.stringify({
            Resources: { [text]: { Type: "AWS::Lambda::Url", Properties: {} } },
          }),
        },
      }),
    ],
    [
      "a macro's name",
      (text) => ({
        type: "aws:cloudformation/stack:Stack",
        properties: { templateBody: JSON.stringify({ Transform: text, Resources: {} }) },
      }),
    ],
    [
      "a declared route",
      (text) => ({
        type: "api-guardrails:index:PublicAccess",
        properties: { routes: [`GET /${text}`, text] },
      }),
    ],
  ];

  test.each(quoting)("can't move a cursor, nor forge a line: %s", async (_place, registration) => {
    const any = fc.oneof(
      fc.constantFrom(...hostileTexts),
      fc.string({ unit: "binary", minLength: 1, maxLength: 30 }),
    );
    await fc.assert(
      fc.asyncProperty(any, async (text) => {
        const diagnostics = await pack.analyze(registration(text));
        for (const { message } of diagnostics) expectFitForTerminals(message);
      }),
      { numRuns: runs(25), examples: hostileTexts.map((text): [string] => [text]) },
    );
    const spelled = await pack.analyze(registration(`a${canary}`));
    expect(spelled).not.toEqual([]);
    await pack.stillBlocks();
  });

  test("no other text is quoted, wherever it stands", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...anyType),
        fc.dictionary(fc.constantFrom(...anyName), noise),
        async (type, properties) => {
          const quotable = new Set([
            "routeKey",
            "conditions",
            "httpMethod",
            "routes",
            "publicAccess",
            "body",
            "templateBody",
          ]);
          const unquoted = Object.entries(properties).filter(([name]) => !quotable.has(name));
          expectHarmless(await pack.analyze({ type, properties: Object.fromEntries(unquoted) }));
        },
      ),
      { numRuns: runs(100) },
    );
  });
});
