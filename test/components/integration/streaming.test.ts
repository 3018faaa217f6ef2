import { describe, expect, test } from "vitest";
import { Authorization, Integration, SecureRestApi, type SecureRestApiArgs } from "../../../components/src";
import { argumentProblems } from "../../../components/src/secure-rest-api/argument-problems";
import { ofType, registered } from "../registered";
import { smallest } from "./services";

const authorization = Authorization.iam();
const functionArn = "arn:aws:lambda:eu-west-1:123456789012:function:chat:live";
const invokeArn = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
const streamed = `arn:aws:apigateway:eu-west-1:lambda:path/2021-11-15/functions/${functionArn}/response-streaming-invocations`;
const handler = { functionName: "chat", qualifier: "live", invokeArn };
const link = Integration.restVpcLink({ vpcLinkId: "v", url: "https://inner.example.com/" });
const endpoint = Integration.http({ url: "https://chat.example.com/" });
const document = {
  openapi: "3.0.1",
  info: { title: "chat", version: "1" },
  paths: { "/chat": { get: { responses: {} } } },
};

const made = (args: object) =>
  registered(
    () =>
      new SecureRestApi("chat", { authorization, watch: "off", waf: "off", ...args } as SecureRestApiArgs),
  );
const integrationOf = async (route: object) => {
  const [integration] = ofType(
    await made({ routes: { "GET /chat": route } }),
    "apigateway/integration:Integration",
  );
  return integration?.inputs;
};

const STREAM = { responseTransferMode: "STREAM" } as const;

describe("a route", () => {
  test("invokes its function for streaming, with the same permission", async () => {
    const resources = await made({
      routes: { "GET /chat": { handler, ...STREAM, timeoutMilliseconds: 900_000 } },
    });
    const [integration] = ofType(resources, "apigateway/integration:Integration");
    expect(integration?.inputs).toMatchObject({
      type: "AWS_PROXY",
      uri: streamed,
      responseTransferMode: "STREAM",
      timeoutMilliseconds: 900_000,
    });
    // https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html
    const [permission] = ofType(resources, "lambda/permission:Permission");
    expect(permission?.inputs.action).toBe("lambda:InvokeFunction");
  });

  test.each([
    ["an endpoint", endpoint],
    ["a private endpoint", link],
  ])("streams %s", async (_what, streamedHandler) => {
    expect(await integrationOf({ handler: streamedHandler, ...STREAM })).toMatchObject({
      type: "HTTP_PROXY",
      responseTransferMode: "STREAM",
      timeoutMilliseconds: 29_000,
    });
  });

  test.each([
    ["nothing said", {}, undefined],
    ["BUFFERED", { responseTransferMode: "BUFFERED" }, "BUFFERED"],
  ])("waits for the whole answer: %s", async (_situation, settings, responseTransferMode) => {
    const integration = await integrationOf({ handler, ...settings });
    expect(integration?.uri).toBe(invokeArn);
    expect(integration?.responseTransferMode).toBe(responseTransferMode);
  });
});

test("an operation of a document streams too", async () => {
  const operations = { "GET /chat": { handler, ...STREAM, timeoutMilliseconds: 600_000 } };
  const [api] = ofType(await made({ openApi: { document, operations } }), "apigateway/restApi:RestApi");
  expect(
    JSON.parse(String(api?.inputs.body)).paths["/chat"].get["x-amazon-apigateway-integration"],
  ).toMatchObject({
    type: "aws_proxy",
    uri: streamed,
    responseTransferMode: "STREAM",
    timeoutInMillis: 600_000,
  });
});

describe("refused", () => {
  const onRoute = (route: object) =>
    argumentProblems({ authorization, routes: { "GET /chat": route } }, "chat");
  const onOperation = (settings: object) =>
    argumentProblems({ authorization, openApi: { document, operations: { "GET /chat": settings } } }, "chat");

  test.each([
    [
      "another word",
      { handler, responseTransferMode: "stream" },
      ".responseTransferMode",
      /STREAM or BUFFERED/,
    ],
    ["a flag", { handler, responseTransferMode: true }, ".responseTransferMode", /STREAM or BUFFERED/],
    [
      "the answer of a service",
      { handler: smallest.SQS, ...STREAM },
      ".responseTransferMode",
      /functions and endpoints only/,
    ],
    [
      "more than 15 minutes",
      { handler, ...STREAM, timeoutMilliseconds: 900_001 },
      ".timeoutMilliseconds",
      /from 50 to 900000/,
    ],
    [
      "more than 5 minutes without streaming",
      { handler, timeoutMilliseconds: 300_001 },
      ".timeoutMilliseconds",
      /from 50 to 300000/,
    ],
  ])("%s", (_situation, settings, property, reason) => {
    for (const [problem] of [onRoute(settings), onOperation(settings)]) {
      expect(problem?.propertyPath.endsWith(`["GET /chat"]${property}`)).toBe(true);
      expect(problem?.reason).toMatch(reason);
    }
  });

  test("without a handler of the program", () => {
    const [problem] = onOperation({ ...STREAM });
    expect(problem?.reason).toMatch(/applies only to a handler of the program/);
  });
});

test.each([
  ["STREAM", 900_000, []],
  ["STREAM", 900_001, [expect.stringMatching(/from 50 to 900000/)]],
  [undefined, 900_000, [expect.stringMatching(/from 50 to 300000/)]],
])(
  "the timeout of an integration in the document: %s, %d ms",
  (responseTransferMode, timeoutInMillis, reasons) => {
    const integration = {
      type: "http_proxy",
      uri: "https://a.example.com",
      responseTransferMode,
      timeoutInMillis,
    };
    const get = { responses: {}, "x-amazon-apigateway-integration": integration };
    const given = { ...document, paths: { "/chat": { get } } };
    const problems = argumentProblems({ authorization, openApi: { document: given } }, "chat");
    expect(problems.map(({ reason }) => reason)).toEqual(reasons);
  },
);
