import { account, allow, lambdaPolicy, permission, policy, when } from "../policy-resources";
import type { UnknownRow } from "../unknown-row";

export const rows: readonly UnknownRow[] = [
  {
    situation: "a permission for anyone",
    resources: [
      permission("call", {
        action: "lambda:InvokeFunctionUrl",
        principal: "*",
        functionUrlAuthType: "NONE",
        invokedViaFunctionUrl: true,
        function: `arn:aws:lambda:eu-west-1:${account}:function:lookup`,
      }),
    ],
    on: "call",
  },
  {
    situation: "a permission for any source",
    resources: [permission("call", { sourceArn: "*", sourceAccount: "*" })],
    on: "call",
  },
  {
    situation: "a permission for any organization",
    resources: [permission("call", { principal: "*", principalOrgId: "*" })],
    on: "call",
  },
  {
    situation: "a skill bound by its token",
    resources: [
      {
        type: "aws:lambda/permission:Permission",
        name: "call",
        properties: { principal: "alexa-appkit.amazon.com", eventSourceToken: "amzn1.ask.skill" },
      },
    ],
    on: "call",
    reported: "silent",
  },
  {
    situation: "a whole policy",
    resources: [
      lambdaPolicy("call", policy(allow(when("NotIpAddress", "aws:SourceIp", ["203.0.113.0/24"])))),
    ],
    on: "call",
    endsWithout: ["policy"],
  },
  {
    situation: "a whole policy that is a text",
    resources: [lambdaPolicy("call", JSON.stringify(policy(allow())))],
    on: "call",
    endsWithout: ["policy"],
  },
];
