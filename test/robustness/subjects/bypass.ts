import { account, allow, deny, policy, when } from "../../policies/policy-resources";
import { type Subject, subjectsOf } from "./subject";

const anyone = policy(allow());
const anyoneAsText = JSON.stringify(anyone);
const own = when("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5");
const organization = policy(allow(own));
const named = policy(allow({ Principal: { AWS: account } }));
const office = policy(allow(when("IpAddress", "aws:SourceIp", "203.0.113.0/24")));
const oneEndpoint = policy(allow(when("StringEquals", "aws:SourceVpce", "vpce-1a2b3c4d")));
const isPrivate = { endpointConfiguration: { types: "PRIVATE" } };
const iamBody = (document: object) => ({
  openapi: "3.0.1",
  paths: { "/customers": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } } },
  "x-amazon-apigateway-policy": document,
});
const gateway = { action: "lambda:InvokeFunction", principal: "apigateway.amazonaws.com" };
const sourceArn = `arn:aws:execute-api:eu-west-1:${account}:a1b2c3/*/*`;

const caller = subjectsOf("lambda-permission-names-its-caller");
const policed = subjectsOf("resource-policy-restricts-callers");
const ignored = subjectsOf("authorization-is-not-ignored");
const mapping = subjectsOf("domain-mapping-names-its-stage");

/** What leads round the door, whatever stands beside it. */
export const open: readonly Subject[] = [
  caller("a permission for everybody", "permission", { action: "lambda:InvokeFunction", principal: "*" }),
  caller("a permission that names nobody", "permission", { action: "lambda:InvokeFunction" }),
  caller("a permission for any API", "permission", gateway),
  caller("a permission for a source of any account", "permission", {
    ...gateway,
    sourceArn: "arn:aws:execute-api:*:*:*",
  }),
  caller("a permission for everybody's URL", "permission", {
    action: "lambda:InvokeFunctionUrl",
    principal: "*",
    functionUrlAuthType: "NONE",
  }),
  caller("a permission of aws-native", "nativePermission", gateway),
  caller("a function's policy", "functionPolicy", { policy: anyoneAsText }),
  policed("a private API's policy", "rest", { ...isPrivate, policy: anyoneAsText }),
  policed("a policy that is an object", "rest", { ...isPrivate, policy: anyone }),
  policed("the policy in a body, behind IAM", "rest", { body: JSON.stringify(iamBody(anyone)) }),
  policed("the policy in a body that is put", "put", { body: iamBody(anyone) }),
  policed("a policy that can't be read", "restPolicy", { policy: "Statement: []" }),
  policed("a queue's policy", "queue", { policy: anyoneAsText }),
  policed("a policy of a queue", "queuePolicy", { policy: anyoneAsText }),
  policed("a topic's policy", "topic", { policy: anyone }),
  policed("a policy of a topic, with a blocklist", "topicPolicy", {
    policy: policy(allow(), deny(when("IpAddress", "aws:SourceIp", "203.0.113.0/24"))),
  }),
  policed("a policy of an event bus, for any service", "busPolicy", {
    policy: policy(allow({ Principal: { Service: "*" } })),
  }),
  policed("a policy of a stream, if the key exists", "streamPolicy", {
    policy: policy(allow(when("StringEqualsIfExists", "aws:SourceVpce", "vpce-1a2b3c4d"))),
  }),
  policed("a policy of a registry", "registryPolicy", { policy: anyoneAsText }),
  policed("an auth policy of VPC Lattice", "authPolicy", { policy: anyoneAsText }),
  policed("the policy of a search domain", "domain", { accessPolicies: anyoneAsText }),
  policed("the policy of an Elasticsearch domain", "formerDomain", { accessPolicies: anyone }),
  ignored(
    "a route whose authorization stays as it is",
    "route",
    { routeKey: "GET /a", authorizationType: "AWS_IAM" },
    ["tags", "authorizationType"],
  ),
  ignored("a policy that stays as it is, whatever it was", "restPolicy", { policy: named }, ["*"]),
  mapping("a mapping of every stage", "basePath", { restApi: "a1b2c3", domainName: "api.example.com" }),
];

export const closed: readonly Subject[] = [
  caller("a permission for one API", "permission", { ...gateway, sourceArn }),
  caller("a permission for a role", "permission", {
    action: "lambda:InvokeFunction",
    principal: `arn:aws:iam::${account}:role/caller`,
  }),
  caller("a permission for an organization", "permission", {
    action: "lambda:InvokeFunction",
    principal: "*",
    principalOrgId: "o-a1b2c3d4e5",
  }),
  caller("a permission of aws-native", "nativePermission", { ...gateway, sourceArn }),
  caller("a function's policy", "functionPolicy", { policy: JSON.stringify(named) }),
  policed("a private API's policy for one endpoint", "rest", { ...isPrivate, policy: oneEndpoint }),
  policed("the policy in a body, behind IAM", "rest", { body: iamBody(organization) }),
  policed("a queue's policy for an account", "queue", { policy: JSON.stringify(named) }),
  policed("a queue without one", "queue", {}),
  policed("a policy of a queue for an organization", "queuePolicy", { policy: organization }),
  policed("a policy of a topic for an account's buckets", "topicPolicy", {
    policy: policy(
      allow({
        Principal: { Service: "s3.amazonaws.com" },
        ...when("StringEquals", "aws:SourceAccount", account),
      }),
    ),
  }),
  policed("a policy of an event bus", "busPolicy", { policy: named }),
  policed("an auth policy of VPC Lattice", "authPolicy", {
    policy: policy(allow(when("StringNotEqualsIgnoreCase", "aws:PrincipalType", "anonymous"))),
  }),
  policed("the policy of a search domain for an office", "domain", { accessPolicies: office }),
  policed("an open policy within a VPC", "domain", {
    accessPolicies: anyone,
    vpcOptions: { subnetIds: ["subnet-1a2b3c4d"] },
  }),
  ignored(
    "a route whose target stays as it is",
    "route",
    { routeKey: "GET /a", authorizationType: "AWS_IAM" },
    ["target", "tags[0]"],
  ),
  mapping("a mapping of one stage", "basePath", {
    restApi: "a1b2c3",
    domainName: "api.example.com",
    stageName: "live",
  }),
];
