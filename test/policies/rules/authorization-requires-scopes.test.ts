import { describe, expect, test } from "vitest";
import { analyze, type Given, secret, UNKNOWN } from "../analyze";
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
  ["C07: JWT without scopes", [jwtRoute({})]],
  ["C07: an empty list", [jwtRoute({ authorizationScopes: [] })]],
  ["C07: another case of the type", [jwtRoute({ authorizationType: "jwt" })]],
  ["C07: a secret type", [jwtRoute({ authorizationType: secret("JWT") })]],
  [
    "C07: with its authorizer in the stack",
    [httpApi("api"), jwtAuthorizer("jwt", {}, "api"), authorizedBy("jwt", jwtRoute({}))],
  ],
  ["A10: a user pool of another stack", [restApi("customers"), poolMethod({ authorizerId: "abc" })]],
  ["A10: a user pool where anyone signs up", behind([open])],
  ["A10: a user pool that says nothing of sign-up", behind([userPool("pool")])],
  ["A10: an empty list", behind([open], {}, { authorizationScopes: [] })],
  ["A10: one of two pools is open", behind([open, closed])],
  ["A10: an audience that may be anything", behind([open], { identityValidationExpression: ".*" })],
  [
    "A10: a pool of this stack beside one of another",
    behind([closed], { providerArns: [UNKNOWN, "arn:aws:cognito"] }),
  ],
  [
    "A10: administrators only, as far as is known",
    behind([userPool("pool", { adminCreateUserConfig: { allowAdminCreateUserOnly: UNKNOWN } })]),
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ["C07: a scope", [jwtRoute({ authorizationScopes: ["customers/read"] })]],
  ["C07: scopes of a resource server, unknown", [jwtRoute({ authorizationScopes: UNKNOWN })]],
  ["C07: a scope that is unknown", [jwtRoute({ authorizationScopes: [UNKNOWN] })]],
  ["C07: IAM knows no scopes", [jwtRoute({ authorizationType: "AWS_IAM" })]],
  ["C07: nor does a Lambda authorizer", [jwtRoute({ authorizationType: "CUSTOM" })]],
  ["an open route is another rule's", [jwtRoute({ authorizationType: "NONE" })]],
  ["a route without an authorizer is open: another rule's", [jwtRoute({ authorizerId: "" })]],
  ["an unknown type is another rule's", [jwtRoute({ authorizationType: UNKNOWN })]],
  ["A10: a scope", behind([open], {}, { authorizationScopes: ["customers/read"] })],
  ["A10: scopes that are unknown", behind([open], {}, { authorizationScopes: UNKNOWN })],
  ["A10: an audience", behind([open], { identityValidationExpression: "^4kq6example$" })],
  ["A10: an audience that is unknown", behind([open], { identityValidationExpression: UNKNOWN })],
  ["A10: a user pool of which administrators make the users", behind([closed])],
  ["A10: two such pools", behind([closed, userPool("other", administratorsOnly)])],
  ["A10: IAM knows no scopes", [method("lookup", "GET", { authorization: "AWS_IAM" })]],
  [
    "A10: nor does a Lambda authorizer",
    [method("lookup", "GET", { authorization: "CUSTOM", authorizerId: "a" })],
  ],
];

const ofRule = async (resources: readonly Given[], args: Parameters<typeof analyze>[1] = {}) =>
  (await analyze(resources, args)).filter((violation) => violation.rule === rule);

describe(rule, () => {
  test.each(advised)("advises, and blocks in strict: %s", async (_situation, resources) => {
    expect(await ofRule(resources)).toMatchObject([{ level: "advisory", resource: "lookup" }]);
    expect(await ofRule(resources, { preset: "strict" })).toMatchObject([{ level: "mandatory" }]);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await ofRule(resources)).toEqual([]);
  });

  test("a method behind an authorizer that can't be told from another is judged by itself", async () => {
    const resources = behind([closed]).map((given) =>
      given.name === "lookup"
        ? { ...given, dependencies: { ...given.dependencies, authorizerId: ["users", "others"] } }
        : given,
    );
    const both = [...resources, userPoolAuthorizer("others", ["closed"], {}, "customers")];
    expect(await ofRule(both)).toMatchObject([{ resource: "lookup" }]);
  });
});
