import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { SecureHttpApiArgs } from "./args";

/**
 * Who called what, when, from where, and what came of it: each a string of its own, since API Gateway writes `-` for
 * what a request hasn't, which is no JSON number. Neither headers nor bodies nor tokens.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
const fields = {
  requestId: "$context.requestId",
  extendedRequestId: "$context.extendedRequestId",
  requestTime: "$context.requestTime",
  apiId: "$context.apiId",
  stage: "$context.stage",
  domainName: "$context.domainName",
  // The caller: by a JWT, by a Lambda authorizer that puts principalId into its context, by IAM.
  subject: "$context.authorizer.claims.sub",
  clientId: "$context.authorizer.claims.client_id",
  principalId: "$context.authorizer.principalId",
  userArn: "$context.identity.userArn",
  sourceIp: "$context.identity.sourceIp",
  userAgent: "$context.identity.userAgent",
  httpMethod: "$context.httpMethod",
  routeKey: "$context.routeKey",
  path: "$context.path",
  protocol: "$context.protocol",
  status: "$context.status",
  responseLength: "$context.responseLength",
  responseLatency: "$context.responseLatency",
  integrationStatus: "$context.integration.status",
  integrationLatency: "$context.integrationLatency",
  integrationError: "$context.integrationErrorMessage",
  authorizerError: "$context.authorizer.error",
  errorType: "$context.error.responseType",
};

/** The format of the stage's access log: JSON, on one line. */
export const accessLogFormat = JSON.stringify(fields);

const defaultRetentionInDays = 365;

/**
 * The log group of a stage. Under `/aws/vendedlogs/` API Gateway doesn't need room in the account's resource policies
 * for log delivery, of which a region has ten.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
 */
export function accessLogGroup(
  name: string,
  { accessLog, tags }: SecureHttpApiArgs,
  opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(
    name,
    {
      namePrefix: `/aws/vendedlogs/apis/${name.replace(/[^A-Za-z0-9_./#-]+/g, "-")}-`,
      retentionInDays: accessLog?.retentionInDays ?? defaultRetentionInDays,
      kmsKeyId: accessLog?.kmsKeyId,
      tags,
    },
    opts,
  );
}
