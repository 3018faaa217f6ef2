import { isRecord } from "../stack";
import type { Form } from "./form";

/** CloudFormation writes what `aws.cloudwatch.EventPermission` writes, or a statement as it stands in a policy. */
const eventBusPolicy: Form = {
  token: "aws:cloudwatch/eventPermission:EventPermission",
  names: {},
};

/** `{ policy }` holds the document. In a template the name begins with a capital letter, as what is in a document does. */
const policyIn = (given: unknown): unknown => (isRecord(given) ? (given.policy ?? given.Policy) : given);

const inlinePolicies = (list: unknown): unknown =>
  Array.isArray(list)
    ? list.map((policy) =>
        isRecord(policy) ? { name: policy.policyName, policy: policy.policyDocument } : policy,
      )
    : list;

/** The types that carry a policy, and those that have one, by their CloudFormation names. */
export const accessPolicies: Readonly<Record<string, Form>> = {
  "AWS::Lambda::ResourcePolicy": {
    token: "aws:lambda/resourcePolicy:ResourcePolicy",
    names: { policy: "policyDocument" },
  },
  "AWS::Lambda::Function": { token: "aws:lambda/function:Function", names: {} },
  "AWS::SQS::Queue": { token: "aws:sqs/queue:Queue", names: {} },
  "AWS::SQS::QueuePolicy": {
    token: "aws:sqs/queuePolicy:QueuePolicy",
    native: false,
    names: { policy: "policyDocument" },
  },
  "AWS::SQS::QueueInlinePolicy": {
    token: "aws:sqs/queuePolicy:QueuePolicy",
    names: { policy: "policyDocument" },
  },
  "AWS::SNS::Topic": { token: "aws:sns/topic:Topic", names: {} },
  "AWS::SNS::TopicPolicy": {
    token: "aws:sns/topicPolicy:TopicPolicy",
    names: { policy: "policyDocument" },
  },
  "AWS::SNS::TopicInlinePolicy": {
    token: "aws:sns/topicPolicy:TopicPolicy",
    names: { policy: "policyDocument" },
  },
  "AWS::Events::EventBusPolicy": eventBusPolicy,
  "AWS::Kinesis::ResourcePolicy": {
    token: "aws:kinesis/resourcePolicy:ResourcePolicy",
    names: { policy: "resourcePolicy" },
  },
  "AWS::EventSchemas::RegistryPolicy": {
    token: "aws:schemas/registryPolicy:RegistryPolicy",
    names: {},
  },
  "AWS::OSIS::Pipeline": {
    token: "aws:opensearchingest/resourcePolicy:ResourcePolicy",
    names: { policy: "resourcePolicy" },
    values: { policy: policyIn },
  },
  "AWS::OpenSearchService::Domain": { token: "aws:opensearch/domain:Domain", names: {} },
  "AWS::Elasticsearch::Domain": {
    token: "aws:elasticsearch/domain:Domain",
    native: false,
    names: {},
  },
  "AWS::BedrockAgentCore::ResourcePolicy": {
    token: "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy",
    names: {},
  },
  "AWS::IAM::Role": {
    token: "aws:iam/role:Role",
    names: { name: "roleName", assumeRolePolicy: "assumeRolePolicyDocument", inlinePolicies: "policies" },
    values: { inlinePolicies },
  },
  "AWS::IAM::RolePolicy": {
    token: "aws:iam/rolePolicy:RolePolicy",
    names: { role: "roleName", policy: "policyDocument" },
  },
  "AWS::IAM::Policy": {
    token: "aws:iam/rolePolicy:RolePolicy",
    native: false,
    names: { role: "roles", policy: "policyDocument" },
  },
  "AWS::IAM::ManagedPolicy": {
    token: "aws:iam/policy:Policy",
    names: { policy: "policyDocument" },
  },
};
