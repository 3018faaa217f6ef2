import { describe, expect, test } from "vitest";
import { lockdownOf } from "../../policies/src/reading/exceptions/lockdown";
import { resource } from "../../policies/src/stack";
import { analyze, type Given, type Reported, secret, UNKNOWN } from "./analyze";
import { authorizedBy, jwtAuthorizer } from "./authorizer-resources";
import { day, declaration, exemption, httpApi, publicAccess, route, under } from "./resources";

/** Words that no component writes, or that nobody knows yet: they explain nothing, so nothing gets quieter. */
const noLockdowns: readonly (readonly [situation: string, lockdown: unknown])[] = [
  ["none", "none"],
  ["null", null],
  ["unknown", UNKNOWN],
  ["a secret that is unknown", secret(UNKNOWN)],
  ["another case", "DENY"],
  ["a blank", " deny"],
  ["another word", "locked"],
  ["true", true],
  ["a list", ["deny"]],
  ["an object", { deny: true }],
];

describe("the lockdown that a component's inputs say", () => {
  const component = (
    properties: Readonly<Record<string, unknown>>,
    type = "api-guardrails:index:SecureHttpApi",
  ) => resource({ urn: "urn:pulumi:dev::customers::a::b", type, properties });

  test.each(["deny", "throttle"])("%s", (lockdown) => {
    expect(lockdownOf(component({ lockdown }))).toBe(lockdown);
  });

  test.each(noLockdowns)("is none where it is %s", (_situation, lockdown) => {
    expect(lockdownOf(component({ lockdown }))).toBe("none");
  });

  test("is none where it is absent, of a resource that is no component of ours, and of none", () => {
    expect(lockdownOf(component({}))).toBe("none");
    expect(lockdownOf(component({ lockdown: "deny" }, "shop:index:SecureHttpApi"))).toBe("none");
    expect(lockdownOf(undefined)).toBe("none");
  });
});

/** An API as SecureHttpApi registers it: a route by token, one by IAM and a public one, with what a lockdown makes of them. */
const golden = (
  inputs: object,
  routes: readonly Given[],
  type = "api-guardrails:index:SecureHttpApi",
): readonly Given[] => [
  { type, name: "customers", properties: { publicAccess: [declaration(["GET /health"])], ...inputs } },
  ...[httpApi("api"), jwtAuthorizer("tokens", {}, "api"), ...routes].map((child) =>
    under("customers", child),
  ),
];
const iam = { authorizationType: "AWS_IAM" };
const byToken = { authorizationType: "JWT", authorizationScopes: ["customers/read"] };
const open = [
  authorizedBy("tokens", route("lookup", "GET /customers", byToken, "api")),
  route("remove", "DELETE /customers", iam, "api"),
  route("health", "GET /health", { authorizationType: "NONE" }, "api"),
];
const denied = [
  route("lookup", "GET /customers", iam, "api"),
  route("remove", "DELETE /customers", iam, "api"),
  route("health", "GET /health", iam, "api"),
];
const strict = { preset: "strict" } as const;
const summary = (reported: readonly Reported[]) =>
  reported.map(({ level, rule, resource: on }) => `${level} ${rule} ${on}`).sort();
const idle = [
  "mandatory authorizer-belongs-to-its-api tokens",
  "mandatory public-access-is-reviewed customers",
];

describe("with every rule mandatory", () => {
  test.each([
    ["nothing is locked down", golden({ lockdown: "none" }, open)],
    ["everybody is throttled", golden({ lockdown: "throttle" }, open)],
    ["everybody is denied", golden({ lockdown: "deny" }, denied)],
    [
      "everybody is denied, in a later component",
      golden({ lockdown: "deny" }, denied, "api-guardrails:index:SomeLaterComponent"),
    ],
  ])("is silent where %s", async (_situation, resources) => {
    expect(await analyze(resources, strict)).toEqual([]);
  });

  test.each([...noLockdowns, ["throttle", "throttle"] as const])(
    "an authorizer and a declaration are idle where the lockdown is %s",
    async (_situation, lockdown) => {
      expect(summary(await analyze(golden({ lockdown }, denied), strict))).toEqual(idle);
    },
  );

  test("so they are where the parent is no component of ours", async () => {
    const resources = golden({ lockdown: "deny" }, denied, "shop:index:SecureHttpApi");
    expect(summary(await analyze(resources, strict))).toEqual([
      "mandatory authorizer-belongs-to-its-api tokens",
    ]);
  });

  test("a declaration whose route isn't there is idle under a lockdown too", async () => {
    const gone = { publicAccess: [declaration(["GET /health", "GET /gone"])], lockdown: "deny" };
    const found = await analyze(golden(gone, denied), strict);
    expect(summary(found)).toEqual(["mandatory public-access-is-reviewed customers"]);
    expect(found[0]?.message).toContain("names GET /gone, but");
  });

  test("a route that stays open under a lockdown is judged as ever", async () => {
    const undeclared = golden({ publicAccess: [], lockdown: "deny" }, open);
    expect(summary(await analyze(undeclared, strict))).toEqual([
      "mandatory http-route-requires-authorization health",
    ]);
  });
});

describe("a declaration that doesn't count", () => {
  const expired = { publicAccess: [declaration(["GET /health"], { reviewBy: day(-1) })] };

  test("doesn't keep anybody from denying: it is an advisory, and says the same", async () => {
    for (const preset of ["recommended", "strict"] as const) {
      const found = await analyze(golden({ ...expired, lockdown: "deny" }, denied), { preset });
      expect(summary(found)).toEqual(["advisory public-access-is-reviewed customers"]);
      expect(found[0]?.message).toContain(`its review date ${day(-1)} has passed`);
      expect(found[0]?.message).toContain(
        'While lockdown is "deny", this is an advisory. Going back to "none" is blocked until it is corrected.\n',
      );
    }
  });

  const method = (name: string): Given => ({
    type: "aws:apigateway/method:Method",
    name,
    properties: { restApi: UNKNOWN, resourceId: UNKNOWN, httpMethod: "GET", authorization: "NONE" },
  });
  const restApi = (lockdown: string) =>
    golden(
      { ...expired, lockdown },
      [method("customers-GET-health-74fac65f")],
      "api-guardrails:index:SecureRestApi",
    );
  const policy =
    'The lockdown "deny" refuses everybody by the API\'s policy, and its routes are judged as before';

  test("keeps a REST API from being denied, whose routes stay as they are: the message says so", async () => {
    const onMethod = (await analyze(restApi("deny"))).filter(({ level }) => level === "mandatory");
    expect(summary(onMethod)).toEqual([
      "mandatory rest-method-requires-authorization customers-GET-health-74fac65f",
    ]);
    expect(onMethod[0]?.message).toContain(
      `\n${policy}: correct the declaration in the same deployment.\nFix: routes: {`,
    );
  });

  test("is told without the lockdown where nobody is denied", async () => {
    for (const { message } of await analyze(restApi("none"))) expect(message).not.toContain("lockdown");
  });

  test("opens nothing under a lockdown either", async () => {
    const found = await analyze(golden({ ...expired, lockdown: "deny" }, open));
    expect(summary(found)).toEqual([
      "advisory public-access-is-reviewed customers",
      "mandatory http-route-requires-authorization health",
    ]);
  });

  test.each([...noLockdowns, ["throttle", "throttle"] as const])(
    "blocks where the lockdown is %s",
    async (_situation, lockdown) => {
      expect(summary(await analyze(golden({ ...expired, lockdown }, denied)))).toContain(
        "mandatory public-access-is-reviewed customers",
      );
    },
  );
});

describe("an exemption that covers nothing", () => {
  const exempted = { exemptions: [exemption("authorization-requires-scopes", "lookup")] };
  const matches = async (resources: readonly Given[]) =>
    (await analyze(resources, exempted)).filter(({ rule }) => rule === "exemption-is-current");
  const anyToken = authorizedBy(
    "tokens",
    route("lookup", "GET /customers", { authorizationType: "JWT" }, "api"),
  );

  test("is none while a lockdown denies what it names", async () => {
    expect(await matches(golden({ lockdown: "none" }, [anyToken, ...open.slice(1)]))).toEqual([]);
    expect(await matches(golden({ lockdown: "deny" }, denied))).toEqual([]);
  });

  test.each([...noLockdowns, ["throttle", "throttle"] as const])(
    "is said where the lockdown is %s",
    async (_situation, lockdown) => {
      expect(await matches(golden({ lockdown }, denied))).toMatchObject([
        { level: "advisory", message: expect.stringContaining("covers nothing: ") },
      ]);
    },
  );
});

describe("a declared OPTIONS route", () => {
  const preflight = under("open", route("options", "OPTIONS /customers", {}, "api"));
  const declared = (api: Given) => [api, publicAccess("open", ["OPTIONS /customers"]), preflight];

  test("isn't idle beside CORS, which lets it pass without a declaration too", async () => {
    const api = httpApi("api", { corsConfiguration: { allowOrigins: ["https://app.example.com"] } });
    expect(await analyze(declared(api), strict)).toEqual([]);
  });

  test("is idle once it asks for IAM", async () => {
    const closed = under("open", route("options", "OPTIONS /customers", iam, "api"));
    const found = await analyze(
      [httpApi("api"), publicAccess("open", ["OPTIONS /customers"]), closed],
      strict,
    );
    expect(summary(found)).toEqual(["mandatory public-access-is-reviewed open"]);
  });
});
