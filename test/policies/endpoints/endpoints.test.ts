import { describe, expect, test } from "vitest";
import type { Endpoint } from "../../../policies/src/endpoints/endpoint";
import { endpointsOf, waysIn } from "../../../policies/src/endpoints/endpoints";
import { type Given, UNKNOWN } from "../analyze";
import { httpApi, method, restApi, route, under, webSocketApi } from "../resources";
import { stackFrom } from "../stack-from";

const lineOf = ({ resource, route: path, authentication: { verdict }, isInDocument }: Endpoint) =>
  `${resource.name} ${path ?? "?"} ${verdict}${isInDocument ? ", in a document" : ""}`;

const component = (properties: object): Given => ({
  type: "aws-apigateway:index:RestAPI",
  name: "component",
  properties: { ...properties },
});
const open = { path: "/customers", method: "GET", eventHandler: UNKNOWN };
const document = { openapi: "3.0.1", paths: { "/a": { get: {} } } };

/** What only the rules about single resources report is a way in, and no endpoint of the stack. */
describe("the ways into a stack", () => {
  test.each<
    readonly [what: string, given: readonly Given[], endpoints: readonly string[], others: readonly string[]]
  >([
    ["an open route", [route("one", "GET /a")], ["one GET /a open"], []],
    ["an open method", [method("one", "GET")], ["one GET open"], []],
    ["a document", [httpApi("api", { body: document })], ["api GET /a open, in a document"], []],
    ["a document that isn't known", [httpApi("api", { body: UNKNOWN })], [], ["api ? undetermined"]],
    [
      "a WebSocket API without $connect",
      [webSocketApi("chat"), route("one", "send", {}, "chat")],
      ["chat $connect open"],
      [],
    ],
    [
      "a WebSocket API with $connect",
      [webSocketApi("chat"), route("one", "$connect", { authorizationType: "AWS_IAM" }, "chat")],
      ["one $connect authenticated"],
      [],
    ],
    [
      "a WebSocket API whose routes are elsewhere",
      [webSocketApi("chat")],
      [],
      ["chat $connect undetermined"],
    ],
    [
      "a component that shows its routes",
      [component({ routes: [open, { ...open, iamAuthEnabled: true }] })],
      [],
      [
        "component GET /customers open, in a document",
        "component GET /customers authenticated, in a document",
      ],
    ],
    [
      "a component of which a route isn't known",
      [component({ routes: [open, UNKNOWN] })],
      [],
      ["component GET /customers open, in a document", "component ? undetermined"],
    ],
    ["a component that shows nothing", [component({})], [], ["component ? undetermined"]],
    [
      "a component whose routes aren't known",
      [component({ routes: UNKNOWN })],
      [],
      ["component ? undetermined"],
    ],
    [
      "a component with an API of its own",
      [component({ routes: [open] }), under("component", restApi("api", { body: document }))],
      ["api GET /a open, in a document"],
      [],
    ],
  ])("%s", (_what, given, endpoints, others) => {
    const stack = stackFrom(...given);
    expect(endpointsOf(stack).map(lineOf)).toEqual(endpoints);
    expect(waysIn(stack).map(lineOf)).toEqual([...endpoints, ...others]);
  });
});
