import {
  flagProblems,
  type InputProblem,
  type Names,
  type NamesOf,
  unknownProperties,
} from "../input-problems";
import { eventLimits, limitProblems } from "../limits";
import { contentProblems, fixedTextProblems, type RequestShape, valueProblems } from "./request-value";
import type {
  EventBridgeIntegrationArgs,
  KinesisIntegrationArgs,
  ServiceIntegration,
  SnsIntegrationArgs,
  SqsIntegrationArgs,
  StepFunctionsIntegrationArgs,
} from "./service-integration";
import { keyArnProblems, targetArn, targetProblems } from "./service-target";

const ofSqs: NamesOf<SqsIntegrationArgs> = {
  queueArn: true,
  message: true,
  groupId: true,
  deduplicationId: true,
  kmsKeyArn: true,
  contentTypes: true,
};
const ofEventBridge: NamesOf<EventBridgeIntegrationArgs> = {
  busArn: true,
  source: true,
  detailType: true,
  detail: true,
  contentTypes: true,
};
const ofStepFunctions: NamesOf<StepFunctionsIntegrationArgs> = {
  stateMachineArn: true,
  input: true,
  synchronous: true,
  contentTypes: true,
};
const ofKinesis: NamesOf<KinesisIntegrationArgs> = {
  streamArn: true,
  partitionKey: true,
  data: true,
  kmsKeyArn: true,
  contentTypes: true,
};
const ofSns: NamesOf<SnsIntegrationArgs> = {
  topicArn: true,
  message: true,
  groupId: true,
  deduplicationId: true,
  kmsKeyArn: true,
  contentTypes: true,
};

const argumentsOf: Readonly<Record<ServiceIntegration["type"], Names>> = {
  SQS: ofSqs,
  EVENT_BRIDGE: ofEventBridge,
  STEP_FUNCTIONS: ofStepFunctions,
  KINESIS: ofKinesis,
  SNS: ofSns,
};

/** Checks a service integration, for callers without TypeScript. */
export function serviceProblems(
  integration: ServiceIntegration,
  shape: RequestShape,
  path: string,
): InputProblem[] {
  const { type, ...args } = integration;
  return [
    ...unknownProperties(args, argumentsOf[type], `${path}.`),
    ...targetProblems(integration, targetArn(integration), path),
    ...ownProblems(integration, shape, path),
    ...("kmsKeyArn" in integration ? keyArnProblems(integration.kmsKeyArn, `${path}.kmsKeyArn`) : []),
    ...contentTypesProblems(integration.contentTypes, shape, `${path}.contentTypes`),
  ];
}

function ownProblems(integration: ServiceIntegration, shape: RequestShape, path: string): InputProblem[] {
  const content = (given: unknown, argument: string) =>
    given === undefined ? [] : contentProblems(given, shape, `${path}.${argument}`);
  const value = (given: unknown, argument: string) =>
    given === undefined ? [] : valueProblems(given, shape, `${path}.${argument}`);
  switch (integration.type) {
    case "SQS":
    case "SNS":
      return [
        ...content(integration.message, "message"),
        ...value(integration.groupId, "groupId"),
        ...value(integration.deduplicationId, "deduplicationId"),
      ];
    case "EVENT_BRIDGE":
      return [
        ...sourceProblems(integration.source, `${path}.source`),
        ...detailTypeProblems(integration.detailType, `${path}.detailType`),
        ...content(integration.detail, "detail"),
      ];
    case "STEP_FUNCTIONS":
      return [
        ...content(integration.input, "input"),
        ...flagProblems(integration.synchronous, `${path}.synchronous`),
      ];
    case "KINESIS":
      return [...value(integration.partitionKey, "partitionKey"), ...content(integration.data, "data")];
  }
}

function detailTypeProblems(detailType: unknown, propertyPath: string): InputProblem[] {
  const problems = fixedTextProblems(detailType, propertyPath);
  if (problems.length > 0) return problems;
  return limitProblems(eventLimits.detailType, String(detailType).length, propertyPath, "shorten it");
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html */
function sourceProblems(source: unknown, propertyPath: string): InputProblem[] {
  const problems = fixedTextProblems(source, propertyPath);
  if (problems.length > 0 || !String(source).startsWith("aws.")) return problems;
  return [{ propertyPath, reason: "choose a name of your own: aws. is reserved for AWS services" }];
}

/** RFC 6838 (4.2). */
const contentType = /^[A-Za-z0-9][\w!#&^.+-]*\/[A-Za-z0-9][\w!#&^.+-]*$/;

function contentTypesProblems(types: unknown, shape: RequestShape, propertyPath: string): InputProblem[] {
  if (types === undefined) return [];
  if (!shape.hasTemplates) {
    return [{ propertyPath, reason: "leave it out: an HTTP API accepts every content type" }];
  }
  const isList =
    Array.isArray(types) &&
    types.length > 0 &&
    types.every((type) => typeof type === "string" && contentType.test(type));
  return isList ? [] : [{ propertyPath, reason: "list content types as plain text, such as text/plain" }];
}
