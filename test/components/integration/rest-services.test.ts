import { describe, expect, test } from "vitest";
import { Authorization, Integration, SecureRestApi, type SecureRestApiArgs } from "../../../components/src";
import { answersOf } from "../../../components/src/secure-rest-api/services/answers";
import { ofType, type Registered, registered, stopOf } from "../registered";
import { evaluated } from "./mapping-template";
import { arns, smallest } from "./services";

const iam = Authorization.iam();
const made = (args: object) =>
  registered(
    () =>
      new SecureRestApi("orders", {
        authorization: iam,
        watch: "off",
        waf: "off",
        ...args,
      } as SecureRestApiArgs),
  );
const routed = (handler: unknown, others: object = {}) =>
  made({ routes: { "POST /orders/{id}": { handler } }, ...others });
const inputsOf = (resources: readonly Registered[], type: string) =>
  ofType(resources, type).map(({ inputs }) => inputs);

const Integrations = "apigateway/integration:Integration";
const Answers = "apigateway/integrationResponse:IntegrationResponse";
const Declared = "apigateway/methodResponse:MethodResponse";

const target = (value: string) => ({ "integration.request.header.X-Amz-Target": `'${value}'` });
const content = (value: string) => ({ "integration.request.header.Content-Type": `'${value}'` });

test.each([
  [
    "a queue",
    smallest.SQS,
    "sqs:path//",
    { ...content("application/x-amz-json-1.0"), ...target("AmazonSQS.SendMessage") },
  ],
  [
    "an event bus",
    smallest.EVENT_BRIDGE,
    "events:action/PutEvents",
    { ...content("application/x-amz-json-1.1"), ...target("AWSEvents.PutEvents") },
  ],
  [
    "a state machine",
    smallest.STEP_FUNCTIONS,
    "states:action/StartExecution",
    { ...content("application/x-amz-json-1.0"), ...target("AWSStepFunctions.StartExecution") },
  ],
  [
    "an express state machine that the caller waits for",
    Integration.stepFunctions({ stateMachineArn: arns.stateMachine, synchronous: true }),
    "states:action/StartSyncExecution",
    { ...content("application/x-amz-json-1.0"), ...target("AWSStepFunctions.StartSyncExecution") },
  ],
  [
    "a stream",
    smallest.KINESIS,
    "kinesis:action/PutRecord",
    { ...content("application/x-amz-json-1.1"), ...target("Kinesis_20131202.PutRecord") },
  ],
  ["a topic", smallest.SNS, "sns:path//", content("application/x-www-form-urlencoded")],
])(
  "%s is called by its protocol, with the route's own role",
  async (_situation, handler, uri, requestParameters) => {
    const [integration] = inputsOf(await routed(handler), Integrations);
    expect(integration).toEqual({
      restApi: "orders-id",
      resourceId: expect.any(String),
      httpMethod: "POST",
      type: "AWS",
      integrationHttpMethod: "POST",
      uri: `arn:aws:apigateway:eu-west-1:${uri}`,
      credentials: expect.stringMatching(/^arn:orders-POST-orders-parameter-/),
      requestParameters,
      requestTemplates: { "application/json": expect.any(String) },
      passthroughBehavior: "NEVER",
      timeoutMilliseconds: 29000,
    });
  },
);

test("the service of another region and partition", async () => {
  const queueArn = "arn:aws-us-gov:sqs:us-gov-east-1:123456789012:orders";
  const [integration] = inputsOf(await routed(Integration.sqs({ queueArn })), Integrations);
  expect(integration?.uri).toBe("arn:aws-us-gov:apigateway:us-gov-east-1:sqs:path//");
});

test("the content types that are declared, and no other", async () => {
  const handler = Integration.sqs({ queueArn: arns.queue, contentTypes: ["text/plain", "application/xml"] });
  const [integration] = inputsOf(await routed(handler), Integrations);
  expect(Object.keys(integration?.requestTemplates as object)).toEqual(["application/xml", "text/plain"]);
});

describe("what a caller gets", () => {
  const failed = { message: "The request failed.", requestId: "id" };
  const refused = { message: "The request was refused.", requestId: "id" };
  const synchronous = Integration.stepFunctions({ stateMachineArn: arns.stateMachine, synchronous: true });
  const secret = "arn:aws:iam::123456789012:role/orders is not authorized";

  test.each([
    [
      "a queue took it",
      smallest.SQS,
      200,
      { MessageId: "m", MD5OfMessageBody: "x" },
      202,
      { messageId: "m" },
    ],
    [
      "a topic took it",
      smallest.SNS,
      200,
      { PublishResponse: { PublishResult: { MessageId: "m" }, ResponseMetadata: {} } },
      202,
      { messageId: "m" },
    ],
    [
      "a stream took it",
      smallest.KINESIS,
      200,
      { SequenceNumber: "4", ShardId: "s" },
      202,
      { sequenceNumber: "4" },
    ],
    [
      "an event bus took it",
      smallest.EVENT_BRIDGE,
      200,
      { FailedEntryCount: 0, Entries: [{ EventId: "e" }] },
      202,
      { eventId: "e" },
    ],
    [
      "an event bus didn't take it",
      smallest.EVENT_BRIDGE,
      200,
      { FailedEntryCount: 1, Entries: [{ ErrorCode: "MalformedDetail", ErrorMessage: secret }] },
      502,
      failed,
    ],
    [
      "an execution started",
      smallest.STEP_FUNCTIONS,
      200,
      { executionArn: secret, startDate: 1 },
      202,
      { executionName: "c6af9ac6-7b61-11e6-9a41-93e8deadbeef" },
    ],
    [
      "an execution succeeded",
      synchronous,
      200,
      { status: "SUCCEEDED", output: '{"total":3}' },
      200,
      { total: 3 },
    ],
    [
      "an execution failed",
      synchronous,
      200,
      { status: "FAILED", error: secret, cause: secret },
      502,
      failed,
    ],
    ["an execution took too long", synchronous, 200, { status: "TIMED_OUT" }, 502, failed],
    [
      "a queue refused it",
      smallest.SQS,
      400,
      { __type: "com.amazonaws.sqs#InvalidMessageContents", message: secret },
      400,
      refused,
    ],
    [
      "the role may not",
      smallest.SQS,
      400,
      { __type: "AccessDeniedException", message: secret },
      500,
      failed,
    ],
    [
      "a topic may not",
      smallest.SNS,
      403,
      { Error: { Code: "AuthorizationError", Message: secret } },
      500,
      failed,
    ],
    [
      "a key may not",
      smallest.KINESIS,
      400,
      { __type: "KMSAccessDeniedException", message: secret },
      500,
      failed,
    ],
    [
      "the stream is gone",
      smallest.KINESIS,
      400,
      { __type: "ResourceNotFoundException", message: secret },
      500,
      failed,
    ],
    [
      "the stream is full",
      smallest.KINESIS,
      400,
      { __type: "ProvisionedThroughputExceededException", message: secret },
      429,
      refused,
    ],
    [
      "a key has too many calls",
      smallest.KINESIS,
      400,
      { __type: "KMSThrottlingException", message: secret },
      429,
      refused,
    ],
    ["a service is down", smallest.SQS, 503, { message: secret }, 502, failed],
  ])("%s", (_situation, handler, from, body, status, expected) => {
    const answers = answersOf(handler);
    const answer =
      answers.find(
        ({ selectionPattern }) => selectionPattern && new RegExp(`^${selectionPattern}$`).test(String(from)),
      ) ?? answers.find(({ selectionPattern }) => selectionPattern === undefined);
    const { text, status: chosen } = evaluated(answer?.template ?? "", { body: JSON.stringify(body) });
    expect(JSON.parse(text)).toEqual(expected);
    expect(String(chosen ?? answer?.statusCode)).toBe(String(status));
  });

  test("each status is declared before it is mapped", async () => {
    const resources = await routed(smallest.SQS);
    expect(inputsOf(resources, Declared).map(({ statusCode }) => statusCode)).toEqual(["202", "400", "502"]);
    expect(
      inputsOf(resources, Answers).map(({ statusCode, selectionPattern }) => [statusCode, selectionPattern]),
    ).toEqual([
      ["202", "2\\d{2}"],
      ["400", "4\\d{2}"],
      ["502", undefined],
    ]);
  });

  test("a page of an allowed origin can read every answer", async () => {
    const cors = {
      allowOrigins: ["https://a.example.com", "https://b.example.com"],
      exposeHeaders: ["x-id"],
    };
    const resources = await routed(smallest.SQS, { cors });
    const answers = inputsOf(resources, Answers).filter(({ httpMethod }) => httpMethod === "POST");
    for (const { responseParameters, responseTemplates } of answers) {
      expect(responseParameters).toEqual({
        "method.response.header.Access-Control-Allow-Origin": "'https://a.example.com'",
        "method.response.header.Access-Control-Expose-Headers": "'x-id'",
        "method.response.header.Vary": "'Origin'",
      });
      const [template = ""] = Object.values(responseTemplates as Record<string, string>);
      expect(template).toContain('$origin == "https://b.example.com"');
    }
    const declared = inputsOf(resources, Declared).filter(({ httpMethod }) => httpMethod === "POST");
    expect(
      declared.map(({ responseParameters }) => Object.keys(responseParameters as object).length),
    ).toEqual([3, 3, 3]);
  });
});

describe("an operation of a document", () => {
  const document = {
    openapi: "3.0.1",
    info: { title: "orders", version: "1" },
    paths: { "/orders": { post: { responses: { "202": { description: "accepted" } } } } },
  };
  const operation = async (given: object, others: object = {}) => {
    const resources = await made({
      openApi: {
        document: { ...document, ...given },
        operations: { "POST /orders": { handler: smallest.SQS } },
      },
      ...others,
    });
    const [api] = inputsOf(resources, "apigateway/restApi:RestApi");
    return { resources, post: JSON.parse(String(api?.body)).paths["/orders"].post };
  };

  test("is called and answered in the same way", async () => {
    const { resources, post } = await operation({});
    const [routedIntegration] = inputsOf(await routed(smallest.SQS), Integrations);
    expect(post["x-amazon-apigateway-integration"]).toEqual({
      type: "aws",
      httpMethod: "POST",
      uri: routedIntegration?.uri,
      credentials: expect.stringMatching(/^arn:orders-POST-orders-/),
      requestParameters: routedIntegration?.requestParameters,
      requestTemplates: routedIntegration?.requestTemplates,
      passthroughBehavior: "never",
      timeoutInMillis: 29000,
      responses: Object.fromEntries(
        answersOf(smallest.SQS).map(({ selectionPattern = "default", statusCode, template }) => [
          selectionPattern,
          { statusCode, responseTemplates: { "application/json": template } },
        ]),
      ),
    });
    expect(ofType(resources, "iam/role:Role")).toHaveLength(1);
    expect(ofType(resources, "iam/rolePolicy:RolePolicy")).toHaveLength(1);
  });

  test("declares the statuses that the document doesn't", async () => {
    const { post } = await operation({});
    expect(Object.keys(post.responses)).toEqual(["202", "400", "502"]);
    expect(post.responses["202"]).toEqual({ description: "accepted" });
  });

  test.each([
    ["OpenAPI 3", {}, { schema: { type: "string" } }],
    ["Swagger 2", { openapi: undefined, swagger: "2.0" }, { type: "string" }],
  ])("declares the headers with which pages can read it: %s", async (_version, given, text) => {
    const { post } = await operation(given, { cors: { allowOrigins: ["https://a.example.com"] } });
    expect(post.responses["400"].headers).toEqual({ "Access-Control-Allow-Origin": text, Vary: text });
    expect(post["x-amazon-apigateway-integration"].responses.default.responseParameters).toEqual({
      "method.response.header.Access-Control-Allow-Origin": "'https://a.example.com'",
      "method.response.header.Vary": "'Origin'",
    });
  });
});

describe("binary media types that cover what a service gets", () => {
  const told = (key: string) =>
    `leave out the type that covers the bodies of "${key}": the service behind it would get them in base64`;
  const transform = (binaryMediaTypes: readonly string[]) => ({
    transform: { restApi: (args: object) => ({ ...args, binaryMediaTypes }) },
  });
  const stopped = (args: object) =>
    stopOf(() => new SecureRestApi("orders", { authorization: iam, ...args } as SecureRestApiArgs));
  const xml = Integration.sqs({ queueArn: arns.queue, contentTypes: ["text/xml"] });

  test.each<[string, unknown, readonly string[]]>([
    ["everything", smallest.SQS, ["*/*"]],
    ["JSON", smallest.SQS, ["image/png", "application/json"]],
    ["everything of a type", xml, ["text/*"]],
    ["in other letters", xml, ["Text/XML"]],
  ])("are refused in a transform, whose values aren't repeated: %s", async (_, handler, types) => {
    const routes = { "GET /orders": { handler: smallest.SNS }, "POST /orders": { handler } };
    const message = await stopped({ routes, ...transform(types) });
    expect(message).toContain("transform.restApi.binaryMediaTypes: ");
    expect(message).toContain(told("POST /orders"));
    for (const type of types) expect(message).not.toContain(type);
  });

  test("are refused in a document", async () => {
    const document = {
      openapi: "3.0.1",
      info: { title: "orders", version: "1" },
      paths: { "/orders": { post: {} } },
      "x-amazon-apigateway-binary-media-types": ["*/*"],
    };
    const operations = { "POST /orders": { handler: smallest.SQS } };
    const message = await stopped({ openApi: { document, operations } });
    expect(message).toContain('openApi.document["x-amazon-apigateway-binary-media-types"]: ');
    expect(message).toContain(told("POST /orders"));
    const { "x-amazon-apigateway-binary-media-types": _, ...plain } = document;
    const openApi = { document: plain, operations };
    expect(await stopped({ openApi, ...transform(["*/*"]) })).toContain(told("POST /orders"));
  });

  test.each<[string, unknown, readonly string[]]>([
    ["other types", smallest.SQS, ["image/*", "application/octet-stream"]],
    ["a function", { functionName: "lookup", invokeArn: "arn:lookup" }, ["*/*"]],
  ])("are accepted: %s", async (_, handler, types) => {
    expect(await stopped({ routes: { "POST /orders": { handler } }, ...transform(types) })).toBe("");
  });
});
