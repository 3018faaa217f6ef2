import { describe, expect, test } from "vitest";
import { judgeOpenApi, noSurroundings } from "../../../policies/src/endpoints/api-gateway/document";
import { readOpenApi } from "../../../policies/src/reading/text/open-api";
import { UNKNOWN } from "../../unknown";

type Surface = Parameters<typeof judgeOpenApi>[1];
type Surroundings = Parameters<typeof judgeOpenApi>[2];
type Part = Readonly<Record<string, unknown>>;

/** How API Gateway imports a document: each operation as `METHOD /path verdict`, with `?` where a part that isn't known decides. */
function judged(
  document: Part,
  surface: Surface,
  surroundings: Partial<Surroundings> = {},
): readonly string[] {
  const openApi = readOpenApi({ openapi: "3.0.1", ...document });
  const all = judgeOpenApi(openApi, surface, { ...noSurroundings, ...surroundings });
  if (all.kind !== "read") return [all.kind];
  return all.operations.map(
    ({ route, authentication, isUnknown }) =>
      `${route ?? "(a path that isn't known)"} ${authentication.verdict}${isUnknown ? "?" : ""}`,
  );
}

// A template's placeholder, which nothing filled in.
const leftOver = "$".concat("{Partition}");
const rest = "x-amazon-apigateway-authorizer";
const lambda = {
  type: "token",
  authorizerUri: "arn:aws:apigateway:eu-west-1:lambda:path/functions/a/invocations",
};
const scheme = (changed: Part) => ({ type: "apiKey", name: "Authorization", in: "header", ...changed });
const schemes: Part = {
  lambda: scheme({ "x-amazon-apigateway-authtype": "custom", [rest]: lambda }),
  oauth: scheme({ type: "oauth2", [rest]: lambda }),
  http: scheme({ type: "http", [rest]: { ...lambda, type: "request" } }),
  jwt: scheme({
    type: "oauth2",
    [rest]: { type: "jwt", jwtConfiguration: { issuer: "https://a.example.com" } },
  }),
  restJwt: scheme({
    type: "oauth2",
    [rest]: { type: "jwt", jwtConfiguration: { issuers: ["https://a.example.com"] } },
  }),
  restJwtNotKnown: scheme({ type: "oauth2", [rest]: { type: UNKNOWN, jwtConfiguration: UNKNOWN } }),
  jwtIssuersNotKnown: scheme({ type: "oauth2", [rest]: { type: "jwt", jwtConfiguration: UNKNOWN } }),
  issuersAlone: scheme({ type: "oauth2", [rest]: { type: "request", jwtConfiguration: { issuers: [] } } }),
  iam: scheme({ "x-amazon-apigateway-authtype": "awsSigv4" }),
  iamOfHttp: scheme({ type: "http", "x-amazon-apigateway-authtype": "awsSigv4" }),
  noAuthType: scheme({ "x-amazon-apigateway-authtype": "" }),
  key: scheme({ name: "X-Api-Key" }),
  keyElsewhere: scheme({ name: "X-Key" }),
  keyWithoutName: scheme({ name: undefined }),
  noKey: scheme({ type: "http", name: "x-api-key" }),
  documentation: { type: "http", scheme: "bearer" },
  notKnown: UNKNOWN,
  authorizerNotKnown: scheme({ [rest]: UNKNOWN }),
  authTypeNotKnown: scheme({ "x-amazon-apigateway-authtype": UNKNOWN }),
  typeNotKnown: scheme({ type: UNKNOWN, [rest]: lambda }),
  ofHttpNotKnown: scheme({ [rest]: { ...lambda, type: UNKNOWN } }),
  token: scheme({ [rest]: lambda }),
  placeholder: scheme({ [rest]: { ...lambda, authorizerUri: `arn:${leftOver}:lambda` } }),
  reference: scheme({ [rest]: { ...lambda, authorizerUri: { "Fn::Sub": "arn" } } }),
  parameter: scheme({ [rest]: { ...lambda, providerARNs: [{ Ref: "Pool" }] } }),
  referee: scheme({ [rest]: { ...lambda, authorizerUri: { Referee: "a" } } }),
  preFn: scheme({ [rest]: { ...lambda, authorizerUri: { "a-Fn::Sub": "a" } } }),
  deep: scheme({ [rest]: { type: "request", jwtConfiguration: { issuer: { "Fn::GetAtt": "a" } } } }),
  placeholderElsewhere: scheme({ [rest]: { ...lambda, identitySource: leftOver } }),
};

describe("an operation, by what it asks for", () => {
  const operation = (said: Part, surface: Surface, surroundings?: Partial<Surroundings>, root: Part = {}) =>
    judged(
      { paths: { "/a": { get: said } }, components: { securitySchemes: schemes }, ...root },
      surface,
      surroundings,
    ).map((each) => each.replace("GET /a ", ""));
  const naming = (...names: readonly string[]) => ({ security: names.map((name) => ({ [name]: [] })) });
  const auth = (type: unknown) => ({ "x-amazon-apigateway-auth": type });

  const cases: readonly (readonly [what: string, said: Part, onRest: string, onHttp: string])[] = [
    ["nothing", {}, "open", "open"],
    ["an empty list", { security: [] }, "open", "open"],
    ["an empty requirement", { security: [{}] }, "open", "open"],
    ["an empty requirement beside another", { security: [{ lambda: [] }, {}] }, "open", "open"],
    ["security that isn't known", { security: UNKNOWN }, "undetermined?", "undetermined?"],
    ["a requirement that isn't known", { security: [UNKNOWN] }, "undetermined?", "undetermined?"],
    [
      "one that isn't known beside a key",
      { security: [{ key: [] }, UNKNOWN] },
      "undetermined?",
      "undetermined?",
    ],
    [
      "one that isn't known beside an authorizer",
      { security: [UNKNOWN, { lambda: [] }] },
      "authenticated",
      "undetermined?",
    ],
    ["the type NONE", auth({ type: "NONE" }), "open", "open"],
    [
      "the type none, beside an authorizer",
      { ...auth({ type: " none " }), ...naming("lambda") },
      "open",
      "open",
    ],
    ["the type AWS_IAM", auth({ type: "aws_iam" }), "authenticated", "authenticated"],
    ["a blank type, beside an authorizer", { ...auth({ type: " " }), ...naming("lambda") }, "open", "open"],
    ["a type that is a number", { ...auth({ type: 1 }), ...naming("lambda") }, "open", "open"],
    ["an extension without a type", { ...auth({}), ...naming("lambda") }, "open", "open"],
    ["an extension that is a text", { ...auth("NONE"), ...naming("lambda") }, "open", "open"],
    ["a type that isn't known", auth({ type: UNKNOWN }), "undetermined?", "undetermined?"],
    ["an extension that isn't known", auth(UNKNOWN), "undetermined?", "undetermined?"],
    ["another type and no scheme", auth({ type: "CUSTOM" }), "open", "open"],
    [
      "another type and an authorizer",
      { ...auth({ type: "CUSTOM" }), ...naming("lambda") },
      "authenticated",
      "undetermined",
    ],
    ["a Lambda authorizer of REST APIs", naming("lambda"), "authenticated", "undetermined"],
    ["one in a scheme that isn't an apiKey", naming("oauth"), "undetermined", "undetermined"],
    ["a Lambda authorizer of HTTP APIs", naming("http"), "undetermined", "authenticated"],
    ["a JWT authorizer of HTTP APIs", naming("jwt"), "undetermined", "authenticated"],
    ["a JWT authorizer of REST APIs", naming("restJwt"), "authenticated", "authenticated"],
    [
      "a JWT authorizer whose configuration isn't known",
      naming("jwtIssuersNotKnown"),
      "authenticated",
      "authenticated",
    ],
    ["an authorizer of which nothing is known", naming("restJwtNotKnown"), "authenticated", "undetermined?"],
    ["issuers of an authorizer that is no JWT's", naming("issuersAlone"), "undetermined", "authenticated"],
    ["IAM", naming("iam"), "authenticated", "authenticated"],
    ["IAM in a scheme that isn't an apiKey", naming("iamOfHttp"), "open", "open"],
    ["an empty authtype", naming("noAuthType"), "open", "open"],
    ["an API key", naming("key"), "key-only", "open"],
    ["a header that isn't the key's", naming("keyElsewhere"), "open", "open"],
    ["a key without a header", naming("keyWithoutName"), "open", "open"],
    ["a scheme that isn't an apiKey, with the key's header", naming("noKey"), "open", "open"],
    ["a key and an authorizer", naming("key", "lambda"), "authenticated", "undetermined"],
    ["an authorizer and a key", naming("lambda", "key"), "authenticated", "undetermined"],
    ["a key and documentation", naming("documentation", "key"), "key-only", "open"],
    ["documentation", naming("documentation"), "open", "open"],
    ["a scheme that isn't defined", naming("missing"), "open", "open"],
    ["a scheme that isn't known", naming("notKnown"), "undetermined?", "undetermined?"],
    ["a scheme that isn't known beside a key", naming("key", "notKnown"), "undetermined?", "undetermined?"],
    [
      "a scheme that isn't known beside documentation",
      naming("documentation", "notKnown"),
      "undetermined?",
      "undetermined?",
    ],
    ["an authorizer that isn't known", naming("authorizerNotKnown"), "undetermined?", "undetermined?"],
    ["an authtype that isn't known", naming("authTypeNotKnown"), "undetermined?", "undetermined?"],
    ["a scheme whose type isn't known", naming("typeNotKnown"), "undetermined?", "undetermined"],
    ["an authorizer whose type isn't known", naming("ofHttpNotKnown"), "authenticated", "undetermined?"],
    ["a placeholder in the authorizer", naming("placeholder"), "undetermined", "undetermined"],
    ["a function of CloudFormation in the authorizer", naming("reference"), "undetermined", "undetermined"],
    ["a parameter of CloudFormation in the authorizer", naming("parameter"), "undetermined", "undetermined"],
    ["a function of CloudFormation within", naming("deep"), "undetermined", "undetermined"],
    ["a name that only begins as a parameter does", naming("referee"), "authenticated", "undetermined"],
    ["a name that only ends as a function does", naming("preFn"), "authenticated", "undetermined"],
    [
      "a placeholder where it decides nothing",
      naming("placeholderElsewhere"),
      "authenticated",
      "undetermined",
    ],
    ["an authorizer that is doubtful, and a key", naming("key", "oauth"), "undetermined", "undetermined"],
  ];

  test.each(cases)("%s", (_what, said, onRest, onHttp) => {
    expect([operation(said, "rest"), operation(said, "http")]).toEqual([[onRest], [onHttp]]);
  });

  test("who refuses warnings refuses an authorizer that would be imported with one", () => {
    const refusing = { failsOnWarnings: true };
    expect(operation(naming("oauth"), "rest", refusing)).toEqual(["authenticated"]);
    expect(operation(naming("lambda"), "http", refusing)).toEqual(["authenticated"]);
    expect(operation(naming("placeholder"), "rest", refusing)).toEqual(["undetermined"]);
    expect(operation(naming("documentation"), "rest", refusing)).toEqual(["open"]);
    expect(operation(naming("notKnown"), "rest", refusing)).toEqual(["undetermined?"]);
  });

  test.each<readonly [what: string, security: unknown, said: Part, onRest: string, onHttp: string]>([
    ["none", undefined, {}, "open", "open"],
    ["of the root", [{ lambda: [] }], {}, "open", "undetermined"],
    ["of the root, which isn't known", UNKNOWN, {}, "open", "undetermined"],
    ["an empty list at the root", [], {}, "open", "open"],
    ["of the root, and an empty list of its own", [{ lambda: [] }], { security: [] }, "open", "open"],
  ])("security %s", (_what, security, said, onRest, onHttp) => {
    const root = security === undefined ? {} : { security };
    expect([operation(said, "rest", {}, root), operation(said, "http", {}, root)]).toEqual([
      [onRest],
      [onHttp],
    ]);
  });

  test("only a private network reaches what is open, or asks for a key; what isn't known stays so", () => {
    const isPrivate = { isPrivate: true };
    expect(operation({}, "rest", isPrivate)).toEqual(["restricted"]);
    expect(operation(naming("key"), "rest", isPrivate)).toEqual(["restricted"]);
    expect(operation(naming("lambda"), "rest", isPrivate)).toEqual(["authenticated"]);
    expect(operation(naming("notKnown"), "rest", isPrivate)).toEqual(["undetermined?"]);
  });
});

describe("whether callers also have to send an API key", () => {
  const asks = (security: unknown) => {
    const document = {
      openapi: "3.0.1",
      paths: { "/a": { get: { security } } },
      components: { securitySchemes: schemes },
    };
    const all = judgeOpenApi(readOpenApi(document), "rest", noSurroundings);
    return all.kind === "read" ? all.operations[0]?.asksForKey : all.kind;
  };
  const no = { kind: "known", value: false };
  const yes = { kind: "known", value: true };
  const notKnown = { kind: "unknown" };

  test.each<readonly [what: string, security: unknown, asked: object]>([
    ["nothing", undefined, { kind: "absent" }],
    ["an authorizer", [{ lambda: [] }], no],
    ["a key and an authorizer", [{ lambda: [], key: [] }], yes],
    ["a key, and one that isn't known", [{ key: [] }, UNKNOWN], yes],
    ["an authorizer, and one that isn't known", [{ lambda: [] }, UNKNOWN], notKnown],
    ["an authorizer, and a scheme that isn't known", [{ lambda: [], notKnown: [] }], notKnown],
    ["security that isn't known", UNKNOWN, notKnown],
  ])("%s", (_what, security, asked) => {
    expect(asks(security)).toEqual(asked);
  });
});

describe("an OPTIONS operation", () => {
  const integration = (type: unknown) => ({ "x-amazon-apigateway-integration": { type } });
  const backend = integration("aws_proxy");
  const of = (paths: Part, surface: Surface, surroundings: Partial<Surroundings> = {}, root: Part = {}) =>
    judged({ paths, components: { securitySchemes: schemes }, ...root }, surface, surroundings).filter(
      (each) => each.startsWith("OPTIONS"),
    );
  const closed = { security: [{ iam: [] }] };

  test.each<readonly [what: string, said: Part, verdict: string]>([
    ["without an integration", {}, "preflight"],
    ["with a mock", integration("MOCK"), "preflight"],
    ["with a mock, spelled otherwise", integration(" mock "), "preflight"],
    ["with a backend", backend, "backend-preflight"],
    ["with an integration without a type", { "x-amazon-apigateway-integration": {} }, "backend-preflight"],
    [
      "with an integration that is a text",
      { "x-amazon-apigateway-integration": "mock" },
      "backend-preflight",
    ],
    [
      "with an integration that isn't known",
      { "x-amazon-apigateway-integration": UNKNOWN },
      "backend-preflight",
    ],
    ["with a type that is a number", integration(1), "backend-preflight"],
    ["with a type that isn't known", integration(UNKNOWN), "backend-preflight"],
    ["that asks for IAM, with a mock", { ...integration("mock"), ...closed }, "authenticated"],
    ["that asks for IAM", { ...backend, ...closed }, "authenticated"],
    ["whose security isn't known, with a mock", { ...integration("mock"), security: UNKNOWN }, "preflight"],
    ["whose security isn't known", { ...backend, security: UNKNOWN }, "backend-preflight?"],
  ])("%s", (_what, said, verdict) => {
    expect(of({ "/a": { options: said } }, "rest")).toEqual([`OPTIONS /a ${verdict}`]);
  });

  const any = "x-amazon-apigateway-any-method";
  test.each<readonly [what: string, beside: Part, onHttp: string]>([
    ["nothing", {}, "backend-preflight"],
    ["an authorized $default", { $default: { [any]: closed } }, "preflight"],
    ["an open $default", { $default: { [any]: {} } }, "backend-preflight"],
    ["a $default that isn't known", { $default: { [any]: { security: UNKNOWN } } }, "backend-preflight"],
    ["an authorized /{proxy+}", { "/{proxy+}": { [any]: closed } }, "preflight"],
    ["an open /{proxy+}", { "/{proxy+}": { [any]: {} } }, "backend-preflight"],
    ["another authorized path", { "/b": { [any]: closed } }, "backend-preflight"],
    ["an authorized GET", { "/{proxy+}": { get: closed } }, "backend-preflight"],
  ])("of an HTTP API, beside %s", (_what, beside, onHttp) => {
    const paths = { "/a": { options: backend }, ...beside };
    expect(of(paths, "http")).toEqual([`OPTIONS /a ${onHttp}`]);
    // API Gateway exempts no preflight of a REST API.
    expect(of(paths, "rest")).toEqual(["OPTIONS /a backend-preflight"]);
  });

  test("the CORS settings of an HTTP API answer preflights, and nothing else", () => {
    const because = (surface: Surface, surroundings: Partial<Surroundings>, root: Part = {}) => {
      const openApi = readOpenApi({ openapi: "3.0.1", paths: { "/a": { options: backend } }, ...root });
      const all = judgeOpenApi(openApi, surface, { ...noSurroundings, ...surroundings });
      return all.kind === "read" ? all.operations.map(({ authentication }) => authentication.because) : [];
    };
    const answers = ["has no security and reaches a backend: the CORS settings answer preflights only"];
    expect(because("http", { hasCors: true })).toEqual(answers);
    expect(because("http", {}, { "x-amazon-apigateway-cors": {} })).toEqual(answers);
    expect(because("http", {}, { "x-amazon-apigateway-cors": UNKNOWN })).toEqual(answers);
    expect(because("http", {})).toEqual(["has no security and reaches a backend"]);
    expect(because("rest", { hasCors: true })).toEqual(["has no security and reaches a backend"]);
  });
});

describe("a route's name", () => {
  const any = "x-amazon-apigateway-any-method";
  const of = (path: string, surface: Surface, surroundings: Partial<Surroundings> = {}, root: Part = {}) =>
    judged(
      { openapi: undefined, swagger: "2.0", paths: { [path]: { [any]: {} } }, ...root },
      surface,
      surroundings,
    ).map((each) => each.replace(" open", ""));
  const based = { basePath: "/v1/customers" };

  test("the default route of an HTTP API", () => {
    const named = (path: string, surface: Surface, said: Part) =>
      judged({ paths: { [path]: { [any]: said } } }, surface);
    expect(named("$default", "http", {})).toEqual(["$default open"]);
    expect(named("/$default", "http", { isDefaultRoute: true })).toEqual(["$default open"]);
    expect(named("/$default", "http", {})).toEqual(["ANY /$default open"]);
    expect(named("/$default", "http", { isDefaultRoute: UNKNOWN })).toEqual(["ANY /$default open"]);
    expect(named("/a", "http", { isDefaultRoute: true })).toEqual(["ANY /a open"]);
    expect(named("/$default", "rest", { isDefaultRoute: true })).toEqual(["ANY /$default open"]);
  });

  test.each<readonly [mode: Surroundings["basePathMode"], root: Part, path: string, route: string]>([
    ["ignore", based, "/a", "ANY /a"],
    ["prepend", based, "/a", "ANY /v1/customers/a"],
    ["prepend", based, "/", "ANY /v1/customers"],
    ["prepend", {}, "/", "ANY /"],
    ["prepend", { basePath: "/" }, "/a", "ANY /a"],
    ["split", based, "/a", "ANY /customers/a"],
    ["split", { basePath: "/v1" }, "/a", "ANY /a"],
    ["split", { basePath: "/v1" }, "/", "ANY /"],
    ["prepend", { basePath: UNKNOWN }, "/a", "(a path that isn't known)"],
    ["split", { basePath: UNKNOWN }, "/a", "(a path that isn't known)"],
    ["ignore", { basePath: UNKNOWN }, "/a", "ANY /a"],
    ["unknown", based, "/a", "(a path that isn't known)"],
  ])("with the base path to %s, of %j: %s", (basePathMode, root, path, route) => {
    expect(of(path, "rest", { basePathMode }, root)).toEqual([route]);
  });
});
