import { isPrivateOnly } from "../../endpoints/api-gateway/document";
import { RestApi } from "../../endpoints/api-gateway/rest-api";
import { knownValue } from "../../stack";
import { nist, owasp } from "../controls";
import { resourceRule } from "../rule";

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutRestApi.html */
export const restDocumentReplacesTheApi = resourceRule({
  id: "rest-document-replaces-the-api",
  theme: "bypass",
  title: "An OpenAPI body replaces what its REST API held before",
  severity: "high",
  level: "advisory",
  controls: [owasp("API8:2023"), owasp("API9:2023"), nist("CM-3"), nist("CM-6")],
  why: "In the mode merge, API Gateway adds a body to what the API holds. An operation that the body drops stays, with the authorization that it had, and neither the program nor a preview shows it.",
  fix: 'putRestApiMode: "overwrite"',
  splitFrom: "authorization-changes-are-deployed",
  examples: {
    bad: `new aws.apigateway.RestApi("merged", {
    putRestApiMode: "merge",
    body: JSON.stringify({
        openapi: "3.0.1",
        info: { title: "customers", version: "1" },
        paths: { "/customers/{id}": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } } },
    }),
});`,
    good: `new aws.apigateway.RestApi("overwritten", {
    putRestApiMode: "overwrite",
    body: JSON.stringify({
        openapi: "3.0.1",
        info: { title: "customers", version: "1" },
        paths: { "/customers/{id}": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } } },
    }),
});`,
  },
  resources: [RestApi],
  reads: { putRestApiMode: "reference", body: "presence", endpointConfiguration: "deciding word" },
  *check(api) {
    const isMerged = api.isSet("body") && knownValue(api.word("putRestApiMode")) === "MERGE";
    // For a private API AWS advises to merge, since an overwrite takes the VPC endpoints away.
    if (!isMerged || isPrivateOnly(api)) return;
    yield {
      sentence: `"${api.name}" merges its body into what is there: an operation that the body drops stays, with the authorization that it had.`,
      lowered: "lesser finding",
    };
  },
});
