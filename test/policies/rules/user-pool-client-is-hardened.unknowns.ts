import { userPoolClient } from "../authorizer-resources";
import type { UnknownRow } from "../unknown-row";

export const rows: readonly UnknownRow[] = [
  {
    situation: "a client with every weakness",
    resources: [
      {
        ...userPoolClient("web", "users", {
          allowedOauthFlows: ["implicit"],
          explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
          generateSecret: false,
          supportedIdentityProviders: ["COGNITO"],
          preventUserExistenceErrors: "LEGACY",
          enableTokenRevocation: false,
          callbackUrls: ["http://app.example.com"],
          accessTokenValidity: 2,
          idTokenValidity: 2,
          refreshTokenValidity: 60,
          tokenValidityUnits: { accessToken: "hours" },
        }),
        dependencies: {},
      },
    ],
    on: "web",
    reported: "advisory",
  },
];
