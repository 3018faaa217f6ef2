export const keyless = { authorizerId: "abc", apiKeyRequired: true };
export const openApi = (root: object = {}) => ({
  openapi: "3.0.1",
  info: { title: "customers", version: "1" },
  paths: {
    "/customers": {
      get: { security: [{ documented: [] }] },
      post: { "x-amazon-apigateway-auth": { type: "NONE" } },
    },
    "/iam": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } },
  },
  components: { securitySchemes: { documented: { type: "http", scheme: "bearer" } } },
  ...root,
});
export const restSettings = {
  failOnWarnings: false,
  parameters: { basepath: "prepend" },
  endpointConfiguration: { types: "PRIVATE" },
};
export const asking = [{ type: "authenticate-oidc" }, { type: "forward" }];
export const lambdaUri = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f/invocations";
export const documentWith = (authorizer: object) => ({
  openapi: "3.0.1",
  info: { title: "customers", version: "1" },
  paths: { "/customers": { get: { security: [{ gate: ["customers/read"] }] } } },
  components: { securitySchemes: { gate: { type: "apiKey", "x-amazon-apigateway-authorizer": authorizer } } },
});
