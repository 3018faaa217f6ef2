import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import {
  administratorsOnly,
  authorizedBy,
  jwtAuthorizer,
  userPool,
  userPoolAuthorizer,
} from "../authorizer-resources";
import { httpApi, method, restApi, route } from "../resources";

const rule = "authorization-requires-scopes";
const jwtRoute = (properties: object): Given =>
  route("lookup", "GET /customers", { authorizerId: "abc", authorizationType: "JWT", ...properties });
const poolMethod = (properties: object = {}): Given =>
  method("lookup", "GET", { authorization: "COGNITO_USER_POOLS", ...properties }, "customers");
/** A method behind an authorizer of the same stack. */
const behind = (
  pools: readonly Given[],
  authorizer: object = {},
  properties: object = {},
): readonly Given[] => [
  restApi("customers"),
  ...pools,
  userPoolAuthorizer(
    "users",
    pools.map(({ name }) => name),
    authorizer,
    "customers",
  ),
  authorizedBy("users", poolMethod(properties)),
];
const open = userPool("open");
const closed = userPool("closed", administratorsOnly);

const advised: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ["a JWT route without scopes", [jwtRoute({})]],
  ["a route with an empty list of scopes", [jwtRoute({ authorizationScopes: [] })]],
  ["another case of the type", [jwtRoute({ authorizationType: "jwt" })]],
  ["a secret type", [jwtRoute({ authorizationType: secret("JWT") })]],
  [
    "with its authorizer in the stack",
    [httpApi("api"), jwtAuthorizer("jwt", {}, "api"), authorizedBy("jwt", jwtRoute({}))],
  ],
  ["a user pool of another stack", [restApi("customers"), poolMethod({ authorizerId: "abc" })]],
  ["a user pool where anyone signs up", behind([open])],
  ["a user pool that says nothing of sign-up", behind([userPool("pool")])],
  ["a method with an empty list of scopes", behind([open], {}, { authorizationScopes: [] })],
  ["one of two pools is open", behind([open, closed])],
  ["an audience that may be anything", behind([open], { identityValidationExpression: ".*" })],
  [
    "a pool of this stack beside one of another",
    behind([closed], { providerArns: [UNKNOWN, "arn:aws:cognito"] }),
  ],
  ["closed pools, of which not all are known", behind([closed], { providerArns: UNKNOWN })],
  ["an authorizer that names no pool", behind([], { providerArns: [] })],
  [
    "administrators only, as far as is known",
    behind([userPool("pool", { adminCreateUserConfig: { allowAdminCreateUserOnly: UNKNOWN } })]),
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ["a route with a scope", [jwtRoute({ authorizationScopes: ["customers/read"] })]],
  ["scopes of a resource server, unknown", [jwtRoute({ authorizationScopes: UNKNOWN })]],
  ["a scope that is unknown", [jwtRoute({ authorizationScopes: [UNKNOWN] })]],
  ["a route with IAM, which knows no scopes", [jwtRoute({ authorizationType: "AWS_IAM" })]],
  ["a route with a Lambda authorizer, which knows no scopes", [jwtRoute({ authorizationType: "CUSTOM" })]],
  ["an open route, which another rule reports", [jwtRoute({ authorizationType: "NONE" })]],
  ["a route without an authorizer, which another rule reports as open", [jwtRoute({ authorizerId: "" })]],
  ["an unknown type, which another rule reports", [jwtRoute({ authorizationType: UNKNOWN })]],
  ["a method with a scope", behind([open], {}, { authorizationScopes: ["customers/read"] })],
  ["a method with scopes that are unknown", behind([open], {}, { authorizationScopes: UNKNOWN })],
  ["an audience", behind([open], { identityValidationExpression: "^4kq6example$" })],
  ["an audience that is unknown", behind([open], { identityValidationExpression: UNKNOWN })],
  ["a user pool whose users administrators create", behind([closed])],
  ["two such pools", behind([closed, userPool("other", administratorsOnly)])],
  ["a method with IAM, which knows no scopes", [method("lookup", "GET", { authorization: "AWS_IAM" })]],
  [
    "a method with a Lambda authorizer, which knows no scopes",
    [method("lookup", "GET", { authorization: "CUSTOM", authorizerId: "a" })],
  ],
];

const ofRule = async (resources: readonly Given[], args: Parameters<typeof analyze>[1] = {}) =>
  (await analyze(resources, args))
    .filter((violation) => violation.rule === rule)
    .map((found) => ({ ...found, kind: kindOf(found) }));

describe(rule, () => {
  test.each(advised)("advises, and blocks in strict: %s", async (_situation, resources) => {
    expect(await ofRule(resources)).toMatchObject([
      { level: "advisory", resource: "lookup", kind: "no-scopes" },
    ]);
    expect(await ofRule(resources, { preset: "strict" })).toMatchObject([{ level: "mandatory" }]);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await ofRule(resources)).toEqual([]);
  });

  test("says how the route or the method authorizes", async () => {
    expect((await ofRule([jwtRoute({})]))[0]?.message).toContain("authorizationType JWT");
    expect((await ofRule(behind([open])))[0]?.message).toContain("authorization COGNITO_USER_POOLS");
  });

  test("a method whose authorizer may be one of two is judged by itself", async () => {
    const resources = behind([closed]).map((given) =>
      given.name === "lookup"
        ? { ...given, dependencies: { ...given.dependencies, authorizerId: ["users", "others"] } }
        : given,
    );
    const both = [...resources, userPoolAuthorizer("others", ["closed"], {}, "customers")];
    expect(await ofRule(both)).toMatchObject([{ resource: "lookup" }]);
  });
});
