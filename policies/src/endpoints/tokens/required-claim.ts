import { knownElements, knownValue, type Seen, unknown } from "../../stack";

/** A claim that has to have one of some values, else a token isn't accepted. */
export interface RequiredClaim {
  readonly name: Seen<string>;
  readonly values: Seen<readonly Seen<string>[]>;
}

/**
 * Claims that anybody's token may have: whoever asks for the token decides them, or every token of the issuer has them. The
 * name of a branch or of an environment is anybody's; the repository, the organization and the subject are the issuer's.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc
 * @see https://docs.gitlab.com/ci/secrets/id_token_authentication/
 * @see https://buildkite.com/docs/agent/v3/cli-oidc
 * @see https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/workload-identity-tokens
 */
const ofAnybody: ReadonlySet<string> = new Set([
  ...["aud", "jti", "client_id", "scope", "scp"],
  ...[
    "ref",
    "ref_type",
    "ref_path",
    "ref_protected",
    "base_ref",
    "head_ref",
    "event_name",
    "pipeline_source",
  ],
  ...["workflow", "run_number", "run_attempt", "runner_environment", "environment", "environment_protected"],
  ...["environment_action", "deployment_tier", "repository_visibility", "project_visibility"],
  ...["pipeline_slug", "step_key", "build_branch", "build_tag", "build_source"],
  ...["terraform_run_phase", "terraform_workspace_name", "terraform_project_name"],
]);

/** Whether a claim tells some callers from others. An unknown one may do so. */
export function isPinned(claims: readonly RequiredClaim[]): boolean {
  return claims.some(({ name, values }) => {
    const isOfAnybody = name.kind === "known" && ofAnybody.has(name.value);
    return !isOfAnybody && !isOfEveryToken({ name, values }) && hasValues(values);
  });
}

/**
 * The claims that every token of an issuer has with one and the same value, whoever signs in: what kind of token it is, who
 * issued it, and that an address was verified.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html
 */
const ofEveryToken: ReadonlySet<string> = new Set([
  ...["token_use", "token_type", "typ", "ver", "iss", "iat", "nbf", "exp"],
  ...["email_verified", "phone_number_verified"],
]);

/** Whether a claim restricts nothing, because every token of the issuer has it. */
export function isOfEveryToken({ name }: RequiredClaim): boolean {
  return name.kind === "absent" || (name.kind === "known" && ofEveryToken.has(name.value));
}

/** Whether a claim has values that a token is compared with. An unknown list has some. */
export function hasValues(values: Seen<readonly Seen<string>[]>): boolean {
  if (values.kind !== "known") return values.kind === "unknown";
  return values.value.some(({ kind }) => kind !== "absent");
}

/**
 * Whether one of the values that a claim is compared with is `*`. AWS compares letter by letter, and documents no wildcard, so no token of a
 * sound issuer matches.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html
 */
export function isWildcard(values: RequiredClaim["values"]): boolean {
  return knownElements(values).some((value) => value.trim() === "*");
}

/** The values of a claim that is compared with one text or with several. */
export function oneOrSeveral(
  one: Seen<string>,
  several: Seen<readonly Seen<string>[]>,
): Seen<readonly Seen<string>[]> {
  return one.kind === "absent" ? several : { kind: "known", value: [one, ...(knownValue(several) ?? [])] };
}

/** The claims of a list that a surface has. An unknown list, or an unknown claim, may require anything. */
export function requiredClaims<Claim>(
  claims: Seen<readonly Seen<Claim>[]>,
  read: (claim: Claim) => RequiredClaim | undefined,
): readonly RequiredClaim[] {
  if (claims.kind !== "known") return claims.kind === "unknown" ? [anyClaim] : [];
  return claims.value.flatMap((claim) => {
    if (claim.kind !== "known") return claim.kind === "unknown" ? [anyClaim] : [];
    return read(claim.value) ?? [];
  });
}

const anyClaim: RequiredClaim = { name: unknown, values: unknown };
