import * as aws from "@pulumi/aws";
import { describe, expect, test } from "vitest";
import { Authorization, Integration, SecureHttpApi } from "../../../components/src";
import { argumentProblems as httpProblems } from "../../../components/src/secure-http-api/argument-problems";
import { argumentProblems as restProblems } from "../../../components/src/secure-rest-api/argument-problems";
import { argumentProblems as webSocketProblems } from "../../../components/src/secure-websocket-api/argument-problems";
import { ofType, registered } from "../registered";

const handler = { functionName: "customers-lookup-1a2b3c4", invokeArn: "arn:lookup" };
const authorization = Authorization.iam();
const bytes = 20_480;

type Handlers = (index: number) => unknown;
const allOne: Handlers = () => handler;
const many = (count: number, keyOf: (index: number) => string, handlerOf: Handlers) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [keyOf(index), { handler: handlerOf(index) }]),
  );
const get = (index: number) => `GET /customers/{id}/part${index}`;
const http = (count: number, handlerOf = allOne) =>
  httpProblems({ authorization, routes: many(count, get, handlerOf) }, "customers");
const rest = (count: number, handlerOf = allOne) =>
  restProblems({ authorization, routes: many(count, get, handlerOf) }, "customers");
const webSocket = (count: number, handlerOf = allOne) =>
  webSocketProblems(
    { authorization, routes: many(count, (index) => `part${index}OfCustomers`, handlerOf) },
    "customers",
  );
const document = (count: number, handlerOf = allOne) => {
  const keys = Array.from({ length: count }, (_, index) => `/customers/part${index}`);
  const paths = Object.fromEntries(
    keys.map((path) => [path, { get: { security: [{ sigv4: [] }], responses: {} } }]),
  );
  return restProblems(
    {
      authorization,
      openApi: {
        document: {
          openapi: "3.0.1",
          info: { title: "customers", version: "1" },
          components: {
            securitySchemes: {
              sigv4: {
                type: "apiKey",
                in: "header",
                name: "Authorization",
                "x-amazon-apigateway-authtype": "awsSigv4",
              },
            },
          },
          paths,
        },
        operations: many(count, (index) => `GET ${keys[index]}`, handlerOf),
      },
    },
    "customers",
  );
};

const apis = { http, rest, webSocket, document };
const each = Object.entries(apis);

describe.each(each)("more routes than a function can permit are refused: %s", (_, problemsOf) => {
  test.each<[string, Handlers]>([
    ["one object", allOne],
    ["the same name in several objects", () => ({ ...handler })],
    [
      "a name and its ARN",
      (index) =>
        index % 2
          ? handler
          : {
              ...handler,
              functionName: `arn:aws:lambda:eu-west-1:123456789012:function:${handler.functionName}`,
            },
    ],
  ])("%s", (_, handlerOf) => {
    const problems = problemsOf(70, handlerOf);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.propertyPath).toMatch(/\.handler$/);
    expect(problems[0]?.reason).toMatch(/would answer 70 routes.*has room for [56]\d: let another function/);
  });
});

describe.each(each)("look-alikes are accepted: %s", (_, problemsOf) => {
  test.each<[string, number, Handlers]>([
    ["as many as fit", 50, allOne],
    ["two functions", 100, (index) => ({ ...handler, functionName: `customers-${index % 2}` })],
    ["two aliases of one", 100, (index) => ({ ...handler, qualifier: `live${index % 2}` })],
    ["what asks for no permission", 100, () => Integration.http({ url: "https://example.com/" })],
  ])("%s", (_, count, handlerOf) => {
    expect(problemsOf(count, handlerOf)).toEqual([]);
  });
});

test("functions of the program count separately, whatever their names will be", async () => {
  let problems: readonly unknown[] = [];
  await registered(() => {
    const role = "arn:aws:iam::123456789012:role/lookup";
    const [one, other] = ["one", "other"].map((name) => new aws.lambda.Function(name, { role }));
    problems = [http(100, (index) => (index % 2 ? one : other)), http(80, () => one)].map(
      ({ length }) => length,
    );
  });
  expect(problems).toEqual([0, 1]);
});

test("what is refused wouldn't fit in the region with the shortest name either", async () => {
  const [problem] = http(70);
  const [, fitting] = /room for (\d+)/.exec(problem?.reason ?? "") ?? [];
  const resources = await registered(
    () =>
      new SecureHttpApi("customers", {
        authorization,
        routes: many(Number(fitting), get, allOne) as never,
        watch: "off",
      }),
  );
  const written = ofType(resources, "lambda/permission:Permission").map(({ name, inputs }) => ({
    Sid: name,
    Effect: "Allow",
    Principal: { Service: inputs.principal },
    Action: inputs.action,
    Resource: `arn:aws:lambda:eu-west-1:123456789012:function:${handler.functionName}`,
    Condition: {
      ArnLike: { "AWS:SourceArn": String(inputs.sourceArn).replace(/customers(?=\/\*\/)/, "abcdefghij") },
    },
  }));
  const policyOf = (statements: readonly unknown[]) =>
    JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: statements }).length;
  expect(written).toHaveLength(Number(fitting));
  expect(policyOf(written)).toBeLessThanOrEqual(bytes);
  expect(policyOf([...written, written[0]])).toBeGreaterThan(bytes);
});
