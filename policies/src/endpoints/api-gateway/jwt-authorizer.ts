import type { AuthorizerArgs } from "@pulumi/aws/apigatewayv2";
import { holdsPlaceholder } from "../../reading/text/placeholder";
import {
  knownValue,
  type Resource,
  type ResourceOf,
  resourceType,
  type Seen,
  unknown,
  type View,
} from "../../stack";
import { mayBeRestJwt } from "./document";
import {
  type AdditionalClaim,
  type DocumentAuthorizer,
  documentAuthorizers,
  identitySourcesIn,
} from "./document-authorizer";

/** An authorizer of an HTTP or a WebSocket API. */
export const HttpAuthorizer = resourceType<AuthorizerArgs>("aws:apigatewayv2/authorizer:Authorizer", {
  apiId: "reference",
  authorizerType: "deciding word",
  authorizerUri: "presence",
  jwtConfiguration: "reference",
  identitySources: "deciding word",
  authorizerResultTtlInSeconds: "deciding word",
  enableSimpleResponses: "deciding word",
});

/** What a JWT authorizer asks of a token, wherever it is written. */
export interface JwtAuthorizer {
  /** The scheme's name, of one inside a document. */
  readonly scheme: string | undefined;
  /** Whether it may be a Lambda authorizer after all: its type isn't known before the deployment. */
  readonly isTypeUnknown: boolean;
  /** Whose tokens count. An HTTP API trusts one issuer. */
  readonly trusted: readonly TrustedIssuer[];
  readonly identitySources: Seen<readonly Seen<string>[]>;
}

/** An issuer whose tokens count, and for whom it has to have made them. */
interface TrustedIssuer {
  readonly issuer: Seen<string>;
  readonly audiences: Seen<readonly Seen<string>[]>;
  /** Whether a token has to hold a certain value of another claim, which only a REST API can ask for. */
  readonly asksForMore: boolean;
}

/** The JWT authorizers of a resource: the one that it is, or those inside its document. */
export function jwtAuthorizers(resource: Resource): readonly JwtAuthorizer[] {
  if (HttpAuthorizer.is(resource)) return jwtAuthorizer(resource);
  return documentAuthorizers(resource).flatMap(documentJwtAuthorizer);
}

function jwtAuthorizer(authorizer: ResourceOf<typeof HttpAuthorizer>): readonly JwtAuthorizer[] {
  const type = authorizer.word("authorizerType");
  if (!mayBeJwt(type, authorizer)) return [];
  const configuration = authorizer.record("jwtConfiguration");
  const read = configuration.kind === "known" ? configuration.value : undefined;
  return [
    {
      scheme: undefined,
      isTypeUnknown: type.kind === "unknown",
      trusted: [
        {
          issuer: read?.text("issuer") ?? asMissing(configuration),
          audiences: read?.list("audiences") ?? asMissing(configuration),
          asksForMore: false,
        },
      ],
      identitySources: authorizer.list("identitySources"),
    },
  ];
}

function documentJwtAuthorizer(documented: DocumentAuthorizer): readonly JwtAuthorizer[] {
  const { name, surface, authorizer } = documented;
  const type = authorizer.word("type");
  // One that doesn't count is the operation's finding.
  const mayBe = surface === "rest" ? mayBeRestJwt(authorizer) : mayBeJwt(type, authorizer);
  if (!mayBe) return [];
  return [
    {
      scheme: name,
      isTypeUnknown: type.kind === "unknown",
      trusted: surface === "rest" ? trustedByRest(documented) : [trustedByHttp(documented)],
      identitySources: identitySourcesIn(authorizer.text("identitySource")),
    },
  ];
}

/** The issuer may come from the scheme's `openIdConnectUrl`. */
function trustedByHttp({ authorizer, openIdConnectUrl }: DocumentAuthorizer): TrustedIssuer {
  const configuration = authorizer.record("jwtConfiguration");
  const read = configuration.kind === "known" ? configuration.value : undefined;
  const issuer = read?.text("issuer") ?? asMissing(configuration);
  return {
    issuer: issuer.kind === "absent" ? openIdConnectUrl : issuer,
    audiences: read?.list("audience") ?? asMissing(configuration),
    asksForMore: false,
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_JwtConfiguration.html */
function trustedByRest({ authorizer }: DocumentAuthorizer): readonly TrustedIssuer[] {
  const configuration = authorizer.record("jwtConfiguration");
  const issuers = knownValue(configuration)?.records("issuers") ?? unknown;
  return (knownValue(issuers) ?? [unknown]).map((issuer) => ({
    issuer: knownValue(issuer)?.text("issuer") ?? asMissing(issuer),
    audiences: knownValue(issuer)?.list("audiences") ?? asMissing(issuer),
    asksForMore: issuer.kind === "known" && asksForMore(issuer.value.records("additionalClaims")),
  }));
}

/**
 * A claim that isn't required may be missing, and one without a value may have any.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_JwtAdditionalClaim.html
 */
function asksForMore(claims: Seen<readonly Seen<View<AdditionalClaim>>[]>): boolean {
  if (claims.kind !== "known") return claims.kind === "unknown";
  return claims.value.some((claim) => {
    if (claim.kind !== "known") return claim.kind === "unknown";
    const required = claim.value.flag("required");
    return (
      (required.kind === "known" ? required.value : required.kind === "unknown") &&
      claim.value.isSet("expectedValues")
    );
  });
}

/** Where the type isn't known, what else is set tells: only a Lambda authorizer has a URI. */
function mayBeJwt(
  type: Seen<string>,
  beside: View<{ authorizerUri?: unknown; jwtConfiguration?: unknown }>,
): boolean {
  const hasUri = beside.isSet("authorizerUri");
  const hasConfiguration = beside.isSet("jwtConfiguration");
  return type.kind === "known" ? type.value === "JWT" : hasConfiguration || !hasUri;
}

/** What is read of a record that can't be read: nothing where there is none, else nothing is known of it. */
function asMissing(record: Seen<unknown>): Seen<never> {
  return record.kind === "absent" ? record : unknown;
}

/**
 * Why tokens that were made for others, or by anyone, count. Completes a sentence that starts with the authorizer. What
 * isn't known before the deployment is no weakness: a sound program makes issuer and audience of its user pool.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-jwt-authorizer.html
 */
export function jwtWeaknesses({ trusted }: JwtAuthorizer): readonly string[] {
  const weaknesses = trusted.flatMap((issuer) => [
    issuerWeakness(issuer),
    audienceWeakness(issuer.audiences),
  ]);
  return [...new Set(weaknesses)].flatMap((weakness) => weakness ?? []);
}

/** Whether something that decides isn't known before the deployment. */
export function isJwtPartlyUnknown({ trusted, isTypeUnknown }: JwtAuthorizer): boolean {
  const isUnknown = ({ kind }: Seen<unknown>) => kind === "unknown";
  return (
    isTypeUnknown ||
    trusted.some(
      ({ issuer, audiences }) =>
        isUnknown(issuer) || isUnknown(audiences) || (knownValue(audiences) ?? []).some(isUnknown),
    )
  );
}

/** Where the token stands. In the URL, logs and histories keep it. */
export function placeOfToken({ identitySources }: JwtAuthorizer): "url" | "header" | "unknown" {
  const sources = (identitySources.kind === "known" ? identitySources.value : [identitySources]).filter(
    ({ kind }) => kind !== "absent",
  );
  const isIn = (place: RegExp) => (source: Seen<string>) =>
    source.kind === "known" && place.test(source.value);
  if (sources.some(isIn(/^(\$|method\.)request\.querystring\./i))) return "url";
  return sources.every(isIn(/^(\$|method\.)request\.header\./i)) ? "header" : "unknown";
}

/**
 * Issuers that sign for whoever has an account, with an audience that the account chooses: neither tells one caller from
 * another, unless the authorizer asks for another claim.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc `core.getIDToken(audience)`
 * @see https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateIdToken
 * @see https://docs.gitlab.com/ci/secrets/id_token_authentication/ `id_tokens: { NAME: { aud: ... } }`
 */
const anyonesIssuers: ReadonlyMap<string, string> = new Map([
  ["token.actions.githubusercontent.com", "GitHub Actions"],
  ["accounts.google.com", "Google"],
  ["gitlab.com", "GitLab.com"],
]);

/**
 * The words that stand in place of a tenant, and the tenant of every personal account.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/v2-protocols
 * @see https://learn.microsoft.com/entra/identity-platform/accounts-overview
 */
const anyTenant =
  /^(?:login\.microsoftonline\.(?:com|us)|login\.windows\.net|sts\.windows\.net)\/(?:common|organizations|consumers|(9188040d-6c67-4c5b-b112-36a304b66dad))(?:\/|$)/;

function issuerWeakness({ issuer, asksForMore }: TrustedIssuer): string | undefined {
  if (issuer.kind === "unknown") return undefined;
  if (issuer.kind === "absent") return "names no issuer";
  const text = issuer.value.trim();
  if (holdsPlaceholder(text) || /[*<>{}\s]/.test(text)) {
    return "has an issuer with a wildcard, or with a placeholder that nothing has filled in";
  }
  const place = /^https:\/\/([^?#]+)/i.exec(text)?.[1]?.toLowerCase().replace(/\/+$/, "");
  if (place === undefined)
    return "has an issuer that is no https URL, so that its keys can be replaced on the way";
  if (asksForMore) return undefined;
  const anyones = anyonesIssuers.get(place);
  if (anyones !== undefined) {
    return `takes tokens of ${anyones}, where everybody with an account gets one for any audience`;
  }
  const tenant = anyTenant.exec(place);
  if (tenant === null) return undefined;
  return tenant[1] === undefined
    ? "has an issuer that names no tenant"
    : "takes tokens of every personal Microsoft account";
}

function audienceWeakness(audiences: Seen<readonly Seen<string>[]>): string | undefined {
  if (audiences.kind === "unknown") return undefined;
  const named = (knownValue(audiences) ?? []).filter(({ kind }) => kind !== "absent");
  if (named.length === 0) {
    return "names no audience, so that a token which the issuer made for any other service counts";
  }
  const texts = named.flatMap((audience) => knownValue(audience) ?? []);
  if (texts.some((text) => text.trim() === "*")) return "has a wildcard for an audience";
  return texts.some(holdsPlaceholder)
    ? "has an audience with a placeholder that nothing has filled in"
    : undefined;
}
