import type { Authorization } from "./authorization";
import { authorizationHeader } from "./authorizer-identity";

/** What a signed request carries: https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html */
const headersOfSignatures = ["authorization", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"];

/** The request headers in which an authorization finds its proof. */
export function proofHeaders(authorization: Authorization): readonly string[] {
  switch (authorization.type) {
    case "JWT":
    case "COGNITO_USER_POOLS":
      return ["authorization"];
    case "AWS_IAM":
      return headersOfSignatures;
    case "CUSTOM":
      return headersIn(authorization.identitySources ?? [authorizationHeader]);
  }
}

/** `Authorization` of `$request.header.Authorization`. */
export function headersIn(identitySources: readonly string[]): readonly string[] {
  return identitySources.flatMap((source) => /^\$request\.header\.(.+)$/.exec(source)?.[1] ?? []);
}
