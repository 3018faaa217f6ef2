import type { Authorization } from "./authorization";
import { authorizationHeader } from "./authorizer-identity";

/** What a signed request carries: https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html */
const headersOfSignatures = ["authorization", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"];

/** Of an authorization, what says where a request carries its proof. */
export interface Proof {
  readonly type: Authorization["type"];
  /** As in `$request.header.Authorization`, which is the default. A signature has its own places. */
  readonly identitySources?: readonly string[] | undefined;
}

/** The request headers in which an authorization finds its proof. */
export function proofHeaders({ type, identitySources }: Proof): readonly string[] {
  return type === "AWS_IAM" ? headersOfSignatures : headersIn(identitySources ?? [authorizationHeader]);
}

/** `Authorization` of `$request.header.Authorization`. */
export function headersIn(identitySources: readonly string[]): readonly string[] {
  return identitySources.flatMap((source) => /^\$request\.header\.(.+)$/.exec(source)?.[1] ?? []);
}
