import { describe, expect, test } from "vitest";
import {
  documentEndpoints,
  documentedEndpoints,
  documentOf,
  judgeOpenApi,
  noSurroundings,
} from "../../../policies/src/endpoints/api-gateway/document";
import { readOpenApi } from "../../../policies/src/reading/text/open-api";
import { type Resource, resource, stackOf } from "../../../policies/src/stack";
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
  halfReference: scheme({ [rest]: { ...lambda, authorizerUri: { "Fn::Sub": "arn", Delimiter: "" } } }),
  halfDeep: scheme({ [rest]: { ...lambda, providerARNs: { pools: [{ Ref: "Pool" }], of: "a" } } }),
  withoutType: scheme({ [rest]: { authorizerUri: "arn" } }),
  customAlone: scheme({ "x-amazon-apigateway-authtype": "custom" }),
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
    ["a function of CloudFormation beside others", naming("halfReference"), "undetermined", "undetermined"],
    ["a parameter of CloudFormation beside others", naming("halfDeep"), "undetermined", "undetermined"],
    ["an authorizer without a type", naming("withoutType"), "authenticated", "authenticated"],
    // API Gateway doesn't create the method.
    [
      "an authtype that is no IAM, and no authorizer",
      naming("customAlone"),
      "authenticated",
      "authenticated",
    ],
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

test("only a signature is one of IAM", () => {
  const isIam = (said: Part) => {
    const document = {
      openapi: "3.0.1",
      paths: { "/a": { get: said } },
      components: { securitySchemes: schemes },
    };
    const all = judgeOpenApi(readOpenApi(document), "rest", noSurroundings);
    return all.kind === "read" && all.operations[0]?.authentication.isIam;
  };
  expect(isIam({ "x-amazon-apigateway-auth": { type: "AWS_IAM" } })).toBe(true);
  expect(isIam({ security: [{ iam: [] }] })).toBe(true);
  expect(isIam({ security: [{ customAlone: [] }] })).toBe(false);
  expect(isIam({ security: [{ lambda: [] }] })).toBeFalsy();
});

test.each<readonly [said: Part, because: string]>([
  [
    { "x-amazon-apigateway-auth": UNKNOWN },
    "has an x-amazon-apigateway-auth that is not known before the deployment",
  ],
  [{ security: UNKNOWN }, "has a security that is not known before the deployment"],
  [{ security: [UNKNOWN] }, "has a security that is not known before the deployment"],
  [
    { security: [{ missing: [] }] },
    'names the security scheme "missing", which the document doesn\'t define',
  ],
  [{ security: [{}] }, "has an empty security requirement, which lets anyone in"],
])("it says why: %j", (said, because) => {
  const all = judgeOpenApi(
    readOpenApi({ openapi: "3.0.1", paths: { "/a": { get: said } } }),
    "rest",
    noSurroundings,
  );
  expect(all).toMatchObject({ operations: [{ authentication: { because } }] });
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

describe("the document of a resource", () => {
  const types = {
    rest: "aws:apigateway/restApi:RestApi",
    put: "aws:apigateway/restApiPut:RestApiPut",
    http: "aws:apigatewayv2/api:Api",
    other: "aws:sqs/queue:Queue",
  };
  const of = (
    kind: keyof typeof types,
    properties: Part,
    source: "inputs" | "outputs" = "inputs",
  ): Resource =>
    resource({
      urn: `urn:pulumi:dev::customers::${types[kind]}::one`,
      type: types[kind],
      properties,
      source,
    });
  const read = (given: Resource): readonly string[] => {
    const document = documentOf(given);
    if (document?.kind !== "read") return [document?.kind ?? "none"];
    return document.operations.map(
      ({ route, authentication }) => `${route ?? "?"} ${authentication.verdict}`,
    );
  };
  const document = (said: Part, root: Part = {}): Part => ({
    openapi: "3.0.1",
    paths: { "/a": said },
    components: { securitySchemes: schemes },
    ...root,
  });
  const open = document({ get: {} });

  test.each<readonly [what: string, given: Resource, found: readonly string[]]>([
    ["of a REST API", of("rest", { body: open }), ["GET /a open"]],
    ["that is put into one", of("put", { body: open }), ["GET /a open"]],
    ["of an HTTP API", of("http", { body: open }), ["GET /a open"]],
    ["of something else", of("other", { body: open }), ["none"]],
    ["of something else, in S3", of("other", { bodyS3Location: { bucket: "a" } }), ["none"]],
    ["that isn't there", of("rest", {}), ["none"]],
    ["that is empty", of("rest", { body: "" }), ["none"]],
    ["that isn't known", of("rest", { body: UNKNOWN }), ["unknown"]],
    ["that is none", of("http", { body: "no document" }), ["unreadable"]],
    ["in S3", of("rest", { bodyS3Location: { bucket: "a" } }), ["unreadable"]],
    ["in S3, of an HTTP API", of("http", { bodyS3Location: UNKNOWN }), ["unreadable"]],
    ["in S3, beside another", of("rest", { body: open, bodyS3Location: { bucket: "a" } }), ["unreadable"]],
    // It has no such property.
    [
      "put, whatever it says of S3",
      of("put", { body: open, bodyS3Location: { bucket: "a" } }),
      ["GET /a open"],
    ],
  ])("%s", (_what, given, found) => {
    expect(read(given)).toEqual(found);
  });

  test("each surface imports it in its own way", () => {
    const body = document({ get: { security: [{ http: [] }] } });
    expect([of("rest", { body }), of("put", { body }), of("http", { body })].flatMap(read)).toEqual([
      "GET /a undetermined",
      "GET /a undetermined",
      "GET /a authenticated",
    ]);
  });

  test("who refuses warnings", () => {
    const body = document({ get: { security: [{ oauth: [] }] } });
    const verdicts = (failOnWarnings: unknown) =>
      (["rest", "put", "http"] as const).flatMap((kind) => read(of(kind, { body, failOnWarnings })));
    const refused = Array.from({ length: 3 }, () => "GET /a authenticated");
    const doubtful = Array.from({ length: 3 }, () => "GET /a undetermined");
    expect(verdicts(true)).toEqual(refused);
    expect(verdicts("true")).toEqual(refused);
    expect(verdicts(false)).toEqual(doubtful);
    expect(verdicts(undefined)).toEqual(doubtful);
    expect(verdicts(UNKNOWN)).toEqual(doubtful);
  });

  test("who reaches it", () => {
    const endpointConfiguration = { types: "PRIVATE" };
    expect(read(of("rest", { body: open, endpointConfiguration }))).toEqual(["GET /a restricted"]);
    expect(read(of("rest", { body: open, endpointConfiguration: { types: "REGIONAL" } }))).toEqual([
      "GET /a open",
    ]);
    expect(read(of("rest", { body: open, endpointConfiguration: UNKNOWN }))).toEqual(["GET /a open"]);
    // Neither is one of the properties of these.
    expect(read(of("put", { body: open, endpointConfiguration }))).toEqual(["GET /a open"]);
    expect(read(of("http", { body: open, endpointConfiguration }))).toEqual(["GET /a open"]);
  });

  test.each<readonly [parameters: unknown, route: string]>([
    [undefined, "/a"],
    [{}, "/a"],
    [{ basepath: "" }, "/a"],
    [{ basepath: "ignore" }, "/a"],
    [{ basepath: "IGNORE" }, "/a"],
    [{ basepath: "prepend" }, "/v1/customers/a"],
    [{ basepath: "Prepend" }, "/v1/customers/a"],
    [{ basepath: "split" }, "/customers/a"],
    [{ basepath: "other" }, "?"],
    [{ basepath: UNKNOWN }, "?"],
    [UNKNOWN, "?"],
  ])("the base path, by the parameters %j: %s", (parameters, route) => {
    const body = { swagger: "2.0", basePath: "/v1/customers", paths: { "/a": { get: {} } } };
    const line = route === "?" ? "? open" : `GET ${route} open`;
    expect(read(of("rest", { body, parameters }))).toEqual([line]);
    expect(read(of("put", { body, parameters }))).toEqual([line]);
    // The import of an HTTP API has no such parameter.
    expect(read(of("http", { body, parameters }))).toEqual(["GET /a open"]);
  });

  test("the CORS settings of an HTTP API", () => {
    const body = document({ options: { "x-amazon-apigateway-integration": { type: "aws_proxy" } } });
    const because = (properties: Part) => {
      const found = documentOf(of("http", { body, ...properties }));
      return found?.kind === "read" && found.operations[0]?.authentication.because;
    };
    expect(because({ corsConfiguration: { allowOrigins: ["*"] } })).toMatch(
      /CORS settings answer preflights only$/,
    );
    expect(because({})).toMatch(/reaches a backend$/);
  });

  describe("as endpoints", () => {
    /** Those that the rule of the stack reports, and all. */
    const endpointsOf = (given: Resource) => {
      const stack = stackOf([{ resource: given, id: undefined, propertyDependencies: {} }]);
      const line = ({ route, authentication, isInDocument }: ReturnType<typeof documentEndpoints>[number]) =>
        `${route ?? "?"} ${authentication.verdict}${isInDocument ? "" : ", of all"}`;
      return [documentEndpoints(stack).map(line), documentedEndpoints(stack).map(line)];
    };
    const partly = { ...open, paths: { "/a": { get: {} }, "/b": UNKNOWN } };
    const ofPart = document({ get: { security: UNKNOWN } });

    test.each<readonly [what: string, properties: Part, reported: readonly string[], all: readonly string[]]>(
      [
        ["one that is read", { body: open }, ["GET /a open"], ["GET /a open"]],
        ["none", {}, [], []],
        ["one that isn't known", { body: UNKNOWN }, [], ["? undetermined, of all"]],
        [
          "one of which a path isn't known",
          { body: partly },
          ["GET /a open"],
          ["GET /a open", "? undetermined, of all"],
        ],
        ["one of which security isn't known", { body: ofPart }, [], ["GET /a undetermined"]],
        ["one that can't be read", { body: "no document" }, ["? undetermined"], ["? undetermined"]],
        ["one in S3", { bodyS3Location: { bucket: "a" } }, ["? undetermined"], ["? undetermined"]],
      ],
    )("%s", (_what, properties, reported, all) => {
      expect(endpointsOf(of("rest", properties))).toEqual([reported, all]);
      // Nobody else reports what was shown at the end only.
      expect(endpointsOf(of("rest", { name: "one", ...properties }, "outputs"))).toEqual([all, all]);
    });
  });
});
