import { readOpenApi } from "../../reading/text/open-api";
import { isRecord, known, type Resource, type Seen, type View, view } from "../../stack";
import { documentTypes, isLeftOver } from "./document";
import { Api } from "./http-api";

/**
 * `x-amazon-apigateway-authorizer`, as far as it says what is asked of a caller.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 */
export interface AuthorizerExtension {
  type?: string;
  authorizerUri?: string;
  /** Mapping expressions, with commas between them. */
  identitySource?: string;
  authorizerResultTtlInSeconds?: number;
  enableSimpleResponses?: boolean;
  identityValidationExpression?: string;
  jwtConfiguration?: { issuer?: string; audience?: string[]; issuers?: JwtIssuer[] };
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_JwtIssuer.html */
interface JwtIssuer {
  issuer?: string;
  audiences?: string[];
  additionalClaims?: AdditionalClaim[];
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_JwtAdditionalClaim.html */
export interface AdditionalClaim {
  required?: boolean;
  expectedValues?: string[];
}

/** An authorizer that a security scheme of a document defines. */
export interface DocumentAuthorizer {
  /** The scheme's name. */
  readonly name: string;
  readonly surface: "rest" | "http";
  readonly authorizer: View<AuthorizerExtension>;
  /** Of a scheme of the type `openIdConnect`, where the issuer may come from. */
  readonly openIdConnectUrl: Seen<string>;
}

/**
 * The authorizers inside a resource's document. What can't be read of it, or isn't known yet, is
 * `openapi-operation-requires-authorization`'s.
 */
export function documentAuthorizers(resource: Resource): readonly DocumentAuthorizer[] {
  if (!documentTypes.some((type) => type.token === resource.type)) return [];
  const body = (resource as Resource<{ body: unknown }>).value("body");
  const openApi = body.kind === "known" && body.value !== "" ? readOpenApi(body.value) : undefined;
  if (openApi?.kind !== "read") return [];
  const { document } = openApi;
  // Any number of schemes may refer to one, however large it is: what is wrong with that is said once.
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

/** The mapping expressions of a text that lists them with commas between. */
export function identitySourcesIn(text: Seen<string>): Seen<readonly Seen<string>[]> {
  if (text.kind !== "known") return text;
  const sources = text.value.split(",").map((source) => source.trim());
  return known(sources.filter((source) => source !== "").map(known));
}
