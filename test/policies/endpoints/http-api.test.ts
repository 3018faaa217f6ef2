import { describe, expect, test } from "vitest";
import {
  Api,
  httpEndpoints,
  isLeftToTheStack,
  protocolOf,
  quickCreateAuthentication,
  Route,
  routeKeyOf,
} from "../../../policies/src/endpoints/api-gateway/http-api";
import { connectionOf, webSocketApis } from "../../../policies/src/endpoints/api-gateway/websocket-api";
import { type Given, UNKNOWN } from "../analyze";
import { made } from "../edge-resources";
import { httpApi, route, webSocketApi } from "../resources";
import { named, stackFrom } from "../stack-from";

describe("a route's key", () => {
  test.each<readonly [key: unknown, kind: string, route?: string]>([
    ["GET /orders", "http", "GET /orders"],
    [" get   /orders ", "http", "GET /orders"],
    ["GET\t/orders", "http", "GET /orders"],
    ["ANY /{proxy+}", "http", "ANY /{proxy+}"],
    ["GET /", "http", "GET /"],
    ["GET /a\n/b", "http", "GET /a\n/b"],
    ["GET orders", "message"],
    ["GET/orders", "message"],
    ["x GET /orders", "message"],
    ["/orders", "message"],
    ["$default", "default", "$default"],
    [" $default ", "default", "$default"],
    ["$connect", "connect", "$connect"],
    ["$disconnect", "message"],
    ["send", "message"],
    ["", "unknown"],
    [undefined, "unknown"],
    [UNKNOWN, "unknown"],
  ])("%j: %s", (key, kind, path) => {
    const read = routeKeyOf(named(stackFrom(route("one", key)), Route, "one"));
    expect([read.kind, "route" in read ? read.route : undefined]).toEqual([kind, path]);
  });
});

describe("who may call a route", () => {
  /** `GET /orders open`, with what an API key is for where the route asks for one. */
  const endpointsOf = (...given: readonly Given[]) =>
    httpEndpoints(stackFrom(...given)).map(
      ({ route: path, authentication: { verdict }, asksForKey }) =>
        `${path ?? "?"} ${verdict}${asksForKey?.kind === "known" ? ", a key counts" : ""}`,
    );
  const asks = (authorizationType: unknown, more: object = {}) => ({ authorizationType, ...more });
  const key = { apiKeyRequired: true };
  const authorizer = { authorizerId: UNKNOWN };

  test.each<readonly [what: string, key: unknown, properties: object, endpoint: string]>([
    ["nothing", "GET /orders", {}, "GET /orders open"],
    ["NONE", "GET /orders", asks("none"), "GET /orders open"],
    ["a type that isn't known", "GET /orders", asks(UNKNOWN), "GET /orders undetermined"],
    ["IAM", "GET /orders", asks("AWS_IAM"), "GET /orders authenticated"],
    ["a JWT authorizer", "GET /orders", asks("JWT", authorizer), "GET /orders authenticated"],
    ["JWT and no authorizer", "GET /orders", asks("JWT"), "GET /orders open"],
    ["CUSTOM and no authorizer", "GET /orders", asks("CUSTOM"), "GET /orders open"],
    ["an authorizer alone", "GET /orders", authorizer, "GET /orders open"],
    ["a key", "GET /orders", key, "GET /orders open"],
    ["a key of $default", "$default", key, "$default open"],
    ["a key to connect", "$connect", key, "$connect key-only, a key counts"],
    ["IAM and a key to connect", "$connect", asks("AWS_IAM", key), "$connect authenticated, a key counts"],
    ["IAM and no key to connect", "$connect", asks("AWS_IAM"), "$connect authenticated"],
    ["a key that isn't known to connect", "$connect", { apiKeyRequired: UNKNOWN }, "$connect open"],
    ["nothing of OPTIONS", "OPTIONS /orders", {}, "OPTIONS /orders backend-preflight"],
    ["a key of OPTIONS", "OPTIONS /orders", key, "OPTIONS /orders backend-preflight"],
    ["what isn't known, of OPTIONS", "OPTIONS /orders", asks(UNKNOWN), "OPTIONS /orders backend-preflight"],
    ["IAM of OPTIONS", "OPTIONS /orders", asks("AWS_IAM"), "OPTIONS /orders authenticated"],
    ["nothing of a key that isn't known", UNKNOWN, {}, "? open"],
    ["what isn't known, of a key that isn't", UNKNOWN, asks(UNKNOWN), "? undetermined"],
  ])("who asks for %s", (_what, routeKey, properties, endpoint) => {
    expect(endpointsOf(route("one", routeKey, properties))).toEqual([endpoint]);
  });

  test("messages come through the connection", () => {
    expect(endpointsOf(route("one", "send"), route("two", "$disconnect"))).toEqual([]);
  });

  test.each<readonly [what: string, api: Given, endpoints: readonly string[]]>([
    ["of an HTTP API", httpApi("api"), ["$default open"]],
    ["of a WebSocket API", webSocketApi("api"), []],
    ["of an API whose protocol isn't known", httpApi("api", { protocolType: UNKNOWN }), ["$default open"]],
  ])("$default %s", (_what, api, endpoints) => {
    expect(endpointsOf(api, route("one", "$default", {}, "api"))).toEqual(endpoints);
  });

  test("a connection of a WebSocket API", () => {
    expect(endpointsOf(webSocketApi("chat"), route("one", "$connect", {}, "chat"))).toEqual([
      "$connect open",
    ]);
  });

  test("an open route beside an authorized $default", () => {
    const all = route("all", "$default", asks("AWS_IAM"), "api");
    expect(endpointsOf(httpApi("api"), all, route("one", "GET /orders", {}, "api"))).toEqual([
      "$default authenticated",
      "GET /orders open",
    ]);
  });

  describe("an OPTIONS route", () => {
    const options = route("preflight", "OPTIONS /orders", {}, "api");
    const cors = { corsConfiguration: { allowOrigins: ["https://shop.example.com"] } };
    const answeredBy = (code: string, given: Given): readonly Given[] => [
      made("aws:lambda/function:Function", code),
      made("aws:apigatewayv2/integration:Integration", `${given.name}-code`, { integrationUri: [code] }),
      {
        ...given,
        properties: { ...given.properties, target: UNKNOWN },
        dependencies: { ...given.dependencies, target: [`${given.name}-code`] },
      },
    ];
    const verdictBeside = (api: Given, ...given: readonly Given[]) =>
      endpointsOf(api, ...given)
        .filter((one) => one.startsWith("OPTIONS /orders "))
        .map((one) => one.replace("OPTIONS /orders ", ""))
        .join();

    test.each<readonly [what: string, others: readonly Given[], verdict: string]>([
      ["nothing", [], "backend-preflight"],
      ["an authorized $default", [route("all", "$default", asks("AWS_IAM"), "api")], "preflight"],
      ["an open $default", [route("all", "$default", {}, "api")], "backend-preflight"],
      ["an authorized ANY of its path", [route("all", "ANY /orders", asks("AWS_IAM"), "api")], "preflight"],
      ["an open ANY of its path", [route("all", "ANY /orders", {}, "api")], "backend-preflight"],
      [
        "an authorized ANY of all paths",
        [route("all", "ANY /{proxy+}", asks("AWS_IAM"), "api")],
        "preflight",
      ],
      [
        "an authorized ANY of another path",
        [route("all", "ANY /a", asks("AWS_IAM"), "api")],
        "backend-preflight",
      ],
      [
        "an authorized GET of its path",
        [route("all", "GET /orders", asks("AWS_IAM"), "api")],
        "backend-preflight",
      ],
      ["an authorized message", [route("all", "send", asks("AWS_IAM"), "api")], "backend-preflight"],
      [
        "an authorized $default of another API",
        [httpApi("other"), route("all", "$default", asks("AWS_IAM"), "other")],
        "backend-preflight",
      ],
    ])("beside %s", (_what, others, verdict) => {
      expect(verdictBeside(httpApi("api"), options, ...others)).toBe(verdict);
      expect(verdictBeside(httpApi("api", cors), options, ...others)).toBe(verdict);
    });

    test("of an API that isn't in the stack", () => {
      expect(
        verdictBeside(
          httpApi("api"),
          route("preflight", "OPTIONS /orders"),
          route("all", "$default", asks("AWS_IAM")),
        ),
      ).toBe("backend-preflight");
    });

    test("a function of its own answers preflights, where the API answers the others", () => {
      const own = answeredBy("code", options);
      const lookup = route("lookup", "GET /orders", {}, "api");
      expect(verdictBeside(httpApi("api", cors), ...own)).toBe("preflight");
      expect(verdictBeside(httpApi("api"), ...own)).toBe("backend-preflight");
      expect(verdictBeside(httpApi("api", cors), ...own, ...answeredBy("other", lookup))).toBe("preflight");
    });

    test("a function that another route leads to is none of its own", () => {
      const [, ...shared] = answeredBy("code", route("lookup", "GET /orders", {}, "api"));
      const [, ...sharedBySend] = answeredBy("code", route("send", "send", {}, "api"));
      const [, ...sharedByOptions] = answeredBy("code", route("second", "OPTIONS /a", {}, "api"));
      const own = answeredBy("code", options);
      const api = httpApi("api", cors);
      expect(verdictBeside(api, ...own, ...shared)).toBe("backend-preflight");
      expect(verdictBeside(api, ...own, ...sharedBySend)).toBe("backend-preflight");
      expect(verdictBeside(api, ...own, ...sharedByOptions)).toBe("preflight");
    });

    test("a route that may lead to one of two functions", () => {
      const lookup = route("lookup", "GET /orders", {}, "api");
      const either = answeredBy("other", lookup).map((given) =>
        given.name !== "lookup"
          ? given
          : { ...given, dependencies: { ...given.dependencies, target: ["lookup-code", "preflight-code"] } },
      );
      expect(verdictBeside(httpApi("api", cors), ...answeredBy("code", options), ...either)).toBe(
        "backend-preflight",
      );
    });
  });
});

describe("an API", () => {
  const read = (given: Given) => named(stackFrom(given), Api, given.name);

  test.each([
    ["HTTP", "HTTP", "open"],
    ["http", "HTTP", "open"],
    [undefined, "HTTP", "open"],
    ["WEBSOCKET", "WEBSOCKET", undefined],
    [UNKNOWN, undefined, "open"],
  ])("whose protocol is %j", (protocolType, protocol, quickCreate) => {
    expect(protocolOf(read(httpApi("api", { protocolType })))).toBe(protocol);
    const target = "arn:aws:lambda:eu-west-1:123456789012:function:a";
    expect(quickCreateAuthentication(read(httpApi("api", { protocolType, target })))?.verdict).toBe(
      quickCreate,
    );
    expect(quickCreateAuthentication(read(httpApi("api", { protocolType })))).toBeUndefined();
  });

  test("a target is a route", () => {
    expect(
      httpEndpoints(stackFrom(httpApi("api", { target: UNKNOWN }))).map(
        ({ resource, route: path, authentication }) => `${resource.name} ${path} ${authentication.verdict}`,
      ),
    ).toEqual(["api $default open"]);
  });

  test("only $default after a WebSocket API is left to the stack", () => {
    const isLeft = (key: unknown, ...apis: readonly Given[]) =>
      isLeftToTheStack(named(stackFrom(route("one", key)), Route, "one"), () => apis.map(read));
    expect(isLeft("$default", webSocketApi("chat"))).toBe(true);
    expect(isLeft("$default", httpApi("api"), webSocketApi("chat"))).toBe(true);
    expect(isLeft("$default", httpApi("api"))).toBe(false);
    expect(isLeft("$default")).toBe(false);
    expect(isLeft("GET /a", webSocketApi("chat"))).toBe(false);
  });
});

describe("a WebSocket API", () => {
  const iam = { authorizationType: "AWS_IAM" };
  const keys = (...some: readonly (readonly [key: unknown, properties?: object])[]) =>
    some.map(([key, properties = {}], number) => route(`route${number}`, key, properties, "chat"));

  test.each<readonly [what: string, routes: readonly Given[], connection: string]>([
    ["no routes", [], "no-routes-here"],
    ["routes of an API elsewhere", [route("one", "send")], "no-routes-here"],
    ["routes of another API", [httpApi("other"), route("one", "send", {}, "other")], "no-routes-here"],
    ["a $connect route", keys(["$connect"]), "guarded-by-its-route"],
    ["messages alone", keys(["send"], ["$disconnect"], ["$default"]), "unguarded"],
    ["messages with authorization", keys(["send", iam]), "unguarded"],
    ["messages and a $connect route", keys(["send"], ["$connect", iam]), "guarded-by-its-route"],
    ["an open route whose key isn't known", keys(["send"], [UNKNOWN]), "guarded-by-its-route"],
    [
      "a route of which nothing is known",
      keys(["send"], [UNKNOWN, { authorizationType: UNKNOWN }]),
      "guarded-by-its-route",
    ],
    ["an authorized route whose key isn't known", keys(["send"], [UNKNOWN, iam]), "unguarded"],
  ])("with %s", (_what, routes, connection) => {
    const stack = stackFrom(webSocketApi("chat"), ...routes);
    expect(connectionOf(stack, named(stack, Api, "chat"))).toBe(connection);
  });

  const ofProtocol = (protocolType: unknown, more: object = {}) => httpApi("chat", { protocolType, ...more });
  test.each<readonly [what: string, given: readonly Given[], isOne: boolean]>([
    ["is one by its protocol", [ofProtocol("WEBSOCKET")], true],
    ["is one in small letters", [ofProtocol("websocket")], true],
    ["is none by its protocol", [ofProtocol("HTTP"), ...keys(["send"])], false],
    ["may be one, if that isn't known", [ofProtocol(UNKNOWN)], true],
    ["is none without a protocol", [ofProtocol(undefined)], false],
    ["is none with a target", [ofProtocol(UNKNOWN, { target: UNKNOWN })], false],
    ["is none with a document", [ofProtocol(UNKNOWN, { body: UNKNOWN })], false],
    ["is one by a message", [ofProtocol(UNKNOWN), ...keys(["send"])], true],
    [
      "is one by a message among others",
      [ofProtocol(UNKNOWN), ...keys(["$default"], ["send"], [UNKNOWN])],
      true,
    ],
    ["is none by its paths", [ofProtocol(UNKNOWN), ...keys(["GET /a"])], false],
    ["is none by a key that isn't known", [ofProtocol(UNKNOWN), ...keys([UNKNOWN])], false],
  ])("%s", (_what, given, isOne) => {
    expect(webSocketApis(stackFrom(...given))).toHaveLength(isOne ? 1 : 0);
  });
});
