import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Transform } from "../override/transform";
import type { Tags } from "../tags";

/**
 * The scopes of a resource server by name, each with a description of what it allows. Tokens carry `IDENTIFIER/NAME`.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html
 */
export type ResourceServerScopes = Readonly<Record<string, string>>;

/** What both kinds of client have. */
interface ClientSettings {
  /** Minutes until access and ID tokens expire, 5 to 60. API Gateway can't revoke them. */
  readonly accessTokenMinutes?: number | undefined;
}

/**
 * An application in which people sign in, by authorization code. An application without a secret has to use PKCE: Cognito
 * checks a code challenge if the application sends one, but can't require it.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/using-pkce-in-authorization-code.html
 */
export interface AppClientArgs extends ClientSettings {
  readonly type: "app";
  /**
   * Where Cognito redirects people after they signed in, at least one: https URLs without wildcards, http://localhost and http://127.0.0.1
   * for development, or a URL with the scheme of an application on a phone, `myapp://signed-in`. Any application on the phone
   * can claim that scheme, so send a code challenge (PKCE), or use an https link that the phone opens with your application.
   */
  readonly callbackUrls: readonly pulumi.Input<string>[];
  /** Where Cognito may redirect people after they signed out. The same kind of URLs. Default: none. */
  readonly logoutUrls?: readonly pulumi.Input<string>[] | undefined;
  /**
   * The scopes of its tokens, at least one: `openid`, `email`, `phone`, `profile`, or scopes of the directory's resource servers.
   */
  readonly scopes: readonly string[];
  /**
   * Whether the client has a secret. Use true for a server, false for an application in a browser or on a phone, where a
   * secret could be read. A change replaces the client, whose id changes. Default: false.
   */
  readonly confidential?: boolean | undefined;
  /**
   * The names of the identity providers that people can sign in with. `COGNITO` is the pool itself. The client waits for those
   * that the directory's `identityProviders` create. Default: the pool itself.
   */
  readonly identityProviders?: readonly pulumi.Input<string>[] | undefined;
  /**
   * Days after which people have to sign in again, 1 to 3650. A refresh token can be used once. The policy pack reports more
   * than 30. Default: 1.
   *
   * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html
   */
  readonly refreshTokenDays?: number | undefined;
  /** Minutes until access and ID tokens expire, 5 to 60. API Gateway can't revoke them. Default: 15. */
  readonly accessTokenMinutes?: number | undefined;
}

/** A program that identifies itself with a secret, by client credentials. Nobody can sign in through it. */
export interface MachineClientArgs extends ClientSettings {
  readonly type: "machine";
  /** The scopes of its tokens, at least one, from the directory's resource servers. */
  readonly scopes: readonly string[];
  /** Minutes until access tokens expire, 5 to 60. Default: 60, because Cognito charges for each token of a machine. */
  readonly accessTokenMinutes?: number | undefined;
}

/** A domain of Cognito's own, where people sign in and clients get tokens. */
export interface PrefixDomainArgs {
  /** The first part of the domain: lower-case letters, digits and hyphens. Unique in the region. */
  readonly prefix: string;
  readonly name?: undefined;
}

/**
 * Your own domain, where people sign in and clients get tokens.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html
 */
export interface CustomDomainArgs {
  /** For instance `auth.example.com`. Plain, because it decides what is created. The parent domain needs a DNS record. */
  readonly name: string;
  /** The ARN of a certificate for the name. It has to be in us-east-1, whatever the region of the pool. */
  readonly certificateArn: pulumi.Input<string>;
  /** The Route 53 zone for the domain's records. Default: none, you point the name at Cognito yourself. */
  readonly hostedZoneId?: pulumi.Input<string> | undefined;
  readonly prefix?: undefined;
}

/**
 * A provider outside of the directory whose users can sign in: a company's own (SAML or OpenID Connect), or a consumer service,
 * where anybody can get an account, whatever `selfSignUp` says. The directory's second factor and threat protection are for its
 * own users; the provider has to have its own.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation.html
 */
export interface IdentityProviderArgs {
  /** Plain, because it decides who can get an account. A consumer service has the name of its type. */
  readonly providerType: "SAML" | "OIDC" | "Facebook" | "Google" | "LoginWithAmazon" | "SignInWithApple";
  /**
   * What Cognito asks of this type, for instance `{ MetadataURL }` or `{ oidc_issuer, client_id, client_secret,
   * attributes_request_method, authorize_scopes }`. URLs are https. Secret in the stack.
   *
   * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateIdentityProvider.html
   */
  readonly providerDetails: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;
  /** The provider's name for each attribute of a user: `{ email: "email" }`. Default: that of Cognito. */
  readonly attributeMapping?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>> | undefined;
  /** Further names by which an application can ask for the provider, such as the domain of e-mail addresses. Default: none. */
  readonly idpIdentifiers?: pulumi.Input<pulumi.Input<string>[]> | undefined;
}

/** The arguments of a `UserDirectory`. `Client` is the union of the names of its clients. */
export interface UserDirectoryArgs<Client extends string = string> {
  /**
   * Whether people need a second factor (a software token). With `"optional"`, Cognito asks for it if people have set one up,
   * and when a sign-in looks risky. Default: `"required"`.
   *
   * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
   */
  readonly mfa?: "required" | "optional" | undefined;
  /**
   * Whether anybody may create an account. If so, being signed in proves nothing: give routes scopes that only some clients
   * have, or decide by group. Default: false, administrators invite people.
   */
  readonly selfSignUp?: boolean | undefined;
  /**
   * Cognito's feature plan. Only `"plus"` has threat protection, and it costs more for each person who signs in. Without it, the
   * policy pack reports a second factor that is `"optional"`. A change is an update in place. There is no Lite plan, in which
   * refresh tokens don't rotate. Default: `"plus"`.
   *
   * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-sign-in-feature-plans.html
   */
  readonly featurePlan?: "plus" | "essentials" | undefined;
  /** Whether Cognito refuses to delete the pool with all its users. Default: true. */
  readonly deletionProtection?: boolean | undefined;
  /** The scopes of each API, by the identifier of its resource server. Default: none. */
  readonly resourceServers?: Readonly<Record<string, ResourceServerScopes>> | undefined;
  /** The clients that get tokens, by names that you choose. Default: none. */
  readonly clients?: Readonly<Record<Client, AppClientArgs | MachineClientArgs>> | undefined;
  /**
   * The identity providers that clients can name besides the pool itself, by name. A name is at most 32 characters long.
   * Default: none.
   */
  readonly identityProviders?: Readonly<Record<string, IdentityProviderArgs>> | undefined;
  /** Where people sign in and clients get tokens. Default: none, and neither works until you create one. */
  readonly domain?: PrefixDomainArgs | CustomDomainArgs | undefined;
  /** For the pool. Cognito has no other tags. Default: none. */
  readonly tags?: Tags | undefined;
  /**
   * Changes the arguments of the children, with one function for each kind. For instance, set the pool's `emailConfiguration`:
   * without it, Cognito sends 50 e-mails a day. A transform may make it harder to sign up or in, never easier: a change that
   * would stops the program (`docs/components/transforms.md`). Default: none.
   */
  readonly transform?: UserDirectoryTransforms | undefined;
}

/** Changes the arguments of the children of a `UserDirectory`, with one function for each kind. */
export interface UserDirectoryTransforms {
  readonly userPool?: Transform<aws.cognito.UserPoolArgs> | undefined;
  readonly riskConfiguration?: Transform<aws.cognito.RiskConfigurationArgs> | undefined;
  readonly resourceServer?: Transform<aws.cognito.ResourceServerArgs> | undefined;
  readonly identityProvider?: Transform<aws.cognito.IdentityProviderArgs> | undefined;
  readonly client?: Transform<aws.cognito.UserPoolClientArgs> | undefined;
  readonly domain?: Transform<aws.cognito.UserPoolDomainArgs> | undefined;
}
