import { describe, expect, test } from "vitest";
import {
  isAboutUrl,
  LambdaPermission,
  LambdaPolicy,
  lambdaPolicyGrant,
  namesNoArn,
  permissionGrant,
  permissionLapse,
} from "../../../policies/src/endpoints/lambda/lambda-permission";
import type { PolicyGrant } from "../../../policies/src/endpoints/policies/policy-grant";
import type { RawRecord } from "../../../policies/src/stack";
import { UNKNOWN } from "../../unknown";
import { account, allow, policy } from "../policy-resources";
import { firstOf, stackFrom } from "../stack-from";

const permission = (properties: RawRecord) =>
  firstOf(stackFrom({ type: LambdaPermission.token, name: "call", properties }), LambdaPermission);

const told = (grant: PolicyGrant | undefined) =>
  grant?.kind === "open" ? `open to ${grant.to}` : (grant?.kind ?? "nothing");

const topics = "sns.amazonaws.com";
const topic = `arn:aws:sns:eu-central-1:${account}:orders`;

describe("whom a permission lets call although it doesn't name them", () => {
  const toAll = "open to anonymous";
  const toService = "open to service";

  test.each<[properties: RawRecord, says: string]>([
    [{}, toAll],
    [{ principal: "*" }, toAll],
    [{ principal: " * " }, toAll],
    [{ principal: "" }, toAll],
    [{ principal: UNKNOWN }, "unknown"],
    [{ principal: account }, "nobody"],
    [{ principal: `arn:aws:iam::${account}:root` }, "nobody"],
    [{ principal: `arn:aws:iam::${account}:user/alice.example.com` }, "nobody"],
    [{ principal: "arn:aws:iam::*:root" }, "open to account"],
    [{ principal: topics }, toService],
    [{ principal: ` ${topics} ` }, toService],
    [{ principal: `${account}.example.com` }, toService],
    [{ principal: "AROAEXAMPLE" }, "nobody"],
    [{ principal: topics, action: "lambda:InvokeFunction" }, toService],
    [{ principal: topics, action: "lambda:*" }, toService],
    [{ principal: topics, action: UNKNOWN }, toService],
    [{ principal: topics, action: "lambda:GetFunction" }, "nobody"],
    [{ principal: topics, action: "xlambda:InvokeFunction" }, "nobody"],
    [{ principal: "*", action: "lambda:GetFunction" }, toAll],
    [{ principal: topics, sourceArn: topic }, "nobody"],
    [{ principal: topics, sourceArn: "arn:aws:sns:*" }, toService],
    [{ principal: topics, sourceArn: UNKNOWN }, "unknown"],
    [{ principal: topics, sourceAccount: account }, "nobody"],
    [{ principal: topics, sourceAccount: "*" }, toService],
    [{ principal: topics, sourceAccount: UNKNOWN }, "unknown"],
    [{ principal: "*", principalOrgId: "o-example123" }, "nobody"],
    [{ principal: "*", principalOrgId: "*" }, "open to account"],
    [{ principal: "*", principalOrgId: UNKNOWN }, "unknown"],
    // A skill's id is no secret, yet only that skill's requests carry it.
    [{ principal: "alexa-appkit.amazon.com", eventSourceToken: "amzn1.ask.skill" }, "nobody"],
    [{ principal: "alexa-appkit.amazon.com", eventSourceToken: "*" }, "nobody"],
    [{ principal: "alexa-appkit.amazon.com", eventSourceToken: UNKNOWN }, "unknown"],
    [{ principal: "alexa-appkit.amazon.com" }, toService],
  ])("%j: %s", (properties, says) => {
    expect(told(permissionGrant(permission({ action: "lambda:InvokeFunction", ...properties })))).toBe(says);
  });

  test.each<[what: string, written: unknown, says: string]>([
    ["no policy", undefined, "nothing"],
    ["an empty one", "", "nothing"],
    ["one that isn't known", UNKNOWN, "unknown"],
    ["one that can't be read", "{", "unreadable"],
    ["one for everybody", policy(allow()), "open to anonymous"],
    ["one for a service", policy(allow({ Principal: { Service: topics } })), toService],
    ["one for an account", policy(allow({ Principal: { AWS: account } })), "nobody"],
  ])("a function's whole policy: %s", (_what, written, says) => {
    const stack = stackFrom({ type: LambdaPolicy.token, name: "whole", properties: { policy: written } });
    expect(told(lambdaPolicyGrant(firstOf(stack, LambdaPolicy)))).toBe(says);
  });
});

describe("whether a permission is about a function's URL", () => {
  test.each<[properties: RawRecord, isAbout: boolean]>([
    [{ action: "lambda:InvokeFunctionUrl" }, true],
    [{ action: "Lambda:InvokeFunctionURL" }, true],
    [{ action: "lambda:InvokeFunction" }, false],
    [{ action: "lambda:InvokeFunction", functionUrlAuthType: "NONE" }, true],
    [{ action: "lambda:InvokeFunction", functionUrlAuthType: UNKNOWN }, true],
    [{ action: "lambda:InvokeFunction", invokedViaFunctionUrl: true }, true],
    [{ action: "lambda:InvokeFunction", invokedViaFunctionUrl: false }, false],
    [{ action: UNKNOWN }, false],
  ])("%j: %s", (properties, isAbout) => {
    expect(isAboutUrl(permission(properties))).toBe(isAbout);
  });
});

describe("whether a source is no ARN", () => {
  test.each<[sourceArn: unknown, isNone: boolean]>([
    [topic, false],
    [topic.toUpperCase(), false],
    ["arn:*", false],
    ["a*", false],
    ["ar?:aws:*", false],
    ["*", false],
    ["orders", true],
    ["https://example.com/arn:", true],
    ["n:*", true],
    ["arm:*", true],
    [UNKNOWN, false],
    ["", false],
    [undefined, false],
  ])("%s: %s", (sourceArn, isNone) => {
    expect(namesNoArn(permission({ sourceArn }))).toBe(isNone);
  });
});

describe("what a permission that names its caller leaves open", () => {
  const own = { function: `arn:aws:lambda:eu-central-1:${account}:function:lookup` };
  const another = "arn:aws:sns:eu-central-1:999999999999:orders";

  test.each<[properties: RawRecord, lapse: string | undefined]>([
    [{ principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::files" }, "bucket-without-owner"],
    [{ principal: "S3.amazonaws.com.cn" }, "bucket-without-owner"],
    [{ principal: "s3.amazonaws.com.example.com" }, undefined],
    [{ principal: "logs.s3.amazonaws.com" }, undefined],
    [{ principal: "s3.amazonaws.com", sourceAccount: account }, undefined],
    [{ principal: "s3.amazonaws.com", sourceAccount: UNKNOWN }, undefined],
    [{ principal: "s3.amazonaws.com", principalOrgId: "o-example123" }, undefined],
    [{ ...own, principal: topics, sourceArn: topic }, undefined],
    [{ ...own, principal: topics, sourceArn: another }, "source-of-another-account"],
    [{ ...own, principal: topics, sourceArn: another, sourceAccount: "999999999999" }, undefined],
    [{ ...own, principal: topics, sourceArn: UNKNOWN }, undefined],
    [{ ...own, principal: topics, sourceArn: "arn:aws:s3:::files" }, undefined],
    [{ ...own, principal: topics, sourceArn: `an ${another}` }, undefined],
    [{ ...own, principal: topics, sourceArn: "arn:aws:sns:eu-central-1:9999:orders" }, undefined],
    [{ function: "lookup", principal: topics, sourceArn: another }, undefined],
    [{ principal: UNKNOWN, sourceArn: another }, undefined],
  ])("%j: %s", (properties, lapse) => {
    expect(permissionLapse(permission(properties))).toBe(lapse);
  });
});
