import { readOpenApi } from "../../reading/text/open-api";
import { isRecord, known, type Resource, type Seen, type View, view } from "../../stack";
import { documentTypes, isLeftOver } from "./document";
import { Api } from "./http-api";

/**
 * `x-amazon-apigateway-authorizer`: the properties that say what a caller has to present.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 */
export interface AuthorizerExtension {
  type?: string;
  authorizerUri?: string;
  /** Mapping expressions, separated by commas. */
  identitySource?: string;
  authorizerResultTtlInSeconds?: number;
  enableSimpleResponses?: boolean;
  identityValidationExpression?: string;
  jwtConfiguration?: { issuer?: string; audience?: string[]; issuers?: JwtIssuer[] };
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_JwtIssuer.html */
interface JwtIssuer {
  issuer?: string;
  audiences?: string[];
  additionalClaims?: AdditionalClaim[];
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_JwtAdditionalClaim.html */
export interface AdditionalClaim {
  claimName?: string;
  required?: boolean;
  expectedValues?: string[];
}

/** An authorizer that a security scheme of a document defines. */
export interface DocumentAuthorizer {
  /** The scheme's name. */
  readonly name: string;
  readonly surface: "rest" | "http";
  readonly authorizer: View<AuthorizerExtension>;
  /** The URL of a scheme of the type `openIdConnect`: the issuer may come from it. */
  readonly openIdConnectUrl: Seen<string>;
}

/**
 * The authorizers inside a resource's document. The rule `openapi-operation-requires-authorization` reports a document
 * that is unreadable or unknown.
 */
export function documentAuthorizers(resource: Resource): readonly DocumentAuthorizer[] {
  if (!documentTypes.some((type) => type.token === resource.type)) return [];
  const body = (resource as Resource<{ body: unknown }>).value("body");
  const openApi = body.kind === "known" ? readOpenApi(body.value) : undefined;
  if (openApi?.kind !== "read") return [];
  const { document } = openApi;
  // Several schemes may refer to one authorizer. It is reported once.
  const read = new Set<object>();
  return document.schemeNames.flatMap((name): readonly DocumentAuthorizer[] => {
    const scheme = document.scheme(name);
    if (scheme.kind !== "known" || read.has(scheme.value)) return [];
    read.add(scheme.value);
    const authorizer = view<Record<typeof extension, object>>(scheme.value).value(extension);
    if (authorizer.kind !== "known" || !isRecord(authorizer.value) || isLeftOver(authorizer.value)) return [];
    return [
      {
        name,
        surface: Api.is(resource) ? "http" : "rest",
        authorizer: view<AuthorizerExtension>(authorizer.value),
        openIdConnectUrl: view<{ openIdConnectUrl: string }>(scheme.value).text("openIdConnectUrl"),
      },
    ];
  });
}

const extension = "x-amazon-apigateway-authorizer";

/** The mapping expressions in a text that separates them by commas. */
export function identitySourcesIn(text: Seen<string>): Seen<readonly Seen<string>[]> {
  if (text.kind !== "known") return text;
  const sources = text.value.split(",").map((source) => source.trim());
  return known(sources.filter((source) => source !== "").map(known));
}
