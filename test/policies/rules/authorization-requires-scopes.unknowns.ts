import { authorizedBy, userPool, userPoolAuthorizer } from "../authorizer-resources";
import { method, restApi, route } from "../resources";
import type { UnknownRow } from "../unknown-row";

const behindUsers = [
  restApi("customers"),
  userPool("users", {
    adminCreateUserConfig: { allowAdminCreateUserOnly: false },
    lambdaConfig: { preSignUp: "f" },
  }),
  userPoolAuthorizer("gate", ["users"], { identityValidationExpression: ".*" }, "customers"),
  authorizedBy(
    "gate",
    method("lookup", "GET", { authorization: "COGNITO_USER_POOLS", authorizationScopes: [] }, "customers"),
  ),
];

export const rows: readonly UnknownRow[] = [
  {
    situation: "a route without scopes",
    resources: [
      route("lookup", "GET /customers", {
        authorizationType: "JWT",
        authorizerId: "abc",
        authorizationScopes: [],
      }),
    ],
    on: "lookup",
    reported: "advisory",
  },
  { situation: "a method without scopes", resources: behindUsers, on: "lookup", reported: "advisory" },
  { situation: "its authorizer", resources: behindUsers, on: "gate", reported: "advisory" },
  { situation: "its user pool", resources: behindUsers, on: "users", reported: "advisory" },
];
