import { userPool, userPoolClient } from "../authorizer-resources";
import type { UnknownRow } from "../unknown-row";

const pool = userPool("users", {
  mfaConfiguration: "OPTIONAL",
  userPoolAddOns: { advancedSecurityMode: "AUDIT" },
  passwordPolicy: { minimumLength: 8, requireNumbers: true },
  signInPolicy: { allowedFirstAuthFactors: ["PASSWORD"] },
});
const client = {
  allowedOauthFlows: ["code"],
  explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
  supportedIdentityProviders: ["COGNITO"],
};
const managed = {
  ...userPoolClient("search", "users", client),
  type: "aws:cognito/managedUserPoolClient:ManagedUserPoolClient",
};

/** Any other word is the name of a provider outside. */
const reads = { supportedIdentityProviders: "reference" } as const;

export const rows: readonly UnknownRow[] = [
  ...["users", "web"].map((on) => ({
    situation: `a pool whose accounts are easily taken over: ${on}`,
    resources: [pool, userPoolClient("web", "users", { generateSecret: false, ...client })],
    on,
    reported: "advisory" as const,
    reads,
  })),
  {
    situation: "a pool whose only client is a managed one",
    resources: [pool, managed],
    on: "search",
    reported: "advisory",
    reads,
  },
];
