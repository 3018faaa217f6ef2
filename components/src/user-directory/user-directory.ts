import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { issuerOfUserPool } from "../authorization/user-pool";
import { childName } from "../child-name";
import { entryOf, refuse } from "../input-problems";
import { guardedOptions } from "../override/guarded-options";
import { transformed } from "../override/transform";
import type { AppClientArgs, MachineClientArgs, UserDirectoryArgs } from "./args";
import { userDirectoryProblems } from "./argument-problems";
import { clientArgs } from "./clients";
import { makeDomain } from "./domain";
import { riskConfiguration, userPoolArgs } from "./user-pool";

/**
 * A Cognito user pool that resists takeover: people are invited, have a second factor and strong passwords, and recover
 * their account by verified e-mail alone; intruders are stopped; tokens are short and revocable.
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
 * Tokens that a client gets by authorization code carry its scopes. People can also prove their password to Cognito's own
 * API, by SRP: those tokens carry `aws.cognito.signin.user.admin` alone, with which one changes one's own attributes and
 * second factor. A route that asks for scopes refuses them; a route with `"any-token"` takes them.
 *
 * Threat protection needs Cognito's Plus plan, which is charged for each person who signs in within a month.
 *
 * @throws pulumi.InputPropertiesError, before anything is registered, with everything that is wrong with the arguments
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-security-best-practices.html
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 */
export class UserDirectory<const Client extends string = never> extends pulumi.ComponentResource {
  /** The token under which the component is known, in any language. */
  static readonly token = "api-guardrails:index:UserDirectory";

  readonly userPool: aws.cognito.UserPool;
  /** The clients by their names. Where one has a secret, its `clientSecret` is a secret of the stack. */
  readonly clients: Readonly<Record<Client, aws.cognito.UserPoolClient>>;
  /** The `iss` claim of the pool's tokens. */
  readonly issuer: pulumi.Output<string>;
  readonly domain: aws.cognito.UserPoolDomain | undefined;

  constructor(
    name: string,
    args: UserDirectoryArgs<Client> = {},
    opts: pulumi.ComponentResourceOptions = {},
  ) {
    const headline = `UserDirectory "${name}" can't be made from these arguments:`;
    refuse(headline, userDirectoryProblems(args));
    const servers = Object.entries(args.resourceServers ?? {});
    const clients = Object.entries<AppClientArgs | MachineClientArgs>(args.clients ?? {});
    super(UserDirectory.token, name, posture(args), guardedOptions(opts));
    const { transform } = args;
    const parent = { parent: this };

    this.userPool = new aws.cognito.UserPool(
      name,
      transformed(transform?.userPool, "aws:cognito/userPool:UserPool", name, userPoolArgs(args)),
      parent,
    );
    this.issuer = issuerOfUserPool(this.userPool.arn);
    const userPoolId = this.userPool.id;
    new aws.cognito.RiskConfiguration(
      name,
      transformed(transform?.riskConfiguration, "aws:cognito/riskConfiguration:RiskConfiguration", name, {
        userPoolId,
        ...riskConfiguration,
      }),
      parent,
    );

    const resourceServers = servers.map(([identifier, scopes]) => {
      const child = childName(name, identifier);
      const changed = transformed(
        transform?.resourceServer,
        "aws:cognito/resourceServer:ResourceServer",
        child,
        {
          userPoolId,
          identifier,
          scopes: Object.entries(scopes).map(([scopeName, scopeDescription]) => ({
            scopeName,
            scopeDescription,
          })),
        },
      );
      return [identifier, new aws.cognito.ResourceServer(child, changed, parent)] as const;
    });

    const made = clients.map(([key, client]) => {
      const child = childName(name, key);
      const changed = transformed(transform?.client, "aws:cognito/userPoolClient:UserPoolClient", child, {
        userPoolId,
        ...clientArgs(client, headline, entryOf("clients", key)),
      });
      // Cognito refuses a client whose scopes aren't there yet.
      const dependsOn = resourceServers
        .filter(([identifier]) => client.scopes.some((scope) => scope.startsWith(`${identifier}/`)))
        .map(([, server]) => server);
      return [key, new aws.cognito.UserPoolClient(child, changed, { ...parent, dependsOn })] as const;
    });
    this.clients = Object.fromEntries(made) as Record<Client, aws.cognito.UserPoolClient>;
    this.domain = makeDomain(name, this.userPool, args, headline, parent);
    this.registerOutputs({
      userPoolId,
      userPoolArn: this.userPool.arn,
      issuer: this.issuer,
      clientIds: Object.fromEntries(made.map(([key, { id }]) => [key, id])),
    });
  }
}

/** What the component's own inputs say: who gets in and for what, no more. */
function posture({ mfa, selfSignUp, deletionProtection, resourceServers, clients }: UserDirectoryArgs) {
  const scopes = Object.entries(resourceServers ?? {}).map(([server, known]) => [server, Object.keys(known)]);
  const granted = Object.entries(clients ?? {}).map(([name, client]) => [
    name,
    { type: client.type, scopes: [...client.scopes] },
  ]);
  return {
    mfa: mfa ?? "required",
    selfSignUp: selfSignUp ?? false,
    deletionProtection: deletionProtection ?? true,
    resourceServers: Object.fromEntries(scopes),
    clients: Object.fromEntries(granted),
  };
}
