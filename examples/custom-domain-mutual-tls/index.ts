import { Authorization, SecureHttpApi } from "@api-guardrails/components";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

const role = new aws.iam.Role("score", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});
const score = new aws.lambda.Function("score", {
  runtime: aws.lambda.Runtime.NodeJS22dX,
  handler: "index.score",
  role: role.arn,
  code: new pulumi.asset.FileArchive("score"),
});

// The authorities that issue partners' certificates. API Gateway takes a new bundle when its version changes.
const bucket = new aws.s3.Bucket("truststore");
const versioning = new aws.s3.BucketVersioning("truststore", {
  bucket: bucket.id,
  versioningConfiguration: { status: "Enabled" },
});
const truststore = new aws.s3.BucketObjectv2(
  "truststore",
  { bucket: bucket.id, key: "partners.pem", source: new pulumi.asset.FileAsset("partners.pem") },
  { dependsOn: [versioning] },
);

// A certificate says which machine calls, a token which partner and what it may do.
const api = new SecureHttpApi("partners", {
  authorization: Authorization.jwt({
    issuer: config.require("issuer"),
    audiences: ["partners"],
    scopes: ["scores/read"],
  }),
  routes: { "POST /scores": { handler: score } },
  domain: {
    name: "partners.example.com",
    hostedZoneId: config.require("hostedZoneId"),
    mutualTls: {
      truststoreUri: pulumi.interpolate`s3://${bucket.bucket}/${truststore.key}`,
      truststoreVersion: truststore.versionId,
    },
  },
});

export const url = api.url;
