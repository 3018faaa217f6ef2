import { describe, expect, test } from "vitest";
import { apiOf, whichApi } from "../../../policies/src/endpoints/api-gateway/api-of";
import {
  DomainName,
  DomainNameV2,
  domainAcceptsOldTls,
  domainMappings,
  requiresCertificates,
} from "../../../policies/src/endpoints/api-gateway/custom-domain";
import { type Given, UNKNOWN } from "../analyze";
import { domainName, mutualTls } from "../bypass-resources";
import { made } from "../edge-resources";
import { httpApi, restApi } from "../resources";
import { named, stackFrom } from "../stack-from";

/** `mapping: rest, http at live by domain (api.example.com, with certificates)` */
function mappingsIn(...given: readonly Given[]): readonly string[] {
  return domainMappings(stackFrom(restApi("rest"), httpApi("http"), ...given)).map(
    ({ resource, apis, stages, domain, host }) =>
      `${resource.name}: ${apis.map(({ name }) => name).join(", ") || "no API"} at ${stages.join(", ") || "?"} by ${
        domain?.name ?? "?"
      } (${host ?? "?"}${requiresCertificates(domain) ? ", with certificates" : ""})`,
  );
}

const restDomain = (name: string, properties: object = {}) =>
  made("aws:apigateway/domainName:DomainName", name, {}, { domainName: "api.example.com", ...properties });
const basePathMapping = (of: Readonly<Record<string, readonly string[]>>, properties: object = {}) =>
  made("aws:apigateway/basePathMapping:BasePathMapping", "mapping", of, properties);
const apiMapping = (of: Readonly<Record<string, readonly string[]>>, properties: object = {}) =>
  made("aws:apigatewayv2/apiMapping:ApiMapping", "mapping", of, properties);
const rule = (of: Readonly<Record<string, readonly string[]>>, properties: object = {}) =>
  made("aws:apigatewayv2/routingRule:RoutingRule", "rule", of, properties);

describe("where a custom domain leads", () => {
  const at = { domainName: "api.example.com" };

  test.each<readonly [what: string, given: readonly Given[], mapping: string]>([
    [
      "a mapping of REST APIs",
      [restDomain("domain"), basePathMapping({ restApi: ["rest"] }, { ...at, stageName: "live" })],
      "mapping: rest at live by domain (api.example.com)",
    ],
    [
      "a mapping of HTTP APIs",
      [domainName("domain"), apiMapping({ apiId: ["http"] }, { ...at, stage: "live" })],
      "mapping: http at live by domain (api.example.com)",
    ],
    [
      "a mapping of HTTP APIs to a REST API",
      [domainName("domain"), apiMapping({ apiId: ["rest"] }, { ...at, stage: "live" })],
      "mapping: rest at live by domain (api.example.com)",
    ],
    [
      "a mapping of either kind at a domain of the other",
      [domainName("domain", mutualTls), basePathMapping({ restApi: ["rest"] }, at)],
      "mapping: rest at ? by domain (api.example.com, with certificates)",
    ],
    [
      "an API elsewhere",
      [domainName("domain"), apiMapping({}, { ...at, apiId: "a1", stage: UNKNOWN })],
      "mapping: no API at ? by domain (api.example.com)",
    ],
    [
      "a domain elsewhere",
      [apiMapping({ apiId: ["http"] }, { ...at, stage: "live" })],
      "mapping: http at live by ? (api.example.com)",
    ],
    [
      "a domain in capitals",
      [domainName("domain", { domainName: "API.example.com" }), apiMapping({ apiId: ["http"] }, at)],
      "mapping: http at ? by domain (api.example.com)",
    ],
    [
      "a mapping in capitals",
      [domainName("domain"), apiMapping({ apiId: ["http"] }, { domainName: "API.EXAMPLE.COM" })],
      "mapping: http at ? by domain (api.example.com)",
    ],
    [
      "the other of two domains",
      [
        domainName("other", { domainName: "b.example.com" }),
        domainName("domain"),
        apiMapping({ apiId: ["http"] }, at),
      ],
      "mapping: http at ? by domain (api.example.com)",
    ],
    [
      "a domain beside one whose name isn't known",
      [
        domainName("other", { domainName: UNKNOWN }),
        domainName("domain"),
        apiMapping({ apiId: ["http"] }, at),
      ],
      "mapping: http at ? by domain (api.example.com)",
    ],
    [
      "what the name was made of",
      [
        domainName("domain", { domainName: "API.example.com" }),
        apiMapping({ apiId: ["http"], domainName: ["domain"] }),
      ],
      "mapping: http at ? by domain (api.example.com)",
    ],
    [
      "what the name was made of, where neither is known",
      [
        domainName("domain", { domainName: UNKNOWN }),
        apiMapping({ apiId: ["http"], domainName: ["domain"] }),
      ],
      "mapping: http at ? by domain (?)",
    ],
    [
      "what the name was made of, where the mapping's is known",
      [
        domainName("domain", { domainName: UNKNOWN }),
        apiMapping({ apiId: ["http"], domainName: ["domain"] }, at),
      ],
      "mapping: http at ? by domain (api.example.com)",
    ],
    [
      "a name that isn't known, of nothing",
      [
        domainName("domain", { domainName: UNKNOWN }),
        apiMapping({ apiId: ["http"] }, { domainName: UNKNOWN }),
      ],
      "mapping: http at ? by ? (?)",
    ],
    [
      "one of two, of which one requires certificates",
      [
        domainName("open", { domainName: "b.example.com" }),
        domainName("closed", mutualTls),
        apiMapping({ apiId: ["http"], domainName: ["open", "closed"] }),
      ],
      "mapping: http at ? by closed (api.example.com, with certificates)",
    ],
    [
      "one of two",
      [
        domainName("first"),
        domainName("second", { domainName: "b.example.com" }),
        apiMapping({ apiId: ["http"], domainName: ["first", "second"] }),
      ],
      "mapping: http at ? by first (api.example.com)",
    ],
    [
      "a REST domain that the name was made of",
      [restDomain("domain", mutualTls), basePathMapping({ restApi: ["rest"], domainName: ["domain"] })],
      "mapping: rest at ? by domain (api.example.com, with certificates)",
    ],
    [
      "a routing rule",
      [
        domainName("domain"),
        rule(
          { actions: ["rest"] },
          {
            ...at,
            actions: [{ invokeApi: { apiId: UNKNOWN, stage: "live" } }, { invokeApi: { stage: "test" } }],
          },
        ),
      ],
      "rule: rest at live, test by domain (api.example.com)",
    ],
    [
      "a routing rule whose actions aren't known",
      [domainName("domain"), rule({ actions: ["rest"] }, at)],
      "rule: rest at ? by domain (api.example.com)",
    ],
    [
      "a routing rule of which an action isn't known",
      [
        domainName("domain"),
        rule(
          {},
          { ...at, actions: [UNKNOWN, {}, { invokeApi: UNKNOWN }, { invokeApi: { stage: UNKNOWN } }] },
        ),
      ],
      "rule: no API at ? by domain (api.example.com)",
    ],
  ])("%s", (_what, given, mapping) => {
    expect(mappingsIn(...given)).toEqual([mapping]);
  });
});

describe("whether a domain accepts old TLS", () => {
  test.each([
    [undefined, "no"],
    ["TLS_1_0", "yes"],
    ["tls_1_0", "yes"],
    ["TLS_1_2", "no"],
    [UNKNOWN, "unknown"],
  ])("with the policy %j: %s", (securityPolicy, answer) => {
    const stack = stackFrom(
      restDomain("rest", { securityPolicy }),
      domainName("http", { domainNameConfiguration: { securityPolicy } }),
    );
    expect(domainAcceptsOldTls(named(stack, DomainName, "rest"))).toBe(answer);
    expect(domainAcceptsOldTls(named(stack, DomainNameV2, "http"))).toBe(answer);
  });

  test("with a configuration that isn't known, and without one", () => {
    const of = (properties: object) =>
      domainAcceptsOldTls(named(stackFrom(domainName("http", properties)), DomainNameV2, "http"));
    expect(of({ domainNameConfiguration: UNKNOWN })).toBe("unknown");
    expect(of({})).toBe("no");
  });
});

describe("the API that a resource belongs to", () => {
  const of = (type: string, property: string, api: string) => {
    const stack = stackFrom(restApi("rest"), httpApi("http"), made(type, "part", { [property]: [api] }));
    const part = stack.resources.find(({ name }) => name === "part");
    return part && apiOf(stack, part)?.name;
  };

  test.each([
    ["aws:apigatewayv2/route:Route", "apiId", "http"],
    ["aws:apigatewayv2/authorizer:Authorizer", "apiId", "http"],
    ["aws:apigatewayv2/stage:Stage", "apiId", "http"],
    ["aws:apigatewayv2/deployment:Deployment", "apiId", "http"],
    ["aws:apigateway/method:Method", "restApi", "rest"],
    ["aws:apigateway/authorizer:Authorizer", "restApi", "rest"],
    ["aws:apigateway/integration:Integration", "restApi", "rest"],
    ["aws:apigateway/stage:Stage", "restApi", "rest"],
    ["aws:apigateway/methodSettings:MethodSettings", "restApi", "rest"],
    ["aws:apigateway/deployment:Deployment", "restApi", "rest"],
    ["aws:apigateway/restApiPut:RestApiPut", "restApiId", "rest"],
  ])("of %s, by its %s", (type, property, api) => {
    expect(of(type, property, api)).toBe(api);
    expect(of(type, property, api === "rest" ? "http" : "rest")).toBeUndefined();
  });

  test("of others, none", () => {
    expect(of("aws:sqs/queue:Queue", "restApi", "rest")).toBeUndefined();
    expect(of("aws:sqs/queue:Queue", "restApiId", "rest")).toBeUndefined();
  });

  test("an API belongs to itself", () => {
    const stack = stackFrom(restApi("rest"), httpApi("http"));
    expect(stack.resources.map((one) => apiOf(stack, one)?.name)).toEqual(["rest", "http"]);
  });

  test("of an API elsewhere, its id says which", () => {
    const which = (restApiId: unknown, madeOf: readonly string[] = []) => {
      const part = made("aws:apigateway/stage:Stage", "part", madeOf.length > 0 ? { restApi: madeOf } : {}, {
        restApi: restApiId,
      });
      const stack = stackFrom(restApi("rest"), part);
      const [api, found] = stack.resources;
      return found && (whichApi(stack, found) === api?.urn ? "rest" : whichApi(stack, found));
    };
    expect(which(UNKNOWN, ["rest"])).toBe("rest");
    expect(which("a1b2c3")).toBe("a1b2c3");
    expect(which(UNKNOWN)).toBeUndefined();
    expect(which(undefined)).toBeUndefined();
  });
});
