import { describe, expect, test } from "vitest";
import {
  type ClientResource,
  hasPasswords,
  isForMachines,
  leadsOutside,
  letsStrangersIn,
  ManagedUserPoolClient,
  signUpOf,
  UserPool,
  UserPoolClient,
} from "../../../policies/src/endpoints/cognito/user-pool";
import type { RawRecord } from "../../../policies/src/stack";
import type { TestedResource } from "../../../policies/src/testing";
import { UNKNOWN } from "../../unknown";
import { firstOf, stackFrom } from "../stack-from";

const pool = (properties: RawRecord = {}): TestedResource => ({
  type: UserPool.token,
  name: "customers",
  properties,
});
const client = (
  properties: RawRecord,
  { of = "customers", providers = [] as readonly string[], type = UserPoolClient.token, name = "web" } = {},
): TestedResource => ({
  type,
  name,
  properties: { userPoolId: UNKNOWN, ...properties },
  dependencies: { userPoolId: [of], supportedIdentityProviders: providers },
});
const confirming = { autoVerifiedAttributes: ["email"] };

describe("who may become a user of a pool", () => {
  test.each<[properties: RawRecord, who: string]>([
    [confirming, "anyone"],
    [{ autoVerifiedAttributes: UNKNOWN }, "anyone"],
    [{}, "checked"],
    [{ autoVerifiedAttributes: [] }, "checked"],
    [{ ...confirming, lambdaConfig: { preSignUp: UNKNOWN } }, "checked"],
    [{ ...confirming, lambdaConfig: { preTokenGeneration: UNKNOWN } }, "anyone"],
    [{ ...confirming, lambdaConfig: UNKNOWN }, "checked"],
    [{ ...confirming, adminCreateUserConfig: { allowAdminCreateUserOnly: true } }, "administrators"],
    [{ ...confirming, adminCreateUserConfig: { allowAdminCreateUserOnly: false } }, "anyone"],
    [{ ...confirming, adminCreateUserConfig: { allowAdminCreateUserOnly: UNKNOWN } }, "anyone"],
    [{ ...confirming, adminCreateUserConfig: UNKNOWN }, "anyone"],
  ])("%j: %s", (properties, who) => {
    expect(signUpOf(firstOf(stackFrom(pool(properties)), UserPool))).toBe(who);
  });
});

const secret = { generateSecret: true };
const machines = { ...secret, allowedOauthFlows: ["client_credentials"] };
const page = { allowedOauthFlows: ["code"] };
const refreshing = { explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"] };

describe("whether a stranger gets a token of a pool", () => {
  const letsIn = (properties: RawRecord, ...clients: readonly TestedResource[]) => {
    const stack = stackFrom(pool(properties), ...clients);
    return letsStrangersIn(stack, firstOf(stack, UserPool));
  };

  test.each<[what: string, clients: readonly TestedResource[], isIn: boolean]>([
    ["clients elsewhere", [], true],
    ["a client", [client({})], true],
    ["a client for machines", [client(machines)], false],
    ["a client with a secret, without a page", [client(secret)], false],
    ["a client that may have a secret", [client({ generateSecret: UNKNOWN })], true],
    ["a client with a secret and perhaps a page", [client({ ...secret, allowedOauthFlows: UNKNOWN })], true],
    [
      "a client with a secret and a page of providers outside",
      [client({ ...secret, ...page, supportedIdentityProviders: ["Google"] })],
      false,
    ],
    [
      "a client with a secret and a page for all",
      [client({ ...secret, ...page, supportedIdentityProviders: ["Google", "cognito"] })],
      true,
    ],
    [
      "a client with a secret and a page for who knows whom",
      [client({ ...secret, ...page, supportedIdentityProviders: ["Google", UNKNOWN] })],
      true,
    ],
    [
      "a client with a secret and a page of who knows what",
      [client({ ...secret, ...page, supportedIdentityProviders: UNKNOWN })],
      true,
    ],
    [
      "a client with a secret and a page that lists no provider",
      [client({ ...secret, ...page, supportedIdentityProviders: [] })],
      true,
    ],
    [
      "a client with a secret and a page whose providers nothing says",
      [client({ ...secret, ...page })],
      true,
    ],
    ["a client through which nobody signs in", [client(refreshing)], false],
    [
      "a client without a secret through which machines would sign in",
      [client({ ...refreshing, allowedOauthFlows: ["client_credentials"] })],
      false,
    ],
    ["a client through which one signs in on the page", [client({ ...refreshing, ...page })], true],
    [
      "a client through which one may sign in otherwise",
      [client({ explicitAuthFlows: ["allow_refresh_token_auth", "ALLOW_USER_SRP_AUTH"] })],
      true,
    ],
    ["a client of no flows", [client({ explicitAuthFlows: [] })], true],
    ["a client of a flow that isn't known", [client({ explicitAuthFlows: [UNKNOWN] })], true],
    [
      "sign-up through one, sign-in through another",
      [client(refreshing), client({ ...secret }, { name: "other" })],
      true,
    ],
    ["a client of another pool", [{ ...pool(), name: "others" }, client(machines, { of: "others" })], true],
  ])("%s", (_what, clients, isIn) => {
    expect(letsIn(confirming, ...clients)).toBe(isIn);
    expect(letsIn({}, ...clients)).toBe(false);
    expect(letsIn({ ...confirming, lambdaConfig: UNKNOWN }, ...clients)).toBe(false);
  });

  test("only the clients whose tokens are accepted count for the sign-in", () => {
    const stack = stackFrom(pool(confirming), client({}), client(machines, { name: "machine" }));
    const [web, machine] = stack.of(UserPoolClient) as readonly [ClientResource, ClientResource];
    expect(letsStrangersIn(stack, firstOf(stack, UserPool), [web])).toBe(true);
    expect(letsStrangersIn(stack, firstOf(stack, UserPool), [machine])).toBe(false);
  });
});

describe("what a client is for", () => {
  test.each<[properties: RawRecord, isForAMachine: boolean, isOutside: boolean]>([
    [{}, false, false],
    [machines, true, false],
    [{ ...machines, allowedOauthFlows: ["CLIENT_CREDENTIALS"] }, true, false],
    [{ ...machines, generateSecret: UNKNOWN }, false, false],
    [{ ...machines, generateSecret: false }, false, false],
    [{ ...secret, allowedOauthFlows: ["client_credentials", "code"] }, false, false],
    [{ ...secret, allowedOauthFlows: ["client_credentials", UNKNOWN] }, false, false],
    [{ ...secret, allowedOauthFlows: [] }, false, false],
    [{ supportedIdentityProviders: ["Google"] }, false, true],
    [{ supportedIdentityProviders: ["Google", "Cognito"] }, false, false],
    [{ supportedIdentityProviders: [UNKNOWN] }, false, true],
    [{ supportedIdentityProviders: [] }, false, false],
    [{ supportedIdentityProviders: UNKNOWN }, false, false],
  ])("%j", (properties, isForAMachine, isOutside) => {
    const found = firstOf(stackFrom(pool(), client(properties)), UserPoolClient);
    expect([isForMachines(found), leadsOutside(found)]).toEqual([isForAMachine, isOutside]);
  });

  test("a client that a service of AWS creates is for people", () => {
    const stack = stackFrom(pool(), client(machines, { type: ManagedUserPoolClient.token }));
    const found = firstOf(stack, ManagedUserPoolClient) as unknown as ClientResource;
    expect(isForMachines(found)).toBe(false);
  });
});

describe("whether people sign in to a pool with passwords", () => {
  const google: TestedResource = { type: "aws:cognito/identityProvider:IdentityProvider", name: "google" };
  const outside = { supportedIdentityProviders: ["Google"] };
  const factors = (...allowedFirstAuthFactors: readonly unknown[]) => ({
    signInPolicy: { allowedFirstAuthFactors },
  });
  const has = (properties: RawRecord, ...clients: readonly TestedResource[]) => {
    const stack = stackFrom(pool(properties), ...clients);
    return hasPasswords(stack, firstOf(stack, UserPool));
  };

  test.each<[what: string, clients: readonly TestedResource[], isSo: boolean]>([
    ["clients elsewhere", [], true],
    ["a client", [client({})], true],
    ["a client for machines", [client(machines)], false],
    ["a client for machines, and one for people", [client(machines), client({}, { name: "other" })], true],
    ["a client of a provider outside", [client({ ...page, ...outside })], false],
    [
      "a client of a provider of the program's",
      [google, client({ ...page, supportedIdentityProviders: [UNKNOWN] }, { providers: ["google"] })],
      false,
    ],
    [
      "a client of a provider of the program's, and of one that isn't known",
      [
        google,
        client({ ...page, supportedIdentityProviders: [UNKNOWN, UNKNOWN] }, { providers: ["google"] }),
      ],
      true,
    ],
    [
      "a client of a provider that isn't known",
      [client({ ...page, supportedIdentityProviders: [UNKNOWN] })],
      true,
    ],
    [
      "a client of providers that aren't known",
      [client({ supportedIdentityProviders: UNKNOWN, ...refreshing })],
      false,
    ],
    ["a client with a page", [client({ ...page, ...refreshing })], true],
    ["a client that only refreshes", [client(refreshing)], false],
    [
      "a client of custom flows",
      [client({ explicitAuthFlows: ["allow_custom_auth", "CUSTOM_AUTH_FLOW_ONLY"] })],
      false,
    ],
    [
      "a client of a flow with a password",
      [client({ explicitAuthFlows: ["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH"] })],
      true,
    ],
    [
      "a client of a flow that isn't known",
      [client({ explicitAuthFlows: ["ALLOW_CUSTOM_AUTH", UNKNOWN] })],
      true,
    ],
    ["a client of no flows", [client({ explicitAuthFlows: [] })], true],
    ["a client of flows that aren't known", [client({ explicitAuthFlows: UNKNOWN })], true],
    [
      "a managed client",
      [client(page, { type: ManagedUserPoolClient.token }), client(machines, { name: "machine" })],
      true,
    ],
    [
      "a managed client of a provider outside",
      [client({ ...page, ...outside }, { type: ManagedUserPoolClient.token })],
      false,
    ],
    ["a client of another pool", [{ ...pool(), name: "others" }, client(machines, { of: "others" })], true],
  ])("%s", (_what, clients, isSo) => {
    expect(has({}, ...clients)).toBe(isSo);
    expect(has(factors("WEB_AUTHN"), ...clients)).toBe(false);
  });

  test.each<[what: string, properties: RawRecord, isSo: boolean]>([
    ["a password", factors("PASSWORD"), true],
    ["a password, in small letters", factors("WEB_AUTHN", "password"), true],
    ["passkeys and codes", factors("WEB_AUTHN", "EMAIL_OTP"), false],
    ["what isn't known", factors("WEB_AUTHN", UNKNOWN), true],
    ["no factor", factors(), true],
    ["a policy that isn't known", { signInPolicy: UNKNOWN }, true],
    ["factors that aren't known", { signInPolicy: { allowedFirstAuthFactors: UNKNOWN } }, true],
    ["a policy without factors", { signInPolicy: {} }, true],
  ])("people start with %s", (_what, properties, isSo) => {
    expect(has(properties)).toBe(isSo);
  });
});
