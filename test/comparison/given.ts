// What each of the three programs is given: the functions behind the API, who issues the tokens, and who is paged.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const role = new aws.iam.Role("customers", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});

const lambda = (name: string) =>
  new aws.lambda.Function(name, {
    runtime: aws.lambda.Runtime.NodeJS22dX,
    handler: "index.handler",
    role: role.arn,
    code: new pulumi.asset.StringAsset("exports.handler = async () => ({ statusCode: 204 });"),
  });

export const lookup = lambda("lookup");
export const create = lambda("create");
export const health = lambda("health");

export const userPool = new aws.cognito.UserPool("customers", {
  adminCreateUserConfig: { allowAdminCreateUserOnly: true },
  mfaConfiguration: "ON",
  softwareTokenMfaConfiguration: { enabled: true },
});
export const clientId = new aws.cognito.UserPoolClient("customers", {
  userPoolId: userPool.id,
  preventUserExistenceErrors: "ENABLED",
}).id;
export const issuer = pulumi.interpolate`https://${userPool.endpoint}`;
export const pager = new aws.sns.Topic("pager");

export const review = {
  reason: "load balancer health probe, returns no data",
  owner: "team-edge",
  reviewBy: new pulumi.Config().require("reviewBy"),
};
