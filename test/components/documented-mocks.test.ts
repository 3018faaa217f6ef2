import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { afterEach, expect, test } from "vitest";
import {
  ApiDomain,
  ApiWatch,
  Authorization,
  GatewayLoggingAccount,
  Integration,
  SecureHttpApi,
  SecureRestApi,
  SecureWebSocketApi,
  UserDirectory,
} from "../../components/src";

const cors = { allowOrigins: ["https://app.example.com", "https://www.example.com"] } as const;
const domain = { name: "customers.example.com", hostedZoneId: "Z1" };
const options = { accessLog: { ownKey: true }, cors, domain } as const;

const handler = () => new aws.lambda.Function("lookup", { role: "arn:role" });
const pool = () => new aws.cognito.UserPool("pool");
const scopes = ["customers/read"];

const programs: Readonly<Record<string, () => unknown>> = {
  "SecureHttpApi with a domain": () =>
    new SecureHttpApi("customers", {
      ...options,
      authorization: Authorization.cognito({ userPool: pool(), clientIds: ["web"], scopes }),
      routes: { "ANY /customers": { handler: handler() } },
    }),
  "SecureHttpApi without a domain": () =>
    new SecureHttpApi("customers", {
      authorization: Authorization.lambda({ handler: handler() }),
      routes: { "GET /customers": { handler: handler() } },
    }),
  SecureRestApi: () =>
    new SecureRestApi("customers", {
      ...options,
      authorization: Authorization.cognito({ userPool: pool(), scopes }),
      routes: { "POST /customers": { handler: handler(), body: { type: "object" } } },
    }),
  "routes that AWS services answer": () => {
    const services = {
      "POST /messages": {
        handler: Integration.sqs({
          queueArn: new aws.sqs.Queue("orders").arn,
          kmsKeyArn: new aws.kms.Key("orders").arn,
        }),
      },
      "POST /events": {
        handler: Integration.eventBridge({
          busArn: new aws.cloudwatch.EventBus("orders").arn,
          source: "com.example.orders",
          detailType: "order placed",
        }),
      },
    };
    const authorization = Authorization.iam();
    new SecureHttpApi("orders", { authorization, routes: services });
    new SecureRestApi("orders", {
      authorization,
      routes: {
        ...services,
        "POST /notices": { handler: Integration.sns({ topicArn: new aws.sns.Topic("notices").arn }) },
        "GET /customers": { handler: handler(), responseTransferMode: "STREAM" },
      },
    });
  },
  SecureWebSocketApi: () =>
    new SecureWebSocketApi("chat", {
      authorization: Authorization.lambda({ handler: handler() }),
      routes: { send: { handler: handler() } },
    }),
  "ApiDomain with its APIs": () => {
    const shop = new ApiDomain("shop", { ...domain, routing: { policy: "latency", setIdentifier: "here" } });
    const inside = new ApiDomain("inside", {
      apis: "private REST",
      name: "inside.example.com",
      certificateArn: "arn:certificate",
      vpcEndpoints: { batch: "vpce-1" },
    });
    const shared = { authorization: Authorization.iam(), routes: { "GET /a": { handler: handler() } } };
    new SecureHttpApi("orders", { ...shared, domain: shop.at("orders") });
    new SecureRestApi("reports", {
      ...shared,
      domain: [shop.at("reports"), ApiDomain.existing("b.example.com").at()],
    });
    new SecureRestApi("stock", {
      ...shared,
      endpoint: { vpcEndpointIds: ["vpce-1"] },
      domain: inside.at("stock"),
    });
  },
  UserDirectory: () =>
    new UserDirectory("people", {
      resourceServers: { customers: { read: "look customers up" } },
      clients: { web: { type: "app", callbackUrls: ["https://www.example.com/"], scopes } },
      domain: { prefix: "people" },
    }),
  GatewayLoggingAccount: () => new GatewayLoggingAccount("logging"),
  ApiWatch: () =>
    new ApiWatch("customers", {
      kind: "REST",
      api: "customers",
      stage: "live",
      accessLogGroup: new aws.cloudwatch.LogGroup("log", { namePrefix: "customers-" }),
    }),
};

const rejected: unknown[] = [];
const remember = (reason: unknown) => rejected.push(reason);

afterEach(() => {
  process.off("unhandledRejection", remember);
  rejected.length = 0;
});

/** https://www.pulumi.com/docs/iac/guides/testing/unit/ */
test.each(Object.entries(programs))("%s", async (_, program) => {
  process.on("unhandledRejection", remember);
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: `${name}_id`, state: inputs }),
    call: ({ inputs }) => inputs,
  });
  program();
  await pulumi.runtime.disconnect();
  await new Promise((done) => setImmediate(done));
  expect(rejected).toEqual([]);
});
