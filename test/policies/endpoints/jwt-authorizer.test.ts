import { describe, expect, test } from "vitest";
import {
  documentAuthorizers,
  identitySourcesIn,
} from "../../../policies/src/endpoints/api-gateway/document-authorizer";
import {
  isJwtPartlyUnknown,
  type JwtAuthorizer,
  jwtAuthorizers,
  jwtTrusts,
  jwtWeaknesses,
  placeOfToken,
} from "../../../policies/src/endpoints/api-gateway/jwt-authorizer";
import {
  absent,
  known,
  type RawRecord,
  type Resource,
  type Seen,
  unknown,
} from "../../../policies/src/stack";
import { type Given, UNKNOWN } from "../analyze";
import { made } from "../edge-resources";
import { httpApi, restApi } from "../resources";
import { stackFrom } from "../stack-from";

const only = (given: Given): Resource => {
  const [found] = stackFrom(given).resources;
  if (!found) throw new Error("the test has a resource");
  return found;
};

const told = (seen: Seen<unknown>): string =>
  seen.kind !== "known"
    ? seen.kind
    : Array.isArray(seen.value)
      ? `[${seen.value.map(told).join(", ")}]`
      : String(seen.value);

/** `of gate: perhaps https://a.example.com for [customers], claims name=[a], from [$request.header.Authorization]` */
const lineOf = ({ scheme, isTypeUnknown, trusted, identitySources }: JwtAuthorizer) =>
  `${scheme === undefined ? "" : `of ${scheme}: `}${isTypeUnknown ? "perhaps " : ""}${trusted
    .map(
      ({ issuer, audiences, claims }) =>
        `${told(issuer)} for ${told(audiences)}${claims.map(({ name, values }) => ` with ${told(name)} ${told(values)}`).join("")}`,
    )
    .join(" or ")}, from ${told(identitySources)}`;

const authorizer = (properties: RawRecord) =>
  made("aws:apigatewayv2/authorizer:Authorizer", "gate", {}, properties);
const uri = { authorizerUri: "arn" };
const issuer = "https://a.example.com";
const configured = { jwtConfiguration: { issuer, audiences: ["customers"] } };

describe("the JWT authorizer that a resource is", () => {
  const trusting = `${issuer} for [customers], from absent`;
  test.each<readonly [what: string, properties: RawRecord, read: string | undefined]>([
    ["of the type JWT", { authorizerType: "JWT", ...configured }, trusting],
    ["in small letters", { authorizerType: "jwt", ...configured }, trusting],
    ["of the type REQUEST", { authorizerType: "REQUEST", ...configured }, undefined],
    ["without a type", { ...uri }, undefined],
    ["of a type that isn't known", { authorizerType: UNKNOWN, ...configured }, `perhaps ${trusting}`],
    [
      "of a type that isn't known, with both",
      { authorizerType: UNKNOWN, ...uri, ...configured },
      `perhaps ${trusting}`,
    ],
    ["of a type that isn't known, with a function", { authorizerType: UNKNOWN, ...uri }, undefined],
    ["of which nothing is known", { authorizerType: UNKNOWN }, "perhaps absent for absent, from absent"],
    ["without a configuration", { authorizerType: "JWT" }, "absent for absent, from absent"],
    [
      "whose configuration isn't known",
      { authorizerType: "JWT", jwtConfiguration: UNKNOWN },
      "unknown for unknown, from absent",
    ],
    [
      "of which parts aren't known",
      { authorizerType: "JWT", jwtConfiguration: { issuer: UNKNOWN, audiences: [UNKNOWN, "a"] } },
      "unknown for [unknown, a], from absent",
    ],
    [
      "with an empty configuration",
      { authorizerType: "JWT", jwtConfiguration: {} },
      "absent for absent, from absent",
    ],
    [
      "with identity sources",
      { authorizerType: "JWT", ...configured, identitySources: ["$request.header.A", UNKNOWN] },
      `${issuer} for [customers], from [$request.header.A, unknown]`,
    ],
  ])("%s", (_what, properties, read) => {
    expect(jwtAuthorizers(only(authorizer(properties))).map(lineOf)).toEqual(
      read === undefined ? [] : [read],
    );
  });
});

const extension = "x-amazon-apigateway-authorizer";
const documentOf = (securitySchemes: RawRecord) => ({
  openapi: "3.0.1",
  paths: {},
  components: { securitySchemes },
});

describe("the JWT authorizers of a document", () => {
  const jwt = (jwtConfiguration: unknown, more: RawRecord = {}) => ({
    type: "jwt",
    jwtConfiguration,
    ...more,
  });
  const rest = { issuers: [{ issuer, audiences: ["customers"] }] };
  const http = { issuer, audience: ["customers"] };

  test.each<
    readonly [
      what: string,
      authorizer: unknown,
      scheme: RawRecord,
      ofRest: string | undefined,
      ofHttp: string | undefined,
    ]
  >([
    [
      "of REST APIs",
      jwt(rest),
      {},
      `${issuer} for [customers], from absent`,
      "absent for absent, from absent",
    ],
    ["of HTTP APIs", jwt(http), {}, undefined, `${issuer} for [customers], from absent`],
    [
      "that trusts two issuers",
      jwt({ issuers: [{ issuer, audiences: ["a"] }, { issuer: "https://b.example.com" }] }),
      {},
      `${issuer} for [a] or https://b.example.com for absent, from absent`,
      "absent for absent, from absent",
    ],
    [
      "of which an issuer isn't known",
      jwt({ issuers: [UNKNOWN, { issuer: UNKNOWN, audiences: UNKNOWN }] }),
      {},
      "unknown for unknown or unknown for unknown, from absent",
      "absent for absent, from absent",
    ],
    [
      "whose issuers aren't known",
      jwt({ issuers: UNKNOWN }),
      {},
      "unknown for unknown, from absent",
      "absent for absent, from absent",
    ],
    ["whose issuers are none", jwt({ issuers: [] }), {}, undefined, "absent for absent, from absent"],
    [
      "that has an empty issuer",
      jwt({ issuers: [null] }),
      {},
      "absent for absent, from absent",
      "absent for absent, from absent",
    ],
    ["without a configuration", { type: "jwt" }, {}, undefined, "absent for absent, from absent"],
    [
      "whose configuration isn't known",
      jwt(UNKNOWN),
      {},
      "unknown for unknown, from absent",
      "unknown for unknown, from absent",
    ],
    [
      "whose issuer the scheme names",
      jwt({ audience: ["a"] }),
      { openIdConnectUrl: issuer },
      undefined,
      `${issuer} for [a], from absent`,
    ],
    [
      "whose issuer isn't known, and the scheme names one",
      jwt({ issuer: UNKNOWN, audience: ["a"] }),
      { openIdConnectUrl: "https://b.example.com" },
      undefined,
      "unknown for [a], from absent",
    ],
    [
      "whose issuer the scheme names otherwise",
      jwt({ issuer, audience: ["a"] }),
      { openIdConnectUrl: "https://b.example.com" },
      undefined,
      `${issuer} for [a], from absent`,
    ],
    [
      "of a type that isn't known",
      { type: UNKNOWN, jwtConfiguration: { ...rest, ...http } },
      {},
      `perhaps ${issuer} for [customers], from absent`,
      `perhaps ${issuer} for [customers], from absent`,
    ],
    [
      "of another type",
      { type: "request", jwtConfiguration: { ...rest, ...http } },
      {},
      undefined,
      undefined,
    ],
    [
      "without a type",
      { jwtConfiguration: { ...rest, ...http } },
      {},
      undefined,
      `${issuer} for [customers], from absent`,
    ],
    [
      "with identity sources",
      jwt({ ...rest, ...http }, { identitySource: "$request.header.A, , $request.querystring.b" }),
      {},
      `${issuer} for [customers], from [$request.header.A, $request.querystring.b]`,
      `${issuer} for [customers], from [$request.header.A, $request.querystring.b]`,
    ],
  ])("one %s", (_what, said, scheme, ofRest, ofHttp) => {
    const body = documentOf({ gate: { type: "oauth2", ...scheme, [extension]: said } });
    const read = (given: Given) => jwtAuthorizers(only(given)).map(lineOf);
    expect(read(restApi("api", { body }))).toEqual(ofRest === undefined ? [] : [`of gate: ${ofRest}`]);
    expect(read(httpApi("api", { body }))).toEqual(ofHttp === undefined ? [] : [`of gate: ${ofHttp}`]);
  });

  test("the claims that a token needs", () => {
    const claims = (additionalClaims: unknown) => {
      const body = documentOf({
        gate: { [extension]: jwt({ issuers: [{ issuer, audiences: ["a"], additionalClaims }] }) },
      });
      return jwtAuthorizers(only(restApi("api", { body }))).map((one) => lineOf(one).split("[a]")[1]);
    };
    const tenant = { claimName: "tenant", expectedValues: ["one"] };
    expect(claims(undefined)).toEqual([", from absent"]);
    expect(claims([tenant])).toEqual([", from absent"]);
    expect(claims([{ ...tenant, required: false }])).toEqual([", from absent"]);
    expect(claims([{ ...tenant, required: true }])).toEqual([" with tenant [one], from absent"]);
    expect(claims([{ ...tenant, required: UNKNOWN }])).toEqual([" with tenant [one], from absent"]);
    expect(claims([{ required: true, claimName: UNKNOWN }])).toEqual([" with unknown absent, from absent"]);
  });
});

describe("the authorizers of a document", () => {
  const names = (given: Given) =>
    documentAuthorizers(only(given)).map(
      ({ name, surface, openIdConnectUrl }) => `${name} ${surface} ${told(openIdConnectUrl)}`,
    );
  const gate = { [extension]: { type: "request" } };

  test("those that are written out, each once", () => {
    const body = {
      ...documentOf({
        gate,
        named: { ...gate, openIdConnectUrl: issuer },
        referring: { $ref: "#/components/securitySchemes/gate" },
        none: { type: "apiKey" },
        text: { [extension]: "request" },
        notKnown: { [extension]: UNKNOWN },
        schemeNotKnown: UNKNOWN,
        leftOver: { [extension]: { type: "request", authorizerUri: { "Fn::Sub": "arn" } } },
      }),
    };
    expect(names(restApi("api", { body }))).toEqual(["gate rest absent", `named rest ${issuer}`]);
    expect(names(httpApi("api", { body }))).toEqual(["gate http absent", `named http ${issuer}`]);
    const put = made("aws:apigateway/restApiPut:RestApiPut", "put", {}, { body });
    expect(names(put)).toEqual(["gate rest absent", `named rest ${issuer}`]);
  });

  test("of no other resource, and of no unreadable document", () => {
    expect(names(made("aws:sqs/queue:Queue", "queue", {}, { body: documentOf({ gate }) }))).toEqual([]);
    expect(names(restApi("api", { body: UNKNOWN }))).toEqual([]);
    expect(names(restApi("api", { body: "" }))).toEqual([]);
    expect(names(restApi("api", { body: "no document" }))).toEqual([]);
    expect(names(restApi("api"))).toEqual([]);
  });

  test.each<readonly [text: Seen<string>, sources: string]>([
    [known("a"), "[a]"],
    [known(" a ,b,, c "), "[a, b, c]"],
    [known(" , "), "[]"],
    [absent, "absent"],
    [unknown, "unknown"],
  ])("the identity sources in %j", (text, sources) => {
    expect(told(identitySourcesIn(text))).toBe(sources);
  });
});

type Trusted = JwtAuthorizer["trusted"][number];
const jwt = (changed: Partial<Trusted> = {}, others: Partial<JwtAuthorizer> = {}): JwtAuthorizer => ({
  scheme: undefined,
  isTypeUnknown: false,
  identitySources: absent,
  trusted: [{ issuer: known(issuer), audiences: known([known("customers")]), claims: [], ...changed }],
  ...others,
});
const audiences = (...some: readonly (string | Seen<string>)[]) => ({
  audiences: known(some.map((one) => (typeof one === "string" ? known(one) : one))),
});
// A template's placeholder, which nothing filled in.
const leftOver = "$".concat("{Tenant}");

describe("why a JWT authorizer accepts too much", () => {
  test.each<readonly [what: string, changed: Partial<Trusted>, weaknesses: readonly string[]]>([
    ["nothing", {}, []],
    ["what isn't known", { issuer: unknown, audiences: unknown }, []],
    ["no issuer", { issuer: absent }, ["issuer: names no issuer"]],
    ["an issuer in clear", { issuer: known("http://a.example.com") }, ["issuer: is no https URL"]],
    ["an issuer without a host", { issuer: known("https://") }, ["issuer: is no https URL"]],
    ["an issuer with a query alone", { issuer: known("https://?a") }, ["issuer: is no https URL"]],
    [
      "an issuer behind another protocol",
      { issuer: known("http://a.example.com/https://a") },
      ["issuer: is no https URL"],
    ],
    ["an issuer in capitals", { issuer: known("HTTPS://a.example.com") }, []],
    ["an issuer with spaces around", { issuer: known(` ${issuer} `) }, []],
    [
      "an issuer with a space inside",
      { issuer: known("https://a. example.com") },
      ["issuer: wildcard, or with a placeholder"],
    ],
    [
      "an issuer with a wildcard",
      { issuer: known("https://*.example.com") },
      ["issuer: wildcard, or with a placeholder"],
    ],
    [
      "an issuer with a placeholder",
      { issuer: known(`https://${leftOver}`) },
      ["issuer: wildcard, or with a placeholder"],
    ],
    ["an issuer for everybody", { issuer: known("https://gitlab.com") }, ["issuer: GitLab.com"]],
    [
      "an issuer without a tenant",
      { issuer: known("https://login.microsoftonline.com/common/v2.0") },
      ["tenant: names no tenant"],
    ],
    ["no audience", { audiences: absent }, ["audience: names no audience"]],
    ["an empty list", audiences(), ["audience: names no audience"]],
    ["an empty audience", audiences(absent), ["audience: names no audience"]],
    ["an audience beside an empty one", audiences(absent, "a"), []],
    ["an audience that isn't known", audiences(unknown), []],
    ["a star", audiences(" * "), ["audience: wildcard for an audience"]],
    ["a star among others", audiences("a", "*"), ["audience: wildcard for an audience"]],
    ["a star in an audience", audiences("a*"), []],
    ["a placeholder", audiences("a", leftOver), ["audience: placeholder that nothing filled in"]],
    [
      "no issuer and no audience",
      { issuer: absent, audiences: absent },
      ["issuer: names no issuer", "audience: names no audience"],
    ],
  ])("%s", (_what, changed, weaknesses) => {
    const said = weaknesses.map((one) => one.split(": "));
    expect(jwtWeaknesses(jwt(changed))).toEqual(
      said.map(([of, part]) => ({ of, what: expect.stringContaining(part ?? "") })),
    );
  });

  test("each is told once", () => {
    const [one] = jwt({ issuer: absent }).trusted;
    const [other] = jwt({ audiences: absent }).trusted;
    if (!one || !other) throw new Error("the test has two issuers");
    const found = jwtWeaknesses(jwt({}, { trusted: [one, one, other] })).map(({ of }) => of);
    expect(found).toEqual(["issuer", "audience"]);
  });

  test("whose tokens it accepts", () => {
    const trusts = (changed: Partial<Trusted>) => jwtTrusts(jwt(changed)).map(({ of }) => of);
    expect(trusts({})).toEqual([]);
    expect(trusts({ issuer: known("https://gitlab.com") })).toEqual(["strangers"]);
    expect(trusts({ issuer: unknown })).toEqual([]);
  });
});

describe("whether something that decides isn't known", () => {
  const [sound] = jwt().trusted;
  const [unsound] = jwt({ issuer: unknown }).trusted;
  if (!sound || !unsound) throw new Error("the test has two issuers");

  test.each<readonly [what: string, authorizer: JwtAuthorizer, isUnknown: boolean]>([
    ["all is known", jwt(), false],
    ["nothing is there", jwt({ issuer: absent, audiences: absent }), false],
    ["the type isn't", jwt({}, { isTypeUnknown: true }), true],
    ["the issuer isn't", jwt({ issuer: unknown }), true],
    ["the audiences aren't", jwt({ audiences: unknown }), true],
    ["one of the audiences isn't", jwt(audiences("a", unknown)), true],
    ["one of the issuers isn't", jwt({}, { trusted: [sound, unsound] }), true],
    ["both issuers are", jwt({}, { trusted: [sound, sound] }), false],
    ["the audiences are none", jwt(audiences()), false],
    ["where the token is isn't", jwt({}, { identitySources: unknown }), false],
  ])("%s", (_what, one, isUnknown) => {
    expect(isJwtPartlyUnknown(one)).toBe(isUnknown);
  });
});

describe("where callers put the token", () => {
  const header = "$request.header.Authorization";
  const inUrl = "$request.querystring.token";
  test.each<readonly [sources: readonly (string | Seen<string>)[], place: string]>([
    [[header], "header"],
    [["method.request.header.Authorization"], "header"],
    [["METHOD.REQUEST.HEADER.Authorization"], "header"],
    [[inUrl], "url"],
    [["method.request.querystring.token"], "url"],
    [[header, inUrl], "url"],
    [[inUrl, unknown], "url"],
    [[header, unknown], "unknown"],
    [[unknown], "unknown"],
    [[], "header"],
    [[absent], "header"],
    [[absent, header], "header"],
    [["Authorization"], "none that AWS reads"],
    [[header, "Authorization"], "none that AWS reads"],
    [[unknown, "Authorization"], "unknown"],
    [[`a${header}`], "none that AWS reads"],
    [[`a${inUrl}`], "none that AWS reads"],
  ])("%j: %s", (sources, place) => {
    const identitySources = known(sources.map((one) => (typeof one === "string" ? known(one) : one)));
    expect(placeOfToken(jwt({}, { identitySources }))).toBe(place);
  });

  test("that isn't said, or isn't known", () => {
    expect(placeOfToken(jwt({}, { identitySources: absent }))).toBe("header");
    expect(placeOfToken(jwt({}, { identitySources: unknown }))).toBe("unknown");
  });
});
