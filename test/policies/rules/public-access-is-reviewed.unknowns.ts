import { day, declaration, method, publicAccess, restApi, restResource, route, under } from "../resources";
import type { UnknownRow } from "../unknown-row";

const wrongPath = [
  restApi("customers"),
  restResource("path", "customers", "customers"),
  publicAccess("open", ["GET /health"]),
  under("open", method("lookup", "GET", { authorization: "NONE" }, "path")),
];

export const rows: readonly UnknownRow[] = [
  {
    situation: "an expired declaration",
    resources: [
      publicAccess("open", ["GET /health"], { reviewBy: day(-1) }),
      under("open", route("health", "GET /health")),
    ],
    on: "open",
  },
  {
    situation: "a declaration that counts",
    resources: [publicAccess("open", ["GET /health"]), under("open", route("health", "GET /health"))],
    on: "open",
    reported: "silent",
    caseMatters: ["routes"],
  },
  {
    situation: "a component's list that counts",
    resources: [
      {
        type: "api-guardrails:index:SecureHttpApi",
        name: "customers",
        properties: { publicAccess: [declaration(["GET /health"])] },
      },
      under("customers", route("health", "GET /health")),
    ],
    on: "customers",
    reported: "silent",
  },
  {
    situation: "an expired declaration of a component that denies everybody",
    resources: [
      {
        type: "api-guardrails:index:SecureHttpApi",
        name: "customers",
        properties: {
          publicAccess: [declaration(["GET /health"], { reviewBy: day(-1) })],
          lockdown: "deny",
        },
      },
      under("customers", route("health", "GET /health", { authorizationType: "AWS_IAM" })),
    ],
    on: "customers",
    reported: "advisory",
    endsWithout: ["publicAccess"],
  },
  { situation: "a method at another path than the declared", resources: wrongPath, on: "lookup" },
  { situation: "the resource at another path than the declared", resources: wrongPath, on: "path" },
];
