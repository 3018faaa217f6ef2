import type * as pulumi from "@pulumi/pulumi";
import { branded, brandOf, isBranded } from "../brand";
import type { Handler } from "../lambda-function/handler";

/**
 * The scopes of which an access token has to carry at least one; or `"any-token"`, which takes every token of the
 * issuer for the audience. Without scopes API Gateway takes ID tokens as well as access tokens, so it is said aloud.
 */
export type Scopes = readonly [pulumi.Input<string>, ...pulumi.Input<string>[]] | "any-token";

/** How a JWT authorizer knows its callers. */
export interface JwtArgs {
  /**
   * The `iss` claim, exactly as the tokens have it, trailing slash included: an https URL under which API Gateway finds
   * `/.well-known/openid-configuration`. For a Cognito user pool `https://cognito-idp.REGION.amazonaws.com/POOL_ID`.
   */
  readonly issuer: pulumi.Input<string>;
  /** At least one: the `aud` of the tokens or, where they have none, their `client_id`. */
  readonly audiences: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** Of which a token needs one. A route may ask for others with its own `scopes`. */
  readonly scopes: Scopes;
  /** Tells JWT authorizers of one API apart, in resource names. Letters, digits and hyphens. Default: `jwt`. */
  readonly name?: string | undefined;
}

/** How a Lambda authorizer is asked. */
export interface LambdaAuthorizerArgs {
  /** Answers payload format 2.0 with a simple response: `{ isAuthorized: boolean, context?: { principalId, ... } }`. */
  readonly handler: Handler;
  /**
   * Where the proof is in a request: at least one `$request.header.NAME` or `$request.querystring.NAME`. Where one of
   * them is missing, API Gateway answers 401 without asking. Default: `$request.header.Authorization`.
   */
  readonly identitySources?: readonly [string, ...string[]] | undefined;
  /**
   * Seconds for which API Gateway remembers an answer, 0 to 3600. Default: 0, every request is asked about. Above 0 the
   * component adds `$context.routeKey` to the identity sources: an answer is remembered for its route alone, but for
   * every path of it (`/customers/1` and `/customers/2` of `GET /customers/{id}`).
   */
  readonly resultTtlInSeconds?: number | undefined;
  /** Tells Lambda authorizers of one API apart, in resource names. Letters, digits and hyphens. Default: `lambda`. */
  readonly name?: string | undefined;
}

declare const made: unique symbol;

/** API Gateway checks a JSON Web Token. Only `Authorization.jwt()` makes one. */
export interface JwtAuthorization extends JwtArgs {
  readonly [made]: "JWT";
  readonly type: "JWT";
}

/** The caller signs with IAM credentials. Only `Authorization.iam()` makes one. */
export interface IamAuthorization {
  readonly [made]: "AWS_IAM";
  readonly type: "AWS_IAM";
}

/** A Lambda function decides. Only `Authorization.lambda()` makes one. */
export interface LambdaAuthorization extends LambdaAuthorizerArgs {
  readonly [made]: "CUSTOM";
  readonly type: "CUSTOM";
}

/** Who may call a route. There is no value that means anyone: that is `publicAccess()`, with a reason and an owner. */
export type Authorization = JwtAuthorization | IamAuthorization | LambdaAuthorization;

const brand = brandOf("authorization");

/**
 * Makes the values that say who may call a route. They are plain, so that a preview shows each route's authorization;
 * ids, ARNs and issuers inside them may be Outputs. The component that takes one checks it.
 */
export const Authorization = {
  /**
   * API Gateway lets a request pass whose bearer token in the Authorization header was signed by the issuer for one of
   * the audiences, isn't expired, and carries one of the scopes.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
   */
  jwt(args: JwtArgs): JwtAuthorization {
    return branded(brand, { ...args, type: "JWT" }) as JwtAuthorization;
  },

  /**
   * API Gateway lets a request pass that is signed with IAM credentials which are allowed `execute-api:Invoke` on it.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html
   */
  iam(): IamAuthorization {
    return branded(brand, { type: "AWS_IAM" }) as IamAuthorization;
  },

  /**
   * API Gateway asks a Lambda function about each request.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
   */
  lambda(args: LambdaAuthorizerArgs): LambdaAuthorization {
    return branded(brand, { ...args, type: "CUSTOM" }) as LambdaAuthorization;
  },
};

export function isAuthorization(value: unknown): value is Authorization {
  return isBranded(brand, value);
}
