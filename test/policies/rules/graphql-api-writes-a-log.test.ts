import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, levelsAround, secret, UNKNOWN } from "../analyze";
import { graphqlApi, template } from "../resources";

const rule = "graphql-api-writes-a-log";
const levels = { ...levelsAround(rule), [rule]: "advisory" } as const;
const judged = (given: Given) => analyze([given], { levels });

const complete = { cloudwatchLogsRoleArn: UNKNOWN, fieldLogLevel: "ALL", excludeVerboseContent: true };
const api = (logConfig: unknown) => graphqlApi("customers", { logConfig });
const native = (logConfig: object): Given => ({
  type: "aws-native:appsync:GraphQlApi",
  name: "customers",
  properties: { authenticationType: "AWS_IAM", logConfig },
});
const inTemplate = (Type: string, Properties: object, more: object = {}) =>
  template({ templateBody: JSON.stringify({ Resources: { Customers: { Type, Properties } }, ...more }) });
const serverless = { Transform: "AWS::Serverless-2016-10-31" };
const iam = { Auth: { Type: "AWS_IAM" } };

const findings: readonly (readonly [situation: string, given: Given, kind: string, says: string])[] = [
  ["no log", graphqlApi("customers"), "none", "writes no log"],
  ["null", api(null), "none", "writes no log"],
  [
    "no fields",
    api({ ...complete, fieldLogLevel: "NONE" }),
    "no-fields",
    "doesn't log which fields were resolved (fieldLogLevel).",
  ],
  ["no fields, in small letters", api({ ...complete, fieldLogLevel: "none" }), "no-fields", "fieldLogLevel"],
  ["no level", api({ ...complete, fieldLogLevel: null }), "no-fields", "fieldLogLevel"],
  [
    "contents",
    api({ ...complete, excludeVerboseContent: false }),
    "verbose",
    "logs headers, and the arguments and answers",
  ],
  [
    "contents by default",
    api({ ...complete, excludeVerboseContent: null }),
    "verbose",
    "excludeVerboseContent",
  ],
  [
    "contents as a text",
    api({ ...complete, excludeVerboseContent: "false" }),
    "verbose",
    "excludeVerboseContent",
  ],
  [
    "a secret log with contents",
    api(secret({ ...complete, excludeVerboseContent: false })),
    "verbose",
    "headers",
  ],
  [
    "no fields and contents",
    api({ fieldLogLevel: "NONE" }),
    "no-fields",
    "(fieldLogLevel), and it logs headers",
  ],
  ["of aws-native", native({ fieldLogLevel: "ALL", cloudWatchLogsRoleArn: "arn" }), "verbose", "headers"],
  [
    "in a template",
    inTemplate("AWS::AppSync::GraphQLApi", { AuthenticationType: "AWS_IAM" }),
    "none",
    "writes no log",
  ],
  [
    "a serverless API that turns it off",
    inTemplate("AWS::Serverless::GraphQLApi", { ...iam, Logging: false }, serverless),
    "none",
    "writes no log",
  ],
  [
    "a serverless API with contents",
    inTemplate(
      "AWS::Serverless::GraphQLApi",
      { ...iam, Logging: { FieldLogLevel: "ALL", CloudWatchLogsRoleArn: "arn" } },
      serverless,
    ),
    "verbose",
    "headers",
  ],
];

const silent: readonly (readonly [situation: string, given: Given])[] = [
  ["all fields without contents", api(complete)],
  ["errors only", api({ ...complete, fieldLogLevel: "ERROR" })],
  ["a level that isn't known today", api({ ...complete, fieldLogLevel: "DEBUG" })],
  ["a log that isn't known yet", api(UNKNOWN)],
  ["a level that isn't known yet", api({ ...complete, fieldLogLevel: UNKNOWN })],
  ["contents that aren't known yet", api({ ...complete, excludeVerboseContent: UNKNOWN })],
  ["of aws-native", native({ fieldLogLevel: "ALL", excludeVerboseContent: true })],
  [
    "in a template",
    inTemplate("AWS::AppSync::GraphQLApi", {
      LogConfig: { FieldLogLevel: "ERROR", ExcludeVerboseContent: true },
    }),
  ],
  ["a serverless API, which logs by default", inTemplate("AWS::Serverless::GraphQLApi", iam, serverless)],
];

describe(rule, () => {
  test.each(findings)("reports: %s", async (_situation, given, kind, says) => {
    const found = await judged(given);
    expect(found).toEqual([
      { rule, level: "advisory", resource: given.name, message: expect.stringContaining(says) },
    ]);
    expect(found.map(kindOf)).toEqual([kind]);
  });

  test.each(silent)("is silent: %s", async (_situation, given) => {
    expect(await judged(given)).toEqual([]);
  });

  test("its fix is pasted into the API", async () => {
    const [found] = await judged(graphqlApi("customers"));
    const [, code] = /^Fix: (.*?) {3}\/\//m.exec(found?.message ?? "") ?? [];
    const fixed = new Function("role", `return ({ ${code} })`)({ arn: UNKNOWN });
    expect(await judged(graphqlApi("customers", fixed))).toEqual([]);
  });

  test("its fix is pasted into a log that is there", async () => {
    const [found] = await judged(api({ fieldLogLevel: "NONE" }));
    const [, code] = /^Fix: (.*?) {3}\/\/ in logConfig/m.exec(found?.message ?? "") ?? [];
    expect(await judged(api(new Function(`return ({ ${code} })`)()))).toEqual([]);
  });

  test("its fix names the role as the provider aws-native does", async () => {
    const [found] = await judged({ ...native({}), properties: { authenticationType: "AWS_IAM" } });
    expect(found?.message).toContain("In aws-native, cloudwatchLogsRoleArn is cloudWatchLogsRoleArn.");
  });
});
