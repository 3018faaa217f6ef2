import type { Form } from "./form";

/** The types of CloudWatch, by their CloudFormation names. */
export const cloudWatch: Readonly<Record<string, Form>> = {
  "AWS::Logs::LogGroup": { token: "aws:cloudwatch/logGroup:LogGroup", names: { name: "logGroupName" } },
  "AWS::Logs::SubscriptionFilter": {
    token: "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
    names: { logGroup: "logGroupName", name: "filterName" },
  },
};
