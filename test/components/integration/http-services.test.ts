import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { Authorization, Integration, SecureHttpApi, type SecureHttpApiArgs } from "../../../components/src";
import { ofType, registered } from "../registered";
import { arns, smallest } from "./services";

const jwt = Authorization.jwt({
  issuer: "https://id.example.com",
  audiences: ["orders"],
  scopes: "any-token",
});

const made = (handler: unknown, others: object = {}, key = "POST /orders/{id}") =>
  registered(
    () =>
      new SecureHttpApi("orders", {
        authorization: jwt,
        routes: { [key]: { handler } },
        watch: "off",
        ...others,
      } as SecureHttpApiArgs),
  );

type Case = readonly [
  situation: string,
  handler: unknown,
  subtype: string,
  parameters: Readonly<Record<string, string>>,
];

const Region = "eu-west-1";
const cases: readonly Case[] = [
  [
    "a queue",
    smallest.SQS,
    "SQS-SendMessage",
    {
      QueueUrl: "https://sqs.eu-west-1.amazonaws.com/123456789012/orders",
      MessageBody: "$request.body",
      Region,
    },
  ],
  [
    "a FIFO queue in China",
    Integration.sqs({
      queueArn: "arn:aws-cn:sqs:cn-north-1:123456789012:orders.fifo",
      message: "body.order.text",
      groupId: "path.id",
      deduplicationId: "header.Idempotency-Key",
    }),
    "SQS-SendMessage",
    {
      QueueUrl: expect.stringMatching(
        /^https:\/\/sqs\.cn-north-1\.[a-z.]+\/123456789012\/orders\.fifo$/,
      ) as never,
      MessageBody: "$request.body.order.text",
      MessageGroupId: "$request.path.id",
      MessageDeduplicationId: "$request.header.Idempotency-Key",
      Region: "cn-north-1",
    },
  ],
  [
    "an event bus",
    smallest.EVENT_BRIDGE,
    "EventBridge-PutEvents",
    {
      EventBusName: arns.bus,
      Source: "com.example.orders",
      DetailType: "order placed",
      Detail: "$request.body",
      Region,
    },
  ],
  [
    "a state machine",
    Integration.stepFunctions({ stateMachineArn: arns.stateMachine, input: "query.input" }),
    "StepFunctions-StartExecution",
    { StateMachineArn: arns.stateMachine, Input: "$request.querystring.input", Region },
  ],
  [
    "an express state machine that the caller waits for",
    Integration.stepFunctions({ stateMachineArn: arns.stateMachine, synchronous: true }),
    "StepFunctions-StartSyncExecution",
    { StateMachineArn: arns.stateMachine, Input: "$request.body", Region },
  ],
  [
    "a stream",
    Integration.kinesis({ streamArn: arns.stream, partitionKey: "claims.sub" }),
    "Kinesis-PutRecord",
    { StreamName: "orders", PartitionKey: "$context.authorizer.claims.sub", Data: "$request.body", Region },
  ],
];

test.each(cases)("%s is called by name", async (_situation, handler, subtype, requestParameters) => {
  const resources = await made(handler);
  expect(ofType(resources, "apigatewayv2/integration:Integration").map(({ inputs }) => inputs)).toEqual([
    {
      apiId: "orders-id",
      credentialsArn: expect.stringMatching(/^arn:orders-POST-orders-id-/),
      integrationSubtype: subtype,
      integrationType: "AWS_PROXY",
      payloadFormatVersion: "1.0",
      requestParameters,
      timeoutMilliseconds: 30000,
    },
  ]);
  expect(ofType(resources, "lambda/permission:Permission")).toEqual([]);
});

test("what a Lambda authorizer says of the caller", async () => {
  const handler = Integration.kinesis({ streamArn: arns.stream, partitionKey: "authorizer.tenant" });
  const lambda = Authorization.lambda({ handler: { functionName: "f", invokeArn: "arn:f" } });
  const [integration] = ofType(
    await made(handler, { authorization: lambda }),
    "apigatewayv2/integration:Integration",
  );
  expect(integration?.inputs.requestParameters).toMatchObject({ PartitionKey: "$context.authorizer.tenant" });
});

describe("the role of a route", () => {
  const roleOf = async (handler: unknown, others: object = {}) => {
    const resources = await made(handler, others);
    const [role] = ofType(resources, "iam/role:Role");
    const [policy] = ofType(resources, "iam/rolePolicy:RolePolicy");
    return { role, policy, statements: JSON.parse(String(policy?.inputs.policy)).Statement };
  };
  const allow = (Action: unknown, Resource: string) => ({ Effect: "Allow", Action, Resource });

  test.each([
    ["of a queue", smallest.SQS, [allow("sqs:SendMessage", arns.queue)]],
    ["of an event bus", smallest.EVENT_BRIDGE, [allow("events:PutEvents", arns.bus)]],
    ["of a state machine", smallest.STEP_FUNCTIONS, [allow("states:StartExecution", arns.stateMachine)]],
    [
      "of a state machine that the caller waits for",
      Integration.stepFunctions({ stateMachineArn: arns.stateMachine, synchronous: true }),
      [allow("states:StartSyncExecution", arns.stateMachine)],
    ],
    ["of a stream", smallest.KINESIS, [allow("kinesis:PutRecord", arns.stream)]],
    [
      "of an encrypted queue",
      Integration.sqs({ queueArn: arns.queue, kmsKeyArn: arns.key }),
      [allow("sqs:SendMessage", arns.queue), allow(["kms:GenerateDataKey", "kms:Decrypt"], arns.key)],
    ],
    [
      "of an encrypted stream",
      Integration.kinesis({ streamArn: arns.stream, kmsKeyArn: arns.key }),
      [allow("kinesis:PutRecord", arns.stream), allow(["kms:GenerateDataKey"], arns.key)],
    ],
  ])("%s allows that and no more", async (_situation, handler, statements) => {
    expect((await roleOf(handler)).statements).toEqual(statements);
  });

  test("is API Gateway's, without a condition that it can't meet", async () => {
    const { role } = await roleOf(smallest.SQS, { tags: { team: "orders" } });
    expect(role?.inputs).toEqual({
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
      }),
      description: "Allows sqs:SendMessage for a route of orders",
      tags: { team: "orders" },
    });
  });

  test("is the route's own", async () => {
    const routes = { "POST /a": { handler: smallest.SQS }, "POST /b": { handler: smallest.SQS } };
    const resources = await made(smallest.SQS, { routes });
    expect(ofType(resources, "iam/role:Role")).toHaveLength(2);
    expect(ofType(resources, "iam/rolePolicy:RolePolicy").map(({ inputs }) => inputs.role)).toEqual(
      ofType(resources, "iam/role:Role").map(({ name }) => `${name}-id`),
    );
  });

  test("has names that AWS accepts", async () => {
    const key = `POST /${"a".repeat(60)}`;
    const resources = await registered(
      () =>
        new SecureHttpApi(`Größe ${"x".repeat(60)}`, {
          authorization: jwt,
          routes: { [key]: { handler: smallest.SQS } },
          watch: "off",
        } as SecureHttpApiArgs),
    );
    const [role] = ofType(resources, "iam/role:Role");
    const [policy] = ofType(resources, "iam/rolePolicy:RolePolicy");
    expect(`${role?.name}-1234567`).toMatch(/^[\w+=,.@-]{1,64}$/);
    expect(`${policy?.name}-1234567`).toMatch(/^[\w+=,.@-]{1,128}$/);
    expect(String(role?.inputs.description)).toMatch(/^[\t\n\r\x20-\x7e\xa1-\xff]{1,1000}$/);
  });

  test("may be changed where that allows nothing", async () => {
    const transform = {
      integrationRole: (args: aws.iam.RoleArgs) => ({ ...args, permissionsBoundary: "arn:boundary" }),
      integrationPolicy: (args: aws.iam.RolePolicyArgs) => ({ ...args, name: "send" }),
    };
    const { role, policy } = await roleOf(smallest.SQS, { transform });
    expect(role?.inputs.permissionsBoundary).toBe("arn:boundary");
    expect(policy?.inputs.name).toBe("send");
  });
});

test("an ARN may arrive later", async () => {
  const queueArn = pulumi.output(Promise.resolve(arns.queue));
  const [policy] = ofType(await made(Integration.sqs({ queueArn })), "iam/rolePolicy:RolePolicy");
  expect(String(policy?.inputs.policy)).toContain(arns.queue);
});
