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
  readonly domain: aws.cognito.UserPoolDomain | undefined;

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
    new aws.cognito.RiskConfiguration(
      name,
      transformed(transform?.riskConfiguration, "aws:cognito/riskConfiguration:RiskConfiguration", name, {
        userPoolId,
        ...riskConfiguration,
      }),
      parent,
    );

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
    const made = clients.map(([key, client]) => {
      const child = fittingChild(clientType, childName(name, key), parent);
      const changed = transformed(transform?.client, clientType, child.name, {
        userPoolId,
        ...clientArgs(client, headline, entryOf("clients", key)),
      });
      // Cognito refuses a client whose scopes don't exist yet.
      const dependsOn = resourceServers
        .filter(([identifier]) => client.scopes.some((scope) => scope.startsWith(`${identifier}/`)))
        .map(([, server]) => server);
      return [
        key,
        new aws.cognito.UserPoolClient(child.name, changed, { ...child.opts, dependsOn }),
      ] as const;
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

/** The component's own inputs: who can sign in and which scopes clients have. */
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
