import { jwtAuthorizer } from "../authorizer-resources";
import { httpApi } from "../resources";
import type { UnknownRow } from "../unknown-row";
import { documentWith, lambdaUri } from "../unknown-subjects";

const jwtDocument = documentWith({
  type: "jwt",
  identitySource: "$request.header.Authorization",
  jwtConfiguration: { issuer: "https://login.example.com", audience: [] },
});

export const rows: readonly UnknownRow[] = [
  {
    situation: "a JWT authorizer without an audience",
    resources: [jwtAuthorizer("tokens", { jwtConfiguration: { issuer: "https://login.example.com" } })],
    on: "tokens",
  },
  {
    situation: "a JWT authorizer with what only a Lambda authorizer has",
    resources: [
      jwtAuthorizer("tokens", {
        authorizerUri: lambdaUri,
        jwtConfiguration: { issuer: "https://login.example.com", audiences: ["*"] },
      }),
    ],
    on: "tokens",
  },
  {
    situation: "a token in the URL",
    resources: [jwtAuthorizer("tokens", { identitySources: ["$request.querystring.token"] })],
    on: "tokens",
    reported: "advisory",
    endsWithout: ["identitySources"],
  },
  {
    situation: "a JWT authorizer without an audience, in a document that is an object",
    resources: [httpApi("customers", { body: jwtDocument })],
    on: "customers",
    endsWithout: ["body"],
  },
  {
    situation: "a JWT authorizer without an audience, in a document that is a text",
    resources: [httpApi("customers", { body: JSON.stringify(jwtDocument) })],
    on: "customers",
    endsWithout: ["body"],
  },
];
