import { describe, expect, test } from "vitest";
import {
  defaultEndpointOf,
  defaultEndpointTlsOf,
} from "../../../policies/src/endpoints/api-gateway/default-endpoint";
import { Api } from "../../../policies/src/endpoints/api-gateway/http-api";
import {
  endpointTypeOf,
  integrationsOf,
  Method,
  methodAuthentication,
  RestApi,
  restEndpoints,
} from "../../../policies/src/endpoints/api-gateway/rest-api";
import { absent, known, unknown } from "../../../policies/src/stack";
import { type Given, UNKNOWN } from "../analyze";
import { made } from "../edge-resources";
import { httpApi, integration, method, restApi, restResource } from "../resources";
import { named, stackFrom } from "../stack-from";

describe("who may call a method", () => {
  const asks = (authorization: unknown, more: object = {}) => ({ authorization, ...more });
  const key = { apiKeyRequired: true };
  const authorizer = { authorizerId: UNKNOWN };

  test.each<readonly [what: string, httpMethod: unknown, properties: object, verdict: string]>([
    ["nothing", "GET", {}, "open"],
    ["NONE", "GET", asks("none"), "open"],
    ["what isn't known", "GET", asks(UNKNOWN), "undetermined"],
    ["IAM", "GET", asks("AWS_IAM"), "authenticated by IAM"],
    ["a user pool", "GET", asks("COGNITO_USER_POOLS", authorizer), "authenticated"],
    ["a user pool, and no authorizer", "GET", asks("COGNITO_USER_POOLS"), "open"],
    ["CUSTOM, and no authorizer", "GET", asks("CUSTOM"), "open"],
    ["an authorizer alone", "GET", authorizer, "open"],
    ["a key", "GET", key, "key-only"],
    ["a key that isn't known", "GET", { apiKeyRequired: UNKNOWN }, "open"],
    ["IAM and a key", "GET", asks("AWS_IAM", key), "authenticated by IAM"],
    ["nothing of OPTIONS", "OPTIONS", {}, "backend-preflight"],
    ["a key of OPTIONS", "OPTIONS", key, "backend-preflight"],
    ["what isn't known, of OPTIONS", "options", asks(UNKNOWN), "backend-preflight"],
    ["IAM of OPTIONS", "OPTIONS", asks("AWS_IAM"), "authenticated by IAM"],
    ["nothing of a method that isn't known", UNKNOWN, {}, "open"],
  ])("who asks for %s", (_what, httpMethod, properties, verdict) => {
    const given = stackFrom(method("one", httpMethod, properties));
    const { verdict: read, isIam } = methodAuthentication(named(given, Method, "one"));
    expect(`${read}${isIam ? " by IAM" : ""}`).toBe(verdict);
  });

  test.each([
    [
      "authorization",
      "GET",
      "has an authorization that is not known before the deployment: write it as a plain string",
    ],
    ["authorization", "OPTIONS", "has an authorization that is not known before the deployment"],
  ])("what isn't known is named: %s of %s", (property, httpMethod, because) => {
    const given = stackFrom(method("one", httpMethod, { [property]: UNKNOWN }));
    expect(methodAuthentication(named(given, Method, "one")).because).toBe(because);
  });
});

describe("the route of a method", () => {
  const api = restApi("api");
  test.each<readonly [what: string, given: readonly Given[], route: string | undefined]>([
    ["at the root", [api, method("one", "GET", {}, "api")], "GET /"],
    ["at a resource", [api, restResource("a", "a", "api"), method("one", "get", {}, "a")], "GET /a"],
    [
      "below a resource",
      [api, restResource("a", "a", "api"), restResource("b", "{id}", "a"), method("one", "GET", {}, "b")],
      "GET /a/{id}",
    ],
    ["at a resource elsewhere", [method("one", "GET")], "GET"],
    ["below one elsewhere", [restResource("a", "a"), method("one", "GET", {}, "a")], "GET"],
    [
      "of a part that isn't known",
      [api, restResource("a", UNKNOWN, "api"), method("one", "GET", {}, "a")],
      "GET",
    ],
    ["of a method that isn't known", [api, method("one", UNKNOWN, {}, "api")], undefined],
    [
      "in a circle",
      [restResource("a", "a", "b"), restResource("b", "b", "a"), method("one", "GET", {}, "a")],
      "GET",
    ],
  ])("%s", (_what, given, route) => {
    expect(restEndpoints(stackFrom(...given)).map((one) => one.route)).toEqual([route]);
  });
});

test("a method says whether it asks for a key", () => {
  const asked = [true, false, undefined, UNKNOWN].map((apiKeyRequired) => {
    const [endpoint] = restEndpoints(stackFrom(method("one", "GET", { apiKeyRequired })));
    return endpoint?.asksForKey;
  });
  expect(asked).toEqual([known(true), known(false), absent, unknown]);
});

/** At a resource that the program names by its id. */
const at = (given: Given, properties: object): Given => ({
  ...given,
  properties: { ...given.properties, ...properties },
});
const ids = { restApi: "a1b2c3", resourceId: "d4e5f6" };
const notKnown = { restApi: UNKNOWN, resourceId: UNKNOWN };

describe("an OPTIONS method", () => {
  const api = restApi("api");
  const options = method("options", "OPTIONS", {}, "api");
  const answering = (type: unknown, httpMethod: unknown = "OPTIONS", place = "api") =>
    integration("answer", { type, httpMethod }, place);
  const preflight = "preflight";
  const backend = "backend-preflight";

  test.each<readonly [what: string, given: readonly Given[], verdict: string]>([
    ["nobody answers", [options], preflight],
    ["the gateway answers", [options, answering("mock")], preflight],
    ["a backend answers", [options, answering("AWS_PROXY")], backend],
    ["who answers isn't known", [options, answering(UNKNOWN)], backend],
    ["a backend answers what may be OPTIONS", [options, answering("HTTP", UNKNOWN)], backend],
    ["a backend answers another method", [options, answering("HTTP", "GET")], preflight],
    [
      "a backend answers at another resource",
      [restResource("a", "a", "api"), options, answering("HTTP", "OPTIONS", "a")],
      preflight,
    ],
    [
      "a backend answers where isn't known",
      [options, at(integration("answer", { type: "HTTP", httpMethod: "OPTIONS" }), notKnown)],
      backend,
    ],
    [
      "a backend answers elsewhere",
      [options, at(integration("answer", { type: "HTTP", httpMethod: "OPTIONS" }), ids)],
      preflight,
    ],
    [
      "a backend answers, and where the method is isn't known",
      [at(method("options", "OPTIONS"), notKnown), answering("HTTP")],
      backend,
    ],
    [
      "the gateway and a backend answer",
      [options, answering("MOCK"), integration("second", { type: "HTTP", httpMethod: "OPTIONS" }, "api")],
      backend,
    ],
    [
      "it asks for a signature",
      [at(options, { authorization: "AWS_IAM" }), answering("HTTP")],
      "authenticated",
    ],
    ["the gateway answers within it", [at(options, { integration: { type: "MOCK" } })], preflight],
    ["a backend answers within it", [at(options, { integration: { type: "HTTP" } })], backend],
    ["who answers within it isn't known", [at(options, { integration: { type: UNKNOWN } })], backend],
    ["its integration isn't known", [at(options, { integration: UNKNOWN })], backend],
    ["who answers within it isn't said", [at(options, { integration: {} })], backend],
  ])("%s", (_what, given, verdict) => {
    const found = restEndpoints(stackFrom(api, ...given));
    expect(found.map(({ authentication }) => authentication.verdict)).toEqual([verdict]);
  });
});

describe("the integrations of a method", () => {
  const api = restApi("api");
  const get = method("get", "GET", {}, "api");
  const answering = (httpMethod: unknown, place = "api") => integration("answer", { httpMethod }, place);
  const madeOf = (of: string): Given => {
    const given = answering(UNKNOWN);
    return { ...given, dependencies: { ...given.dependencies, httpMethod: [of] } };
  };

  test.each<readonly [what: string, given: readonly Given[], found: readonly string[]]>([
    ["none", [get], []],
    ["that of its method", [get, answering("get")], ["answer"]],
    ["that of another method", [get, answering("POST")], []],
    ["that at another resource", [restResource("a", "a", "api"), get, answering("GET", "a")], []],
    ["one whose method isn't known", [get, answering(UNKNOWN)], ["answer"]],
    ["one that is made of it", [get, madeOf("get")], ["answer"]],
    ["one that is made of another method", [get, method("post", "POST", {}, "api"), madeOf("post")], []],
    ["of a method that isn't known", [method("get", UNKNOWN, {}, "api"), answering("POST")], ["answer"]],
    [
      "by their ids",
      [at(method("get", "GET"), ids), at(integration("answer", { httpMethod: "GET" }), ids)],
      ["answer"],
    ],
    [
      "at another id",
      [
        at(method("get", "GET"), ids),
        at(integration("answer", { httpMethod: "GET" }), { ...ids, resourceId: "z9" }),
      ],
      [],
    ],
    [
      "at the same id of another API",
      [
        at(method("get", "GET"), ids),
        at(integration("answer", { httpMethod: "GET" }), { ...ids, restApi: "z9" }),
      ],
      [],
    ],
    [
      "at ids that aren't known",
      [at(method("get", "GET"), notKnown), at(integration("answer", { httpMethod: "GET" }), notKnown)],
      [],
    ],
    ["at APIs that aren't known", [method("get", "GET"), integration("answer", { httpMethod: "GET" })], []],
    [
      "at resources that aren't known",
      [
        at(method("get", "GET"), { ...ids, resourceId: UNKNOWN }),
        at(integration("answer", { httpMethod: "GET" }), { ...ids, resourceId: UNKNOWN }),
      ],
      [],
    ],
  ])("%s", (_what, given, found) => {
    const stack = stackFrom(api, ...given);
    expect(integrationsOf(stack, named(stack, Method, "get")).map(({ name }) => name)).toEqual(found);
  });
});

describe("the endpoint type of an API", () => {
  test.each([
    [undefined, "EDGE"],
    [{ types: "REGIONAL" }, "REGIONAL"],
    [{ types: "private" }, "PRIVATE"],
    [{ types: UNKNOWN }, "unknown"],
    [{}, "absent"],
    [UNKNOWN, "unknown"],
  ])("of %j: %s", (endpointConfiguration, type) => {
    const read = endpointTypeOf(named(stackFrom(restApi("api", { endpointConfiguration })), RestApi, "api"));
    expect(read.kind === "known" ? read.value : read.kind).toBe(type);
  });
});

const configuration = "x-amazon-apigateway-endpoint-configuration";
const closing = (disableExecuteApiEndpoint: unknown, more: object = {}) => ({
  openapi: "3.0.1",
  paths: {},
  servers: [{ url: "https://a", [configuration]: { disableExecuteApiEndpoint } }],
  ...more,
});
const put = (body: unknown, api = "api"): Given =>
  made("aws:apigateway/restApiPut:RestApiPut", "put", { restApiId: [api] }, { body });
const privately = { endpointConfiguration: { types: "PRIVATE" } };

describe("whether an API answers at its default endpoint", () => {
  test.each<readonly [what: string, properties: object, answers: string]>([
    ["nothing is said", {}, "open"],
    ["it says no", { disableExecuteApiEndpoint: false }, "open"],
    ["it says so", { disableExecuteApiEndpoint: true }, "closed"],
    ["that isn't known", { disableExecuteApiEndpoint: UNKNOWN }, "undetermined"],
    ["its document says so", { body: closing(true) }, "closed"],
    ["its document says no", { body: closing(false) }, "open"],
    ["its document says nothing", { body: closing(undefined) }, "open"],
    ["what its document says isn't known", { body: closing(UNKNOWN) }, "open-unless-in-document"],
    ["its document isn't known", { body: UNKNOWN }, "open-unless-in-document"],
    ["its document is none", { body: "no document" }, "open"],
    [
      "it says no, and its document says so",
      { disableExecuteApiEndpoint: false, body: closing(true) },
      "closed",
    ],
    [
      "that isn't known, and its document says so",
      { disableExecuteApiEndpoint: UNKNOWN, body: closing(true) },
      "closed",
    ],
    [
      "that isn't known, and its document says no",
      { disableExecuteApiEndpoint: UNKNOWN, body: closing(false) },
      "undetermined",
    ],
    ["neither is known", { disableExecuteApiEndpoint: UNKNOWN, body: UNKNOWN }, "undetermined"],
  ])("%s", (_what, properties, answers) => {
    const stack = stackFrom(restApi("rest", properties), httpApi("http", properties));
    expect(defaultEndpointOf(stack, named(stack, RestApi, "rest"))).toBe(answers);
    expect(defaultEndpointOf(stack, named(stack, Api, "http"))).toBe(answers);
  });

  test.each<readonly [what: string, given: readonly Given[], answers: string]>([
    ["it is private", [restApi("api", privately)], "private"],
    [
      "it is private and closed",
      [restApi("api", { ...privately, disableExecuteApiEndpoint: true })],
      "closed",
    ],
    [
      "it is private, and the rest isn't known",
      [restApi("api", { ...privately, disableExecuteApiEndpoint: UNKNOWN })],
      "private",
    ],
    ["it may be private", [restApi("api", { endpointConfiguration: UNKNOWN })], "open"],
    ["a document is put into it and closes it", [restApi("api"), put(closing(true))], "closed"],
    ["a document that isn't known is put into it", [restApi("api"), put(UNKNOWN)], "open-unless-in-document"],
    [
      "a document is put into another one",
      [restApi("api"), restApi("other"), put(closing(true), "other")],
      "open",
    ],
    [
      "one of two documents closes it",
      [restApi("api", { body: closing(false) }), put(closing(true))],
      "closed",
    ],
  ])("%s", (_what, given, answers) => {
    const stack = stackFrom(...given);
    expect(defaultEndpointOf(stack, named(stack, RestApi, "api"))).toBe(answers);
  });

  test("an HTTP API is never private", () => {
    const stack = stackFrom(httpApi("api", privately));
    expect(defaultEndpointOf(stack, named(stack, Api, "api"))).toBe("open");
  });
});

describe("which TLS the default endpoint of a REST API accepts", () => {
  const policy = "x-amazon-apigateway-security-policy";
  const withPolicy = (name: unknown) => closing(undefined, { [policy]: name });

  test.each<readonly [what: string, given: readonly Given[], tls: string]>([
    ["by default", [restApi("api")], "old by default"],
    ["closed", [restApi("api", { disableExecuteApiEndpoint: true })], "new"],
    ["private", [restApi("api", privately)], "new"],
    ["private, with an old policy", [restApi("api", { ...privately, securityPolicy: "TLS_1_0" })], "old"],
    ["an old policy", [restApi("api", { securityPolicy: "TLS_1_0" })], "old"],
    ["a new policy", [restApi("api", { securityPolicy: "TLS_1_2" })], "new"],
    ["a policy that isn't known", [restApi("api", { securityPolicy: UNKNOWN })], "undetermined"],
    [
      "a policy that isn't known, and private",
      [restApi("api", { ...privately, securityPolicy: UNKNOWN })],
      "undetermined",
    ],
    ["its document's old one", [restApi("api", { body: withPolicy("TLS_1_0") })], "old"],
    ["its document's new one", [restApi("api", { body: withPolicy("TLS_1_2") })], "new"],
    [
      "its document's, which isn't known",
      [restApi("api", { body: withPolicy(UNKNOWN) })],
      "old-unless-in-document",
    ],
    ["its document's, which is no text", [restApi("api", { body: withPolicy(1) })], "old-unless-in-document"],
    ["no document's", [restApi("api", { body: closing(false) })], "old by default"],
    ["a document that isn't known", [restApi("api", { body: UNKNOWN })], "old-unless-in-document"],
    ["a document in S3", [restApi("api", { bodyS3Location: { bucket: "a" } })], "old-unless-in-document"],
    ["an unreadable document", [restApi("api", { body: "no document" })], "old by default"],
    ["private, with a document that isn't known", [restApi("api", { ...privately, body: UNKNOWN })], "new"],
    [
      "its own before its document's",
      [restApi("api", { securityPolicy: "TLS_1_2", body: withPolicy("TLS_1_0") })],
      "new",
    ],
    ["a document that is put into it", [restApi("api"), put(withPolicy("TLS_1_2"))], "new"],
  ])("%s", (_what, given, tls) => {
    const stack = stackFrom(...given);
    expect(defaultEndpointTlsOf(stack, named(stack, RestApi, "api"))).toBe(tls);
  });
});
