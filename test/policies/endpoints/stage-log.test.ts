import { describe, expect, test } from "vitest";
import {
  formatToPaste,
  isJson,
  logsApiKeys,
  type Proof,
  unanswered,
  variablesIn,
} from "../../../policies/src/endpoints/api-gateway/access-log";
import { traces } from "../../../policies/src/endpoints/api-gateway/execution-log";
import { Api } from "../../../policies/src/endpoints/api-gateway/http-api";
import { proofsOf } from "../../../policies/src/endpoints/api-gateway/proofs";
import { RestApi } from "../../../policies/src/endpoints/api-gateway/rest-api";
import { loggedStages } from "../../../policies/src/endpoints/api-gateway/stage";
import { questionsLeftBy } from "../../../policies/src/endpoints/api-gateway/stage-log";
import { type Given, UNKNOWN } from "../analyze";
import { apiMapping, domainName, mutualTls } from "../bypass-resources";
import { made } from "../edge-resources";
import { httpApi, method, restApi, route, webSocketApi } from "../resources";
import { stackFrom } from "../stack-from";
import { deployment, stage, stageV2 } from "../stage-resources";
import { methodSettings } from "../traffic-resources";

const line = (...variables: readonly string[]) => variables.map((one) => `$context.${one}`).join(" ");
const asked = (questions: readonly { readonly variable: string }[]) =>
  questions.map(({ variable }) => variable);

describe("the format of an access log", () => {
  test.each<readonly [format: string, variables: readonly string[]]>([
    ["", []],
    ["$context.requestId", ["requestId"]],
    ['{"a":"$context.identity.sourceIp","b":"$context.status"}', ["identity.sourceIp", "status"]],
    ["$context.authorizer.claims.cognito:username", ["authorizer.claims.cognito:username"]],
    ["$context.authorizer.tenant-id.", ["authorizer.tenant-id"]],
    ["$stageVariables.a context.b $context", []],
  ])("%j has the variables %j", (format, variables) => {
    expect(variablesIn(format)).toEqual(variables);
  });

  test.each([
    ['{"a":"$context.requestId"}', true],
    ['{"a":$context.status}', true],
    ['{"a":$context.authorizer.claims.a-b}', true],
    ["{}", true],
    ["$context.requestId", false],
    ['"$context.requestId"', false],
    ["null", false],
    ['["$context.requestId"]', false],
    ['{"a":"$context.requestId"', false],
    ["", false],
  ])("%j is JSON: %j", (format, is) => {
    expect(isJson(format)).toBe(is);
  });

  test("only the key itself is a secret", () => {
    expect(logsApiKeys(line("identity.apiKey"))).toBe(true);
    expect(logsApiKeys(line("identity.apiKeyId"))).toBe(false);
    expect(logsApiKeys("identity.apiKey")).toBe(false);
  });

  test.each(["REST", "HTTP", "WEBSOCKET"] as const)(
    "what is to be pasted for %s asks for nothing more",
    (kind) => {
      const pasted = formatToPaste(kind, "template");
      expect(pasted).toMatch(/^'\{.*\}'$/);
      expect(isJson(pasted.slice(1, -1))).toBe(true);
      expect(formatToPaste(kind)).toMatch(/^JSON\.stringify\(\{ /);
      const ofAll = new Set<Proof>(["token", "Lambda authorizer", "IAM", "certificate", "API key"]);
      const left = asked(unanswered(pasted, kind, kind === "REST" ? ofAll : new Set()));
      expect(left).toEqual([]);
      expect(logsApiKeys(pasted)).toBe(false);
    },
  );

  const everything = "requestId requestTime identity.sourceIp httpMethod path status responseLength".split(
    " ",
  );
  test.each<readonly [proof: Proof, variable: string, answers: boolean]>([
    ["token", "authorizer.claims.sub", true],
    ["token", "authorizer.claims.email", true],
    ["token", "authorizer.claims.iss", false],
    ["token", "authorizer.claims.scope", false],
    ["token", "authorizer.principalId", false],
    ["token", "authorizer.claims", false],
    ["Lambda authorizer", "authorizer.principalId", true],
    ["Lambda authorizer", "authorizer.tenant", true],
    ["Lambda authorizer", "authorizer.claimsOfMine", true],
    ["Lambda authorizer", "authorizer.claims.sub", false],
    ["Lambda authorizer", "authorizer.claims", false],
    ["Lambda authorizer", "authorizer.status", false],
    ["Lambda authorizer", "authorizer.error", false],
    ["Lambda authorizer", "authorizer.statusOfMine", true],
    ["Lambda authorizer", "authorizer", false],
    ["Lambda authorizer", "integration.authorizer.tenant", false],
    ["IAM", "identity.userArn", true],
    ["IAM", "identity.caller", true],
    ["IAM", "identity.accountId", false],
    ["certificate", "identity.clientCert.subjectDN", true],
    ["certificate", "identity.clientCert.issuerDN", false],
    ["API key", "identity.apiKeyId", true],
    ["API key", "identity.apiKey", true],
    ["API key", "identity.sourceIp", false],
  ])("of a caller with a %s, %s names one: %j", (proof, variable, answers) => {
    const left = unanswered(line(...everything, variable), "REST", new Set([proof]));
    expect(left).toHaveLength(answers ? 0 : 1);
    expect(unanswered(line(...everything, variable), "REST", new Set())).toEqual([]);
  });

  test("of callers of whom nothing is known, any proof names one", () => {
    expect(asked(unanswered(line(...everything), "REST", undefined))).toEqual(["authorizer.claims.sub"]);
    expect(unanswered(line(...everything, "identity.userArn"), "REST", undefined)).toEqual([]);
  });
});

describe("what the callers of an API prove themselves with", () => {
  /** Undefined where that isn't known. */
  const proofs = (...given: readonly Given[]) => {
    const stack = stackFrom(...given);
    const [api] = [...stack.of(RestApi), ...stack.of(Api)].filter(({ name }) => name === "api");
    if (!api) throw new Error("the test has an API");
    const found = proofsOf(stack, api);
    return found && [...found];
  };
  const oneRoute = (authorizationType: unknown, key = "GET /a", more: object = {}) =>
    route(`route ${key} ${authorizationType}`, key, { authorizationType, ...more }, "api");
  const oneMethod = (authorization: unknown, more: object = {}): Given => {
    const given = method(`method ${authorization}`, "GET", { authorization, ...more }, "api");
    return { ...given, dependencies: { ...given.dependencies, restApi: ["api"] } };
  };
  const withKey = { apiKeyRequired: true };

  test.each<readonly [what: string, given: readonly Given[], found: readonly Proof[] | undefined]>([
    ["nobody is asked", [oneRoute("NONE")], []],
    ["nothing is said", [oneRoute(undefined)], []],
    ["a token", [oneRoute("JWT")], ["token"]],
    ["a function", [oneRoute("custom")], ["Lambda authorizer"]],
    ["a signature", [oneRoute("AWS_IAM")], ["IAM"]],
    ["what isn't known", [oneRoute(UNKNOWN)], undefined],
    ["something else", [oneRoute("OTHER")], undefined],
    ["a token, and what isn't known", [oneRoute("JWT"), oneRoute(UNKNOWN, "GET /b")], undefined],
    ["a token and a signature", [oneRoute("JWT"), oneRoute("AWS_IAM", "GET /b")], ["token", "IAM"]],
    ["a token or nothing", [oneRoute("JWT"), oneRoute("NONE", "GET /b")], ["token"]],
    ["a key, which HTTP APIs don't have", [oneRoute("NONE", "GET /a", withKey)], []],
    ["a key to connect", [oneRoute("NONE", "$connect", withKey)], ["API key"]],
    ["a signature and a key to connect", [oneRoute("AWS_IAM", "$connect", withKey)], ["IAM"]],
    ["routes elsewhere", [], undefined],
  ])("of an HTTP API: %s", (_what, given, found) => {
    expect(proofs(httpApi("api"), ...given)).toEqual(found);
  });

  test.each<readonly [what: string, given: readonly Given[], found: readonly Proof[] | undefined]>([
    ["nobody is asked", [oneMethod("NONE")], []],
    ["a user pool's token", [oneMethod("COGNITO_USER_POOLS")], ["token"]],
    ["a function", [oneMethod("CUSTOM")], ["Lambda authorizer"]],
    ["a signature", [oneMethod("AWS_IAM")], ["IAM"]],
    ["a key", [oneMethod("NONE", withKey)], ["API key"]],
    ["a key that isn't known", [oneMethod("NONE", { apiKeyRequired: UNKNOWN })], []],
    ["a signature and a key", [oneMethod("AWS_IAM", withKey)], ["IAM"]],
    ["what isn't known, and a key", [oneMethod(UNKNOWN, withKey)], undefined],
    ["methods elsewhere", [method("one", "GET", { authorization: "AWS_IAM" })], undefined],
  ])("of a REST API: %s", (_what, given, found) => {
    expect(proofs(restApi("api"), ...given)).toEqual(found);
  });

  const extension = "x-amazon-apigateway-authorizer";
  const scheme = (authorizer: object, more: object = {}) => ({
    type: "apiKey",
    name: "Authorization",
    in: "header",
    "x-amazon-apigateway-authtype": "custom",
    ...more,
    [extension]: { authorizerUri: "arn", ...authorizer },
  });
  const byGate = { security: [{ gate: [] }] };
  const signed = { "x-amazon-apigateway-auth": { type: "AWS_IAM" } };
  const document = (operations: object, gate?: object) => ({
    openapi: "3.0.1",
    paths: { "/a": operations },
    components: {
      securitySchemes: { ...(gate && { gate }), key: { type: "apiKey", name: "x-api-key", in: "header" } },
    },
  });

  test.each<readonly [what: string, body: unknown, found: readonly Proof[] | undefined]>([
    ["nobody is asked", document({ get: {} }), []],
    ["a signature", document({ get: signed }), ["IAM"]],
    ["a signature or nothing", document({ get: signed, post: {} }), ["IAM"]],
    ["a key", document({ get: { security: [{ key: [] }] } }), ["API key"]],
    ["a function", document({ get: byGate }, scheme({ type: "token" })), ["Lambda authorizer"]],
    [
      "a function, by requests",
      document({ get: byGate }, scheme({ type: "request" })),
      ["Lambda authorizer"],
    ],
    ["a user pool's token", document({ get: byGate }, scheme({ type: "cognito_user_pools" })), ["token"]],
    [
      "a token",
      document({ get: byGate }, scheme({ type: "jwt", jwtConfiguration: { issuers: ["a"] } })),
      ["token"],
    ],
    [
      "the token of an HTTP API, which is ignored",
      document({ get: byGate }, scheme({ type: "jwt" })),
      undefined,
    ],
    ["an authorizer that isn't known", document({ get: signed }, scheme({ type: UNKNOWN })), undefined],
    ["an authorizer without a type", document({ get: signed }, scheme({})), undefined],
    ["an authorizer of another type", document({ get: signed }, scheme({ type: "other" })), undefined],
    [
      "a function and a signature",
      document({ get: signed, post: byGate }, scheme({ type: "token" })),
      ["IAM", "Lambda authorizer"],
    ],
    ["what isn't known", document({ get: { security: UNKNOWN } }), undefined],
    [
      "a signature, and paths that aren't known",
      { ...document({ get: signed }), paths: { "/a": { get: signed }, "/b": UNKNOWN } },
      undefined,
    ],
    ["a document that isn't known", UNKNOWN, undefined],
    ["a document that is none", "no document", undefined],
  ])("in a document: %s", (_what, body, found) => {
    expect(proofs(restApi("api", { body }))).toEqual(found);
  });

  test("of which a part isn't known beside a signature", () => {
    expect(
      proofs(restApi("api", { body: document({ get: signed, post: { security: UNKNOWN } }) })),
    ).toBeUndefined();
  });

  test("of which the authorizer can't be read", () => {
    const leftOver = scheme({ type: "token", authorizerUri: { "Fn::Sub": "arn" } });
    expect(proofs(restApi("api", { body: document({ get: byGate }, leftOver) }))).toBeUndefined();
    expect(proofs(restApi("api", { body: document({}) }))).toBeUndefined();
  });

  test("a quick create asks nobody", () => {
    expect(proofs(httpApi("api", { target: UNKNOWN }))).toEqual([]);
  });

  test("methods beside a document that isn't there, and one that is", () => {
    expect(proofs(restApi("api"), oneMethod("AWS_IAM"))).toEqual(["IAM"]);
    expect(proofs(restApi("api", { body: document({ get: signed }) }), oneMethod("CUSTOM"))).toEqual([
      "Lambda authorizer",
      "IAM",
    ]);
    const put = made(
      "aws:apigateway/restApiPut:RestApiPut",
      "put",
      { restApiId: ["api"] },
      { body: document({ get: signed }) },
    );
    expect(proofs(restApi("api"), put)).toEqual(["IAM"]);
    expect(
      proofs(restApi("api"), oneMethod("AWS_IAM"), {
        ...put,
        properties: { body: UNKNOWN, restApiId: UNKNOWN },
      }),
    ).toBeUndefined();
  });

  test("a certificate counts where nothing else is asked for", () => {
    const mapped = [domainName("domain", mutualTls), apiMapping("mapping", "api", "domain")];
    expect(proofs(httpApi("api"), oneRoute("NONE"), ...mapped)).toEqual(["certificate"]);
    expect(proofs(httpApi("api"), oneRoute("AWS_IAM"), ...mapped)).toEqual(["IAM"]);
    expect(proofs(httpApi("api"), oneRoute(UNKNOWN), ...mapped)).toBeUndefined();
    const [, mapping] = mapped;
    expect(
      proofs(httpApi("api"), oneRoute("NONE"), domainName("domain"), ...(mapping ? [mapping] : [])),
    ).toEqual([]);
    expect(
      proofs(
        httpApi("api"),
        httpApi("other"),
        oneRoute("NONE"),
        domainName("domain", mutualTls),
        apiMapping("mapping", "other", "domain"),
      ),
    ).toEqual([]);
  });
});

describe("what the log of a stage leaves open", () => {
  const left = (format: string, ...given: readonly Given[]) => {
    const stack = stackFrom(...given);
    const [one] = loggedStages(stack);
    if (!one) throw new Error("the test has a stage");
    return questionsLeftBy(stack, one, format);
  };
  const status = line("status");

  test.each<readonly [what: string, given: readonly Given[], format: string, kind: string]>([
    ["of a REST API", [restApi("api"), stage("live", {}, "api")], status, "REST"],
    ["of a REST API elsewhere", [stage("live")], line("connectionId"), "REST"],
    ["of a deployment", [deployment("live", { stageName: "live" })], line("connectionId"), "REST"],
    ["of an HTTP API", [httpApi("api"), stageV2("live", {}, "api")], line("connectionId"), "HTTP"],
    ["of a WebSocket API", [webSocketApi("api"), stageV2("live", {}, "api")], status, "WEBSOCKET"],
    [
      "of an API whose protocol isn't known",
      [httpApi("api", { protocolType: UNKNOWN }), stageV2("live", {}, "api")],
      line("connectionId"),
      "WEBSOCKET",
    ],
    ["of an API elsewhere", [stageV2("live")], status, "HTTP"],
    ["of one with connections", [stageV2("live")], line("requestId", "connectionId"), "WEBSOCKET"],
    ["of one whose connections begin", [stageV2("live")], line("connectedAt"), "WEBSOCKET"],
    ["of one with events", [stageV2("live")], line("eventType", "status"), "WEBSOCKET"],
    ["of one with messages", [stageV2("live")], line("messageId"), "WEBSOCKET"],
    ["of one without variables", [stageV2("live")], "", "HTTP"],
  ])("%s", (_what, given, format, kind) => {
    expect(left(format, ...given).kind).toBe(kind);
  });

  test("who called, by what the API's callers prove themselves with", () => {
    const ofHttp = "requestId requestTime identity.sourceIp routeKey path status responseLength".split(" ");
    const signed = route("one", "GET /a", { authorizationType: "AWS_IAM" }, "api");
    const given = [httpApi("api"), signed, stageV2("live", {}, "api")];
    expect(asked(left(line(...ofHttp), ...given).missing)).toEqual(["identity.userArn"]);
    expect(asked(left(line(...ofHttp, "identity.caller"), ...given).missing)).toEqual([]);
    expect(asked(left(line(...ofHttp), stageV2("live")).missing)).toEqual(["authorizer.claims.sub"]);
    expect(asked(left("", ...given).missing)).toEqual([
      "requestId",
      "requestTime",
      "identity.sourceIp",
      "routeKey",
      "path",
      "status",
      "responseLength",
      "identity.userArn",
    ]);
  });
});

describe("what an execution log holds", () => {
  const tracesIn = (given: Given) => stackFrom(given).resources.flatMap(traces);
  const everything = { dataTraceEnabled: true, loggingLevel: "INFO" };

  test.each<readonly [what: string, settings: unknown, held: readonly string[]]>([
    ["whole requests", everything, ["everything"]],
    ["whole requests with errors", { ...everything, loggingLevel: "error" }, ["everything"]],
    ["whole requests, if the level isn't known", { ...everything, loggingLevel: UNKNOWN }, ["everything"]],
    ["nothing yet", { ...everything, loggingLevel: "OFF" }, ["everything once logged"]],
    ["nothing by default", { dataTraceEnabled: true }, ["everything once logged"]],
    ["no payloads", { ...everything, dataTraceEnabled: false }, []],
    ["no payloads by default", { loggingLevel: "INFO" }, []],
    ["what isn't known", { ...everything, dataTraceEnabled: UNKNOWN }, ["unknown"]],
    ["what isn't known, of nothing", { dataTraceEnabled: UNKNOWN }, []],
    ["settings that aren't known", UNKNOWN, []],
  ])("%s", (_what, settings, held) => {
    expect(tracesIn(methodSettings("one", settings))).toEqual(held);
    expect(tracesIn(stageV2("one", { defaultRouteSettings: settings }))).toEqual(held);
    expect(tracesIn(stageV2("one", { routeSettings: [settings] }))).toEqual(held);
    expect(tracesIn(stage("one", { methodSettings: [settings] }))).toEqual(held);
    expect(tracesIn(deployment("one", { stageDescription: settings }))).toEqual(held);
    expect(tracesIn(deployment("one", { stageDescription: { methodSettings: [settings] } }))).toEqual(held);
  });

  test("what CloudFormation leaves as it was", () => {
    const native = (methodSettingsOfIt: object) =>
      tracesIn({
        type: "aws-native:apigateway:Stage",
        name: "one",
        properties: { restApiId: "a1b2c3", methodSettings: [methodSettingsOfIt] },
      });
    expect(native({ loggingLevel: "INFO" })).toEqual(["unsaid"]);
    expect(native({ loggingLevel: UNKNOWN })).toEqual(["unsaid"]);
    expect(native({ loggingLevel: "OFF" })).toEqual([]);
    expect(native({})).toEqual([]);
    expect(native(everything)).toEqual(["everything"]);
    expect(native({ ...everything, dataTraceEnabled: false })).toEqual([]);
  });

  test("several settings of a stage", () => {
    const off = { dataTraceEnabled: true };
    expect(
      tracesIn(stageV2("one", { defaultRouteSettings: everything, routeSettings: [off, UNKNOWN] })),
    ).toEqual(["everything", "everything once logged"]);
    expect(
      tracesIn(deployment("one", { stageDescription: { ...everything, methodSettings: [off] } })),
    ).toEqual(["everything", "everything once logged"]);
    expect(tracesIn(deployment("one"))).toEqual([]);
    expect(tracesIn(restApi("one"))).toEqual([]);
  });
});
