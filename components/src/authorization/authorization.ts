import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { branded, brandOf, isBranded } from "../brand";
import type { Handler } from "../lambda-function/handler";

/**
 * The scopes of a route, at least one: an access token needs one of them. `"any-token"` accepts every token of the issuer for the
 * audience. It has to be spelled out because API Gateway then accepts ID tokens as well as access tokens.
 */
export type Scopes = readonly pulumi.Input<string>[] | "any-token";

/** Which tokens a JWT authorizer accepts. */
export interface JwtArgs {
  /**
   * The `iss` claim, exactly as in the tokens, including a trailing slash. It is an https URL. API Gateway reads
   * `/.well-known/openid-configuration` below it over the internet. A Cognito user pool has
   * `https://cognito-idp.REGION.amazonaws.com/POOL_ID`. The issuer has to sign with RSA: with ES256 the API deploys, and
   * answers every token with 401.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
   */
  readonly issuer: pulumi.Input<string>;
  /** At least one. Compared with the `aud` claim of a token, or with `client_id` if it has no `aud`. */
  readonly audiences: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** A token needs one of these. A route can replace them with its own `scopes`. */
  readonly scopes: Scopes;
  /** Tells several JWT authorizers of an API apart. Letters, digits and hyphens. Default: `jwt`. */
  readonly name?: string | undefined;
}

/** A user pool that is created elsewhere, for instance in another stack. */
export interface UserPoolReference {
  /** `arn:PARTITION:cognito-idp:REGION:ACCOUNT:userpool/POOL_ID`. */
  readonly arn: pulumi.Input<string>;
}

/** Which tokens of a Cognito user pool are accepted. */
export interface CognitoArgs {
  /** The pool, or a reference to one that is created elsewhere. */
  readonly userPool: pulumi.Input<aws.cognito.UserPool | UserPoolReference>;
  /** An access token needs one of these. A route can replace them with its own `scopes`. */
  readonly scopes: Scopes;
  /** Tells several Cognito authorizers of an API apart. Letters, digits and hyphens. Default: `cognito`. */
  readonly name?: string | undefined;
}

/** Which tokens of a Cognito user pool are accepted, limited to some of its app clients. */
export interface CognitoClientsArgs extends CognitoArgs {
  /** The ids of the app clients whose tokens are accepted. At least one. */
  readonly clientIds: pulumi.Input<readonly pulumi.Input<string>[]>;
}

/** How API Gateway calls a Lambda authorizer. */
export interface LambdaAuthorizerArgs {
  /**
   * The function that decides. For an HTTP API it gets payload format 2.0 and returns a simple response, `{ isAuthorized:
   * boolean, context?: { principalId, ... } }`, unless `response` says otherwise. For a REST or WebSocket API it returns an IAM
   * policy for `execute-api:Invoke`.
   */
  readonly handler: Handler;
  /**
   * For an HTTP API: `"iamPolicy"` is for a function that was written for a REST API. It gets payload format 1.0, with the
   * `methodArn`, and returns an IAM policy. Default: a simple response. Other kinds of API always expect an IAM policy.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
   */
  readonly response?: "iamPolicy" | undefined;
  /**
   * Where a request carries its credentials: at least one `$request.header.NAME` or `$request.querystring.NAME`. The spelling
   * is the same for every kind of API. If one is missing, API Gateway answers 401 without calling the function. Default:
   * `$request.header.Authorization`.
   */
  readonly identitySources?: readonly string[] | undefined;
  /**
   * Seconds for which API Gateway caches an answer, 0 to 3600. Default: 0, the function is called for every request. Above 0,
   * an HTTP API adds `$context.routeKey` to the identity sources, so an answer is cached for one route, but for every path of
   * it (`/customers/1` and `/customers/2` of `GET /customers/{id}`). A REST API adds the method and the path. A WebSocket API
   * has no cache: it calls the function once, when a client connects.
   */
  readonly resultTtlInSeconds?: number | undefined;
  /** Tells several Lambda authorizers of an API apart. Letters, digits and hyphens. Default: `lambda`. */
  readonly name?: string | undefined;
}

declare const made: unique symbol;

/** API Gateway checks a JSON Web Token. Only `Authorization.jwt()` creates one. */
export interface JwtAuthorization extends JwtArgs {
  readonly [made]: "JWT";
  readonly type: "JWT";
}

/** The caller signs with IAM credentials. Only `Authorization.iam()` creates one. */
export interface IamAuthorization {
  readonly [made]: "AWS_IAM";
  readonly type: "AWS_IAM";
}

/** API Gateway checks a token of a Cognito user pool. Only `Authorization.cognito()` creates one. */
export interface CognitoAuthorization extends CognitoArgs {
  readonly [made]: "COGNITO_USER_POOLS";
  readonly type: "COGNITO_USER_POOLS";
  readonly clientIds?: undefined;
}

/** The same, limited to some app clients. Only `Authorization.cognito()` creates one. */
export interface CognitoClientsAuthorization extends CognitoClientsArgs {
  readonly [made]: "COGNITO_USER_POOLS";
  readonly type: "COGNITO_USER_POOLS";
}

/** A Lambda function decides. Only `Authorization.lambda()` creates one. */
export interface LambdaAuthorization extends LambdaAuthorizerArgs {
  readonly [made]: "CUSTOM";
  readonly type: "CUSTOM";
}

/** Who may call a route. No value of it means anyone: for that, declare `publicAccess()` with a reason and an owner. */
export type Authorization = HttpAuthorization | RestAuthorization;

/** Who may call a route of an HTTP API. */
export type HttpAuthorization =
  | JwtAuthorization
  | CognitoClientsAuthorization
  | IamAuthorization
  | LambdaAuthorization;

/** Who may call a route of a REST API. Its Cognito authorizer accepts the tokens of every app client of the pool. */
export type RestAuthorization = CognitoAuthorization | IamAuthorization | LambdaAuthorization;

/** Who may connect to a WebSocket API. */
export type WebSocketAuthorization = IamAuthorization | LambdaAuthorization;

const brand = brandOf("authorization");

/**
 * Creates authorizations. They are plain values, so that a preview shows how each route is authorized. Ids, ARNs and issuers
 * inside them may be Outputs. The component checks the arguments.
 */
export const Authorization = {
  /**
   * Requires a bearer token in the Authorization header. API Gateway checks that the issuer signed it for one of the
   * audiences, that it hasn't expired, and that it carries one of the scopes.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
   */
  jwt(args: JwtArgs): JwtAuthorization {
    return branded(brand, { ...args, type: "JWT" }) as JwtAuthorization;
  },

  cognito,

  /**
   * Requires a request signed with IAM credentials that may call `execute-api:Invoke` on it.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html
   */
  iam(): IamAuthorization {
    return branded(brand, { type: "AWS_IAM" }) as IamAuthorization;
  },

  /**
   * Lets a Lambda function decide about each request.
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
 * Requires a token of the user pool in the Authorization header, with one of the scopes. An HTTP API needs `clientIds` too. A
 * REST API accepts every client of the pool.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
 */
function cognito(args: CognitoArgs): CognitoAuthorization | CognitoClientsAuthorization {
  return branded(brand, { ...args, type: "COGNITO_USER_POOLS" }) as CognitoAuthorization;
}

export function isAuthorization(value: unknown): value is Authorization {
  return isBranded(brand, value);
}
