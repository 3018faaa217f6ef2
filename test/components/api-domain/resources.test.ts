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
import { ofType, type Registered, registered, stopOf } from "../registered";

const handler = { functionName: "lookup", invokeArn: "arn:lookup" };
const authorization = Authorization.iam();
const api = { authorization, routes: { "GET /a": { handler } }, watch: "off" } as const;
const name = "api.example.com";
const shop = { name, hostedZoneId: "Z1" };
const certified = { name, certificateArn: "arn:certificate" };
const inside = {
  ...certified,
  apis: "private REST",
  vpcEndpoints: { batch: "vpce-1", app: pulumi.output("vpce-2") },
} as const;
const endpoint = { vpcEndpointIds: ["vpce-1", "vpce-2"] };

const inputsOf = (resources: readonly Registered[], type: string) =>
  ofType(resources, type).map(({ inputs }) => inputs);
const DomainName = "apigateway/domainName:DomainName";
const ApiMapping = "apigatewayv2/apiMapping:ApiMapping";
const BasePathMapping = "apigateway/basePathMapping:BasePathMapping";
const Association = "apigateway/domainNameAccessAssociation:DomainNameAccessAssociation";

/** What a program registers, and what the Outputs that it returns turn out to be. */
async function run(program: () => readonly unknown[]) {
  const values: unknown[] = [];
  const resources = await registered(() => {
    program().forEach((output, index) => {
      values[index] = undefined;
      pulumi.output(output as string).apply((value) => {
        values[index] = value;
      });
    });
  });
  return { resources, values };
}

describe("the domain", () => {
  const tls12 = { securityPolicy: "TLS_1_2" };
  const truststore = { truststoreUri: "s3://a/b", truststoreVersion: "1" };
  test.each<[string, object, object]>([
    ["by default, HTTP and REST APIs can be mapped", {}, tls12],
    [
      "for REST APIs, it has no old ciphers",
      { apis: "REST" },
      { securityPolicy: "SecurityPolicy_TLS13_1_2_2021_06", endpointAccessMode: "STRICT" },
    ],
    ["for WebSocket APIs", { apis: "WEBSOCKET" }, tls12],
    [
      "with mutual TLS, which knows no other policy",
      { apis: "REST", mutualTls: { ...truststore, ownershipVerificationCertificateArn: "arn:own" } },
      { ...tls12, mutualTlsAuthentication: truststore, ownershipVerificationCertificateArn: "arn:own" },
    ],
  ])("%s", async (_, args, expected) => {
    const { resources } = await run(() => [
      new ApiDomain("shop", { ...certified, ...args } as typeof certified).domainName,
    ]);
    expect(inputsOf(resources, DomainName)).toEqual([
      {
        domainName: name,
        regionalCertificateArn: "arn:certificate",
        endpointConfiguration: { types: "REGIONAL", ipAddressType: "dualstack" },
        ...expected,
      },
    ]);
  });

  test.each<[string, object, unknown]>([
    ["https", {}, "https://api.example.com"],
    ["wss for WebSocket APIs", { apis: "WEBSOCKET" }, "wss://api.example.com"],
    ["none for a wildcard", { name: "*.example.com" }, undefined],
  ])("its URL: %s", async (_, args, expected) => {
    const { values } = await run(() => [
      new ApiDomain("shop", { ...certified, ...args } as typeof certified).url,
    ]);
    expect(values).toEqual([expected]);
  });

  test("says where records elsewhere point to, and its certificate", async () => {
    const { values } = await run(() => {
      const { domainName, certificateArn, target, domain } = new ApiDomain("shop", certified);
      expect(target).toEqual({ name: domain.regionalDomainName, zoneId: domain.regionalZoneId });
      return [domainName, certificateArn];
    });
    expect(values).toEqual([name, "arn:certificate"]);
  });

  test("without a zone, there are no records", async () => {
    const { resources } = await run(() => [new ApiDomain("shop", certified).domainName]);
    expect(resources.map(({ type }) => type)).toEqual([ApiDomain.token, `aws:${DomainName}`]);
  });
});

describe("the records", () => {
  const alias = { name: undefined, zoneId: undefined };
  const recordsOf = async (args: object) => {
    const { resources } = await run(() => [
      new ApiDomain("shop", { ...shop, certificateArn: "arn:c", ...args } as typeof shop).domainName,
    ]);
    return inputsOf(resources, "route53/record:Record");
  };
  test.each<[string, object, object, boolean]>([
    ["alone", {}, {}, false],
    [
      "weighted",
      { policy: "weighted", weight: 0, setIdentifier: "blue" },
      { setIdentifier: "blue", weightedRoutingPolicies: [{ weight: 0 }] },
      false,
    ],
    [
      "weighted with its target's health",
      {
        policy: "weighted",
        weight: 9,
        setIdentifier: "blue",
        evaluateTargetHealth: true,
        healthCheckId: pulumi.output("check"),
      },
      { setIdentifier: "blue", weightedRoutingPolicies: [{ weight: 9 }], healthCheckId: "check" },
      true,
    ],
    [
      "by latency, from the provider's region",
      { policy: "latency", setIdentifier: "here" },
      { setIdentifier: "here", latencyRoutingPolicies: [{ region: "eu-west-1" }] },
      false,
    ],
    [
      "by latency, from a region",
      { policy: "latency", setIdentifier: "there", region: "us-east-1" },
      { setIdentifier: "there", latencyRoutingPolicies: [{ region: "us-east-1" }] },
      false,
    ],
    [
      "primary",
      { policy: "failover", role: "PRIMARY", setIdentifier: "a", healthCheckId: "check" },
      { setIdentifier: "a", failoverRoutingPolicies: [{ type: "PRIMARY" }], healthCheckId: "check" },
      true,
    ],
    [
      "secondary",
      { policy: "failover", role: "SECONDARY", setIdentifier: "b" },
      { setIdentifier: "b", failoverRoutingPolicies: [{ type: "SECONDARY" }] },
      true,
    ],
  ])("%s", async (_, routing, expected, evaluateTargetHealth) => {
    const args = Object.keys(routing).length === 0 ? {} : { routing };
    expect(await recordsOf(args)).toEqual(
      ["A", "AAAA"].map((type) => ({
        zoneId: "Z1",
        name,
        type,
        aliases: [{ ...alias, evaluateTargetHealth }],
        ...expected,
      })),
    );
  });

  test.each(["api", "short form"] as const)(
    "of a %s are routed, too, and their transform comes last",
    async (form) => {
      const routing = { policy: "weighted", weight: 1, setIdentifier: "blue" } as const;
      const record = (args: aws.route53.RecordArgs) => ({ ...args, healthCheckId: "added" });
      const domain = { ...shop, certificateArn: "arn:c", routing };
      const { resources } = await run(() => [
        form === "api"
          ? new ApiDomain("shop", { ...domain, transform: { record } }).domainName
          : new SecureHttpApi("orders", { ...api, domain, transform: { record } }).url,
      ]);
      const records = inputsOf(resources, "route53/record:Record");
      expect(records).toHaveLength(2);
      for (const one of records) expect(one).toMatchObject({ setIdentifier: "blue", healthCheckId: "added" });
    },
  );

  /** The options of the records of a program, by the end of their names. */
  const optionsOf = async (make: (opts: pulumi.ComponentResourceOptions) => unknown) => {
    const seen = new Map<string, pulumi.CustomResourceOptions>();
    const remember: pulumi.ResourceTransformation = ({ type, name: of, opts }) => {
      if (type === "aws:route53/record:Record") seen.set(of.replace(/.*-/, ""), opts);
      return undefined;
    };
    await registered(() => make({ transformations: [remember] }));
    return seen;
  };

  test.each<[string, object, boolean]>([
    ["stays by default", {}, true],
    ["stays", { validationRecord: "keep" }, true],
    ["goes if nothing else has the name", { validationRecord: "delete" }, false],
  ])(
    "the record that validates the certificate %s, the others go with their stack",
    async (_, more, retained) => {
      const domain = { ...shop, ...more };
      const makers = [
        (opts: object) => new ApiDomain("shop", domain, opts),
        (opts: object) => new SecureHttpApi("orders", { ...api, domain }, opts),
        (opts: object) => new SecureRestApi("orders", { ...api, domain }, opts),
      ];
      for (const make of makers) {
        const options = await optionsOf(make);
        expect([...options].map(([of, opts]) => [of, opts.retainOnDelete === true]).sort()).toEqual([
          ["A", false],
          ["AAAA", false],
          ["validation", retained],
        ]);
      }
    },
  );

  test("can be in another account, by their provider", async () => {
    let dns: aws.Provider | undefined;
    const options = await optionsOf((opts) => {
      dns = new aws.Provider("dns", { region: "eu-west-1" });
      new ApiDomain("shop", { ...shop, recordsProvider: dns }, opts);
    });
    expect([...options.keys()].sort()).toEqual(["A", "AAAA", "validation"]);
    for (const { provider } of options.values()) expect(provider).toBe(dns);
  });
});

describe("an address", () => {
  test.each<[string, string | undefined, object, string]>([
    ["the root", undefined, {}, "https://api.example.com"],
    ["a base path", "orders", { apiMappingKey: "orders" }, "https://api.example.com/orders"],
    ["several segments", "orders/v2", { apiMappingKey: "orders/v2" }, "https://api.example.com/orders/v2"],
  ])(
    "at %s maps an HTTP or a REST API, and turns its default endpoint off",
    async (_, basePath, key, url) => {
      for (const kind of ["http", "rest"] as const) {
        const { resources, values } = await run(() => {
          const domain = new ApiDomain("shop", certified).at(basePath);
          return [
            kind === "http"
              ? new SecureHttpApi("orders", { ...api, domain }).url
              : new SecureRestApi("orders", { ...api, domain }).url,
          ];
        });
        expect(inputsOf(resources, ApiMapping)).toEqual([
          { apiId: "orders-id", domainName: name, stage: kind === "http" ? "$default" : "live", ...key },
        ]);
        expect(
          inputsOf(resources, kind === "http" ? "apigatewayv2/api:Api" : "apigateway/restApi:RestApi"),
        ).toMatchObject([{ disableExecuteApiEndpoint: true }]);
        expect(values).toEqual([url]);
        expect(ofType(resources, DomainName)).toHaveLength(1);
      }
    },
  );

  test("of a WebSocket API: callers and the backend use the base path", async () => {
    const { resources, values } = await run(() => {
      const domain = new ApiDomain("live", { ...certified, apis: "WEBSOCKET" });
      const chat = new SecureWebSocketApi("chat", {
        authorization,
        routes: { send: { handler } },
        watch: "off",
        domain: domain.at("chat"),
      });
      return [chat.url, chat.callbackUrl];
    });
    expect(inputsOf(resources, ApiMapping)).toEqual([
      { apiId: "chat-id", domainName: name, stage: "live", apiMappingKey: "chat" },
    ]);
    expect(values).toEqual(["wss://api.example.com/chat", "https://api.example.com/chat"]);
  });

  test("on a wildcard has the name that its URL says", async () => {
    const { resources, values } = await run(() => {
      const domain = new ApiDomain("shops", { ...certified, name: "*.example.com" });
      return [
        new SecureHttpApi("orders", { ...api, domain: domain.at("orders", { host: "acme.example.com" }) })
          .url,
      ];
    });
    expect(inputsOf(resources, ApiMapping)).toMatchObject([
      { domainName: "*.example.com", apiMappingKey: "orders" },
    ]);
    expect(values).toEqual(["https://acme.example.com/orders"]);
  });

  test.each<[string, pulumi.Input<string>]>([
    ["by name", name],
    ["of a name that arrives from another stack", pulumi.output(name)],
  ])("on an existing domain registers the mapping only, %s", async (_, existing) => {
    const { resources, values } = await run(() => [
      new SecureHttpApi("orders", { ...api, domain: ApiDomain.existing(existing).at("orders") }).url,
    ]);
    expect(inputsOf(resources, ApiMapping)).toEqual([
      { apiId: "orders-id", domainName: name, stage: "$default", apiMappingKey: "orders" },
    ]);
    expect(ofType(resources, DomainName)).toEqual([]);
    expect(resources.filter(({ type }) => /^aws:(acm|route53)/.test(type))).toEqual([]);
    expect(values).toEqual(["https://api.example.com/orders"]);
  });

  test("of several, the first is the URL", async () => {
    const { resources, values } = await run(() => {
      const domain = new ApiDomain("shop", certified);
      const partners = ApiDomain.existing("partners.example.com");
      return [
        new SecureRestApi("orders", { ...api, domain: [domain.at("orders"), partners.at(), domain.at("v2")] })
          .url,
      ];
    });
    expect(
      inputsOf(resources, ApiMapping).map(({ domainName, apiMappingKey }) => [domainName, apiMappingKey]),
    ).toEqual([
      ["partners.example.com", undefined],
      [name, "orders"],
      [name, "v2"],
    ]);
    expect(values).toEqual(["https://api.example.com/orders"]);
  });

  test("has a mapping of its own, whatever else has the same base path or name", async () => {
    const { resources } = await run(() => {
      const later = ApiDomain.existing(pulumi.output("c.example.com"));
      const [a, b] = [ApiDomain.existing("a.example.com"), ApiDomain.existing("b.example.com")];
      const own = new ApiDomain("shop", certified);
      const domain = [own, later, a, b].flatMap((one) => [one.at("orders"), one.at()]);
      return [new SecureHttpApi("shop", { ...api, domain }).url];
    });
    const names = ofType(resources, ApiMapping).map((mapping) => mapping.name);
    expect(new Set(names).size).toBe(8);
  });

  test("goes from one API to another in place: its mapping is named by the domain", async () => {
    const namesOf = async (to: string) => {
      const { resources } = await run(() => {
        const domain = new ApiDomain("shop", certified);
        return [new SecureHttpApi(to, { ...api, domain: domain.at("orders") }).url];
      });
      return ofType(resources, ApiMapping).map((mapping) => mapping.name);
    };
    expect(await namesOf("old")).toEqual(await namesOf("new"));
    expect(await namesOf("old")).toEqual([expect.stringMatching(/^shop-orders-[0-9a-f]{8}$/)]);
  });

  test.each(["apiMapping", "basePathMapping"] as const)(
    "can't be changed by a transform of %s",
    async (child) => {
      const isPrivate = child === "basePathMapping";
      const [property, key] = isPrivate ? ["stageName", "basePath"] : ["stage", "apiMappingKey"];
      const message = await stopOf(() => {
        const domain = isPrivate ? new ApiDomain("shop", inside) : new ApiDomain("shop", certified);
        const transform = { [child]: (args: object) => ({ ...args, [property]: "dev", [key]: "other" }) };
        new SecureRestApi("orders", {
          ...api,
          ...(isPrivate && { endpoint }),
          domain: domain.at("a") as never,
          transform,
        });
      });
      expect(
        message
          .split("\n")
          .slice(1)
          .map((line) => line.trim().replace(/:.*/, ""))
          .sort(),
      ).toEqual([key, property].sort());
    },
  );
});

describe("a private domain", () => {
  test("lets the VPC endpoints in, and nobody else", async () => {
    const { resources } = await run(() => [
      new ApiDomain("inside", { ...inside, tags: { team: "edge" } }).domainName,
    ]);
    const [domain] = inputsOf(resources, DomainName);
    expect(domain).toEqual({
      domainName: name,
      certificateArn: "arn:certificate",
      endpointConfiguration: { types: "PRIVATE" },
      securityPolicy: "TLS_1_2",
      policy: expect.any(String),
      tags: { team: "edge" },
    });
    expect(JSON.parse(String(domain?.policy)).Statement).toEqual([
      { Sid: "Callers", Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "*" },
      {
        Sid: "OtherEndpoints",
        Effect: "Deny",
        Principal: "*",
        Action: "execute-api:Invoke",
        Resource: "*",
        Condition: { StringNotEquals: { "aws:SourceVpce": ["vpce-1", "vpce-2"] } },
      },
    ]);
    const association = {
      domainNameArn: "arn:inside",
      accessAssociationSourceType: "VPCE",
      tags: { team: "edge" },
    };
    expect(inputsOf(resources, Association)).toEqual([
      { ...association, accessAssociationSource: "vpce-2" },
      { ...association, accessAssociationSource: "vpce-1" },
    ]);
    expect(ofType(resources, Association).map((one) => one.name.replace(/-[0-9a-f]{8}$/, ""))).toEqual([
      "inside-app",
      "inside-batch",
    ]);
  });

  test("is mapped by its id, to a private API", async () => {
    const { resources, values } = await run(() => {
      const domain = new ApiDomain("inside", inside);
      expect(domain.target).toBeUndefined();
      return [
        new SecureRestApi("orders", { ...api, endpoint, domain: domain.at("orders") }).url,
        domain.certificateArn,
      ];
    });
    expect(inputsOf(resources, BasePathMapping)).toEqual([
      {
        restApi: "orders-id",
        domainName: name,
        domainNameId: "inside-domain-id",
        stageName: "live",
        basePath: "orders",
      },
    ]);
    expect(inputsOf(resources, ApiMapping)).toEqual([]);
    expect(inputsOf(resources, "apigateway/restApi:RestApi")).toMatchObject([
      { disableExecuteApiEndpoint: true, endpointConfiguration: { types: "PRIVATE" } },
    ]);
    expect(values).toEqual(["https://api.example.com/orders", "arn:certificate"]);
  });

  test("that gets another id gets its mapping anew: the provider would update that of the old one", async () => {
    const seen: (readonly string[] | undefined)[] = [];
    const look: pulumi.ResourceTransformation = ({ type, opts }) => {
      if (type === `aws:${BasePathMapping}`)
        seen.push((opts as pulumi.CustomResourceOptions).replaceOnChanges);
      return undefined;
    };
    await registered(() => {
      const domain = new ApiDomain("inside", inside).at("orders");
      new SecureRestApi("orders", { ...api, endpoint, domain }, { transformations: [look] });
    });
    expect(seen).toEqual([["domainNameId"]]);
  });

  test("of another stack is mapped by the id that it says", async () => {
    const { resources } = await run(() => {
      const domain = ApiDomain.existing(name, {
        apis: "private REST",
        domainNameId: pulumi.output("a1b2c3"),
      });
      return [new SecureRestApi("orders", { ...api, endpoint, domain: domain.at() }).url];
    });
    expect(inputsOf(resources, BasePathMapping)).toEqual([
      { restApi: "orders-id", domainName: name, domainNameId: "a1b2c3", stageName: "live" },
    ]);
  });

  test.each<[string, object, string]>([
    ["its policy", { domainName: (args: object) => ({ ...args, policy: "{}" }) }, "policy"],
    [
      "whom it lets in",
      { accessAssociation: (args: object) => ({ ...args, accessAssociationSource: "vpce-3" }) },
      "accessAssociationSource",
    ],
    ["its TLS", { domainName: (args: object) => ({ ...args, securityPolicy: "TLS_1_0" }) }, "securityPolicy"],
  ])("can't be changed by a transform of %s", async (_, transform, property) => {
    expect(await stopOf(() => new ApiDomain("inside", { ...inside, transform }))).toContain(
      `\n  ${property}: `,
    );
  });
});
