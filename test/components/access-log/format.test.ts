import { describe, expect, test } from "vitest";
import { type ApiKind, accessLogFormat } from "../../../components/src/access-log/format";

/** What of the context says who called what, when, from where, and what came of it; by the question. */
const ofEveryApi = {
  correlated: ["requestId", "extendedRequestId", "integration.requestId"],
  when: ["requestTime", "requestTimeEpoch"],
  byALambdaAuthorizer: ["authorizer.principalId", "authorizer.error"],
  byIam: [
    "identity.userArn",
    "identity.caller",
    "identity.accountId",
    "identity.principalOrgId",
    "identity.cognitoIdentityId",
    "identity.cognitoAuthenticationType",
  ],
  fromWhere: ["identity.sourceIp", "identity.userAgent", "domainName"],
  where: ["apiId", "stage"],
  outcome: ["status", "error.responseType"],
  behind: ["integration.status", "integrationLatency", "integrationErrorMessage"],
};
const claims = ["sub", "client_id", "iss", "scope"].map((claim) => `authorizer.claims.${claim}`);
const certificate = ["subjectDN", "serialNumber", "issuerDN"].map((part) => `identity.clientCert.${part}`);
const request = ["httpMethod", "path", "protocol", "responseLength", "responseLatency"];
const steps = ["authenticate.status", "authorize.status", "authorizer.status", "authorizer.latency"];

const kinds: readonly [ApiKind, readonly string[]][] = [
  ["HTTP", [...claims, ...certificate, ...request, "routeKey", "dataProcessed"]],
  [
    "REST",
    [
      ...[...claims, ...certificate, ...request, ...steps, "resourcePath", "identity.apiKeyId"],
      ...["waf.status", "wafResponseCode", "webaclArn", "xrayTraceId", "tlsVersion", "cipherSuite"],
    ],
  ],
  [
    "WEBSOCKET",
    [...steps, "routeKey", "eventType", "connectionId", "connectedAt", "messageId", "identity.apiKeyId"],
  ],
];

describe.each(kinds)("the access log of kind %s", (kind, others) => {
  const format = accessLogFormat(kind);
  const fields = Object.entries<string>(JSON.parse(format));

  test("is one line of JSON, every value quoted", () => {
    expect(format).not.toContain("\n");
    for (const [, variable] of fields) expect(variable).toMatch(/^\$context\.[\w.]+$/);
  });

  test("is as short as API Gateway requires", () => {
    expect(Buffer.byteLength(format)).toBeLessThan(3072);
  });

  test("has who called what, when, from where, and the result, each once", () => {
    const variables = fields.map(([, variable]) => variable.replace("$context.", ""));
    expect(variables.toSorted()).toEqual([...Object.values(ofEveryApi).flat(), ...others].toSorted());
  });

  test("has neither a header nor a body nor a token nor a secret", () => {
    for (const [name, variable] of fields) {
      expect(`${name} ${variable}`).not.toMatch(
        /header|body|token|apiKey\b|clientCertPem|error\.message|requestOverride/i,
      );
    }
  });
});
