import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { childName } from "../child-name";
import { checkedOnArrival, entryOf } from "../input-problems";
import { transformed } from "../override/transform";
import type { AppClientArgs, MachineClientArgs, UserDirectoryArgs } from "./args";
import { detailsProblems } from "./identity-provider-problems";

/** Identity providers by their names. */
export type IdentityProviders = Readonly<Record<string, aws.cognito.IdentityProvider>>;

/** Creates the identity providers of a directory. Their details are secrets of the stack. */
export function makeIdentityProviders(
  directory: string,
  userPool: aws.cognito.UserPool,
  { identityProviders = {}, transform }: UserDirectoryArgs,
  headline: string,
  opts: pulumi.CustomResourceOptions,
): IdentityProviders {
  const made = Object.entries(identityProviders).map(([providerName, provider]) => {
    const child = childName(directory, providerName);
    const path = `${entryOf("identityProviders", providerName)}.providerDetails`;
    const { providerDetails, ...others } = provider;
    const changed = transformed(
      transform?.identityProvider,
      "aws:cognito/identityProvider:IdentityProvider",
      child,
      {
        userPoolId: userPool.id,
        providerName,
        ...others,
        // The secret of the directory at its provider is among them.
        providerDetails: pulumi.secret(
          checkedOnArrival(pulumi.output(providerDetails), headline, (arrived) =>
            detailsProblems(arrived, path),
          ),
        ),
      },
    );
    return [providerName, new aws.cognito.IdentityProvider(child, changed, opts)] as const;
  });
  return Object.fromEntries(made);
}

/**
 * The identity providers that a client names, which Cognito wants to know before it accepts the client. A name that arrives
 * later may be that of any.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
 */
export function providersOf(
  client: AppClientArgs | MachineClientArgs,
  providers: IdentityProviders,
): readonly pulumi.Resource[] {
  const names = client.type === "app" ? (client.identityProviders ?? []) : [];
  return Object.entries(providers)
    .filter(([provider]) => names.some((name) => typeof name !== "string" || name === provider))
    .map(([, resource]) => resource);
}
