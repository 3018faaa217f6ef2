import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { issuerOfUserPool } from "../authorization/user-pool";
import { fittingChild } from "../aws-name";
import { childName } from "../child-name";
import { entryOf, refuse } from "../input-problems";
import { guardedOptions } from "../override/guarded-options";
import { transformed } from "../override/transform";
import type { AppClientArgs, MachineClientArgs, UserDirectoryArgs } from "./args";
import { userDirectoryProblems } from "./argument-problems";
import { clientArgs } from "./clients";
import { makeDomain } from "./domain";
import { endpointsOf, type UserDirectoryEndpoints } from "./endpoints";
import { type IdentityProviders, makeIdentityProviders, providersOf } from "./identity-providers";
import { riskConfiguration, userPoolArgs } from "./user-pool";

/**
 * A Cognito user pool that resists account takeover. By default, people are invited, need a second factor and strong
 * passwords, and recover their account by verified e-mail only. Threat protection stops intruders. Tokens are short-lived and
 * revocable. A client never gets a scope that it doesn't list.
 *
 * ```ts
 * const directory = new UserDirectory("people", {
 *     resourceServers: { customers: { read: "look customers up", write: "change customers" } },
 *     clients: {
 *         web: { type: "app", callbackUrls: ["https://www.example.com/signed-in"], scopes: ["openid", "customers/read"] },
 *         billing: { type: "machine", scopes: ["customers/read"] },
 *     },
 *     domain: { prefix: "example-people" },
 * });
 * const authorization = Authorization.cognito({
 *     userPool: directory.userPool,
 *     clientIds: [directory.clients.web.id],
 *     scopes: ["customers/read"],
 * });
 * ```
 *
 * @throws pulumi.InputPropertiesError with every problem of the arguments, before anything is registered
 * @see `docs/components/user-directory.md` for the scopes of tokens, and the cost of threat protection
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-security-best-practices.html
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 */
export class UserDirectory<const Client extends string = never> extends pulumi.ComponentResource {
  /** The component's type token, in any language. */
  static readonly token = "api-guardrails:index:UserDirectory";

  readonly userPool: aws.cognito.UserPool;
  /** The clients by name. The `clientSecret` of a client is a secret of the stack. */
  readonly clients: Readonly<Record<Client, aws.cognito.UserPoolClient>>;
  /** The `iss` claim of the pool's tokens. */
  readonly issuer: pulumi.Output<string>;
  /** The identity providers that the directory creates, by name. */
  readonly identityProviders: IdentityProviders;
  readonly domain: aws.cognito.UserPoolDomain | undefined;
  /** Where people sign in and clients get tokens. Undefined without a domain. */
  readonly endpoints: UserDirectoryEndpoints | undefined;

  constructor(
    name: string,
    args: UserDirectoryArgs<Client> = {},
    opts: pulumi.ComponentResourceOptions = {},
  ) {
    const headline = `UserDirectory "${name}" can't be created from these arguments:`;
    refuse(headline, userDirectoryProblems(args));
    const servers = Object.entries(args.resourceServers ?? {});
    const clients = Object.entries<AppClientArgs | MachineClientArgs>(args.clients ?? {});
    super(UserDirectory.token, name, posture(args), guardedOptions(opts));
    const { transform } = args;
    const parent = { parent: this };

    const poolType = "aws:cognito/userPool:UserPool";
    const pool = fittingChild(poolType, name, parent);
    this.userPool = new aws.cognito.UserPool(
      pool.name,
      transformed(transform?.userPool, poolType, pool.name, userPoolArgs(args)),
      pool.opts,
    );
    this.issuer = issuerOfUserPool(this.userPool.arn);
    const userPoolId = this.userPool.id;
    if (args.featurePlan !== "essentials") {
      const changed = transformed(
        transform?.riskConfiguration,
        "aws:cognito/riskConfiguration:RiskConfiguration",
        name,
        { userPoolId, ...riskConfiguration },
      );
      // It goes with its pool. To delete it, the provider would call SetRiskConfiguration, which Cognito refuses once the pool
      // has left the Plus plan
      // (https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetRiskConfiguration.html).
      new aws.cognito.RiskConfiguration(name, changed, { ...parent, retainOnDelete: true });
    }

    const serverType = "aws:cognito/resourceServer:ResourceServer";
    const resourceServers = servers.map(([identifier, scopes]) => {
      const child = fittingChild(serverType, childName(name, identifier), parent);
      const changed = transformed(transform?.resourceServer, serverType, child.name, {
        userPoolId,
        identifier,
        scopes: Object.entries(scopes).map(([scopeName, scopeDescription]) => ({
          scopeName,
          scopeDescription,
        })),
      });
      return [identifier, new aws.cognito.ResourceServer(child.name, changed, child.opts)] as const;
    });

    const clientType = "aws:cognito/userPoolClient:UserPoolClient";
    this.identityProviders = makeIdentityProviders(name, this.userPool, args, headline, parent);
    const made = clients.map(([key, client]) => {
      const child = fittingChild(clientType, childName(name, key), parent);
      const changed = transformed(transform?.client, clientType, child.name, {
        userPoolId,
        ...clientArgs(client, headline, entryOf("clients", key)),
      });
      // Cognito refuses a client whose scopes or identity providers don't exist yet.
      const dependsOn = [
        ...resourceServers
          .filter(([identifier]) => client.scopes.some((scope) => scope.startsWith(`${identifier}/`)))
          .map(([, server]) => server),
        ...providersOf(client, this.identityProviders),
      ];
      return [
        key,
        new aws.cognito.UserPoolClient(child.name, changed, { ...child.opts, dependsOn }),
      ] as const;
    });
    this.clients = Object.fromEntries(made) as Record<Client, aws.cognito.UserPoolClient>;
    this.domain = makeDomain(name, this.userPool, args, headline, parent);
    this.endpoints = endpointsOf(this.domain, this.userPool, args);
    this.registerOutputs({
      userPoolId,
      userPoolArn: this.userPool.arn,
      issuer: this.issuer,
      ...(this.endpoints && { endpoints: this.endpoints }),
      clientIds: Object.fromEntries(made.map(([key, { id }]) => [key, id])),
    });
  }
}

/** The component's own inputs: who can sign in and which scopes clients have. */
function posture({
  mfa,
  selfSignUp,
  featurePlan,
  deletionProtection,
  resourceServers,
  identityProviders,
  clients,
}: UserDirectoryArgs) {
  const scopes = Object.entries(resourceServers ?? {}).map(([server, known]) => [server, Object.keys(known)]);
  const providers = Object.entries(identityProviders ?? {}).map(([name, { providerType }]) => [
    name,
    providerType,
  ]);
  const granted = Object.entries(clients ?? {}).map(([name, client]) => [
    name,
    { type: client.type, scopes: [...client.scopes] },
  ]);
  return {
    mfa: mfa ?? "required",
    selfSignUp: selfSignUp ?? false,
    featurePlan: featurePlan ?? "plus",
    deletionProtection: deletionProtection ?? true,
    resourceServers: Object.fromEntries(scopes),
    ...(providers.length > 0 && { identityProviders: Object.fromEntries(providers) }),
    clients: Object.fromEntries(granted),
  };
}
