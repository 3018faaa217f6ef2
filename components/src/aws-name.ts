import type * as pulumi from "@pulumi/pulumi";
import { shortDigest } from "./digest";

/** What AWS accepts as one kind of name. */
interface NameRule {
  /** What the name can't have, as runs of characters. */
  readonly refused: RegExp;
  /** The most characters. */
  readonly most: number;
}

/** The `-` and seven digits that Pulumi's AWS provider appends to a resource's name. */
const randomSuffix = 8;
/** What the provider appends to a `namePrefix`: the time and a counter. */
const prefixSuffix = 26;
/** https://github.com/pulumi/pulumi-aws (`AutoName`), for names that AWS's API doesn't restrict. */
const mostOfProvider = 255;

const controlCharacters = /\p{Cc}+/gu;
/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html */
const cognitoName: NameRule = { refused: /[^\w\s+=,.@-]+/g, most: 128 };
/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html */
const apiGatewayV2Name: NameRule = { refused: controlCharacters, most: 128 };
const unrestricted: NameRule = { refused: controlCharacters, most: mostOfProvider };

/**
 * The names that the provider makes of the resource's name and a random suffix, by type. The names of other types are never
 * sent to AWS, or a component chooses them itself.
 */
const namedByProvider: Readonly<Record<string, NameRule>> = {
  // https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html (StatementId)
  "aws:lambda/permission:Permission": { refused: /[^A-Za-z0-9_-]+/g, most: 100 },
  // https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html (64 without an ARN)
  "aws:lambda/function:Function": { refused: /[^A-Za-z0-9_-]+/g, most: 64 },
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
  "aws:iam/role:Role": { refused: /[^\w+=,.@-]+/g, most: 64 },
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html
  "aws:iam/rolePolicy:RolePolicy": { refused: /[^\w+=,.@-]+/g, most: 128 },
  "aws:apigatewayv2/api:Api": apiGatewayV2Name,
  "aws:apigatewayv2/authorizer:Authorizer": apiGatewayV2Name,
  // The name is a dimension of the API's metrics
  // (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html), of 255 characters at most
  // (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html).
  "aws:apigateway/restApi:RestApi": { refused: /[^\x20-\x7e]+/g, most: 255 },
  "aws:apigateway/authorizer:Authorizer": unrestricted,
  "aws:apigateway/requestValidator:RequestValidator": unrestricted,
  "aws:apigateway/usagePlan:UsagePlan": unrestricted,
  "aws:apigateway/apiKey:ApiKey": unrestricted,
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
  "aws:cloudwatch/metricAlarm:MetricAlarm": { refused: controlCharacters, most: 255 },
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html (512, the provider's 255)
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": { refused: /[:*]+/g, most: mostOfProvider },
  "aws:cognito/userPool:UserPool": cognitoName,
  "aws:cognito/userPoolClient:UserPoolClient": cognitoName,
  // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateResourceServer.html (256)
  "aws:cognito/resourceServer:ResourceServer": { ...cognitoName, most: mostOfProvider },
};

/** Names and descriptions that a component chooses itself. */
const chosen = {
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
  logGroup: { refused: /[^A-Za-z0-9_./#-]+/g, most: 512 },
  // https://docs.aws.amazon.com/waf/latest/APIReference/API_WebACL.html
  webAcl: { refused: /[^A-Za-z0-9_-]+/g, most: 128 },
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html
  dashboard: { refused: /[^A-Za-z0-9_-]+/g, most: 255 },
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html
  savedQuery: { refused: controlCharacters, most: 255 },
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricTransformation.html
  metric: { refused: /[:*$]+/g, most: 255 },
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
  roleDescription: { refused: /[^\t\n\r\x20-\x7e\xa1-\xff]+/g, most: 1000 },
  // https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
  functionDescription: { refused: controlCharacters, most: 256 },
  // https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html
  keyDescription: { refused: controlCharacters, most: 8192 },
} satisfies Readonly<Record<string, NameRule>>;

/** A kind of name that a component chooses itself. */
export type ChosenName = keyof typeof chosen;

/**
 * The name and the options of a child. If AWS accepts the name that the provider makes of the given one, nothing changes: a
 * new name would be a new URN. Otherwise the child has a shorter name without the characters that AWS refuses, and a digest
 * that keeps it unique. A resource of the given name, which a transform may have named in AWS, stays the same resource.
 *
 * @param type the child's type token
 */
export function fittingChild<Options extends pulumi.CustomResourceOptions>(
  type: string,
  name: string,
  opts: Options,
): { readonly name: string; readonly opts: Options } {
  const rule = namedByProvider[type];
  const fitting = rule ? fitted(rule, name, randomSuffix) : name;
  if (fitting === name) return { name, opts };
  return { name: fitting, opts: { ...opts, aliases: [...(opts.aliases ?? []), { name }] } };
}

/** A name that a component chooses itself. It stays as it is if AWS accepts it. */
export function fittingName(kind: ChosenName, name: string): string {
  return fitted(chosen[kind], name, 0);
}

/** A description. It has no digest, because it need not be unique. */
export function fittingText(kind: ChosenName, text: string): string {
  const { refused, most } = chosen[kind];
  return firstOf(text.replace(refused, "-"), most);
}

/** A `namePrefix`, which leaves room for what the provider appends. That keeps names unique, so a prefix has no digest. */
export function fittingPrefix(kind: ChosenName, prefix: string): string {
  const { refused, most } = chosen[kind];
  return prefix.replace(refused, "-").slice(0, most - prefixSuffix);
}

/** Whether AWS accepts a name of this kind with the provider's random suffix. */
export function isFitting(kind: ChosenName, name: string): boolean {
  return fitted(chosen[kind], name, randomSuffix) === name;
}

function fitted({ refused, most }: NameRule, name: string, suffix: number): string {
  const plain = name.replace(refused, "-");
  if (plain === name && name.length + suffix <= most) return name;
  const digest = shortDigest(name);
  const readable = firstOf(plain, most - suffix - digest.length - 1).replace(/^-+|-+$/g, "");
  return readable === "" ? digest : `${readable}-${digest}`;
}

/** The first characters of a text, without half of one that takes two. */
function firstOf(text: string, count: number): string {
  return text.slice(0, count).replace(/[\uD800-\uDBFF]$/, "");
}
