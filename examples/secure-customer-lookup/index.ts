import { Authorization, publicAccess, SecureHttpApi } from "@api-guardrails/components";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

const role = new aws.iam.Role("lookup", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});
const lambda = (name: string, handler: string) =>
  new aws.lambda.Function(name, {
    runtime: aws.lambda.Runtime.NodeJS22dX,
    handler,
    role: role.arn,
    code: new pulumi.asset.FileArchive("lookup"),
  });

const api = new SecureHttpApi("customers", {
  authorization: Authorization.jwt({
    issuer: config.require("issuer"),
    audiences: ["customers"],
    scopes: ["customers/read"],
  }),
  routes: {
    "GET /customers/{id}": { handler: lambda("lookup", "index.handler") },
    "POST /customers": { handler: lambda("create", "index.create"), scopes: ["customers/write"] },
    "GET /health": {
      handler: lambda("health", "index.health"),
      access: publicAccess({
        reason: "load balancer health probe, returns no data",
        owner: "team-edge",
        reviewBy: config.require("reviewBy"),
      }),
    },
  },
});

export const url = api.url;
