import { describe, expect, test } from "vitest";
import { compare, diff, type FailOn, rowOf } from "../../../review/src/diff";
import { type Given, today, UNKNOWN } from "../../policies/analyze";
import {
  authorizedBy,
  httpLambdaAuthorizer,
  jwtAuthorizer,
  userPool,
  userPoolClient,
} from "../../policies/authorizer-resources";
import { apiMapping, domainName } from "../../policies/bypass-resources";
import { inventoryFrom } from "../../policies/inventory/given";
import {
  day,
  exemption,
  functionUrl,
  graphqlApi,
  httpApi,
  method,
  publicAccess,
  restApi,
  restResource,
  route,
  under,
} from "../../policies/resources";
import { logGroup, loggingTo, stage as restStage, stageV2 } from "../../policies/stage-resources";

type Resources = readonly (Given & { readonly aliases?: readonly string[] })[];

const jwt = { authorizationType: "JWT" };
const iam = { authorizationType: "AWS_IAM" };
const shop = httpApi("shop", { name: "shop" });
const people = jwtAuthorizer("people", {}, "shop");
const orders = (properties: object = {}, key = "GET /orders", name = "orders") =>
  route(name, key, properties, "shop");
const byPeople = (properties: object = {}) => authorizedBy("people", orders({ ...jwt, ...properties }));
const closed: Resources = [shop, people, byPeople()];
const trusting = (jwtConfiguration: object, dependencies: Record<string, string[]> = {}) => {
  const authorizer = jwtAuthorizer("people", { jwtConfiguration }, "shop");
  return { ...authorizer, dependencies: { ...authorizer.dependencies, ...dependencies } };
};
const issuer = "https://login.example.com";
const authorizedByFunction = (name: string, by: string, others: Resources = []): Resources => {
  const authorizer = httpLambdaAuthorizer(name, {}, "shop");
  return [
    shop,
    { type: "aws:lambda/function:Function", name: by },
    ...others,
    { ...authorizer, dependencies: { ...authorizer.dependencies, authorizerUri: [by] } },
    authorizedBy(name, orders({ authorizationType: "CUSTOM" })),
  ];
};
const live = (settings: object = {}) => stageV2("live", settings, "shop");
const daily = { quotaSettings: { limit: 1000, period: "DAY" } };
const usagePlan = (name: string, properties: object): Given => ({
  type: "aws:apigateway/usagePlan:UsagePlan",
  name,
  properties: { apiStages: [{ apiId: UNKNOWN, stage: "live" }], ...properties },
  dependencies: { apiStages: ["rest"] },
});
/** A REST API whose callers also send the key of a usage plan. */
const byKey = (plan: object, properties: object = {}): readonly Given[] => {
  const list = method(
    "list",
    "GET",
    { authorization: "AWS_IAM", apiKeyRequired: true, ...properties },
    "orders",
  );
  return [
    restApi("rest"),
    restResource("orders", "orders", "rest"),
    { ...list, dependencies: { ...list.dependencies, restApi: ["rest"] } },
    restStage("live", {}, "rest"),
    usagePlan("basic", plan),
  ];
};
const throttled = { defaultRouteSettings: { throttlingRateLimit: 100, throttlingBurstLimit: 50 } };
const logged = (days?: number): Resources => [
  logGroup("calls", days === undefined ? {} : { retentionInDays: days }),
  loggingTo("calls", live()),
];
const declared = (changed: object = {}): Resources => [
  publicAccess("health", ["GET /orders"], changed),
  under("health", orders()),
];
const settings = (changed: object = {}) => ({
  "exemption-is-current": {
    exemptions: [exemption("http-route-requires-authorization", "orders", changed)],
  },
});
const document = (operation: object) =>
  JSON.stringify({ openapi: "3.0.1", paths: { "/orders": { get: operation } } });
const signed = { "x-amazon-apigateway-auth": { type: "AWS_IAM" } };
const wildcard = { domainNameConfiguration: { certificateArn: UNKNOWN, endpointType: "REGIONAL" } };

const nothingBeside = { problems: [], unseen: [], notices: [] };

/** Each change in a line: its kind, its routes and what it says. */
interface Case {
  readonly situation: string;
  readonly before: Resources;
  readonly after: Resources;
  readonly settings?: { readonly before?: object; readonly after?: object };
  /** When the state after is looked at. By default, the tests' today. */
  readonly at?: string;
  readonly shows: readonly string[];
}

const cases: readonly Case[] = [
  // Nothing changed.
  { situation: "the same again", before: closed, after: closed, shows: [] },
  {
    situation: "resources in another order",
    before: [shop, people, byPeople()],
    after: [people, byPeople(), shop],
    shows: [],
  },
  {
    situation: "a route's resource under another name",
    before: [shop, people, byPeople()],
    after: [shop, people, authorizedBy("people", orders(jwt, "GET /orders", "list-orders"))],
    shows: [],
  },
  {
    situation: "a route moved into a component",
    before: [shop, people, byPeople()],
    after: [shop, people, { type: "app:index:Orders", name: "all" }, under("all", byPeople())],
    shows: [],
  },
  {
    situation: "an open route's resource under another name",
    before: [shop, orders()],
    after: [shop, orders({}, "GET /orders", "list-orders")],
    shows: [],
  },
  {
    situation: "an API under another name, with the same routes",
    before: [shop, orders(iam), orders(iam, "PUT /orders", "change")],
    after: [
      httpApi("store", { name: "store" }),
      route("orders", "GET /orders", iam, "store"),
      route("change", "PUT /orders", iam, "store"),
    ],
    shows: [],
  },
  {
    situation: "a function URL under another name, with its alias",
    before: [functionUrl("hook", { authorizationType: "AWS_IAM" })],
    after: [
      {
        ...functionUrl("callback", { authorizationType: "AWS_IAM" }),
        aliases: ["urn:pulumi:dev::customers::aws:lambda/functionUrl:FunctionUrl::hook"],
      },
    ],
    shows: [],
  },
  {
    situation: "a function URL under another name, with IAM as before",
    before: [functionUrl("hook", { authorizationType: "AWS_IAM" })],
    after: [functionUrl("callback", { authorizationType: "AWS_IAM" })],
    shows: [],
  },
  {
    situation: "a stage under another name",
    before: [shop, live({ name: "v1" }), orders(iam)],
    after: [shop, live({ name: "v2" }), orders(iam)],
    shows: [],
  },
  {
    situation: "an authorizer under another name, of the same issuer",
    before: closed,
    after: [shop, jwtAuthorizer("staff", {}, "shop"), authorizedBy("staff", orders(jwt))],
    shows: [],
  },
  {
    situation: "a Lambda authorizer under another name, by the same function",
    before: authorizedByFunction("check", "check-token"),
    after: authorizedByFunction("verify", "check-token"),
    shows: [],
  },
  {
    situation: "a user pool under another name, with its alias",
    before: [
      shop,
      userPool("users"),
      trusting({ issuer: UNKNOWN, audiences: ["a"] }, { jwtConfiguration: ["users"] }),
      byPeople(),
    ],
    after: [
      shop,
      {
        ...userPool("customers"),
        aliases: ["urn:pulumi:dev::customers::aws:cognito/userPool:UserPool::users"],
      },
      trusting({ issuer: UNKNOWN, audiences: ["a"] }, { jwtConfiguration: ["customers"] }),
      byPeople(),
    ],
    shows: [],
  },
  { situation: "an open route stays open", before: [shop, orders()], after: [shop, orders()], shows: [] },
  {
    situation: "a declared route stays declared",
    before: [shop, ...declared()],
    after: [shop, ...declared()],
    shows: [],
  },

  // Opened.
  {
    situation: "an authorizer is taken away",
    before: closed,
    after: [shop, people, orders()],
    shows: ["opened GET /orders: has authorizationType NONE"],
  },
  {
    situation: "a new route without authorization",
    before: closed,
    after: [...closed, orders({ authorizationType: "NONE" }, "GET /all", "all")],
    shows: ["opened GET /all: has authorizationType NONE"],
  },
  {
    situation: "a method beside one for all methods",
    before: [shop, orders(iam, "ANY /orders")],
    after: [shop, orders(iam, "ANY /orders"), orders({ authorizationType: "NONE" }, "GET /orders", "read")],
    shows: ["opened GET /orders: has authorizationType NONE"],
  },
  {
    situation: "an authenticated route goes, and an open one answers instead",
    before: [shop, orders({ authorizationType: "NONE" }, "$default", "rest"), orders(iam)],
    after: [shop, orders({ authorizationType: "NONE" }, "$default", "rest")],
    shows: ["opened GET /orders: is gone, so $default answers it, which has authorizationType NONE"],
  },
  {
    situation: "an authenticated route goes, and an open one with a greedy path answers instead",
    before: [
      shop,
      orders({ authorizationType: "NONE" }, "ANY /{proxy+}", "rest"),
      orders(iam, "GET /orders/{id}"),
    ],
    after: [shop, orders({ authorizationType: "NONE" }, "ANY /{proxy+}", "rest")],
    shows: [
      "opened GET /orders/{id}: is gone, so ANY /{proxy+} answers it, which has authorizationType NONE",
    ],
  },
  {
    situation: "a function URL without authorization",
    before: [functionUrl("hook", { authorizationType: "AWS_IAM" })],
    after: [functionUrl("hook", { authorizationType: "NONE" })],
    shows: ["opened $default: has authorizationType NONE"],
  },
  {
    situation: "another function URL in the place of one that was open",
    before: [functionUrl("hook", { authorizationType: "NONE" })],
    after: [functionUrl("other", { authorizationType: "NONE" })],
    shows: ["opened $default: has authorizationType NONE", "gone $default"],
  },
  {
    situation: "an operation of a document without security",
    before: [restApi("shop", { body: document(signed) })],
    after: [restApi("shop", { body: document({}) })],
    shows: ["opened GET /orders: has no security"],
  },
  {
    situation: "an API key instead of IAM",
    before: [graphqlApi("shop")],
    after: [graphqlApi("shop", { authenticationType: "API_KEY" })],
    shows: [
      "opened POST /graphql: has authenticationType API_KEY: a key identifies a client but authenticates nobody",
    ],
  },
  {
    situation: "the declaration is taken away, and the route stays open",
    before: [shop, ...declared()],
    after: [shop, orders()],
    shows: ["opened GET /orders: has authorizationType NONE; is declared no longer"],
  },
  {
    situation: "a new route whose callers may be anybody with a token of a shared issuer",
    before: [shop],
    after: [shop, trusting({ issuer: "https://accounts.google.com", audiences: [] }), byPeople()],
    shows: [
      expect.stringMatching(
        /^opened GET \/orders: lets in more callers than it should: it /,
      ) as unknown as string,
    ],
  },

  // Expired.
  {
    situation: "the review date of an exemption passes",
    before: [shop, orders()],
    after: [shop, orders()],
    settings: { before: settings({ reviewBy: day(10) }), after: settings({ reviewBy: day(10) }) },
    at: day(11),
    shows: [`expired GET /orders: has authorizationType NONE; was declared until ${day(10)}`],
  },

  // Weakened.
  {
    situation: "nobody can tell any more",
    before: closed,
    after: [shop, people, orders({ authorizationType: UNKNOWN })],
    shows: [
      "weakened GET /orders: has an authorizationType that is not known before the deployment: write it as a plain string",
    ],
  },
  {
    situation: "IAM becomes a JWT",
    before: [shop, people, orders(iam)],
    after: closed,
    shows: ["weakened GET /orders: asks for JWT, and asked for IAM"],
  },
  {
    situation: "a scope is dropped",
    before: [shop, people, byPeople({ authorizationScopes: ["orders/read"] })],
    after: closed,
    shows: ["weakened GET /orders: asks for no scope, and asked for orders/read"],
  },
  {
    situation: "one more scope will do",
    before: [shop, people, byPeople({ authorizationScopes: ["orders/read"] })],
    after: [shop, people, byPeople({ authorizationScopes: ["orders/read", "profile"] })],
    shows: ["weakened GET /orders: also takes the scope profile"],
  },
  {
    situation: "another issuer",
    before: closed,
    after: [shop, trusting({ issuer: "https://other.example.com", audiences: ["customers"] }), byPeople()],
    shows: ["weakened GET /orders: accepts tokens of another issuer (other.example.com)"],
  },
  {
    situation: "another user pool of the same region",
    before: [
      shop,
      trusting({ issuer: "https://cognito-idp.eu-west-1.amazonaws.com/a", audiences: ["x"] }),
      byPeople(),
    ],
    after: [
      shop,
      trusting({ issuer: "https://cognito-idp.eu-west-1.amazonaws.com/b", audiences: ["x"] }),
      byPeople(),
    ],
    shows: ["weakened GET /orders: accepts tokens of another issuer"],
  },
  {
    situation: "another user pool, whose issuer isn't known yet",
    before: [
      shop,
      userPool("staff"),
      trusting({ issuer: UNKNOWN, audiences: ["a"] }, { jwtConfiguration: ["staff"] }),
      byPeople(),
    ],
    after: [
      shop,
      userPool("anybody"),
      trusting({ issuer: UNKNOWN, audiences: ["a"] }, { jwtConfiguration: ["anybody"] }),
      byPeople(),
    ],
    shows: ['weakened GET /orders: trusts cognito.UserPool "anybody" now'],
  },
  {
    situation: "one more client of the user pool",
    before: [
      ...[shop, userPool("staff"), userPoolClient("web", "staff")],
      trusting({ issuer, audiences: [UNKNOWN] }, { jwtConfiguration: ["web"] }),
      byPeople(),
    ],
    after: [
      ...[shop, userPool("staff"), userPoolClient("web", "staff"), userPoolClient("app", "staff")],
      trusting({ issuer, audiences: [UNKNOWN, UNKNOWN] }, { jwtConfiguration: ["web", "app"] }),
      byPeople(),
    ],
    shows: ['weakened GET /orders: trusts cognito.UserPoolClient "app" now'],
  },
  {
    situation: "another audience",
    before: closed,
    after: [shop, trusting({ issuer, audiences: ["partners"] }), byPeople()],
    shows: ["weakened GET /orders: accepts tokens for 1 other audience"],
  },
  {
    situation: "another function behind the Lambda authorizer",
    before: authorizedByFunction("check", "check-token"),
    after: authorizedByFunction("check", "allow-all"),
    shows: ['weakened GET /orders: trusts lambda.Function "allow-all" now'],
  },
  {
    situation: "the throttle is taken away",
    before: [shop, live(throttled), orders(iam)],
    after: [shop, live(), orders(iam)],
    shows: ["weakened GET /orders: has no throttle any more"],
  },
  {
    situation: "the quota of each usage plan is taken away",
    before: byKey(daily),
    after: byKey({}),
    shows: ["weakened GET /orders: has no quota for every caller any more"],
  },
  {
    situation: "a second usage plan, which has no quota",
    before: byKey(daily),
    after: [...byKey(daily), usagePlan("gold", {})],
    shows: ["weakened GET /orders: has no quota for every caller any more"],
  },
  {
    situation: "callers need no API key any more, so no quota applies to them",
    before: byKey(daily),
    after: byKey(daily, { apiKeyRequired: false }),
    shows: ["weakened GET /orders: has no quota for every caller any more"],
  },
  {
    situation: "a quota for every caller",
    before: byKey({}),
    after: byKey(daily),
    shows: ["strengthened GET /orders: has a quota for every caller"],
  },
  {
    situation: "a quota that limited only some callers, one that is raised, and one that isn't known",
    before: [...byKey(daily), usagePlan("gold", {})],
    after: [...byKey({ quotaSettings: UNKNOWN }), usagePlan("gold", {})],
    shows: [],
  },
  {
    situation: "a quota that is raised",
    before: byKey(daily),
    after: byKey({ quotaSettings: { limit: 1_000_000, period: "DAY" } }),
    shows: [],
  },
  {
    situation: "the access log is taken away, for all routes of a stage",
    before: [shop, ...logged(), orders(iam), orders(jwt, "PUT /orders", "change")],
    after: [shop, live(), orders(iam), orders(jwt, "PUT /orders", "change")],
    shows: ["weakened all 2 routes: is in no access log any more"],
  },
  {
    situation: "the access log is kept for a shorter time",
    before: [shop, ...logged(365), orders(iam)],
    after: [shop, ...logged(30), orders(iam)],
    shows: ["weakened GET /orders: is in an access log that is kept 30 days, and was kept 365 days"],
  },
  {
    situation: "an access log that was kept for ever",
    before: [shop, ...logged(), orders(iam)],
    after: [shop, ...logged(30), orders(iam)],
    shows: ["weakened GET /orders: is in an access log that is kept 30 days, and was kept for ever"],
  },
  {
    situation: "the default endpoint answers beside the custom domain",
    before: [
      httpApi("shop", { name: "shop", disableExecuteApiEndpoint: true }),
      ...[domainName("api.example.com", wildcard), apiMapping("all", "shop", "api.example.com"), orders(iam)],
    ],
    after: [
      shop,
      domainName("api.example.com", wildcard),
      apiMapping("all", "shop", "api.example.com"),
      orders(iam),
    ],
    shows: ["weakened GET /orders: answers at the default endpoint too, beside the custom domain"],
  },

  // Declared.
  {
    situation: "an open route is declared",
    before: [shop, orders()],
    after: [shop, ...declared()],
    shows: ["declared GET /orders: has authorizationType NONE"],
  },
  {
    situation: "a new route is declared",
    before: [shop],
    after: [shop, ...declared()],
    shows: ["declared GET /orders: has authorizationType NONE"],
  },
  {
    situation: "an authenticated route is opened, and exempted",
    before: [shop, orders(iam)],
    after: [shop, orders()],
    settings: { after: settings() },
    shows: ["declared GET /orders: has authorizationType NONE"],
  },
  {
    situation: "a declaration is prolonged",
    before: [shop, ...declared({ reviewBy: day(10) })],
    after: [shop, ...declared({ reviewBy: day(80) })],
    shows: ["declared GET /orders: has authorizationType NONE"],
  },

  // New, strengthened, closed, gone.
  {
    situation: "a new route with authorization",
    before: [shop, people],
    after: closed,
    shows: ["new GET /orders"],
  },
  {
    situation: "a method of a route that was open for all of them",
    before: [shop, orders({ authorizationType: "NONE" }, "ANY /orders")],
    after: [shop, orders({ authorizationType: "NONE" }, "GET /orders")],
    shows: [
      "new GET /orders: has authorizationType NONE; was as open before, by ANY /orders",
      "gone ANY /orders",
    ],
  },
  {
    situation: "a scope is asked for",
    before: closed,
    after: [shop, people, byPeople({ authorizationScopes: ["orders/read"] })],
    shows: ["strengthened GET /orders: asks for the scope orders/read"],
  },
  {
    situation: "an access log, a throttle",
    before: [shop, live(), orders(iam)],
    after: [shop, logGroup("calls"), loggingTo("calls", live(throttled)), orders(iam)],
    shows: ["strengthened GET /orders: has a throttle; is in an access log"],
  },
  {
    situation: "an open route is closed",
    before: [shop, people, orders()],
    after: closed,
    shows: ["closed GET /orders"],
  },
  {
    situation: "a route is taken away",
    before: closed,
    after: [shop, people],
    shows: ["gone GET /orders"],
  },
];

function changes({ before, after, settings: of = {}, at = today }: Case) {
  const rows = (resources: Resources, configuration: object | undefined, date: string) =>
    inventoryFrom(resources, { settings: { ...configuration }, today: new Date(date) }).rows;
  return compare(rows(before, of.before, today), rows(after, of.after, at), at.slice(0, 10)).map(
    ({ kind, says, routes, isWholeStage }) => {
      const names = routes.map((one) => {
        const { method, path, name } = rowOf(one);
        return [method, path].filter((part) => part !== null).join(" ") || `"${name}"`;
      });
      const which = isWholeStage ? `all ${routes.length} routes` : names.join(", ");
      return `${kind} ${which}${says.length > 0 ? `: ${says.join("; ")}` : ""}`;
    },
  );
}

describe("what changed in who may call", () => {
  test.each(cases)("$situation", (one) => {
    expect(changes(one)).toEqual(one.shows);
  });
});

describe("the exit code", () => {
  const inventoryOf = (resources: Resources) => ({
    sources: [
      { ...{ name: ".", kind: "program" as const, project: "customers", stack: "dev" }, ...nothingBeside },
    ],
    rows: inventoryFrom(resources).rows,
    exitCode: 0 as const,
  });
  const codeOf = (after: Resources, failOn: FailOn) =>
    diff(
      { name: "a", inventory: inventoryOf(closed) },
      { name: "b", inventory: inventoryOf(after) },
      { failOn, today: today.slice(0, 10) },
    ).exitCode;
  test.each<[after: string, Resources, codes: readonly [weakened: number, opened: number, nothing: number]]>([
    ["the same", closed, [0, 0, 0]],
    ["gone", [shop, people], [0, 0, 0]],
    ["declared", [shop, people, ...declared()], [0, 0, 0]],
    ["weakened", [shop, people, orders(iam)], [1, 0, 0]],
    ["opened", [shop, people, orders()], [1, 1, 0]],
  ])("%s", (_after, resources, codes) => {
    expect((["weakened", "opened", "nothing"] as const).map((failOn) => codeOf(resources, failOn))).toEqual(
      codes,
    );
  });
});
