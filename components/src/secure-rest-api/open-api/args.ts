import type { RestAuthorization } from "../../authorization/authorization";
import type { DeclaredPublicAccess } from "../../public-access/route-access";
import type { RouteKey } from "../../routes/route-key";
import type { Throttle } from "../../throttle";
import type { ResponseTransfer } from "../response-transfer";
import type { RestHandler } from "../rest-handler";

/** What the program adds to an operation of the document. */
export interface OperationSettings extends ResponseTransfer {
  /** What answers the operation. Required unless the document has an `x-amazon-apigateway-integration`. */
  readonly handler?: RestHandler | undefined;
  /** Declares the operation public. The document must not require an authorization for it. Default: none. */
  readonly access?: DeclaredPublicAccess | undefined;
  /** The throttle of the operation. Default: the API's. */
  readonly throttle?: Throttle | undefined;
}

/** An OpenAPI document, and what the program adds to it. */
export interface OpenApiArgs {
  /**
   * OpenAPI 3.0 or Swagger 2.0: an object, or the path of a JSON or YAML file, relative to the program's working directory.
   * Its paths, its `security` and the names of its security schemes have to be plain. ARNs in its extensions may be Outputs.
   */
  readonly document: string | Readonly<Record<string, unknown>>;
  /** Settings by `METHOD /path`. `ANY` stands for `x-amazon-apigateway-any-method`. Default: none. */
  readonly operations?: { readonly [Operation in RouteKey]?: OperationSettings } | undefined;
  /**
   * The authorization for each security scheme without `x-amazon-apigateway-authorizer` or `x-amazon-apigateway-authtype`.
   * Default: the API's authorization.
   */
  readonly schemes?: Readonly<Record<string, RestAuthorization>> | undefined;
}
