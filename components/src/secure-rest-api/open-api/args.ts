import type { RestAuthorization } from "../../authorization/authorization";
import type { DeclaredPublicAccess } from "../../public-access/route-access";
import type { RouteKey } from "../../routes/route-key";
import type { Throttle } from "../../throttle";
import type { RestHandler } from "../rest-handler";

/** What the program says of an operation that the document doesn't. */
export interface OperationSettings {
  /** What answers it, where the document has no `x-amazon-apigateway-integration` of its own. */
  readonly handler?: RestHandler | undefined;
  /** Milliseconds after which API Gateway gives up waiting for the handler, 50 to 29000. Default: 29000. */
  readonly timeoutMilliseconds?: number | undefined;
  /** Who opened it and why, where the document asks for no authorization. */
  readonly access?: DeclaredPublicAccess | undefined;
  /** Default: the API's. */
  readonly throttle?: Throttle | undefined;
}

/** An API that an OpenAPI document describes. */
export interface OpenApiArgs {
  /**
   * OpenAPI 3.0 or Swagger 2.0: an object, or the path of a JSON or YAML file from where the program runs. Its paths, its
   * `security` and the names of its security schemes are plain; ARNs in its extensions may be Outputs.
   */
  readonly document: string | Readonly<Record<string, unknown>>;
  /** By `METHOD /path`, as API Gateway shows an operation; `ANY` for `x-amazon-apigateway-any-method`. */
  readonly operations?: { readonly [Operation in RouteKey]?: OperationSettings } | undefined;
  /**
   * What a security scheme of the document is to API Gateway, where it has no `x-amazon-apigateway-authorizer` or
   * `x-amazon-apigateway-authtype`. Default: the API's authorization.
   */
  readonly schemes?: Readonly<Record<string, RestAuthorization>> | undefined;
}
