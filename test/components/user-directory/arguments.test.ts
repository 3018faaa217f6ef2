import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { UserDirectory, type UserDirectoryArgs } from "../../../components/src";
import { registered } from "../registered";

/** Builds as a JavaScript program would, and answers the error's message and what was registered before it. */
async function refused(args: unknown) {
  let error: unknown;
  const resources = await registered(() => {
    try {
      new UserDirectory("people", args as UserDirectoryArgs);
    } catch (thrown) {
      error = thrown;
    }
  });
  if (!pulumi.InputPropertiesError.isInstance(error)) throw error ?? new Error("nothing was refused");
  return { message: error.message, resources };
}

const later = pulumi.output("later");
const resourceServers = { customers: { read: "look customers up" } };
const app = { type: "app", callbackUrls: ["https://www.example.com/signed-in"], scopes: ["openid"] };
const machine = { type: "machine", scopes: ["customers/read"] };
const withClient = (client: unknown) => ({ resourceServers, clients: { web: client } });
const withApp = (changed: object) => withClient({ ...app, ...changed });
const withCallback = (url: unknown) => withApp({ callbackUrls: [url] });
const onClient = (property: string) => `clients["web"]${property}`;

const saml = { providerType: "SAML", providerDetails: { MetadataURL: "https://idp.example.com/metadata" } };
const withProvider = (provider: unknown) => ({ identityProviders: { corporate: provider } });
const onProvider = (property: string) => `identityProviders["corporate"]${property}`;

type Case = readonly [situation: string, args: unknown, sentence: string];

const cases: Record<string, readonly Case[]> = {
  "the arguments": [
    ["null", null, "arguments: give { resourceServers, clients }"],
    ["an Output", pulumi.output({}), "arguments: give { resourceServers, clients }"],
    ["a misspelt argument", { selfSignup: false }, "selfSignup: there is no such argument"],
    ["AWS's own argument", { mfaConfiguration: "OFF" }, "mfaConfiguration: there is no such argument"],
    ["no second factor", { mfa: "off" }, 'mfa: write "required" or "optional"'],
    ["no second factor, as false", { mfa: false }, 'mfa: write "required" or "optional"'],
    ["a second factor that arrives later", { mfa: later }, 'mfa: write "required" or "optional"'],
    ["sign-up that arrives later", { selfSignUp: pulumi.output(true) }, "selfSignUp: write true or false"],
    ["sign-up in words", { selfSignUp: "false" }, "selfSignUp: write true or false"],
    ["the cheapest plan", { featurePlan: "lite" }, 'featurePlan: write "plus" or "essentials"'],
    ["a plan in Cognito's word", { featurePlan: "PLUS" }, 'featurePlan: write "plus" or "essentials"'],
    ["a plan that arrives later", { featurePlan: later }, 'featurePlan: write "plus" or "essentials"'],
    ["protection in words", { deletionProtection: "ACTIVE" }, "deletionProtection: write true or false"],
    [
      "a misspelt transform",
      { transform: { pool: () => ({}) } },
      "transform.pool: there is no such argument",
    ],
  ],
  "resource servers": [
    ["a list", { resourceServers: ["customers"] }, "resourceServers: give scopes by identifier"],
    ["scopes as a list", { resourceServers: { a: ["read"] } }, 'resourceServers["a"]: give what each scope'],
    ["no scopes", { resourceServers: { a: {} } }, 'resourceServers["a"]: give 1 to 100 scopes'],
    ["a space", { resourceServers: { "a b": { read: "it" } } }, 'resourceServers["a b"]: use 1 to 256'],
    [
      "a slash in a scope",
      { resourceServers: { a: { "b/c": "it" } } },
      'resourceServers["a"]["b/c"]: use printable ASCII',
    ],
    [
      "nothing said",
      { resourceServers: { a: { read: " " } } },
      'resourceServers["a"]["read"]: say in 1 to 256',
    ],
    [
      "said later",
      { resourceServers: { a: { read: later } } },
      'resourceServers["a"]["read"]: say in 1 to 256',
    ],
  ],
  clients: [
    ["a list", { clients: [app] }, "clients: give clients by name"],
    ["clients that arrive later", { clients: pulumi.output({}) }, "clients: give clients by name"],
    ["no object", withClient("web"), `${onClient("")}: give { type: "app"`],
    ["no type", withApp({ type: undefined }), `${onClient(".type")}: write "app"`],
    ["another type", withApp({ type: "spa" }), `${onClient(".type")}: write "app"`],
    [
      "implicit",
      withApp({ allowedOauthFlows: ["implicit"] }),
      `${onClient(".allowedOauthFlows")}: there is no such`,
    ],
    ["a secret", withApp({ clientSecret: "hunter2" }), `${onClient(".clientSecret")}: there is no such`],
    [
      "confidential later",
      withApp({ confidential: pulumi.output(true) }),
      `${onClient(".confidential")}: write true`,
    ],
    ["no scopes", withApp({ scopes: [] }), `${onClient(".scopes")}: list at least one scope`],
    [
      "scopes that arrive later",
      withApp({ scopes: pulumi.output(["openid"]) }),
      `${onClient(".scopes")}: list at least`,
    ],
    [
      "a scope that arrives later",
      withApp({ scopes: [later] }),
      `${onClient(".scopes")}: list existing scopes as plain text`,
    ],
    [
      "a scope that isn't declared",
      withApp({ scopes: ["customers/write"] }),
      `${onClient(".scopes")}: list existing scopes as plain text`,
    ],
    [
      "a scope over one's own second factor",
      withApp({ scopes: ["openid", "aws.cognito.signin.user.admin"] }),
      `${onClient(".scopes")}: list existing scopes as plain text`,
    ],
    [
      "a machine with a person's scope",
      withClient({ ...machine, scopes: ["openid"] }),
      `${onClient(".scopes")}: list existing scopes as plain text: customers/read`,
    ],
    [
      "a machine without resource servers",
      { clients: { web: machine } },
      `${onClient(".scopes")}: declare the scopes under resourceServers first`,
    ],
    [
      "a machine with callbacks",
      withClient({ ...machine, callbackUrls: [] }),
      `${onClient(".callbackUrls")}: there is no`,
    ],
    [
      "a machine without its secret",
      withClient({ ...machine, confidential: false }),
      `${onClient(".confidential")}: there`,
    ],
    [
      "no identity provider",
      withApp({ identityProviders: [] }),
      `${onClient(".identityProviders")}: list names`,
    ],
    [
      "tokens for a day",
      withApp({ accessTokenMinutes: 1440 }),
      `${onClient(".accessTokenMinutes")}: give a whole number`,
    ],
    [
      "tokens for a moment",
      withApp({ accessTokenMinutes: 4 }),
      `${onClient(".accessTokenMinutes")}: give a whole number`,
    ],
    [
      "a machine's tokens for a day",
      withClient({ ...machine, accessTokenMinutes: 61 }),
      `${onClient(".accessTokenMinutes")}: give a whole number`,
    ],
    [
      "signed in for longer than Cognito can",
      withApp({ refreshTokenDays: 3651 }),
      `${onClient(".refreshTokenDays")}: give a whole number`,
    ],
    [
      "half a day",
      withApp({ refreshTokenDays: 0.5 }),
      `${onClient(".refreshTokenDays")}: give a whole number`,
    ],
  ],
  "where people are sent back to": [
    ["nowhere", withApp({ callbackUrls: [] }), `${onClient(".callbackUrls")}: list https URLs`],
    [
      "one URL",
      withApp({ callbackUrls: "https://a.example.com" }),
      `${onClient(".callbackUrls")}: list https URLs`,
    ],
    ["http", withCallback("http://www.example.com"), `${onClient(".callbackUrls")}: list https URLs`],
    [
      "a name that begins like localhost",
      withCallback("http://localhost.example.com"),
      `${onClient(".callbackUrls")}:`,
    ],
    ["localhost as a user", withCallback("http://localhost@example.com"), `${onClient(".callbackUrls")}:`],
    ["a user", withCallback("https://user@example.com"), `${onClient(".callbackUrls")}:`],
    ["a password", withCallback("https://:pass@example.com"), `${onClient(".callbackUrls")}:`],
    ["a wildcard", withCallback("https://*.example.com"), `${onClient(".callbackUrls")}:`],
    ["a fragment", withCallback("https://www.example.com/#token"), `${onClient(".callbackUrls")}:`],
    ["a script", withCallback("javascript:alert(1)"), `${onClient(".callbackUrls")}:`],
    [
      "a script that looks like a URL",
      withCallback("JavaScript://a/%0aalert(1)"),
      `${onClient(".callbackUrls")}:`,
    ],
    ["data", withCallback("data:/text/html,a"), `${onClient(".callbackUrls")}:`],
    ["a file", withCallback("file:///tmp/a"), `${onClient(".callbackUrls")}:`],
    ["a socket", withCallback("wss://www.example.com"), `${onClient(".callbackUrls")}:`],
    ["an app of the phone's choice", withCallback("intent://a#Intent;end"), `${onClient(".callbackUrls")}:`],
    ["another app's mail", withCallback("mailto:a@example.com"), `${onClient(".callbackUrls")}:`],
    ["an app's scheme with a wildcard", withCallback("myapp://*"), `${onClient(".callbackUrls")}:`],
    [
      "an app's scheme with a password",
      withCallback("myapp://:pass@signed-in"),
      `${onClient(".callbackUrls")}:`,
    ],
    ["no text", withCallback(undefined), `${onClient(".callbackUrls")}:`],
    [
      "signed out over http",
      withApp({ logoutUrls: ["http://a.example.com"] }),
      `${onClient(".logoutUrls")}: list https`,
    ],
  ],
  "identity providers": [
    ["a list", { identityProviders: ["Google"] }, "identityProviders: give providers by name"],
    ["an Output", { identityProviders: pulumi.output({}) }, "identityProviders: give providers by name"],
    ["no object", withProvider("SAML"), `${onProvider("")}: give { providerType`],
    [
      "no type",
      withProvider({ providerDetails: {} }),
      `${onProvider(".providerType")}: write one of SAML, OIDC`,
    ],
    [
      "a type that arrives later",
      withProvider({ ...saml, providerType: later }),
      `${onProvider(".providerType")}: write one of`,
    ],
    [
      "another argument",
      withProvider({ ...saml, userPoolId: "a" }),
      `${onProvider(".userPoolId")}: there is no`,
    ],
    [
      "no details",
      withProvider({ providerType: "SAML" }),
      `${onProvider(".providerDetails")}: give what Cognito asks`,
    ],
    [
      "metadata over http",
      withProvider({ ...saml, providerDetails: { MetadataURL: "http://hunter2.example.com" } }),
      `${onProvider(".providerDetails.MetadataURL")}: give an https URL`,
    ],
    [
      "a consumer service by another name",
      withProvider({ ...saml, providerType: "Google" }),
      `${onProvider("")}: name it Google`,
    ],
    [
      "a consumer service's name for another",
      { identityProviders: { Google: saml } },
      'identityProviders["Google"]: choose another name',
    ],
    [
      "the pool's name",
      { identityProviders: { COGNITO: saml } },
      'identityProviders["COGNITO"]: choose another',
    ],
    ["a short name", { identityProviders: { ab: saml } }, 'identityProviders["ab"]: use 3 to 32 characters'],
    [
      "a long name",
      { identityProviders: { ["a".repeat(33)]: saml } },
      `identityProviders["${"a".repeat(33)}"]: use 3 to 32`,
    ],
    ["an underscore", { identityProviders: { _corp: saml } }, 'identityProviders["_corp"]: use 3 to 32'],
    ["a space", { identityProviders: { "my corp": saml } }, 'identityProviders["my corp"]: use 3 to 32'],
  ],
  "the domain": [
    ["no object", { domain: "people" }, "domain: give either { prefix } or"],
    ["both", { domain: { prefix: "a", name: "auth.example.com" } }, "domain: give either { prefix } or"],
    ["upper case", { domain: { prefix: "People" } }, "domain.prefix: use lower-case"],
    ["a hyphen at the end", { domain: { prefix: "people-" } }, "domain.prefix: use lower-case"],
    ["a reserved word", { domain: { prefix: "my-cognito" } }, "domain.prefix: use lower-case"],
    [
      "a prefix with a certificate",
      { domain: { prefix: "a", certificateArn: later } },
      "domain.certificateArn: there is",
    ],
    [
      "a name that arrives later",
      { domain: { name: later, certificateArn: later } },
      "domain.name: give a plain host name",
    ],
    ["no certificate", { domain: { name: "auth.example.com" } }, "domain.certificateArn: give the ARN"],
    [
      "a certificate in the pool's region",
      {
        domain: {
          name: "auth.example.com",
          certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/abc",
        },
      },
      "domain.certificateArn: give the ARN",
    ],
  ],
};

describe.each(Object.entries(cases))("a problem of %s is reported in a sentence", (_, rows) => {
  test.each(rows)("%s", async (_situation, args, sentence) => {
    const { message, resources } = await refused(args);
    expect(message).toContain(`\n  ${sentence}`);
    expect(resources).toEqual([]);
    expect(message).not.toMatch(/hunter2|pass@/);
  });
});

test("valid arguments beside a mistake are not reported", async () => {
  const resources = await registered(
    () =>
      new UserDirectory("people", {
        resourceServers: { "https://api.example.com/v1": { "read:own": "look one's own data up" } },
        clients: {
          web: {
            type: "app",
            callbackUrls: [
              later.apply(() => "https://www.example.com"),
              "http://127.0.0.1:3000/",
              "http://localhost",
              "myapp://signed-in",
              "com.example.app:/signed-in",
            ],
            logoutUrls: ["myapp://signed-out"],
            scopes: ["openid", "https://api.example.com/v1/read:own"],
            accessTokenMinutes: 60,
            refreshTokenDays: 3650,
          },
        },
        domain: { prefix: "example-people-1" },
      }),
  );
  expect(resources.map(({ type }) => type)).toContain("aws:cognito/userPoolClient:UserPoolClient");
});

test("all problems are reported at once", async () => {
  const { message } = await refused({ mfa: 1, clients: { a: {}, b: { type: "machine" } }, domain: {} });
  expect(message.split("\n").map((line) => line.trim().split(": ")[0])).toEqual([
    'UserDirectory "people" can\'t be created from these arguments:',
    "mfa",
    'clients["a"].type',
    'clients["b"].scopes',
    "domain.name",
    "domain.certificateArn",
  ]);
});
