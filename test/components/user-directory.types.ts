/** What TypeScript says to the callers of UserDirectory. `tsc -p test` checks this file; nothing runs it. */
import type * as pulumi from "@pulumi/pulumi";
import { Authorization, UserDirectory } from "../../components/src";

declare const text: pulumi.Output<string>;
declare const configured: string[];

// What compiles.

new UserDirectory("nothing but the pool");

const directory = new UserDirectory("people", {
  mfa: "optional",
  selfSignUp: true,
  featurePlan: "essentials",
  deletionProtection: false,
  identityProviders: {
    corporate: {
      providerType: "OIDC",
      providerDetails: { client_id: text, oidc_issuer: "https://idp.example.com" },
      attributeMapping: { email: text },
      idpIdentifiers: [text],
    },
  },
  resourceServers: { customers: { read: "look customers up", write: "change customers" } },
  clients: {
    web: {
      type: "app",
      callbackUrls: [text, "https://www.example.com"],
      scopes: ["openid", "customers/read"],
    },
    server: {
      type: "app",
      callbackUrls: ["https://www.example.com"],
      logoutUrls: [text],
      scopes: ["openid"],
      confidential: true,
      identityProviders: ["COGNITO", text],
      accessTokenMinutes: 5,
      refreshTokenDays: 30,
    },
    billing: { type: "machine", scopes: ["customers/read"], accessTokenMinutes: 30 },
  },
  domain: { name: "auth.example.com", certificateArn: text, hostedZoneId: text },
  tags: { team: text },
  transform: { userPool: (args) => ({ ...args, name: "people" }) },
});

Authorization.cognito({
  userPool: directory.userPool,
  clientIds: [directory.clients.web.id, directory.clients.billing.id],
  scopes: ["customers/read"],
});

const token: pulumi.Output<string> | undefined = directory.endpoints?.token;
new UserDirectory("token", { tags: { endpoint: token ?? text } });

// @ts-expect-error there is no such client
directory.clients.mobile;
// @ts-expect-error without clients there is none
new UserDirectory("nobody").clients.web;

// What doesn't.

// @ts-expect-error there is no MFA "off"
new UserDirectory("off", { mfa: "off" });
// @ts-expect-error the Lite plan doesn't rotate refresh tokens
new UserDirectory("lite", { featurePlan: "lite" });
// @ts-expect-error a provider says what it is
new UserDirectory("untyped", { identityProviders: { corporate: { providerDetails: {} } } });
// @ts-expect-error who may sign up is plain
new UserDirectory("later", { selfSignUp: text });
// @ts-expect-error a misspelt argument is not ignored
new UserDirectory("misspelt", { selfSignup: true });
new UserDirectory("no type", {
  // @ts-expect-error a client says what it is
  clients: { web: { callbackUrls: ["https://a.example.com"], scopes: ["openid"] } },
});
// @ts-expect-error people are sent back somewhere
new UserDirectory("no URL", { clients: { web: { type: "app", scopes: ["openid"] } } });
new UserDirectory("configured", {
  clients: {
    web: { type: "app", callbackUrls: configured, scopes: configured, identityProviders: configured },
    billing: { type: "machine", scopes: configured },
  },
});
// @ts-expect-error what a client may do is plain
new UserDirectory("scopes later", { clients: { billing: { type: "machine", scopes: [text] } } });
new UserDirectory("no people", {
  // @ts-expect-error nobody signs in through a machine
  clients: { billing: { type: "machine", scopes: ["a/b"], callbackUrls: ["https://a.example.com"] } },
});
new UserDirectory("flows", {
  clients: {
    // @ts-expect-error there is no way to ask for other flows
    web: { type: "app", callbackUrls: ["https://a.example.com"], scopes: ["openid"], flows: ["implicit"] },
  },
});
// @ts-expect-error a scope says what it allows
new UserDirectory("list", { resourceServers: { customers: ["read"] } });
// @ts-expect-error one or the other
new UserDirectory("both", { domain: { prefix: "people", name: "auth.example.com" } });
// @ts-expect-error Cognito takes no name without a certificate
new UserDirectory("no certificate", { domain: { name: "auth.example.com" } });
