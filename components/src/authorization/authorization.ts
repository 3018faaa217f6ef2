import type * as aws from "@pulumi/aws";
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
   * `/.well-known/openid-configuration`, from the internet. For a Cognito user pool
   * `https://cognito-idp.REGION.amazonaws.com/POOL_ID`. Its tokens have to be signed by RSA: an issuer that signs by
   * ES256 can be deployed, and every token of it is answered 401.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
   */
  readonly issuer: pulumi.Input<string>;
  /** At least one: the `aud` of the tokens or, where they have none, their `client_id`. */
  readonly audiences: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** Of which a token needs one. A route may ask for others with its own `scopes`. */
  readonly scopes: Scopes;
  /** Tells JWT authorizers of one API apart, in resource names. Letters, digits and hyphens. Default: `jwt`. */
  readonly name?: string | undefined;
}

/** A user pool that is made elsewhere, for instance in another stack. */
export interface UserPoolReference {
  /** `arn:PARTITION:cognito-idp:REGION:ACCOUNT:userpool/POOL_ID`. */
  readonly arn: pulumi.Input<string>;
}

/** How the users of a Cognito user pool are known. */
export interface CognitoArgs {
  /** The pool, or a reference to one that is made elsewhere. */
  readonly userPool: pulumi.Input<aws.cognito.UserPool | UserPoolReference>;
  /** Of which an access token needs one. A route may ask for others with its own `scopes`. */
  readonly scopes: Scopes;
  /** Tells Cognito authorizers of one API apart, in resource names. Letters, digits and hyphens. Default: `cognito`. */
  readonly name?: string | undefined;
}

/** How the users of a Cognito user pool are known who come through certain app clients. */
export interface CognitoClientsArgs extends CognitoArgs {
  /** The ids of the app clients whose tokens are taken, at least one. */
  readonly clientIds: pulumi.Input<readonly pulumi.Input<string>[]>;
}

/** How a Lambda authorizer is asked. */
export interface LambdaAuthorizerArgs {
  /**
   * Decides. For an HTTP API it answers payload format 2.0 with a simple response, `{ isAuthorized: boolean, context?: {
   * principalId, ... } }`; for a REST or a WebSocket API with an IAM policy for `execute-api:Invoke`.
   */
  readonly handler: Handler;
  /**
   * Where the proof is in a request: at least one `$request.header.NAME` or `$request.querystring.NAME`, spelled so for
   * every kind of API. Where one of them is missing, API Gateway answers 401 without asking. Default:
   * `$request.header.Authorization`.
   */
  readonly identitySources?: readonly [string, ...string[]] | undefined;
  /**
   * Seconds for which API Gateway remembers an answer, 0 to 3600. Default: 0, every request is asked about. Above 0 an
   * HTTP API adds `$context.routeKey` to the identity sources: an answer is remembered for its route alone, but for
   * every path of it (`/customers/1` and `/customers/2` of `GET /customers/{id}`). A REST API adds the method and the path.
   * A WebSocket API asks once, when a client connects.
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

/** API Gateway checks a token of a Cognito user pool. Only `Authorization.cognito()` makes one. */
export interface CognitoAuthorization extends CognitoArgs {
  readonly [made]: "COGNITO_USER_POOLS";
  readonly type: "COGNITO_USER_POOLS";
  readonly clientIds?: undefined;
}

/** The same for the tokens of certain app clients. Only `Authorization.cognito()` makes one. */
export interface CognitoClientsAuthorization extends CognitoClientsArgs {
  readonly [made]: "COGNITO_USER_POOLS";
  readonly type: "COGNITO_USER_POOLS";
}

/** A Lambda function decides. Only `Authorization.lambda()` makes one. */
export interface LambdaAuthorization extends LambdaAuthorizerArgs {
  readonly [made]: "CUSTOM";
  readonly type: "CUSTOM";
}

/** Who may call a route. There is no value that means anyone: that is `publicAccess()`, with a reason and an owner. */
export type Authorization = HttpAuthorization | RestAuthorization;

/** Who may call a route of an HTTP API. */
export type HttpAuthorization =
  | JwtAuthorization
  | CognitoClientsAuthorization
  | IamAuthorization
  | LambdaAuthorization;

/** Who may call a route of a REST API, whose Cognito authorizer can't tell the clients of a pool apart. */
export type RestAuthorization = CognitoAuthorization | IamAuthorization | LambdaAuthorization;

/** Who may connect to a WebSocket API. */
export type WebSocketAuthorization = IamAuthorization | LambdaAuthorization;

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

  cognito,

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

function cognito(args: CognitoClientsArgs): CognitoClientsAuthorization;
function cognito(args: CognitoArgs): CognitoAuthorization;
/**
 * API Gateway lets a request pass whose token in the Authorization header is of the user pool and carries one of the
 * scopes. An HTTP API asks for the app clients too; a REST API knows only the pool.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
 */
function cognito(args: CognitoArgs): CognitoAuthorization | CognitoClientsAuthorization {
  return branded(brand, { ...args, type: "COGNITO_USER_POOLS" }) as CognitoAuthorization;
}

export function isAuthorization(value: unknown): value is Authorization {
  return isBranded(brand, value);
}
