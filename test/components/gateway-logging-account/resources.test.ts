import type * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { GatewayLoggingAccount, type GatewayLoggingAccountArgs } from "../../../components/src";
import { preview } from "../../../review/src/preview";
import { program, removePrograms } from "../../engine/programs";
import { ofType, registered } from "../registered";
import { resourceGraph } from "../resource-graph";

const made = (args?: GatewayLoggingAccountArgs) =>
  registered(() => new GatewayLoggingAccount("logging", args));

test("the account's role can be assumed by API Gateway only", async () => {
  const resources = await made({ tags: { team: "edge" } });
  expect(resources.map(({ type, name }) => `${type} ${name}`)).toEqual([
    "api-guardrails:index:GatewayLoggingAccount logging",
    "aws:apigateway/account:Account logging",
    "aws:iam/role:Role logging",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment logging",
  ]);
  const [role] = ofType(resources, "iam/role:Role");
  expect(role?.inputs.tags).toEqual({ team: "edge" });
  expect(JSON.parse(String(role?.inputs.assumeRolePolicy))).toEqual({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" }, Action: "sts:AssumeRole" },
    ],
  });
  expect(ofType(resources, "apigateway/account:Account").map(({ inputs }) => inputs)).toEqual([
    { cloudwatchRoleArn: "arn:logging" },
  ]);
});

test("creates these resources", async () => {
  const source = `
const { GatewayLoggingAccount } = require("@api-guardrails/components");
new GatewayLoggingAccount("logging", { tags: { team: "edge" } });`;
  const { resources } = await preview({ directory: program(source) });
  removePrograms();
  await expect(resourceGraph(resources)).toMatchFileSnapshot("golden.resources.txt");
});

test.each([
  ["eu-central-1", "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"],
  ["cn-north-1", "arn:aws-cn:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"],
  ["us-gov-west-1", "arn:aws-us-gov:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"],
])("in %s it has AWS's policy for logs", async (region, policyArn) => {
  const source = `
const { GatewayLoggingAccount } = require("@api-guardrails/components");
new GatewayLoggingAccount("logging");`;
  const { resources, violations } = await preview({
    directory: program(source),
    config: [`aws:region=${region}`],
    policyPacks: ["test/fixtures/packs/strict"],
  });
  removePrograms();
  const attached = resources.filter(
    ({ type }) => type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  );
  expect(attached.map(({ properties }) => properties.policyArn)).toEqual([policyArn]);
  expect(violations).toEqual([]);
});

test("unknown arguments are refused before anything is registered", async () => {
  let error: pulumi.InputPropertiesError | undefined;
  const resources = await registered(() => {
    try {
      new GatewayLoggingAccount("logging", { roleName: "logs" } as never);
    } catch (thrown) {
      error = thrown as pulumi.InputPropertiesError;
    }
  });
  expect(error?.message).toContain("roleName: there is no such argument; there are tags");
  expect(resources).toEqual([]);
});
