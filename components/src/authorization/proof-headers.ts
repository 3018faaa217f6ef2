import type { Authorization } from "./authorization";
import { authorizationHeader } from "./authorizer-identity";

/** The headers of a signed request: https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html */
const headersOfSignatures = ["authorization", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"];

/** Where a request carries its credentials. */
export interface Proof {
  readonly type: Authorization["type"];
  /** Default: `$request.header.Authorization`. Ignored for signatures, which have their own headers. */
  readonly identitySources?: readonly string[] | undefined;
}

/** The request headers that carry the credentials. */
export function proofHeaders({ type, identitySources }: Proof): readonly string[] {
  return type === "AWS_IAM" ? headersOfSignatures : headersIn(identitySources ?? [authorizationHeader]);
}

/** `Authorization` of `$request.header.Authorization`. */
export function headersIn(identitySources: readonly string[]): readonly string[] {
  return identitySources.flatMap((source) => /^\$request\.header\.(.+)$/.exec(source)?.[1] ?? []);
}
