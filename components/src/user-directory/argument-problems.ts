import {
  arrivesLater,
  entryOf,
  flagProblems,
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  unknownProperties,
} from "../input-problems";
import { cognitoLimits } from "../limits";
import { transformProblems } from "../override/transform";
import type { UserDirectoryArgs, UserDirectoryTransforms } from "./args";
import { clientProblems } from "./client-problems";
import { domainProblems } from "./domain-problems";
import { directoryProvidersProblems } from "./identity-provider-problems";

const directoryArguments: NamesOf<UserDirectoryArgs> = {
  mfa: true,
  selfSignUp: true,
  featurePlan: true,
  deletionProtection: true,
  resourceServers: true,
  identityProviders: true,
  clients: true,
  domain: true,
  tags: true,
  transform: true,
};
const transformedChildren: NamesOf<UserDirectoryTransforms> = {
  userPool: true,
  riskConfiguration: true,
  resourceServer: true,
  identityProvider: true,
  client: true,
  domain: true,
};

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateResourceServer.html */
const identifier = /^[\x21\x23-\x5B\x5D-\x7E]{1,256}$/;
/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ResourceServerScopeType.html */
const scopeName = /^[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]{1,256}$/;
const { most: maxScopes } = cognitoLimits.scopes;

/** Checks the arguments of a `UserDirectory`. */
export function userDirectoryProblems(args: unknown): InputProblem[] {
  if (!isPlainRecord(args)) {
    const reason = "give { resourceServers, clients }, an object that is not an Output";
    return [{ propertyPath: "", reason }];
  }
  const { mfa, selfSignUp, featurePlan, deletionProtection, resourceServers, clients } = args;
  const problems = unknownProperties(args, directoryArguments, "");
  if (mfa !== undefined && mfa !== "required" && mfa !== "optional") {
    problems.push({ propertyPath: "mfa", reason: 'write "required" or "optional"' });
  }
  if (featurePlan !== undefined && featurePlan !== "plus" && featurePlan !== "essentials") {
    problems.push({ propertyPath: "featurePlan", reason: 'write "plus" or "essentials"' });
  }
  return [
    ...problems,
    ...flagProblems(selfSignUp, "selfSignUp"),
    ...flagProblems(deletionProtection, "deletionProtection"),
    ...resourceServersProblems(resourceServers),
    ...directoryProvidersProblems(args.identityProviders, "identityProviders"),
    ...clientsProblems(clients, scopesOf(resourceServers)),
    ...domainProblems(args.domain, "domain"),
    ...transformProblems(args.transform, transformedChildren, "transform"),
  ];
}

/** `IDENTIFIER/NAME` of each scope. */
function scopesOf(resourceServers: unknown): readonly string[] {
  if (!isPlainRecord(resourceServers)) return [];
  return Object.entries(resourceServers).flatMap(([server, scopes]) =>
    isPlainRecord(scopes) ? Object.keys(scopes).map((scope) => `${server}/${scope}`) : [],
  );
}

function resourceServersProblems(resourceServers: unknown): InputProblem[] {
  if (resourceServers === undefined) return [];
  if (!isPlainRecord(resourceServers)) {
    const reason = 'give scopes by identifier, for instance { customers: { read: "look customers up" } }';
    return [{ propertyPath: "resourceServers", reason }];
  }
  return Object.entries(resourceServers).flatMap(([server, scopes]) => {
    const propertyPath = entryOf("resourceServers", server);
    if (!identifier.test(server)) {
      const reason =
        "use 1 to 256 printable ASCII characters without spaces, \" and \\ as a resource server's name";
      return [{ propertyPath, reason }];
    }
    if (!isPlainRecord(scopes)) {
      const reason = 'give what each scope allows, for instance { read: "look customers up" }';
      return [{ propertyPath, reason }];
    }
    const count = Object.keys(scopes).length;
    return count === 0 || count > maxScopes
      ? [{ propertyPath, reason: `give 1 to ${maxScopes} scopes` }]
      : Object.entries(scopes).flatMap(([scope, description]) =>
          scopeProblems(scope, description, propertyPath),
        );
  });
}

function scopeProblems(scope: string, description: unknown, server: string): InputProblem[] {
  const propertyPath = entryOf(server, scope);
  if (!scopeName.test(scope)) {
    const reason = "use printable ASCII characters without spaces, \", / and \\ as a scope's name";
    return [{ propertyPath, reason }];
  }
  const isRight = typeof description === "string" && description.trim() !== "" && description.length <= 256;
  return isRight ? [] : [{ propertyPath, reason: "say in 1 to 256 characters what it allows" }];
}

function clientsProblems(clients: unknown, scopes: readonly string[]): InputProblem[] {
  if (clients === undefined) return [];
  if (arrivesLater(clients) || !isPlainRecord(clients)) {
    const reason = 'give clients by name, for instance { web: { type: "app", callbackUrls, scopes } }';
    return [{ propertyPath: "clients", reason }];
  }
  return Object.entries(clients).flatMap(([name, client]) =>
    clientProblems(client, scopes, entryOf("clients", name)),
  );
}
