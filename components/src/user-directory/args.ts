import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Transform } from "../override/transform";
import type { Tags } from "../tags";

/**
 * The scopes of a resource server by their names, each with what it allows, in a sentence. Tokens carry
 * `IDENTIFIER/NAME`.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html
 */
export type ResourceServerScopes = Readonly<Record<string, string>>;

/** What both kinds of clients have. */
interface ClientSettings {
  /** Minutes for which an access token and an ID token count, 5 to 60: API Gateway can't take one back. */
  readonly accessTokenMinutes?: number | undefined;
}

/**
 * An application in which people sign in, by authorization code. An application that holds no secret proves with PKCE
 * that the code is its own: Cognito checks it where the application sends a code challenge, and can't ask for one.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/using-pkce-in-authorization-code.html
 */
export interface AppClientArgs extends ClientSettings {
  readonly type: "app";
  /**
   * Where Cognito sends people back to: https URLs without wildcards, or http://localhost and http://127.0.0.1 for
   * development.
   */
  readonly callbackUrls: readonly [pulumi.Input<string>, ...pulumi.Input<string>[]];
  /** Where Cognito may send people who signed out; URLs as above. Default: nowhere. */
  readonly logoutUrls?: readonly pulumi.Input<string>[] | undefined;
  /**
   * What tokens that come by authorization code may carry: `openid`, `email`, `phone`, `profile`, or scopes of the
   * directory's resource servers.
   */
  readonly scopes: readonly [string, ...string[]];
  /**
   * Whether it has a secret: true for a server that keeps one, false for what runs in a browser or on a phone, from
   * which a secret could be read. Changing it makes another client, with another id. Default: false.
   */
  readonly confidential?: boolean | undefined;
  /** Who proves that somebody is who they say: names of identity providers of the pool. Default: the pool itself. */
  readonly identityProviders?: readonly [pulumi.Input<string>, ...pulumi.Input<string>[]] | undefined;
  /** Days after which people sign in again, 1 to 30. A refresh token counts once. Default: 1. */
  readonly refreshTokenDays?: number | undefined;
  /** Default: 15. */
  readonly accessTokenMinutes?: number | undefined;
}

/** A program that is known by its secret, by client credentials. Nobody can sign in through it. */
export interface MachineClientArgs extends ClientSettings {
  readonly type: "machine";
  /** What its tokens carry: scopes of the directory's resource servers. */
  readonly scopes: readonly [string, ...string[]];
  /** Default: 60, since Cognito charges for each token of a machine. */
  readonly accessTokenMinutes?: number | undefined;
}

/** Where people sign in and clients get their tokens, on a name of Cognito's own. */
export interface PrefixDomainArgs {
  /** The first part of the name: lower case letters, digits and hyphens, unique in the region. */
  readonly prefix: string;
  readonly name?: undefined;
}

/**
 * The same on a name of yours.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html
 */
export interface CustomDomainArgs {
  /** For instance `auth.example.com`. Plain, since it decides what is made. The name above it needs a record. */
  readonly name: string;
  /** The ARN of a certificate for the name, in us-east-1 wherever the pool is. */
  readonly certificateArn: pulumi.Input<string>;
  /** The Route 53 zone in which the name's records are made. Default: none, and you point the name at Cognito yourself. */
  readonly hostedZoneId?: pulumi.Input<string> | undefined;
  readonly prefix?: undefined;
}

/** The arguments of a `UserDirectory`, with the names of its clients. */
export interface UserDirectoryArgs<Client extends string = string> {
  /**
   * Whether people need a second factor, a software token. `"optional"`: those who set one up are asked for it, and so
   * is whoever looks like an intruder. Default: `"required"`.
   *
   * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
   */
  readonly mfa?: "required" | "optional" | undefined;
  /**
   * Whether anybody may make an account of their own. Then being signed in says nothing: give routes scopes that not
   * every client has, or decide by group. Default: false, administrators invite people.
   */
  readonly selfSignUp?: boolean | undefined;
  /** Whether Cognito refuses to delete the pool with all its people. Default: true. */
  readonly deletionProtection?: boolean | undefined;
  /** What tokens can be for: the scopes of each API by its identifier. Default: none. */
  readonly resourceServers?: Readonly<Record<string, ResourceServerScopes>> | undefined;
  /** Who asks for tokens, by names of your own. Default: nobody. */
  readonly clients?: Readonly<Record<Client, AppClientArgs | MachineClientArgs>> | undefined;
  /** Where people sign in and clients get their tokens. Default: none, so neither works until you make one. */
  readonly domain?: PrefixDomainArgs | CustomDomainArgs | undefined;
  /** For the pool; Cognito tags nothing else. */
  readonly tags?: Tags | undefined;
  /**
   * Changes the arguments of what is made, one function for each kind: for instance the pool's `emailConfiguration`,
   * without which Cognito sends 50 e-mails a day. Who may sign up, whether a second factor is asked for, and what
   * clients may do stay. Default: nothing is changed.
   */
  readonly transform?: UserDirectoryTransforms | undefined;
}

/** One function for each kind of child of a `UserDirectory`. */
export interface UserDirectoryTransforms {
  readonly userPool?: Transform<aws.cognito.UserPoolArgs> | undefined;
  readonly riskConfiguration?: Transform<aws.cognito.RiskConfigurationArgs> | undefined;
  readonly resourceServer?: Transform<aws.cognito.ResourceServerArgs> | undefined;
  readonly client?: Transform<aws.cognito.UserPoolClientArgs> | undefined;
  readonly domain?: Transform<aws.cognito.UserPoolDomainArgs> | undefined;
}
