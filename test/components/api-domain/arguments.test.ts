import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import {
  ApiDomain,
  Authorization,
  SecureHttpApi,
  SecureRestApi,
  SecureWebSocketApi,
} from "../../../components/src";
import { type Registered, registered } from "../registered";

const handler = { functionName: "lookup", invokeArn: "arn:lookup" };
const iam = Authorization.iam();
const shop = { name: "api.example.com", hostedZoneId: "Z1" };
const certified = { name: "api.example.com", certificateArn: "arn:certificate" };
const mutualTls = { truststoreUri: "s3://truststore/issuers.pem", truststoreVersion: "1" };
const endpoints = { vpcEndpoints: { batch: "vpce-1" } };
const inside = { ...certified, apis: "private REST", ...endpoints };
const weighted = { policy: "weighted", weight: 10, setIdentifier: "blue" };
const failover = { policy: "failover", role: "PRIMARY", setIdentifier: "a", healthCheckId: "check" };
const latency = { policy: "latency", setIdentifier: "eu-west-1" };

/** What a part of a program threw, and what it had registered until then. */
async function thrownBy(program: () => unknown) {
  let error: pulumi.InputPropertiesError | undefined;
  const resources: readonly Registered[] = await registered(() => {
    try {
      program();
    } catch (thrown) {
      error = thrown as pulumi.InputPropertiesError;
    }
  });
  return { error, resources };
}

const domainOf = (args: object, name = "shop") => new ApiDomain(name, args as typeof shop);
const http = (domain: unknown, name = "orders") =>
  new SecureHttpApi(name, {
    authorization: iam,
    routes: { "GET /a": { handler } },
    watch: "off",
    domain: domain as undefined,
  });
const rest = (domain: unknown, name = "reports", more: object = {}) =>
  new SecureRestApi(name, {
    authorization: iam,
    routes: { "GET /a": { handler } },
    watch: "off",
    domain: domain as undefined,
    ...more,
  });
const isPrivate = { endpoint: { vpcEndpointIds: ["vpce-1"] } };
const chat = (domain: unknown, name = "chat") =>
  new SecureWebSocketApi(name, {
    authorization: iam,
    routes: { send: { handler } },
    watch: "off",
    domain: domain as undefined,
  });

describe("the arguments of a domain:", () => {
  const routed = (routing: unknown) => ({ ...shop, routing });
  test.each<[string, unknown, propertyPath: string, reason: RegExp]>([
    ["none", undefined, "", /give \{ name, hostedZoneId \}/],
    ["an Output", pulumi.output(shop), "", /not an Output/],
    ["no name", { hostedZoneId: "Z1" }, "name", /plain host name/],
    [
      "a name that arrives later",
      { ...shop, name: pulumi.output("a.example.com") },
      "name",
      /plain host name/,
    ],
    ["a URL", { ...shop, name: "https://a.example.com" }, "name", /plain host name/],
    ["a wildcard within a name", { ...shop, name: "api.*.example.com" }, "name", /\*\.example\.com/],
    ["a wildcard alone", { ...shop, name: "*" }, "name", /\*\.example\.com/],
    ["an unknown argument", { ...shop, securityPolicy: "TLS_1_0" }, "securityPolicy", /no such argument/],
    ["a kind of API that AWS doesn't have", { ...shop, apis: "GRAPHQL" }, "apis", /"HTTP and REST", "REST"/],
    ["a kind that arrives later", { ...shop, apis: pulumi.output("REST") }, "apis", /"HTTP and REST"/],
    ["no certificate and no zone", { name: "a.example.com" }, "certificateArn", /or hostedZoneId/],
    [
      "mutual TLS for WebSocket APIs",
      { ...shop, apis: "WEBSOCKET", mutualTls },
      "mutualTls",
      /REST and HTTP/,
    ],
    [
      "a truststore elsewhere",
      { ...shop, mutualTls: { ...mutualTls, truststoreUri: "https://a" } },
      "mutualTls.truststoreUri",
      /s3:/,
    ],
    ["VPC endpoints of a public domain", { ...shop, ...endpoints }, "vpcEndpoints", /private REST/],
    ["a provider by its name", { ...shop, recordsProvider: "dns" }, "recordsProvider", /aws\.Provider/],
    ["a provider without a zone", { ...certified, recordsProvider: {} }, "recordsProvider", /hostedZoneId/],
    ["routing without a zone", { ...certified, routing: weighted }, "routing", /hostedZoneId/],
    [
      "a kept record without a zone",
      { ...certified, validationRecord: "keep" },
      "validationRecord",
      /hostedZoneId/,
    ],
    [
      "another word for the record",
      { ...shop, validationRecord: "retain" },
      "validationRecord",
      /"keep" or "delete"/,
    ],
    ["no routing policy", routed({ weight: 1, setIdentifier: "a" }), "routing", /policy: "weighted"/],
    [
      "another routing policy",
      routed({ policy: "geolocation", setIdentifier: "a" }),
      "routing",
      /policy: "latency"/,
    ],
    [
      "a policy of every object",
      routed({ policy: "toString", setIdentifier: "a" }),
      "routing",
      /policy: "failover"/,
    ],
    [
      "two routing policies",
      routed({ ...weighted, region: "eu-west-1" }),
      "routing.region",
      /no such argument/,
    ],
    [
      "no set identifier",
      routed({ ...weighted, setIdentifier: undefined }),
      "routing.setIdentifier",
      /1 to 128/,
    ],
    [
      "an empty set identifier",
      routed({ ...weighted, setIdentifier: "" }),
      "routing.setIdentifier",
      /1 to 128/,
    ],
    [
      "a long set identifier",
      routed({ ...weighted, setIdentifier: "a".repeat(129) }),
      "routing.setIdentifier",
      /128/,
    ],
    ["no weight", routed({ ...weighted, weight: undefined }), "routing.weight", /from 0 to 255/],
    ["too much weight", routed({ ...weighted, weight: 256 }), "routing.weight", /from 0 to 255/],
    [
      "a role that Route 53 doesn't have",
      routed({ ...failover, role: "TERTIARY" }),
      "routing.role",
      /"SECONDARY"/,
    ],
    [
      "a primary without a health check",
      routed({ ...failover, healthCheckId: undefined }),
      "routing.healthCheckId",
      /when the secondary takes over/,
    ],
    [
      "an empty health check",
      routed({ ...latency, healthCheckId: "" }),
      "routing.healthCheckId",
      /HealthCheck/,
    ],
    [
      "failover that ignores health",
      routed({ ...failover, evaluateTargetHealth: false }),
      "routing.evaluateTargetHealth",
      /no such argument/,
    ],
    [
      "health by a word",
      routed({ ...latency, evaluateTargetHealth: "yes" }),
      "routing.evaluateTargetHealth",
      /true or false/,
    ],
    [
      "a private domain without endpoints",
      { ...inside, vpcEndpoints: undefined },
      "vpcEndpoints",
      /at least one/,
    ],
    ["a private domain with no endpoint", { ...inside, vpcEndpoints: {} }, "vpcEndpoints", /at least one/],
    [
      "a VPC in place of an endpoint",
      { ...inside, vpcEndpoints: { batch: "vpc-1" } },
      'vpcEndpoints["batch"]',
      /vpce-/,
    ],
    ["a private domain with a wildcard", { ...inside, name: "*.example.com" }, "name", /no wildcard/],
    [
      "a private domain without a certificate",
      { ...inside, certificateArn: undefined },
      "certificateArn",
      /can't validate/,
    ],
    [
      "a private domain in a zone",
      { ...inside, hostedZoneId: "Z1" },
      "hostedZoneId",
      /lead to a VPC endpoint/,
    ],
    ["a private domain with routing", { ...inside, routing: latency }, "routing", /lead to a VPC endpoint/],
    ["a private domain with mutual TLS", { ...inside, mutualTls }, "mutualTls", /no mutual TLS/],
    [
      "a transform of another child",
      { ...shop, transform: { apiMapping: () => ({}) } },
      "transform.apiMapping",
      /no such argument/,
    ],
  ])("%s is refused with a sentence", async (_, args, propertyPath, reason) => {
    const { error, resources } = await thrownBy(() => domainOf(args as never));
    expect(error?.message).toMatch(/^ApiDomain "shop" can't be created from these arguments:\n/);
    expect(error?.message).toContain(`  ${propertyPath || "arguments"}: `);
    expect(error?.message).toMatch(reason);
    expect(resources).toEqual([]);
  });

  test("all problems are told together", async () => {
    const { error } = await thrownBy(() =>
      domainOf({ name: "", apis: "none", routing: {}, validationRecord: 1 }),
    );
    expect(
      error?.message
        .split("\n")
        .slice(1)
        .map((line) => line.trim().replace(/:.*/, "")),
    ).toEqual(["name", "apis", "certificateArn", "routing", "validationRecord"]);
  });

  test.each<[string, object]>([
    ["a wildcard", { ...shop, name: "*.example.com" }],
    [
      "everything",
      {
        ...shop,
        mutualTls,
        routing: failover,
        validationRecord: "delete",
        certificateArn: "arn:c",
        apis: "REST",
      },
    ],
    [
      "what arrives later",
      {
        ...shop,
        hostedZoneId: pulumi.output("Z1"),
        routing: { ...failover, healthCheckId: pulumi.output("c") },
      },
    ],
    [
      "arguments that are undefined",
      { ...shop, apis: undefined, routing: undefined, vpcEndpoints: undefined },
    ],
    [
      "a secondary without a health check",
      { ...shop, routing: { ...failover, role: "SECONDARY", healthCheckId: undefined } },
    ],
    ["a weight of 0", { ...shop, routing: { ...weighted, weight: 0 } }],
    ["a private domain", { ...inside, vpcEndpoints: { batch: pulumi.output("vpce-1"), app: "vpce-2" } }],
  ])("%s is right", async (_, args) => {
    expect((await thrownBy(() => domainOf(args))).error).toBeUndefined();
  });
});

describe("an existing domain:", () => {
  const existing = ApiDomain.existing as (name: unknown, args?: unknown) => unknown;
  test.each<[string, unknown, unknown, propertyPath: string, reason: RegExp]>([
    ["a URL", "https://api.example.com", undefined, "name", /plain host name/],
    ["no name", undefined, undefined, "name", /plain host name/],
    ["arguments by a word", "api.example.com", "REST", "arguments", /\{ apis \}/],
    ["another kind", "api.example.com", { apis: "EDGE" }, "apis", /"WEBSOCKET"/],
    ["an unknown argument", "api.example.com", { stage: "live" }, "stage", /no such argument/],
    [
      "a private one without an id",
      "api.example.com",
      { apis: "private REST" },
      "domainNameId",
      /isn't unique/,
    ],
    [
      "a public one with an id",
      "api.example.com",
      { domainNameId: "a1b2c3" },
      "domainNameId",
      /only a private/,
    ],
  ])("%s is refused with a sentence", async (_, name, args, propertyPath, reason) => {
    const { error } = await thrownBy(() => existing(name, args));
    expect(error?.message).toContain(`  ${propertyPath}: `);
    expect(error?.message).toMatch(reason);
  });
});

describe("an address:", () => {
  const wildcard = { name: "*.example.com", hostedZoneId: "Z1" };
  const existing = ApiDomain.existing;
  const at = (basePath: unknown) => domainOf(shop).at(basePath as string);
  test.each<[string, program: () => unknown, propertyPath: string, reason: RegExp]>([
    ["a domain without at()", () => http(domainOf(shop)), "domain", /apiDomain\.at\("orders"\)/],
    ["an existing domain without at()", () => http(existing("a.example.com")), "domain", /apiDomain\.at/],
    ["a copy of an address", () => http({ ...domainOf(shop).at() }), "domain.name", /plain host name/],
    ["no address in a list", () => http([]), "domain", /at least one address/],
    ["a domain in a list of addresses", () => http([at("a"), shop]), "domain[1]", /give an address/],
    ["a base path that is a number", () => http(at(5)), "domain.basePath", /plain text/],
    ["a base path that arrives later", () => http(at(pulumi.output("a"))), "domain.basePath", /plain text/],
    ["a slash at the start", () => http(at("/orders")), "domain.basePath", /without one at the start/],
    ["a slash at the end", () => http(at("orders/")), "domain.basePath", /at the start or the end/],
    ["two slashes", () => http(at("orders//v2")), "domain.basePath", /divided by slashes/],
    ["a space", () => http(at("my orders")), "domain.basePath", /letters, digits/],
    ["a parameter", () => http(at("{id}")), "domain.basePath", /letters, digits/],
    ["AWS's word for the root", () => http(at("(none)")), "domain.basePath", /leave it out for the root/],
    ["301 characters", () => http(at("a".repeat(301))), "domain.basePath", /AWS allows 300/],
    ["settings by a word", () => http(domainOf(shop).at("a", "b" as never)), "domain", /\{ host \}/],
    [
      "an unknown setting",
      () => http(domainOf(shop).at("a", { stage: "b" } as never)),
      "domain.stage",
      /no such argument/,
    ],
    [
      "a host without a wildcard",
      () => http(domainOf(shop).at("a", { host: "b.example.com" })),
      "domain.host",
      /one name/,
    ],
    ["a wildcard without a host", () => http(domainOf(wildcard).at("a")), "domain.host", /say which name/],
    [
      "an existing wildcard without a host",
      () => http(existing("*.example.com").at()),
      "domain.host",
      /say which name/,
    ],
    [
      "a host that the wildcard doesn't cover",
      () => http(domainOf(wildcard).at("a", { host: "a.b.example.com" })),
      "domain.host",
      /one label/,
    ],
    [
      "a host that is none",
      () => http(domainOf(wildcard).at("a", { host: "A" })),
      "domain.host",
      /plain host name/,
    ],
    [
      "an HTTP API on a domain for REST APIs",
      () => http(domainOf({ ...shop, apis: "REST" }).at()),
      "domain",
      /TLS_1_2/,
    ],
    [
      "an HTTP API beside WebSocket APIs",
      () => http(domainOf({ ...shop, apis: "WEBSOCKET" }).at()),
      "domain",
      /"HTTP and REST"/,
    ],
    [
      "a REST API beside WebSocket APIs",
      () => rest(existing("a.example.com", { apis: "WEBSOCKET" }).at()),
      "domain",
      /or to others/,
    ],
    ["a WebSocket API beside others", () => chat(domainOf(shop).at()), "domain", /apis: "WEBSOCKET"/],
    ["a public API on a private domain", () => rest(domainOf(inside).at()), "domain", /"HTTP and REST"/],
    [
      "a private API on a public domain",
      () => rest(domainOf(shop).at(), "a", isPrivate),
      "domain",
      /"private REST"/,
    ],
    ["a private API of its own domain", () => rest(shop, "a", isPrivate), "domain", /"private REST"/],
    [
      "several segments of a private domain",
      () => rest(domainOf(inside).at("a/b"), "a", isPrivate),
      "domain.basePath",
      /one segment/,
    ],
    ["one address twice", () => http([at("a"), at("a")]), "domain[1]", /list each address once/],
    [
      "two domains whose names arrive later, at one base path",
      () =>
        http([existing(pulumi.output("a.example.com")).at(), existing(pulumi.output("b.example.com")).at()]),
      "domain[1]",
      /different base paths/,
    ],
    [
      "mutual TLS at one address of two",
      () =>
        http([domainOf({ ...shop, mutualTls }).at(), domainOf({ ...shop, name: "b.example.com" }, "b").at()]),
      "domain[1]",
      /no client certificate/,
    ],
    [
      "mutual TLS beside an existing domain",
      () => http([existing("a.example.com").at(), domainOf({ ...shop, mutualTls }).at()]),
      "domain[0]",
      /leave it out/,
    ],
  ])("%s is refused with a sentence", async (_, program, propertyPath, reason) => {
    const { error } = await thrownBy(program);
    expect(error?.message).toContain(`\n  ${propertyPath}: `);
    expect(error?.message).toMatch(reason);
  });

  describe("a second API", () => {
    /** Two APIs, one after the other, on one domain. */
    const two = async (args: object, make: (domain: ApiDomain) => readonly (() => unknown)[]) => {
      let first: unknown;
      const { error } = await thrownBy(() => {
        const [one, other] = make(domainOf(args));
        try {
          one?.();
        } catch (thrown) {
          first = thrown;
        }
        other?.();
      });
      expect(first).toBeUndefined();
      return error?.message ?? "";
    };

    test.each<[string, (domain: ApiDomain) => readonly (() => unknown)[], RegExp]>([
      [
        "at the same base path",
        (domain) => [() => http(domain.at("orders")), () => rest(domain.at("orders"))],
        /domain\.basePath: choose another one: SecureHttpApi "orders" already has this base path/,
      ],
      [
        "at the root too",
        (domain) => [() => rest(domain.at()), () => http(domain.at())],
        /SecureRestApi "reports" already has the root of this domain/,
      ],
      [
        "at the address of another one",
        (domain) => {
          const address = domain.at("a");
          return [() => http(address), () => http(address, "others")];
        },
        /SecureHttpApi "orders" already has/,
      ],
      [
        "of HTTP beside a REST API at several segments",
        (domain) => [() => rest(domain.at("a/b")), () => http(domain.at())],
        /several segments.*SecureRestApi "reports"/,
      ],
      [
        "of REST at several segments beside an HTTP API",
        (domain) => [() => http(domain.at()), () => rest(domain.at("a/b"))],
        /several segments.*SecureHttpApi "orders"/,
      ],
    ])("%s is refused", async (_, make, message) => {
      expect(await two(shop, make)).toMatch(message);
    });

    test.each<[string, (domain: ApiDomain) => readonly (() => unknown)[]]>([
      [
        "at another base path",
        (domain) => [() => http(domain.at("orders")), () => rest(domain.at("reports"))],
      ],
      [
        "below the first one",
        (domain) => [() => http(domain.at("orders")), () => http(domain.at("orders/v2"), "b")],
      ],
      [
        "at a path in other letters",
        (domain) => [() => http(domain.at("orders")), () => http(domain.at("Orders"), "b")],
      ],
      ["at the root", (domain) => [() => http(domain.at("orders")), () => http(domain.at(), "b")]],
    ])("%s is right", async (_, make) => {
      expect(await two(shop, make)).toBe("");
    });

    test("after one that was refused for something else, it gets the base path", async () => {
      const { error } = await thrownBy(() => {
        const domain = domainOf(shop);
        expect(() => http([domain.at("a"), domain.at("/")])).toThrow("basePath");
        http(domain.at("a"), "other");
      });
      expect(error).toBeUndefined();
    });
  });

  test("AWS allows 200 base paths of several segments", async () => {
    const { error } = await thrownBy(() => {
      const { occupants } = fill(200);
      expect(occupants).toBe(200);
    });
    expect(error?.message).toMatch(/AWS allows 200 base paths of several segments on a domain, not 201/);
  });

  /** An HTTP API at so many base paths of several segments, and another one at one more. */
  function fill(count: number) {
    const domain = domainOf(shop);
    http(Array.from({ length: count }, (_, index) => domain.at(`a/${index}`)));
    http(domain.at("one/more"), "other");
    return { occupants: count };
  }
});

test("a provider is taken for the records", async () => {
  const { error } = await thrownBy(() =>
    domainOf({ ...shop, recordsProvider: new aws.Provider("dns", { region: "us-east-1" }) }),
  );
  expect(error).toBeUndefined();
});
