import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import {
  ApiWatch,
  Authorization,
  Integration,
  publicAccess,
  SecureHttpApi,
  type SecureHttpApiArgs,
} from "../../../components/src";
import { ofType, type Registered, registered, stopOf } from "../registered";

const handler = { functionName: "lookup", invokeArn: "arn:lookup" };
const foreign = { functionName: "foreign", invokeArn: "arn:foreign", permission: "elsewhere" as const };
const jwtArgs = {
  issuer: "https://id.example.com/",
  audiences: ["customers"],
  scopes: ["customers/read"] as const,
};
const jwt = Authorization.jwt(jwtArgs);
const iam = Authorization.iam();
const review = {
  reason: "load balancer health probe, returns no data",
  owner: "team-edge",
  reviewBy: "2027-01-31",
};
const executionArn = "arn:aws:execute-api:eu-west-1:123456789012:customers";

const made = (args: SecureHttpApiArgs) => registered(() => new SecureHttpApi("customers", args));
const inputsOf = (resources: readonly Registered[], type: string) =>
  ofType(resources, type).map(({ inputs }) => inputs);
const namesOf = (resources: readonly Registered[], type: string) =>
  ofType(resources, type).map(({ name }) => name);

test("the example of the documentation creates these resources", async () => {
  const resources = await made({
    authorization: jwt,
    routes: {
      "GET /customers/{id}": { handler },
      "POST /customers": { handler, scopes: ["customers/write"] },
      "GET /health": { handler, access: publicAccess(review) },
    },
  });
  const isOfWatch = (type: string) =>
    type.startsWith("aws:cloudwatch/") && type !== "aws:cloudwatch/logGroup:LogGroup";
  const own = resources.filter(({ type }) => !isOfWatch(type));
  expect(own.map(({ type, name }) => `${type} ${name}`).sort()).toEqual([
    "api-guardrails:index:ApiWatch customers",
    "api-guardrails:index:SecureHttpApi customers",
    "aws:apigatewayv2/api:Api customers",
    "aws:apigatewayv2/authorizer:Authorizer customers-jwt-fc93cb07",
    "aws:apigatewayv2/integration:Integration customers-GET-customers-id-2c79165f",
    "aws:apigatewayv2/integration:Integration customers-GET-health-74fac65f",
    "aws:apigatewayv2/integration:Integration customers-POST-customers-c0a6b864",
    "aws:apigatewayv2/route:Route customers-GET-customers-id-2c79165f",
    "aws:apigatewayv2/route:Route customers-GET-health-74fac65f",
    "aws:apigatewayv2/route:Route customers-POST-customers-c0a6b864",
    "aws:apigatewayv2/stage:Stage customers",
    "aws:cloudwatch/logGroup:LogGroup customers",
    "aws:lambda/permission:Permission customers-GET-customers-id-2c79165f",
    "aws:lambda/permission:Permission customers-GET-health-74fac65f",
    "aws:lambda/permission:Permission customers-POST-customers-c0a6b864",
  ]);
  expect(inputsOf(resources, "apigatewayv2/api:Api")).toEqual([{ protocolType: "HTTP" }]);
  expect(inputsOf(resources, "apigatewayv2/authorizer:Authorizer")).toEqual([
    {
      apiId: "customers-id",
      authorizerType: "JWT",
      identitySources: ["$request.header.Authorization"],
      jwtConfiguration: { issuer: "https://id.example.com/", audiences: ["customers"] },
    },
  ]);
  const authorized = {
    apiId: "customers-id",
    authorizationType: "JWT",
    authorizerId: "customers-jwt-fc93cb07-id",
  };
  expect(inputsOf(resources, "apigatewayv2/route:Route")).toEqual([
    {
      ...authorized,
      routeKey: "GET /customers/{id}",
      authorizationScopes: ["customers/read"],
      target: "integrations/customers-GET-customers-id-2c79165f-id",
    },
    {
      apiId: "customers-id",
      routeKey: "GET /health",
      authorizationType: "NONE",
      target: "integrations/customers-GET-health-74fac65f-id",
    },
    {
      ...authorized,
      routeKey: "POST /customers",
      authorizationScopes: ["customers/write"],
      target: "integrations/customers-POST-customers-c0a6b864-id",
    },
  ]);
  expect(inputsOf(resources, "apigatewayv2/integration:Integration")).toContainEqual({
    apiId: "customers-id",
    integrationType: "AWS_PROXY",
    integrationUri: "arn:lookup",
    payloadFormatVersion: "2.0",
    timeoutMilliseconds: 30_000,
  });
  expect(inputsOf(resources, "lambda/permission:Permission")).toContainEqual({
    action: "lambda:InvokeFunction",
    principal: "apigateway.amazonaws.com",
    function: "lookup",
    sourceArn: `${executionArn}/*/GET/customers/*`,
  });
  const throttling = { throttlingRateLimit: 100, throttlingBurstLimit: 200 };
  expect(inputsOf(resources, "apigatewayv2/stage:Stage")).toEqual([
    {
      apiId: "customers-id",
      name: "$default",
      autoDeploy: true,
      accessLogSettings: { destinationArn: "arn:customers", format: expect.any(String) },
      defaultRouteSettings: throttling,
      routeSettings: ["GET /customers/{id}", "POST /customers", "GET /health"].map((routeKey) => ({
        routeKey,
        ...throttling,
      })),
    },
  ]);
  expect(inputsOf(resources, "cloudwatch/logGroup:LogGroup")).toEqual([
    { namePrefix: "/aws/vendedlogs/apis/customers-", retentionInDays: 365 },
  ]);
  expect(resources.find(({ type }) => type === SecureHttpApi.token)?.inputs).toEqual({
    routes: ["GET /customers/{id}", "POST /customers", "GET /health"],
    publicAccess: [{ routes: ["GET /health"], ...review }],
    preflights: [],
    lockdown: "none",
  });
});

describe("options reach the resources", () => {
  test("throttles of the API and of a route, a timeout, a log's retention and key, tags", async () => {
    const tags = { team: "edge" };
    const resources = await made({
      authorization: iam,
      routes: {
        "GET /a": { handler, throttle: { rateLimit: 1, burstLimit: 2 }, timeoutMilliseconds: 5000 },
        "GET /b": { handler },
      },
      throttle: { rateLimit: 10.5, burstLimit: 20 },
      accessLog: { retentionInDays: 731, kmsKeyId: "arn:key" },
      tags,
    });
    expect(inputsOf(resources, "apigatewayv2/stage:Stage")).toMatchObject([
      {
        tags,
        defaultRouteSettings: { throttlingRateLimit: 10.5, throttlingBurstLimit: 20 },
        routeSettings: [
          { routeKey: "GET /a", throttlingRateLimit: 1, throttlingBurstLimit: 2 },
          { routeKey: "GET /b", throttlingRateLimit: 10.5, throttlingBurstLimit: 20 },
        ],
      },
    ]);
    expect(
      inputsOf(resources, "apigatewayv2/integration:Integration").map((it) => it.timeoutMilliseconds),
    ).toEqual([5000, 30_000]);
    expect(inputsOf(resources, "cloudwatch/logGroup:LogGroup")).toMatchObject([
      { tags, retentionInDays: 731, kmsKeyId: "arn:key" },
    ]);
    expect(inputsOf(resources, "apigatewayv2/api:Api")).toMatchObject([{ tags }]);
  });

  test("characters that a log group's name can't have are replaced there", async () => {
    const args = { authorization: iam, routes: { "GET /a": { handler } } };
    const resources = await registered(() => new SecureHttpApi("über uns", args));
    expect(inputsOf(resources, "cloudwatch/logGroup:LogGroup")).toMatchObject([
      { namePrefix: "/aws/vendedlogs/apis/-ber-uns-" },
    ]);
  });

  test("the outputs are the API's", async () => {
    let url: string | undefined;
    let arn: string | undefined;
    let routeKey: string | undefined;
    await registered(() => {
      const api = new SecureHttpApi("customers", { authorization: iam, routes: { "GET /a": { handler } } });
      api.url.apply((value) => {
        url = value;
      });
      api.executionArn.apply((value) => {
        arn = value;
      });
      api.routes["GET /a"]?.routeKey.apply((value) => {
        routeKey = value;
      });
    });
    expect({ url, arn, routeKey }).toEqual({
      url: "https://abc.execute-api.eu-west-1.amazonaws.com",
      arn: executionArn,
      routeKey: "GET /a",
    });
  });
});

describe("handlers", () => {
  const invoked = async (given: SecureHttpApiArgs["routes"][`GET /${string}`]["handler"]) => {
    const resources = await made({ authorization: iam, routes: { "GET /a": { handler: given } } });
    const [permission] = inputsOf(resources, "lambda/permission:Permission");
    const [integration] = inputsOf(resources, "apigatewayv2/integration:Integration");
    const { function: functionName, qualifier } = permission ?? {};
    return { functionName, qualifier, invokeArn: integration?.integrationUri };
  };

  test("a function that another stack owns", async () => {
    const given = { functionName: pulumi.output("lookup"), invokeArn: "arn:lookup", qualifier: "live" };
    expect(await invoked(given)).toEqual({
      functionName: "lookup",
      qualifier: "live",
      invokeArn: "arn:lookup",
    });
  });

  test.each<[string, object]>([
    ["a route's", { authorization: iam, routes: { "GET /a": { handler: foreign } } }],
    [
      "an authorizer's",
      {
        authorization: Authorization.lambda({ handler: foreign }),
        routes: { "GET /a": { handler: Integration.http({ url: "https://a.example.com/" }) } },
      },
    ],
  ])("the owner of a function elsewhere permits its calls: %s", async (_, args) => {
    const resources = await made(args as SecureHttpApiArgs);
    expect(ofType(resources, "lambda/permission:Permission")).toEqual([]);
    expect(JSON.stringify(resources)).toContain("arn:foreign");
  });

  test("a provider of the function's account permits its calls", async () => {
    const resources = await registered(() => {
      const provider = new aws.Provider("backend", { region: "eu-west-1" });
      const routes = {
        "GET /a": { handler: { ...handler, permission: { provider } } },
        "GET /b": { handler },
      };
      new SecureHttpApi("customers", { authorization: iam, routes });
    });
    const permissions = ofType(resources, "lambda/permission:Permission");
    expect(permissions.map(({ inputs, provider }) => [inputs.sourceArn, provider])).toEqual([
      [`${executionArn}/*/GET/a`, expect.stringContaining("pulumi:providers:aws::backend::")],
      [`${executionArn}/*/GET/b`, undefined],
    ]);
  });

  test("a function, and an Output of it", async () => {
    const seen: Record<string, unknown>[] = [];
    const resources = await registered(() => {
      const lookup = new aws.lambda.Function("lookup", { role: "arn:role" });
      const routes = { "GET /a": { handler: lookup }, "GET /b": { handler: pulumi.output(lookup) } };
      new SecureHttpApi("customers", { authorization: iam, routes });
    });
    for (const { inputs } of ofType(resources, "lambda/permission:Permission")) {
      seen.push({ function: inputs.function, qualifier: inputs.qualifier });
    }
    expect(seen).toEqual([{ function: "lookup-name" }, { function: "lookup-name" }]);
    expect(inputsOf(resources, "apigatewayv2/integration:Integration")).toMatchObject([
      { integrationUri: "arn:invoke:lookup" },
      { integrationUri: "arn:invoke:lookup" },
    ]);
  });

  test("an alias is permitted by the function's name and its own qualifier", async () => {
    const resources = await registered(() => {
      const live = new aws.lambda.Alias("live", {
        functionName: "lookup",
        functionVersion: "3",
        name: "live",
      });
      new SecureHttpApi("customers", { authorization: iam, routes: { "GET /a": { handler: live } } });
    });
    expect(inputsOf(resources, "lambda/permission:Permission")).toMatchObject([
      { function: "lookup", qualifier: "live" },
    ]);
    expect(inputsOf(resources, "apigatewayv2/integration:Integration")).toMatchObject([
      { integrationUri: "arn:invoke:live" },
    ]);
  });
});

describe("integrations", () => {
  const integrated = async (
    key: `${"GET" | "ANY"} /${string}`,
    given: SecureHttpApiArgs["routes"][typeof key]["handler"],
  ) => {
    const resources = await made({ authorization: iam, routes: { [key]: { handler: given } } });
    expect(ofType(resources, "lambda/permission:Permission")).toEqual([]);
    const [{ apiId, ...integration } = {}] = inputsOf(resources, "apigatewayv2/integration:Integration");
    expect(apiId).toBe("customers-id");
    return integration;
  };
  const url = "https://customers.example.com/v1/customers/{id}";
  const proxied = {
    integrationType: "HTTP_PROXY",
    integrationMethod: "GET",
    payloadFormatVersion: "1.0",
    timeoutMilliseconds: 30_000,
  };

  test("an HTTP endpoint is called with the route's method and the path parameter in its URL", async () => {
    expect(await integrated("GET /customers/{id}", Integration.http({ url }))).toEqual({
      ...proxied,
      integrationUri: url,
    });
  });

  test("a greedy parameter is filled in by its name, and ANY keeps the caller's method", async () => {
    const greedy = "https://customers.example.com/{proxy}?all={proxy}";
    expect(await integrated("ANY /customers/{proxy+}", Integration.http({ url: greedy }))).toEqual({
      ...proxied,
      integrationMethod: "ANY",
      integrationUri: greedy,
    });
  });

  test("its own method is used", async () => {
    const handler = Integration.http({ url: pulumi.output(url), method: "POST" });
    expect(await integrated("GET /customers/{id}", handler)).toEqual({
      ...proxied,
      integrationMethod: "POST",
      integrationUri: url,
    });
  });

  test("a service in a VPC is called over TLS, with the name in its certificate", async () => {
    const handler = Integration.vpcLink({
      vpcLinkId: pulumi.output("link"),
      listenerArn: "arn:listener",
      serverName: "customers.internal.example.com",
    });
    expect(await integrated("GET /customers/{id}", handler)).toEqual({
      ...proxied,
      integrationUri: "arn:listener",
      connectionType: "VPC_LINK",
      connectionId: "link",
      tlsConfig: { serverNameToVerify: "customers.internal.example.com" },
    });
  });
});

describe("CORS", () => {
  const cors = { allowOrigins: ["https://app.example.com"] } as const;
  const configured = async (args: SecureHttpApiArgs) =>
    inputsOf(await made({ cors, ...args }), "apigatewayv2/api:Api")[0]?.corsConfiguration;
  const check = { functionName: "check", invokeArn: "arn:check" };
  const signature = Authorization.lambda({
    handler: check,
    identitySources: ["$request.header.X-Signature", "$request.querystring.key"],
  });
  const clients = Authorization.cognito({
    userPool: { arn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc" },
    clientIds: ["web"],
    scopes: "any-token",
  });

  test("allows the methods of the routes and the header that carries a token", async () => {
    const routes = { "POST /a": { handler }, "GET /a": { handler }, "GET /b": { handler } };
    expect(await configured({ authorization: jwt, routes })).toEqual({
      allowOrigins: ["https://app.example.com"],
      allowMethods: ["GET", "POST"],
      allowHeaders: ["authorization", "content-type"],
      maxAge: 300,
    });
  });

  test.each<[string, SecureHttpApiArgs["authorization"] & object, string[]]>([
    ["a user pool's token", clients, ["authorization", "content-type"]],
    ["what a Lambda authorizer reads", signature, ["content-type", "x-signature"]],
    ["its default", Authorization.lambda({ handler: check }), ["authorization", "content-type"]],
    [
      "a signature of IAM",
      iam,
      ["authorization", "content-type", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"],
    ],
  ])("allows the headers of %s", async (_, authorization, allowHeaders) => {
    const args = { authorization, routes: { "GET /a": { handler } } } as SecureHttpApiArgs;
    expect(await configured(args)).toMatchObject({ allowHeaders });
  });

  test("a public route needs no header, and further headers are added once", async () => {
    const routes = { "GET /a": { handler, access: publicAccess(review) } };
    const allowHeaders = ["Content-Type", "X-Request-Id"];
    expect(await configured({ routes, cors: { ...cors, allowHeaders } })).toMatchObject({
      allowHeaders: ["content-type", "x-request-id"],
    });
  });

  test("any origin may call without credentials", async () => {
    const args: SecureHttpApiArgs = {
      authorization: jwt,
      routes: { "ANY /a": { handler } },
      cors: { allowOrigins: ["*"], exposeHeaders: ["etag"], maxAgeSeconds: 0 },
    };
    expect(await configured(args)).toEqual({
      allowOrigins: ["*"],
      allowMethods: ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"],
      allowHeaders: ["authorization", "content-type"],
      exposeHeaders: ["etag"],
      maxAge: 0,
    });
  });

  const open = { handler, access: publicAccess(review) };
  test.each<[string, SecureHttpApiArgs["routes"], string[]]>([
    ["an explicit method: API Gateway answers itself", { "GET /{proxy+}": { handler } }, []],
    ["ANY", { "ANY /a": { handler } }, ["OPTIONS /a"]],
    [
      "ANY with IAM of its own, greedy, beside a route that is more exact",
      { "ANY /{proxy+}": { handler, authorization: iam }, "GET /a": { handler } },
      ["OPTIONS /{proxy+}"],
    ],
    ["two", { "ANY /a": { handler }, "ANY /a/{id}": { handler } }, ["OPTIONS /a", "OPTIONS /a/{id}"]],
    ["ANY that is public: nobody refuses a preflight", { "ANY /a": open as never }, []],
    [
      "a public OPTIONS route of its own, its parameter by another name",
      { "ANY /{proxy+}": { handler }, "OPTIONS /{path+}": open as never },
      [],
    ],
  ])("preflights past %s", async (_, routes, preflights) => {
    const resources = await made({ authorization: jwt, routes, cors } as SecureHttpApiArgs);
    const component = resources.find(({ type }) => type === SecureHttpApi.token);
    expect(component?.inputs.preflights).toEqual(preflights);
    const routesMade = inputsOf(resources, "apigatewayv2/route:Route");
    expect(
      routesMade
        .filter(
          ({ routeKey, authorizationType }) =>
            `${routeKey}`.startsWith("OPTIONS ") && authorizationType === "NONE",
        )
        .map(({ routeKey }) => routeKey),
    ).toEqual(expect.arrayContaining(preflights));
    expect(routesMade).toHaveLength(Object.keys(routes).length + preflights.length);
    expect(ofType(resources, "lambda/function:Function")).toHaveLength(preflights.length > 0 ? 1 : 0);
  });

  test("without cors there are no preflight routes and no function for them", async () => {
    const resources = await made({ authorization: jwt, routes: { "ANY /a": { handler } } });
    expect(inputsOf(resources, "apigatewayv2/route:Route")).toHaveLength(1);
    expect(ofType(resources, "lambda/function:Function")).toEqual([]);
    expect(inputsOf(resources, "apigatewayv2/api:Api")[0]).not.toHaveProperty("corsConfiguration");
  });

  test("an OPTIONS request that is no preflight reaches a function without permissions, not the handler of ANY", async () => {
    const resources = await made({ authorization: jwt, routes: { "ANY /a": { handler } }, cors });
    expect(
      inputsOf(resources, "apigatewayv2/integration:Integration").map((it) => it.integrationUri),
    ).toEqual(["arn:lookup", "arn:invoke:customers-preflight"]);
    expect(inputsOf(resources, "lambda/permission:Permission")).toContainEqual({
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      function: "customers-preflight-name",
      sourceArn: `${executionArn}/*/OPTIONS/a`,
    });
    const [role] = inputsOf(resources, "iam/role:Role");
    expect(Object.keys(role ?? {}).sort()).toEqual(["assumeRolePolicy", "description"]);
    expect(resources.map(({ type }) => type)).not.toContain(
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    );
  });
});

describe("a domain", () => {
  const routes = { "GET /a": { handler } };
  const withDomain = (domain: NonNullable<SecureHttpApiArgs["domain"]>, region?: string) => {
    let url: string | undefined;
    const program = () => {
      const api = new SecureHttpApi("customers", { authorization: iam, routes, domain });
      api.url.apply((value) => {
        url = value;
      });
    };
    return registered(program, region).then((resources) => ({ resources, url }));
  };
  const name = "customers.example.com";

  test("uses TLS 1.2 or newer and is mapped to the stage, and the default endpoint is off", async () => {
    const { resources, url } = await withDomain({ name, certificateArn: "arn:certificate" });
    expect(inputsOf(resources, "apigatewayv2/domainName:DomainName")).toEqual([
      {
        domainName: name,
        domainNameConfiguration: {
          certificateArn: "arn:certificate",
          endpointType: "REGIONAL",
          securityPolicy: "TLS_1_2",
          ipAddressType: "dualstack",
        },
      },
    ]);
    expect(inputsOf(resources, "apigatewayv2/apiMapping:ApiMapping")).toEqual([
      { apiId: "customers-id", domainName: name, stage: "$default" },
    ]);
    expect(inputsOf(resources, "apigatewayv2/api:Api")).toEqual([
      { protocolType: "HTTP", disableExecuteApiEndpoint: true },
    ]);
    expect(url).toBe("https://customers.example.com");
    expect(resources.filter(({ type }) => /^aws:(acm|route53)/.test(type))).toEqual([]);
  });

  test("with a hosted zone, the certificate is created and validated there, with the domain's records", async () => {
    const { resources } = await withDomain({ name, hostedZoneId: pulumi.output("Z1") });
    expect(namesOf(resources, "route53/record:Record")).toEqual([
      "customers-A",
      "customers-AAAA",
      "customers-validation",
    ]);
    expect(inputsOf(resources, "acm/certificate:Certificate")).toEqual([
      { domainName: name, validationMethod: "DNS" },
    ]);
    expect(inputsOf(resources, "apigatewayv2/domainName:DomainName")).toMatchObject([
      { domainNameConfiguration: { certificateArn: "arn:customers" } },
    ]);
  });

  test("with both, the given certificate is used and the records are created", async () => {
    const { resources } = await withDomain({ name, hostedZoneId: "Z1", certificateArn: "arn:certificate" });
    expect(namesOf(resources, "route53/record:Record")).toEqual(["customers-A", "customers-AAAA"]);
    expect(ofType(resources, "acm/certificate:Certificate")).toEqual([]);
  });

  test("requires client certificates from a version of the truststore, and proof of ownership if its own certificate was imported", async () => {
    const { resources } = await withDomain({
      name,
      certificateArn: "arn:imported",
      mutualTls: {
        truststoreUri: "s3://truststore/issuers.pem",
        truststoreVersion: pulumi.output("3"),
        ownershipVerificationCertificateArn: "arn:proof",
      },
    });
    expect(inputsOf(resources, "apigatewayv2/domainName:DomainName")).toMatchObject([
      {
        domainNameConfiguration: { ownershipVerificationCertificateArn: "arn:proof" },
        mutualTlsAuthentication: {
          truststoreUri: "s3://truststore/issuers.pem",
          truststoreVersion: "3",
        },
      },
    ]);
    expect(inputsOf(resources, "apigatewayv2/api:Api")).toMatchObject([{ disableExecuteApiEndpoint: true }]);
  });
});

test.each([
  ["eu-west-1", "aws", "amazonaws.com"],
  ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
  ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
])(
  "a key of the access log's own lets CloudWatch Logs of %s use it for this log alone",
  async (region, partition, suffix) => {
    const args: SecureHttpApiArgs = {
      authorization: iam,
      routes: { "GET /a": { handler } },
      accessLog: { ownKey: true },
    };
    const resources = await registered(() => new SecureHttpApi("customers", args), region);
    const [{ policy, ...key } = {}] = inputsOf(resources, "kms/key:Key");
    expect(key).toEqual({ description: expect.any(String), enableKeyRotation: true });
    expect(JSON.parse(String(policy)).Statement).toEqual([
      {
        Sid: "Account",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::123456789012:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "AccessLog",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.${suffix}` },
        Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        Resource: "*",
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:${region}:123456789012:log-group:/aws/vendedlogs/apis/*`,
          },
        },
      },
    ]);
    expect(inputsOf(resources, "cloudwatch/logGroup:LogGroup")).toMatchObject([
      { kmsKeyId: "arn:customers" },
    ]);
  },
);

describe("a transform", () => {
  const args: SecureHttpApiArgs = {
    authorization: Authorization.jwt({
      issuer: "https://id.example.com",
      audiences: ["a"],
      scopes: "any-token",
    }),
    routes: {
      "GET /a": { handler },
      "GET /b": {
        handler: Integration.vpcLink({
          vpcLinkId: "v",
          listenerArn: "arn:listener",
          serverName: "b.example.com",
        }),
      },
    },
  };
  const withTransform = (transform: object) => ({ ...args, transform }) as SecureHttpApiArgs;
  const changes = (change: object) => (given: object) => ({ ...given, ...change });

  test("that makes the API stricter stays", async () => {
    const transform = {
      api: changes({ disableExecuteApiEndpoint: true }),
      route: changes({ authorizationScopes: ["a/read"] }),
      authorizer: changes({ identitySources: ["$request.header.X-Token"] }),
    };
    const resources = await registered(() => new SecureHttpApi("customers", withTransform(transform)));
    expect(inputsOf(resources, "apigatewayv2/api:Api")).toMatchObject([{ disableExecuteApiEndpoint: true }]);
    for (const route of inputsOf(resources, "apigatewayv2/route:Route")) {
      expect(route).toMatchObject({ authorizationType: "JWT", authorizationScopes: ["a/read"] });
    }
    expect(inputsOf(resources, "apigatewayv2/authorizer:Authorizer")).toMatchObject([
      { identitySources: ["$request.header.X-Token"] },
    ]);
  });

  test.each<[situation: string, child: string, change: object, property: string]>([
    ["a service", "integration", { integrationSubtype: "SQS-SendMessage" }, "integrationSubtype"],
    ["a role", "integration", { credentialsArn: "arn:role" }, "credentialsArn"],
    ["no TLS", "integration", { tlsConfig: undefined }, "tlsConfig"],
    ["a token in the URL", "authorizer", { identitySources: ["$request.querystring.t"] }, "identitySources"],
    ["no log", "stage", { accessLogSettings: undefined }, "accessLogSettings"],
    ["a trace", "stage", { defaultRouteSettings: { dataTraceEnabled: true } }, "defaultRouteSettings"],
  ])("that would weaken it (%s) stops the program", async (_, child, change, property) => {
    const message = await stopOf(
      () => new SecureHttpApi("customers", withTransform({ [child]: changes(change) })),
    );
    expect(message).toMatch(/^The transform of aws:apigatewayv2\/.* changes what the component guards:\n/);
    expect(message).toContain(`\n  ${property}: `);
  });

  test("that closes a public route doesn't stop a lockdown, which closes it otherwise", async () => {
    const open = {
      authorization: iam,
      routes: { "GET /a": { handler, access: publicAccess(review) } },
      transform: { route: changes({ authorizationType: "CUSTOM", authorizerId: "own" }) },
    } as unknown as SecureHttpApiArgs;
    const routeUnder = async (lockdown: "none" | "deny") =>
      inputsOf(
        await registered(() => new SecureHttpApi("customers", { ...open, lockdown })),
        "apigatewayv2/route:Route",
      )[0];
    expect(await routeUnder("none")).toMatchObject({ authorizationType: "CUSTOM", authorizerId: "own" });
    const locked = await routeUnder("deny");
    expect(locked).toMatchObject({ authorizationType: "AWS_IAM" });
    expect(locked).not.toHaveProperty("authorizerId");
  });
});

test.each([
  ["on by default", {}, undefined],
  ["off if the arguments say so", { defaultEndpoint: "off" }, true],
  ["off with a domain", { domain: { name: "a.example.com", certificateArn: "arn:certificate" } }, true],
] as const)("the default endpoint is %s", async (_, more, disabled) => {
  const args: SecureHttpApiArgs = { authorization: iam, routes: { "GET /a": { handler } }, ...more };
  const resources = await registered(() => new SecureHttpApi("customers", args));
  const [api] = inputsOf(resources, "apigatewayv2/api:Api");
  expect(api?.disableExecuteApiEndpoint).toBe(disabled);
});

describe("the watch of the stage", () => {
  const args: SecureHttpApiArgs = { authorization: iam, routes: { "GET /a": { handler } } };

  test("is created by default, for the API, its stage and its access log", async () => {
    const resources = await made(args);
    expect(resources.find(({ type }) => type === ApiWatch.token)?.inputs).toMatchObject({
      kind: "HTTP",
      readsAccessLog: true,
    });
    expect(inputsOf(resources, "cloudwatch/logMetricFilter:LogMetricFilter")).toMatchObject([
      { logGroupName: "customers-name" },
      { logGroupName: "customers-name" },
    ]);
    const alarms = inputsOf(resources, "cloudwatch/metricAlarm:MetricAlarm");
    expect(alarms.length).toBeGreaterThan(0);
    expect(JSON.stringify(alarms)).toContain('{"ApiId":"customers-id","Stage":"$default"}');
  });

  test("takes its settings", async () => {
    const resources = await made({ ...args, watch: { alarmActions: ["arn:pager"], dashboard: false } });
    const alarms = inputsOf(resources, "cloudwatch/metricAlarm:MetricAlarm");
    for (const alarm of alarms) expect(alarm.alarmActions).toEqual(["arn:pager"]);
    expect(ofType(resources, "cloudwatch/dashboard:Dashboard")).toEqual([]);
  });

  test("isn't created if it is off", async () => {
    const resources = await made({ ...args, watch: "off" });
    expect(resources.map(({ type }) => type)).not.toContain(ApiWatch.token);
    expect(ofType(resources, "cloudwatch/metricAlarm:MetricAlarm")).toEqual([]);
  });
});

test("tags reach every resource that can have tags", async () => {
  const tags = { team: "edge" };
  const resources = await made({
    authorization: jwt,
    routes: {
      "ANY /a": { handler },
      "GET /b": { handler, authorization: Authorization.lambda({ handler }) },
    },
    cors: { allowOrigins: ["https://app.example.com"] },
    domain: { name: "customers.example.com", hostedZoneId: "Z1" },
    accessLog: { ownKey: true },
    tags,
  });
  // What AWS gives no tags (their pages in the registry have no such argument).
  const untagged =
    /apigatewayv2\/(authorizer|integration|route|apiMapping):|lambda\/permission:|route53\/record:|acm\/certificateValidation:|cloudwatch\/(dashboard|logMetricFilter|queryDefinition):/;
  const tagged = resources.filter(({ type }) => type.startsWith("aws:") && !untagged.test(type));
  expect([...new Set(tagged.map(({ type }) => type))].sort()).toEqual([
    "aws:acm/certificate:Certificate",
    "aws:apigatewayv2/api:Api",
    "aws:apigatewayv2/domainName:DomainName",
    "aws:apigatewayv2/stage:Stage",
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "aws:iam/role:Role",
    "aws:kms/key:Key",
    "aws:lambda/function:Function",
  ]);
  for (const resource of tagged) expect(resource.inputs.tags).toEqual(tags);
});

describe("authorizers", () => {
  const authorizersOf = async (args: SecureHttpApiArgs) =>
    ofType(await made(args), "apigatewayv2/authorizer:Authorizer");

  test("IAM needs none", async () => {
    const resources = await made({ authorization: iam, routes: { "GET /a": { handler } } });
    expect(ofType(resources, "apigatewayv2/authorizer:Authorizer")).toEqual([]);
    expect(inputsOf(resources, "apigatewayv2/route:Route")).toMatchObject([{ authorizationType: "AWS_IAM" }]);
    expect(inputsOf(resources, "apigatewayv2/route:Route")[0]).not.toHaveProperty("authorizerId");
  });

  test.each([
    [
      "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc",
      "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc",
    ],
    [
      "arn:aws-us-gov:cognito-idp:us-gov-west-1:123456789012:userpool/us-gov-west-1_abc",
      "https://cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_abc",
    ],
    [
      "arn:aws-cn:cognito-idp:cn-north-1:123456789012:userpool/cn-north-1_abc",
      "https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_abc",
    ],
    [
      "arn:aws-eusc:cognito-idp:eusc-de-east-1:123456789012:userpool/eusc-de-east-1_abc",
      "https://cognito-idp.eusc-de-east-1.amazonaws.eu/eusc-de-east-1_abc",
    ],
  ])("a user pool is an issuer, and its clients are audiences: %s", async (arn, issuer) => {
    const authorization = Authorization.cognito({
      userPool: pulumi.output({ arn }),
      clientIds: [pulumi.output("web"), "mobile"],
      scopes: ["customers/read"],
    });
    const resources = await made({ authorization, routes: { "GET /a": { handler } } });
    const [authorizer] = ofType(resources, "apigatewayv2/authorizer:Authorizer");
    expect(authorizer?.name).toMatch(/^customers-cognito-/);
    expect(authorizer?.inputs).toEqual({
      apiId: "customers-id",
      authorizerType: "JWT",
      identitySources: ["$request.header.Authorization"],
      jwtConfiguration: { issuer, audiences: ["web", "mobile"] },
    });
    expect(inputsOf(resources, "apigatewayv2/route:Route")).toMatchObject([
      {
        authorizationType: "JWT",
        authorizerId: `${authorizer?.name}-id`,
        authorizationScopes: ["customers/read"],
      },
    ]);
  });

  test("equal clients of one user pool share an authorizer, others have one of another name", async () => {
    const userPool = { arn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc" };
    const cognito = (clientIds: string[], name?: string) =>
      Authorization.cognito({ userPool, clientIds, scopes: ["a"], name });
    const authorizers = await authorizersOf({
      authorization: cognito(["web"]),
      routes: {
        "GET /a": { handler },
        "GET /b": { handler, authorization: cognito(["web"]) },
        "GET /c": { handler, authorization: cognito(["desk"], "desk") },
      },
    });
    expect(authorizers.map(({ name }) => name.replace(/-[^-]*$/, ""))).toEqual([
      "customers-cognito",
      "customers-desk",
    ]);
  });

  test("a Lambda function is called for each request, and only its authorizer may invoke it", async () => {
    const authorization = Authorization.lambda({
      handler: { functionName: "check", invokeArn: "arn:check" },
    });
    const resources = await made({ authorization, routes: { "GET /a": { handler } } });
    const [authorizer] = ofType(resources, "apigatewayv2/authorizer:Authorizer");
    expect(authorizer?.inputs).toEqual({
      apiId: "customers-id",
      authorizerType: "REQUEST",
      authorizerUri: "arn:check",
      authorizerPayloadFormatVersion: "2.0",
      enableSimpleResponses: true,
      identitySources: ["$request.header.Authorization"],
      authorizerResultTtlInSeconds: 0,
    });
    expect(inputsOf(resources, "apigatewayv2/route:Route")).toMatchObject([
      { authorizationType: "CUSTOM", authorizerId: `${authorizer?.name}-id` },
    ]);
    expect(inputsOf(resources, "lambda/permission:Permission")).toContainEqual({
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      function: "check",
      sourceArn: `${executionArn}/authorizers/${authorizer?.name}-id`,
    });
  });

  test("a Lambda function of a REST API is called as there, and answers an IAM policy", async () => {
    const authorization = Authorization.lambda({ handler, response: "iamPolicy", resultTtlInSeconds: 60 });
    const resources = await made({ authorization, routes: { "GET /a": { handler } } });
    expect(inputsOf(resources, "apigatewayv2/authorizer:Authorizer")).toMatchObject([
      {
        authorizerPayloadFormatVersion: "1.0",
        enableSimpleResponses: false,
        identitySources: ["$request.header.Authorization", "$context.routeKey"],
      },
    ]);
  });

  test.each<[string, readonly [string, ...string[]] | undefined, string[]]>([
    ["by default", undefined, ["$request.header.Authorization", "$context.routeKey"]],
    ["beside a source of its own", ["$request.header.X"], ["$request.header.X", "$context.routeKey"]],
    ["once", ["$context.routeKey", "$request.header.X"], ["$context.routeKey", "$request.header.X"]],
  ])(
    "a remembered answer counts for its route alone: the route is part of the key, %s",
    async (_, given, sources) => {
      const authorization = Authorization.lambda({ handler, identitySources: given, resultTtlInSeconds: 60 });
      const authorizers = await authorizersOf({ authorization, routes: { "GET /a": { handler } } });
      expect(authorizers.map(({ inputs }) => inputs.identitySources)).toEqual([sources]);
    },
  );

  test("equal authorizations share an authorizer, whatever their scopes", async () => {
    const issuer = pulumi.output("https://id.example.com");
    const same = () => Authorization.jwt({ issuer, audiences: ["a", "b"], scopes: "any-token" });
    const resources = await made({
      authorization: same(),
      routes: { "GET /a": { handler }, "GET /b": { handler, authorization: same(), scopes: ["b"] } },
    });
    expect(ofType(resources, "apigatewayv2/authorizer:Authorizer")).toHaveLength(1);
    expect(inputsOf(resources, "apigatewayv2/route:Route").map((it) => it.authorizationScopes)).toEqual([
      undefined,
      ["b"],
    ]);
  });

  test("different authorizations have authorizers with different names", async () => {
    const partners = Authorization.jwt({
      ...jwtArgs,
      issuer: "https://partners.example.com",
      name: "partners",
    });
    const authorizers = await authorizersOf({
      authorization: jwt,
      routes: { "GET /a": { handler }, "GET /b": { handler, authorization: partners } },
    });
    expect(authorizers.map(({ name }) => name.replace(/-[^-]*$/, ""))).toEqual([
      "customers-jwt",
      "customers-partners",
    ]);
  });

  test("an authorization that no route inherits creates no authorizer", async () => {
    const routes = {
      "GET /a": { handler, authorization: iam },
      "GET /b": { handler, access: publicAccess(review) },
    };
    expect(await authorizersOf({ authorization: jwt, routes })).toEqual([]);
  });
});

describe("names don't change", () => {
  const open = { handler, access: publicAccess(review) };
  const before: SecureHttpApiArgs = {
    authorization: jwt,
    routes: { "GET /a": { handler }, "GET /b": { handler } },
  };
  const types = ["Route", "Integration"].map((type) => `apigatewayv2/${type.toLowerCase()}:${type}`);
  const childTypes = [...types, "lambda/permission:Permission", "apigatewayv2/authorizer:Authorizer"];

  test.each<[string, SecureHttpApiArgs["routes"]]>([
    ["the order changes", { "GET /b": { handler }, "GET /a": { handler } }],
    ["a route is opened", { "GET /a": open as never, "GET /b": { handler } }],
    [
      "a route gets other scopes and limits",
      { "GET /a": { handler, scopes: ["x"], timeoutMilliseconds: 50 }, "GET /b": { handler } },
    ],
    ["a route comes first", { "GET /": { handler }, "GET /a": { handler }, "GET /b": { handler } }],
  ])("when %s", async (_, routes) => {
    const then = await made(before);
    const now = await made({ ...before, routes } as SecureHttpApiArgs);
    for (const type of childTypes) {
      expect(namesOf(now, type)).toEqual(expect.arrayContaining([...namesOf(then, type)]));
    }
  });
});
