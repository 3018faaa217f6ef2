import { isPrivateOnly } from "../../endpoints/api-gateway/document";
import { RestApi } from "../../endpoints/api-gateway/rest-api";
import { knownValue } from "../../stack";
import { nist, owasp, soc2 } from "../controls";
import { resourceRule } from "../rule";

export const restDocumentReplacesTheApi = resourceRule({
  id: "rest-document-replaces-the-api",
  theme: "bypass",
  title: "An OpenAPI body replaces what its REST API had before",
  severity: "high",
  level: "advisory",
  because: "what decides lies outside of the stack",
  controls: [owasp("API8:2023"), owasp("API9:2023"), nist("CM-3"), nist("CM-6"), soc2("CC8.1")],
  why: "In the mode merge, API Gateway adds a body to what the API already has. An operation that the body drops stays, with the authorization that it had, and neither the program nor a preview shows it.",
  fix: 'putRestApiMode: "overwrite"',
  exceptionIf:
    "the API is described by several documents, and operations that one of them drops are deleted by hand",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/api/API_PutRestApi.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html",
  ],
  kinds: {
    "merged-body": "The body is merged into the API, so operations that it drops stay deployed.",
  },
  splitFrom: "authorization-changes-are-deployed",
  examples: {
    bad: `new aws.apigateway.RestApi("merged", {
    ...regional,
    putRestApiMode: "merge",
    body: JSON.stringify({
        openapi: "3.0.1",
        info: { title: "customers", version: "1" },
        paths: { "/customers/{id}": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } } },
    }),
});`,
    good: `new aws.apigateway.RestApi("overwritten", {
    ...regional,
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
    // For a private API AWS recommends merging, since an overwrite removes its VPC endpoints.
    if (!isMerged || isPrivateOnly(api)) return;
    yield {
      kind: "merged-body",
      sentence: `"${api.name}" merges its body into what the API already has, so an operation that the body drops stays, with the authorization that it had.`,
      lowered: "lesser finding",
    };
  },
});
