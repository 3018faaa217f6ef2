import { describe, expect, test } from "vitest";
import { judgeOpenApi, noSurroundings } from "../../../policies/src/endpoints/api-gateway/document";
import {
  httpPrivateTransport,
  operationTransport,
  restPrivateTransport,
} from "../../../policies/src/endpoints/api-gateway/private-integration";
import { readOpenApi } from "../../../policies/src/reading/text/open-api";
import { type RawRecord, view } from "../../../policies/src/stack";
import { UNKNOWN } from "../../unknown";

const vpc = { connectionType: "VPC_LINK" };
const tlsConfig = { insecureSkipVerification: false };

/** What an operation of a document with this integration does. */
function inDocument(integration: unknown, surface: "rest" | "http") {
  const get = { "x-amazon-apigateway-integration": integration };
  const judged = judgeOpenApi(
    readOpenApi({ openapi: "3.0.1", paths: { "/a": { get } } }),
    surface,
    noSurroundings,
  );
  const [operation] = judged.kind === "read" ? judged.operations : [];
  if (!operation) throw new Error("the test has an operation");
  return operationTransport(operation, surface);
}

describe("how an integration of a REST API reaches a backend in a VPC", () => {
  test.each<readonly [what: string, settings: RawRecord, transport: string | undefined]>([
    ["by default, over the internet", { uri: "http://a" }, undefined],
    ["over the internet", { connectionType: "INTERNET", uri: "http://a" }, undefined],
    ["without a URI", vpc, "in clear"],
    ["over HTTP", { ...vpc, uri: "http://a.example.com" }, "in clear"],
    ["over HTTP, in capitals", { ...vpc, uri: "HTTP://a.example.com" }, "in clear"],
    ["over TLS", { ...vpc, uri: "https://a.example.com" }, "encrypted"],
    ["over TLS, in capitals", { ...vpc, uri: "HTTPS://a.example.com" }, "encrypted"],
    ["over TLS, in small letters", { connectionType: "vpc_link", uri: "https://a" }, "encrypted"],
    ["by a URI that isn't known", { ...vpc, uri: UNKNOWN }, undefined],
    ["by a URI that is none", { ...vpc, uri: "a.example.com" }, undefined],
    ["by a URI that holds another", { ...vpc, uri: "a/http://a.example.com" }, undefined],
    ["over HTTP, with another URI inside", { ...vpc, uri: "http://a/https://b" }, "in clear"],
    [
      "whatever the certificate",
      { ...vpc, uri: "https://a", tlsConfig: { insecureSkipVerification: true } },
      "unverified",
    ],
    ["by a certificate that is verified", { ...vpc, uri: "https://a", tlsConfig }, "encrypted"],
    [
      "by a certificate that may be verified",
      { ...vpc, uri: "https://a", tlsConfig: { insecureSkipVerification: UNKNOWN } },
      "encrypted",
    ],
    ["by settings that aren't known", { ...vpc, uri: "https://a", tlsConfig: UNKNOWN }, "encrypted"],
    ["over HTTP, with settings", { ...vpc, uri: "http://a", tlsConfig }, "in clear"],
    ["perhaps through a link", { connectionType: UNKNOWN, uri: "http://a" }, "in clear"],
  ])("%s", (_what, settings, transport) => {
    expect(restPrivateTransport(view(settings))).toBe(transport);
    expect(inDocument(settings, "rest")).toBe(transport);
  });
});

describe("how an integration of an HTTP API reaches a backend in a VPC", () => {
  test.each<
    readonly [
      what: string,
      settings: RawRecord,
      transport: string | undefined,
      inItsDocument: string | undefined,
    ]
  >([
    ["by default, over the internet", {}, undefined, undefined],
    ["over the internet", { connectionType: "INTERNET" }, undefined, undefined],
    ["over the internet, with settings", { tlsConfig }, undefined, undefined],
    ["without a URI", vpc, "in clear", "in clear"],
    ["with settings", { ...vpc, tlsConfig }, "encrypted", "encrypted"],
    ["with settings that aren't known", { ...vpc, tlsConfig: UNKNOWN }, "encrypted", "encrypted"],
    ["by the URI of a WebSocket API", { ...vpc, integrationUri: "https://a" }, "encrypted", "in clear"],
    ["by a URI in capitals", { ...vpc, integrationUri: "HTTPS://a" }, "encrypted", "in clear"],
    ["by a URI that holds another", { ...vpc, integrationUri: "http://a/https://b" }, "in clear", "in clear"],
    ["over HTTP", { ...vpc, integrationUri: "http://a" }, "in clear", "in clear"],
    ["by a listener", { ...vpc, integrationUri: "arn:aws:elasticloadbalancing" }, "in clear", "in clear"],
    [
      "by a URI that isn't known",
      { ...vpc, integrationUri: UNKNOWN },
      "in clear, unless of a WebSocket API",
      "in clear",
    ],
    ["perhaps through a link", { connectionType: UNKNOWN }, "in clear", "in clear"],
  ])("%s", (_what, settings, transport, inItsDocument) => {
    expect(httpPrivateTransport(view(settings))).toBe(transport);
    expect(inDocument(settings, "http")).toBe(inItsDocument);
  });

  test("an operation whose integration can't be read", () => {
    expect(
      [undefined, UNKNOWN, "VPC_LINK", [vpc]].flatMap((one) => [
        inDocument(one, "rest"),
        inDocument(one, "http"),
      ]),
    ).toEqual(Array.from({ length: 8 }));
  });
});
