import { type Subject, subjectsOf } from "./subject";

const template = (authType: string) => ({
  Resources: { Url: { Type: "AWS::Lambda::Url", Properties: { AuthType: authType } } },
});
const reviewBy = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const declaration = {
  routes: ["GET /open"],
  reason: "load balancer health probe, returns no data",
  owner: "edge",
};

/** Every rule judges templates. */
const urlInTemplate = subjectsOf("function-url-requires-iam");
const inTemplate = subjectsOf("template-endpoints-require-authorization");
const reviewed = subjectsOf("public-access-is-reviewed");
const unread = subjectsOf("unread-infrastructure-is-named");

/** What is open, expired or unread, whatever stands beside it. */
export const open: readonly Subject[] = [
  urlInTemplate("a template", "template", { templateBody: JSON.stringify(template("NONE")) }),
  urlInTemplate("a state", "control", { typeName: "AWS::Lambda::Url", desiredState: '{"AuthType":"NONE"}' }),
  reviewed("an expired declaration", "publicAccess", { ...declaration, reviewBy: "2020-01-31" }),
  reviewed("a list of nothing", "secureHttpApi", { publicAccess: [null, 1] }),
  unread("a template behind a URL", "template", { templateUrl: "https://templates.example.com/a.yaml" }),
  unread("an application of somebody's", "application", {}),
];

export const closed: readonly Subject[] = [
  inTemplate("a template", "template", { templateBody: JSON.stringify(template("AWS_IAM")) }),
  inTemplate("a state", "control", { typeName: "AWS::Lambda::Url", desiredState: '{"AuthType":"AWS_IAM"}' }),
  reviewed("a declaration", "publicAccess", { ...declaration, reviewBy }),
  unread("a template that was read", "template", { templateBody: JSON.stringify({ Resources: {} }) }),
];
