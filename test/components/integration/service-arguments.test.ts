import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { Authorization, Integration, publicAccess } from "../../../components/src";
import { argumentProblems as http } from "../../../components/src/secure-http-api/argument-problems";
import { argumentProblems as rest } from "../../../components/src/secure-rest-api/argument-problems";
import { argumentProblems as webSocket } from "../../../components/src/secure-websocket-api/argument-problems";
import { arns, smallest } from "./services";

const iam = Authorization.iam();
const lambda = Authorization.lambda({ handler: { functionName: "check", invokeArn: "arn:check" } });
const cognito = Authorization.cognito({
  userPool: { arn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a" },
  clientIds: ["web"],
  scopes: "any-token",
});
/** A REST API accepts the tokens of every client. */
const cognitoOfRest = Authorization.cognito({
  userPool: { arn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a" },
  scopes: "any-token",
});
const jwt = Authorization.jwt({
  issuer: "https://id.example.com",
  audiences: ["orders"],
  scopes: "any-token",
});
const access = publicAccess({
  reason: "anybody may report a fault",
  owner: "team-edge",
  reviewBy: "2027-01-31",
});

const make = Integration as unknown as Readonly<Record<string, (args: object) => unknown>>;
const sqs = (args: object) => make.sqs?.({ queueArn: arns.queue, ...args });
const eventBridge = (args: object) =>
  make.eventBridge?.({ busArn: arns.bus, source: "com.example", detailType: "placed", ...args });
const stepFunctions = (args: object) => make.stepFunctions?.({ stateMachineArn: arns.stateMachine, ...args });
const kinesis = (args: object) => make.kinesis?.({ streamArn: arns.stream, ...args });
const sns = (args: object) => make.sns?.({ topicArn: arns.topic, ...args });

const key = "POST /orders/{id}";
const api = (handler: unknown, route: object = { authorization: iam }) => ({
  routes: { [key]: { handler, ...route } },
});
const restProblems = (handler: unknown, route?: object) => rest(api(handler, route), "orders");
const httpProblems = (handler: unknown, route?: object) => http(api(handler, route), "orders");
const at = (property: string) => `routes["${key}"].handler${property}`;

type Case = readonly [situation: string, handler: unknown, property: string, reason: RegExp];

const ofBoth: Readonly<Record<string, readonly Case[]>> = {
  "the target": [
    ["none", make.sqs?.({}), ".queueArn", /ARN of an SQS queue/],
    [
      "a URL",
      sqs({ queueArn: "https://sqs.eu-west-1.amazonaws.com/1/a" }),
      ".queueArn",
      /ARN of an SQS queue/,
    ],
    ["of another service", sqs({ queueArn: arns.topic }), ".queueArn", /ARN of an SQS queue/],
    ["every queue", sqs({ queueArn: "arn:aws:sqs:eu-west-1:123456789012:*" }), ".queueArn", /ARN of an SQS/],
    ["syntax of a template", sqs({ queueArn: `${arns.queue}$context` }), ".queueArn", /ARN of an SQS/],
    [
      "a rule in place of a bus",
      eventBridge({ busArn: "arn:aws:events:eu-west-1:123456789012:rule/a" }),
      ".busArn",
      /event bus/,
    ],
    [
      "an alias of a state machine",
      stepFunctions({ stateMachineArn: `${arns.stateMachine}:live` }),
      ".stateMachineArn",
      /without a version or an alias/,
    ],
    ["a name", kinesis({ streamArn: "orders" }), ".streamArn", /Kinesis data stream/],
    [
      "an alias of a key",
      sqs({ kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:alias/a" }),
      ".kmsKeyArn",
      /not by an alias/,
    ],
    ["every key", kinesis({ kmsKeyArn: "*" }), ".kmsKeyArn", /ARN of a KMS key/],
  ],
  FIFO: [
    ["no group", sqs({ queueArn: arns.fifoQueue }), ".groupId", /FIFO needs one/],
    ["a deduplication id elsewhere", sqs({ deduplicationId: "requestId" }), ".deduplicationId", /only FIFO/],
  ],
  "values of the request": [
    ["a template", sqs({ message: "$input.body" }), ".message", /name a value of the request/],
    ["an Output", sqs({ message: pulumi.output("body") }), ".message", /plain text/],
    [
      "a path parameter that isn't there",
      sqs({ message: "path.name" }),
      ".message",
      /this route has path\.id$/,
    ],
    ["no name", sqs({ message: "path." }), ".message", /name a value/],
    ["a name with syntax", sqs({ groupId: "query.a')" }), ".groupId", /name a value/],
    ["a line break", sqs({ groupId: "query.a\n" }), ".groupId", /name a value/],
    ["a wildcard of JSON paths", sqs({ message: "body.*" }), ".message", /name a value/],
    ["a name for what has none", kinesis({ partitionKey: "requestId.a" }), ".partitionKey", /name a value/],
    [
      "claims without a token",
      sqs({ groupId: "claims.sub" }),
      ".groupId",
      /Authorization\.jwt\(\) or Authorization\.cognito\(\)/,
    ],
    [
      "a context without a Lambda authorizer",
      kinesis({ partitionKey: "authorizer.a" }),
      ".partitionKey",
      /Authorization\.lambda\(\)/,
    ],
    ["a number", stepFunctions({ input: 1 }), ".input", /name a value/],
  ],
  "texts of the program": [
    ["no source", eventBridge({ source: undefined }), ".source", /plain text/],
    ["an Output", eventBridge({ source: pulumi.output("a") }), ".source", /plain text/],
    ["a source of AWS", eventBridge({ source: "aws.health" }), ".source", /reserved/],
    [
      "a source that callers choose",
      eventBridge({ source: "$request.body.source" }),
      ".source",
      /plain text/,
    ],
    ["a type with a quote", eventBridge({ detailType: 'a","b":"' }), ".detailType", /plain text/],
    [
      "a type that is too long",
      eventBridge({ detailType: "a".repeat(129) }),
      ".detailType",
      /128 characters/,
    ],
  ],
  others: [
    ["a misspelt argument", sqs({ queue: arns.queue }), ".queue", /no such argument/],
    [
      "a flag that arrives later",
      stepFunctions({ synchronous: pulumi.output(true) }),
      ".synchronous",
      /true or false/,
    ],
  ],
};

describe.each(Object.entries(ofBoth))("%s", (_, cases) => {
  test.each(cases)("%s is refused", (_situation, handler, property, reason) => {
    for (const problems of [restProblems(handler), httpProblems(handler)]) {
      const [problem] = problems.filter(({ propertyPath }) => propertyPath === at(property));
      expect(problem?.reason).toMatch(reason);
      expect(problem?.isWarning).toBeUndefined();
    }
  });
});

describe("a REST API", () => {
  test.each<Case>([
    [
      "a property with syntax",
      sqs({ message: { 'a":"': "body" } }),
      '.message["a\\":\\""]',
      /letters, digits/,
    ],
    ["no property", sqs({ message: {} }), ".message", /at least one/],
    ["a property that is no value", sqs({ message: { a: "b" } }), '.message["a"]', /name a value/],
    ["no content type", sqs({ contentTypes: [] }), ".contentTypes", /content types/],
    [
      "a content type with a parameter",
      sqs({ contentTypes: ["text/plain; charset=utf-8"] }),
      ".contentTypes",
      /content types/,
    ],
    ["a FIFO topic without a group", sns({ topicArn: `${arns.topic}.fifo` }), ".groupId", /FIFO needs one/],
  ])("%s is refused", (_situation, handler, property, reason) => {
    const [problem] = restProblems(handler).filter(({ propertyPath }) => propertyPath === at(property));
    expect(problem?.reason).toMatch(reason);
  });

  test.each([
    ["claims of a user pool", sqs({ groupId: "claims.sub" }), { authorization: cognitoOfRest }],
    [
      "the context of a Lambda authorizer",
      sqs({ message: { a: "authorizer.tenant" } }),
      { authorization: lambda },
    ],
    ["a public route", smallest.SQS, { access }],
    ["an ARN that arrives later", sqs({ queueArn: pulumi.output(arns.queue) }), undefined],
  ])("%s is accepted", (_situation, handler, route) => {
    expect(restProblems(handler, route)).toEqual([]);
  });
});

describe("an HTTP API", () => {
  test.each<Case>([
    ["a topic", smallest.SNS, "", /has .*Integration\.kinesis\(\), not Integration\.sns\(\)/],
    ["several values", sqs({ message: { a: "body" } }), ".message", /can't escape values/],
    ["content types", sqs({ contentTypes: ["text/plain"] }), ".contentTypes", /every content type/],
  ])("%s is refused", (_situation, handler, property, reason) => {
    const [problem] = httpProblems(handler).filter(({ propertyPath }) => propertyPath === at(property));
    expect(problem?.reason).toMatch(reason);
  });

  test.each([
    ["claims of a token", sqs({ groupId: "claims.sub" }), { authorization: jwt }],
    ["claims of a user pool", sqs({ groupId: "claims.sub" }), { authorization: cognito }],
    ["the context of a Lambda authorizer", sqs({ groupId: "authorizer.tenant" }), { authorization: lambda }],
  ])("%s is accepted", (_situation, handler, route) => {
    expect(httpProblems(handler, route)).toEqual([]);
  });

  test("claims on a public route are refused", () => {
    const [problem] = httpProblems(sqs({ groupId: "claims.sub" }), { access });
    expect(problem?.reason).toMatch(/only a token has claims/);
  });
});

test("a WebSocket API refuses a service", () => {
  const problems = webSocket({ authorization: iam, routes: { send: { handler: smallest.SQS } } }, "chat");
  expect(problems.map(({ reason }) => reason)).toContainEqual(
    expect.stringMatching(/not Integration\.sqs\(\)/),
  );
});

describe("an operation of a document", () => {
  const document = {
    openapi: "3.0.1",
    info: { title: "orders", version: "1" },
    paths: { "/orders": { post: { responses: {} } } },
  };
  const problemsOf = (handler: unknown, authorization: unknown, settings: object = {}) =>
    rest(
      { authorization, openApi: { document, operations: { "POST /orders": { handler, ...settings } } } },
      "orders",
    );
  const path = 'openApi.operations["POST /orders"].handler.groupId';

  test("claims without a token are refused", () => {
    const [problem] = problemsOf(sqs({ groupId: "claims.sub" }), iam);
    expect(problem).toMatchObject({
      propertyPath: path,
      reason: expect.stringMatching(/only a token has claims/),
    });
  });

  test("claims of a public operation are refused", () => {
    const [problem] = problemsOf(sqs({ groupId: "claims.sub" }), cognitoOfRest, { access });
    expect(problem?.propertyPath).toBe(path);
  });

  test("claims of a token are accepted", () => {
    expect(problemsOf(sqs({ groupId: "claims.sub" }), cognitoOfRest)).toEqual([]);
  });
});
