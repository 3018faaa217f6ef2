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

/** What a JWT authorizer requires of a token, wherever it is written. */
export interface JwtAuthorizer {
  /** The scheme's name, where a document defines the authorizer. */
  readonly scheme: string | undefined;
  /** Whether its type is unknown before the deployment, so that it may be a Lambda authorizer. */
  readonly isTypeUnknown: boolean;
  /** The issuers whose tokens it accepts. An HTTP API trusts one. */
  readonly trusted: readonly TrustedIssuer[];
  readonly identitySources: Seen<readonly Seen<string>[]>;
}

/** An issuer whose tokens are accepted, and the audiences that they have to be for. */
interface TrustedIssuer {
  readonly issuer: Seen<string>;
  readonly audiences: Seen<readonly Seen<string>[]>;
  /** Whether a token needs a certain value in another claim, too. Only a REST API can require that. */
  readonly requiresClaims: boolean;
}

/** The JWT authorizers of a resource: the resource itself, or those that its document defines. */
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
          requiresClaims: false,
        },
      ],
      identitySources: authorizer.list("identitySources"),
    },
  ];
}

function documentJwtAuthorizer(documented: DocumentAuthorizer): readonly JwtAuthorizer[] {
  const { name, surface, authorizer } = documented;
  const type = authorizer.word("type");
  // An authorizer that API Gateway would ignore is a finding of the operation that names it.
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
    requiresClaims: false,
  };
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_JwtConfiguration.html */
function trustedByRest({ authorizer }: DocumentAuthorizer): readonly TrustedIssuer[] {
  const configuration = authorizer.record("jwtConfiguration");
  const issuers = knownValue(configuration)?.records("issuers") ?? unknown;
  return (knownValue(issuers) ?? [unknown]).map((issuer) => ({
    issuer: knownValue(issuer)?.text("issuer") ?? asMissing(issuer),
    audiences: knownValue(issuer)?.list("audiences") ?? asMissing(issuer),
    requiresClaims: issuer.kind === "known" && requireAValue(issuer.value.records("additionalClaims")),
  }));
}

/**
 * Whether one of the claims is required and has expected values: otherwise a token may leave it out, or have any value.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_JwtAdditionalClaim.html
 */
function requireAValue(claims: Seen<readonly Seen<View<AdditionalClaim>>[]>): boolean {
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

/** If the type is unknown, the other properties tell: only a Lambda authorizer has a URI. */
function mayBeJwt(
  type: Seen<string>,
  beside: View<{ authorizerUri?: unknown; jwtConfiguration?: unknown }>,
): boolean {
  const hasUri = beside.isSet("authorizerUri");
  const hasConfiguration = beside.isSet("jwtConfiguration");
  return type.kind === "known" ? type.value === "JWT" : hasConfiguration || !hasUri;
}

/** A property of a record that can't be read: absent where the record is, else unknown. */
function asMissing(record: Seen<unknown>): Seen<never> {
  return record.kind === "absent" ? record : unknown;
}

/** One reason why an authorizer accepts too much. */
export interface JwtWeakness {
  readonly of: "issuer" | "audience";
  /** Completes a sentence that starts with the authorizer. */
  readonly what: string;
}

/**
 * Why the authorizer accepts tokens that anyone can get, or that were issued for others. An unknown value is no weakness,
 * since a sound program builds issuer and audience from its user pool.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-jwt-authorizer.html
 */
export function jwtWeaknesses({ trusted }: JwtAuthorizer): readonly JwtWeakness[] {
  const weaknesses = trusted.flatMap((issuer): readonly JwtWeakness[] => [
    ...weakness("issuer", issuerWeakness(issuer)),
    ...weakness("audience", audienceWeakness(issuer.audiences)),
  ]);
  const byText = new Map(weaknesses.map((found) => [found.what, found]));
  return [...byText.values()];
}

const weakness = (of: JwtWeakness["of"], what: string | undefined): readonly JwtWeakness[] =>
  what === undefined ? [] : [{ of, what }];

/** Whether something that decides is unknown before the deployment. */
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

/**
 * Where callers put the token. Logs and browser histories keep a token in the URL. A place is foreign if it is written in
 * none of the forms that API Gateway accepts.
 */
export function placeOfToken({ identitySources }: JwtAuthorizer): "url" | "header" | "foreign" | "unknown" {
  const sources = (identitySources.kind === "known" ? identitySources.value : [identitySources]).filter(
    ({ kind }) => kind !== "absent",
  );
  const isIn = (place: RegExp) => (source: Seen<string>) =>
    source.kind === "known" && place.test(source.value);
  if (sources.some(isIn(/^(\$|method\.)request\.querystring\./i))) return "url";
  if (sources.every(isIn(/^(\$|method\.)request\.header\./i))) return "header";
  return sources.some(({ kind }) => kind === "unknown") ? "unknown" : "foreign";
}

/**
 * Issuers that sign for everybody with an account, for an audience that the account chooses. Neither tells one caller from
 * another unless the authorizer requires another claim.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc `core.getIDToken(audience)`
 * @see https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateIdToken
 * @see https://docs.gitlab.com/ci/secrets/id_token_authentication/ `id_tokens: { NAME: { aud: ... } }`
 */
const issuersForEverybody: ReadonlyMap<string, string> = new Map([
  ["token.actions.githubusercontent.com", "GitHub Actions"],
  ["accounts.google.com", "Google"],
  ["gitlab.com", "GitLab.com"],
]);

/**
 * The words that stand for any tenant, and the tenant of every personal account.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/v2-protocols
 * @see https://learn.microsoft.com/entra/identity-platform/accounts-overview
 */
const anyTenant =
  /^(?:login\.microsoftonline\.(?:com|us)|login\.windows\.net|sts\.windows\.net)\/(?:common|organizations|consumers|(9188040d-6c67-4c5b-b112-36a304b66dad))(?:\/|$)/;

function issuerWeakness({ issuer, requiresClaims }: TrustedIssuer): string | undefined {
  if (issuer.kind === "unknown") return undefined;
  if (issuer.kind === "absent") return "names no issuer";
  const text = issuer.value.trim();
  if (holdsPlaceholder(text) || /[*<>{}\s]/.test(text)) {
    return "has an issuer with a wildcard, or with a placeholder that nothing filled in";
  }
  const place = /^https:\/\/([^?#]+)/i.exec(text)?.[1]?.toLowerCase().replace(/\/+$/, "");
  if (place === undefined)
    return "has an issuer that is no https URL, so its keys can be replaced in transit";
  if (requiresClaims) return undefined;
  const service = issuersForEverybody.get(place);
  if (service !== undefined) {
    return `accepts tokens of ${service}, which issues one for any audience to everybody with an account`;
  }
  const tenant = anyTenant.exec(place);
  if (tenant === null) return undefined;
  return tenant[1] === undefined
    ? "has an issuer that names no tenant"
    : "accepts tokens of every personal Microsoft account";
}

function audienceWeakness(audiences: Seen<readonly Seen<string>[]>): string | undefined {
  if (audiences.kind === "unknown") return undefined;
  const named = (knownValue(audiences) ?? []).filter(({ kind }) => kind !== "absent");
  if (named.length === 0) {
    return "names no audience, so it accepts tokens that the issuer made for any other service";
  }
  const texts = named.flatMap((audience) => knownValue(audience) ?? []);
  if (texts.some((text) => text.trim() === "*")) return "has a wildcard for an audience";
  return texts.some(holdsPlaceholder)
    ? "has an audience with a placeholder that nothing filled in"
    : undefined;
}
