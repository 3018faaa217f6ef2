import type { AuthorizerArgs } from "@pulumi/aws/apigatewayv2";
import { holdsPlaceholder } from "../../reading/text/placeholder";
import {
  absent,
  knownValue,
  type Resource,
  type ResourceOf,
  resourceType,
  type Seen,
  unknown,
  type View,
} from "../../stack";
import { type RequiredClaim, requiredClaims } from "../tokens/required-claim";
import { acceptsTokensOfStrangers, type Trust, trustOf } from "../tokens/shared-issuers";
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
  /** The other claims that a token needs. Only a REST API can require any. */
  readonly claims: readonly RequiredClaim[];
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
          claims: [],
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
    claims: [],
  };
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_JwtConfiguration.html */
function trustedByRest({ authorizer }: DocumentAuthorizer): readonly TrustedIssuer[] {
  const configuration = authorizer.record("jwtConfiguration");
  const issuers = knownValue(configuration)?.records("issuers") ?? unknown;
  return (knownValue(issuers) ?? [unknown]).map((issuer) => ({
    issuer: knownValue(issuer)?.text("issuer") ?? asMissing(issuer),
    audiences: knownValue(issuer)?.list("audiences") ?? asMissing(issuer),
    claims: requiredClaims(knownValue(issuer)?.records("additionalClaims") ?? absent, claimIn),
  }));
}

/**
 * A claim that a token needs: if it isn't required, a token may leave it out.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_JwtAdditionalClaim.html
 */
function claimIn(claim: View<AdditionalClaim>): RequiredClaim | undefined {
  const required = claim.flag("required");
  const mayBeRequired = required.kind === "known" ? required.value : required.kind === "unknown";
  return mayBeRequired ? { name: claim.text("claimName"), values: claim.list("expectedValues") } : undefined;
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
  readonly of: "issuer" | "audience" | "tenant";
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
    ...weakness("tenant", trustOf(issuer)?.of === "nobody" ? withoutTenant : undefined),
    ...weakness("audience", audienceWeakness(issuer.audiences)),
  ]);
  const byText = new Map(weaknesses.map((found) => [found.what, found]));
  return [...byText.values()];
}

const withoutTenant =
  "has an issuer that names no tenant, so it accepts no token: Entra ID writes the tenant's id into the issuer of each one";

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

/** Where callers put the token. Logs and browser histories keep a token in the URL. */
export function placeOfToken({
  identitySources,
}: JwtAuthorizer): "url" | "header" | "unknown" | "none that AWS reads" {
  const sources = (identitySources.kind === "known" ? identitySources.value : [identitySources]).filter(
    ({ kind }) => kind !== "absent",
  );
  const isIn = (place: RegExp) => (source: Seen<string>) =>
    source.kind === "known" && place.test(source.value);
  if (sources.some(isIn(/^(\$|method\.)request\.querystring\./i))) return "url";
  if (sources.every(isIn(/^(\$|method\.)request\.header\./i))) return "header";
  return sources.some(({ kind }) => kind === "unknown") ? "unknown" : "none that AWS reads";
}

function issuerWeakness(trusted: TrustedIssuer): string | undefined {
  const { issuer } = trusted;
  if (issuer.kind === "unknown") return undefined;
  if (issuer.kind === "absent") return "names no issuer";
  const text = issuer.value.trim();
  if (holdsPlaceholder(text) || /[*<>{}\s]/.test(text)) {
    return "has an issuer with a wildcard, or with a placeholder that nothing filled in";
  }
  if (!/^https:\/\/[^?#]/i.test(text))
    return "has an issuer that is no https URL, so its keys can be replaced in transit";
  const trust = trustOf(trusted);
  return trust?.of === "strangers" ? acceptsTokensOfStrangers(trust) : undefined;
}

/** Who gets the accepted tokens, where that is more than the users of one organization. */
export function jwtTrusts({ trusted }: JwtAuthorizer): readonly Trust[] {
  return trusted.flatMap((issuer) => trustOf(issuer) ?? []);
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
