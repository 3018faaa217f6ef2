import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { Authorization, Integration, type RestHandler, SecureRestApi } from "../../../components/src";
import { ofType, registered } from "../registered";
import { evaluated, requestId, type Seen } from "./mapping-template";
import { arns, smallest } from "./services";

const authorization = Authorization.cognito({
  userPool: { arn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a" },
  scopes: "any-token",
});

const queueUrl = "https://sqs.eu-west-1.amazonaws.com/123456789012/orders";
const fields = {
  id: "path.id",
  page: "query.page",
  key: "header.Idempotency-Key",
  by: "claims.sub",
  all: "body",
} as const;
const claimsOf = ({ authorizer }: Seen) => authorizer?.claims as Readonly<Record<string, string>>;
/** What the fields become. */
const written = (seen: Seen) => ({
  id: seen.path?.id,
  page: seen.querystring?.page,
  key: seen.header?.["idempotency-key"],
  by: claimsOf(seen).sub,
  all: seen.body,
});

const form = (text: string) => Object.fromEntries(new URLSearchParams(text));
const json = (text: string): unknown => JSON.parse(text);
/** A call whose parameter is JSON in itself. */
const withJson =
  (parameter: string, read: (text: string) => unknown, decode = (text: string) => text) =>
  (text: string) => {
    const call = read(text) as Record<string, string>;
    return { ...call, [parameter]: json(decode(call[parameter] ?? "")) };
  };
const fromBase64 = (text: string) => Buffer.from(text, "base64").toString("utf8");
const base64 = (text: string | undefined) => Buffer.from(text ?? "", "utf8").toString("base64");

type Case = readonly [
  situation: string,
  handler: RestHandler,
  read: (text: string) => unknown,
  expected: (seen: Seen) => unknown,
];

const cases: readonly Case[] = [
  ["a queue gets the body", smallest.SQS, json, ({ body }) => ({ QueueUrl: queueUrl, MessageBody: body })],
  [
    "a FIFO queue gets a group and a deduplication id",
    Integration.sqs({
      queueArn: arns.fifoQueue,
      groupId: "path.id",
      deduplicationId: "header.Idempotency-Key",
    }),
    json,
    ({ body, path, header }) => ({
      QueueUrl: `${queueUrl}.fifo`,
      MessageBody: body,
      MessageGroupId: path?.id,
      MessageDeduplicationId: header?.["idempotency-key"],
    }),
  ],
  [
    "a queue gets several values",
    Integration.sqs({ queueArn: arns.queue, message: fields }),
    withJson("MessageBody", json),
    (seen) => ({ QueueUrl: queueUrl, MessageBody: written(seen) }),
  ],
  [
    "an event bus gets one event, with its source and its type",
    smallest.EVENT_BRIDGE,
    json,
    ({ body }) => ({
      Entries: [
        { EventBusName: arns.bus, Source: "com.example.orders", DetailType: "order placed", Detail: body },
      ],
    }),
  ],
  [
    "an event bus gets several values",
    Integration.eventBridge({ busArn: arns.bus, source: "a", detailType: "b", detail: fields }),
    (text) => {
      const { Entries } = json(text) as { readonly Entries: readonly Record<string, string>[] };
      return { Entries: Entries.map((entry) => ({ ...entry, Detail: json(entry.Detail ?? "") })) };
    },
    (seen) => ({
      Entries: [{ EventBusName: arns.bus, Source: "a", DetailType: "b", Detail: written(seen) }],
    }),
  ],
  [
    "a state machine gets its input and the name of the execution",
    smallest.STEP_FUNCTIONS,
    json,
    ({ body }) => ({ stateMachineArn: arns.stateMachine, name: requestId, input: body }),
  ],
  [
    "a stream gets the body in base64",
    smallest.KINESIS,
    json,
    ({ body }) => ({ StreamName: "orders", PartitionKey: requestId, Data: base64(body) }),
  ],
  [
    "a stream gets several values, under a key of the caller's token",
    Integration.kinesis({ streamArn: arns.stream, partitionKey: "claims.sub", data: fields }),
    withJson("Data", json, fromBase64),
    (seen) => ({
      StreamName: "orders",
      PartitionKey: claimsOf(seen).sub,
      Data: written(seen),
    }),
  ],
  [
    "a topic gets the body as a form",
    smallest.SNS,
    form,
    ({ body }) => ({ Action: "Publish", Version: "2010-03-31", TopicArn: arns.topic, Message: body }),
  ],
  [
    "a topic gets several values",
    Integration.sns({ topicArn: arns.topic, message: fields }),
    withJson("Message", form),
    (seen) => ({ Action: "Publish", Version: "2010-03-31", TopicArn: arns.topic, Message: written(seen) }),
  ],
];

const routeOf = (index: number) => `POST /${index}/{id}` as const;
const templates = new Map<string, string>();

beforeAll(async () => {
  const resources = await registered(
    () =>
      new SecureRestApi("orders", {
        authorization,
        routes: Object.fromEntries(cases.map(([, handler], index) => [routeOf(index), { handler }])),
        watch: "off",
        waf: "off",
      }),
  );
  for (const [index, [situation]] of cases.entries()) {
    const integration = ofType(resources, "apigateway/integration:Integration").find(({ name }) =>
      name.startsWith(`orders-POST-${index}-`),
    );
    const [template = ""] = Object.values(integration?.inputs.requestTemplates as Record<string, string>);
    templates.set(situation, template);
  }
});

/** Texts that try to end a text, a parameter or a template. */
const hostile = fc.constantFrom(
  '"',
  "'",
  "\\",
  "\\'",
  '\\"',
  '","QueueUrl":"https://sqs.eu-west-1.amazonaws.com/1/other',
  '"}],"Entries":[{"Source":"aws.health"',
  "&Attribute.1.Name=Policy&TopicArn=other",
  "$context.identity.accessKey",
  "$util.urlEncode('a')",
  "#set($value1 = 'other')",
  "#end",
  "##",
  "$!quote",
  "\n",
  "\u2028",
  "😀",
);
const text = fc
  .array(fc.oneof(hostile, fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 6 })
  .map((parts) => parts.join(""));

describe("whatever a caller sends, the service gets no other parameter", () => {
  test.each(cases)("%s", (situation, _handler, read, expected) => {
    const template = templates.get(situation) ?? "";
    fc.assert(
      fc.property(text, text, text, text, text, (body, id, page, key, sub) => {
        const seen: Seen = {
          body,
          path: { id },
          querystring: { page },
          header: { "idempotency-key": key },
          authorizer: { claims: { sub } },
        };
        expect(read(evaluated(template, seen).text)).toEqual(expected(seen));
      }),
      { numRuns: 200 },
    );
  });
});

test("what a request doesn't have is an empty text", () => {
  const template = templates.get("a queue gets several values") ?? "";
  const { MessageBody } = json(evaluated(template, { body: "all" }).text) as Record<string, string>;
  expect(json(MessageBody ?? "")).toEqual({ id: "", page: "", key: "", by: "", all: "all" });
});

test("a value of a JSON body, and of the context of a Lambda authorizer", async () => {
  const handler = Integration.sqs({
    queueArn: arns.queue,
    message: { customer: "body.order.customer", tenant: "authorizer.tenant" },
  });
  const [integration] = ofType(
    await registered(
      () =>
        new SecureRestApi("orders", {
          authorization: Authorization.lambda({ handler: { functionName: "f", invokeArn: "arn:f" } }),
          routes: { "POST /orders": { handler } },
        }),
    ),
    "apigateway/integration:Integration",
  );
  const [template = ""] = Object.values(integration?.inputs.requestTemplates as Record<string, string>);
  const seen = { body: '{"order":{"customer":"it\'s \\"me\\""}}', authorizer: { tenant: "a" } };
  const { MessageBody } = json(evaluated(template, seen).text) as Record<string, string>;
  expect(json(MessageBody ?? "")).toEqual({ customer: 'it\'s "me"', tenant: "a" });
});
