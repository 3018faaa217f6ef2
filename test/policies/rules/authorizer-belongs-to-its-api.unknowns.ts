import type { Given } from "../analyze";
import {
  administratorsOnly,
  authorizedBy,
  jwtAuthorizer,
  methodOf,
  restAuthorizer,
  userPool,
  userPoolAuthorizer,
} from "../authorizer-resources";
import { httpApi, method, restApi, route } from "../resources";
import type { UnknownRow } from "../unknown-row";

const own = (given: Given) => ({ ...given, name: "own" });
const customMethod = methodOf("customers", method("lookup", "GET", { authorization: "CUSTOM" }));
const foreignMethod = [
  restApi("customers"),
  restApi("partners"),
  restAuthorizer("gate", {}, "customers"),
  authorizedBy("gate", own(customMethod)),
  authorizedBy("gate", methodOf("partners", customMethod)),
];
const jwtRoute = (name: string, api: string) =>
  authorizedBy(
    "tokens",
    route(name, "GET /customers", { authorizationType: "JWT", authorizationScopes: ["customers/read"] }, api),
  );
const foreignRoute = [
  httpApi("customers"),
  httpApi("partners"),
  jwtAuthorizer("tokens", {}, "customers"),
  jwtRoute("own", "customers"),
  jwtRoute("lookup", "partners"),
];
const unequalUsers = [
  restApi("customers"),
  userPool("staff", administratorsOnly),
  userPool("shoppers", { adminCreateUserConfig: { allowAdminCreateUserOnly: false } }),
  userPoolAuthorizer("users", ["staff", "shoppers"], {}, "customers"),
  authorizedBy(
    "users",
    methodOf("customers", method("lookup", "GET", { authorization: "COGNITO_USER_POOLS" })),
  ),
];

export const rows: readonly UnknownRow[] = [
  ...["lookup", "gate"].map((on) => ({
    situation: `a method with another API's authorizer: ${on}`,
    resources: foreignMethod,
    on,
  })),
  ...["lookup", "tokens", "partners"].map((on) => ({
    situation: `a route with another API's authorizer: ${on}`,
    resources: foreignRoute,
    on,
  })),
  {
    situation: "an authorizer that nothing names",
    resources: [
      restApi("customers"),
      restAuthorizer("gate", {}, "customers"),
      methodOf("customers", method("lookup", "GET", { authorization: "AWS_IAM" })),
    ],
    on: "gate",
    reported: "advisory",
  },
  ...["users", "staff", "shoppers", "lookup"].map((on) => ({
    situation: `pools that are not alike: ${on}`,
    resources: unequalUsers,
    on,
    reported: "advisory" as const,
  })),
];
