import { describe, expect, test } from "vitest";
import {
  hasValues,
  isOfEveryToken,
  isPinned,
  isWildcard,
  oneOrSeveral,
  type RequiredClaim,
  requiredClaims,
} from "../../../policies/src/endpoints/tokens/required-claim";
import { consumerLoginAt, trustOf } from "../../../policies/src/endpoints/tokens/shared-issuers";
import { absent, known, type Seen, unknown } from "../../../policies/src/stack";

/** A text stands for a known value. */
const seen = <T>(value: T | typeof absent | typeof unknown): Seen<T> =>
  value === absent || value === unknown ? (value as Seen<T>) : known(value as T);
type Written = string | typeof absent | typeof unknown;
const list = (...values: readonly Written[]) => known(values.map((value) => seen<string>(value)));
const claim = (name: Written, values: RequiredClaim["values"] = list("ours")): RequiredClaim => ({
  name: seen<string>(name),
  values,
});

describe("whether claims tell some callers from others", () => {
  test.each<[what: string, claims: readonly RequiredClaim[], isSo: boolean]>([
    ["none", [], false],
    ["an organization", [claim("repository_owner")], true],
    ["an organization of no values", [claim("repository_owner", list())], false],
    ["an organization of values that aren't there", [claim("repository_owner", absent)], false],
    ["an organization of an empty value", [claim("repository_owner", list(absent))], false],
    ["an organization of values that aren't known", [claim("repository_owner", unknown)], true],
    ["an organization of a value that isn't known", [claim("repository_owner", list(unknown))], true],
    ["a branch, which anybody may have", [claim("ref")], false],
    ["an audience, which anybody asks for", [claim("aud")], false],
    ["what every token has", [claim("token_use")], false],
    ["a branch beside an organization", [claim("ref"), claim("repository_owner")], true],
    ["a claim without a name", [claim(absent)], false],
    ["a claim that isn't known", [claim(unknown)], true],
    ["a claim that isn't known, of no values", [claim(unknown, list())], false],
    ["a claim that isn't known, beside a branch", [claim("ref"), claim(unknown)], true],
  ])("%s", (_what, claims, isSo) => {
    expect(isPinned(claims)).toBe(isSo);
  });

  test.each<[what: string, values: RequiredClaim["values"], has: boolean, isAny: boolean]>([
    ["none", absent, false, false],
    ["an empty list", list(), false, false],
    ["what isn't known", unknown, true, false],
    ["one", list("ours"), true, false],
    ["one beside an empty one", list(absent, "ours"), true, false],
    ["a wildcard", list("*"), true, true],
    ["a wildcard, with spaces", list("ours", " * "), true, true],
    ["a wildcard within a value", list("ours*"), true, false],
    ["a value that isn't known", list(unknown), true, false],
  ])("the values of a claim: %s", (_what, values, has, isAny) => {
    expect([hasValues(values), isWildcard(values)]).toEqual([has, isAny]);
  });

  test.each<[name: Written, isSo: boolean]>([
    ["token_use", true],
    ["sub", false],
    ["aud", false],
    [absent, true],
    [unknown, false],
  ])("every token has the claim %j: %s", (name, isSo) => {
    expect(isOfEveryToken(claim(name))).toBe(isSo);
  });

  test("a claim is compared with one text, with several, or with both", () => {
    expect(oneOrSeveral(absent, list("a", "b"))).toEqual(list("a", "b"));
    expect(oneOrSeveral(absent, unknown)).toEqual(unknown);
    expect(oneOrSeveral(absent, absent)).toEqual(absent);
    expect(oneOrSeveral(known("a"), absent)).toEqual(list("a"));
    expect(oneOrSeveral(known("a"), list("b"))).toEqual(list("a", "b"));
    expect(oneOrSeveral(known("a"), unknown)).toEqual(list("a"));
    expect(oneOrSeveral(unknown, list("b"))).toEqual(list(unknown, "b"));
  });

  test("what isn't known of a list of claims may require anything", () => {
    const any = { name: unknown, values: unknown };
    const read = (name: string) => (name === "" ? undefined : claim(name));
    expect(requiredClaims(unknown, read)).toEqual([any]);
    expect(requiredClaims(absent, read)).toEqual([]);
    expect(requiredClaims(list("sub", unknown, absent, "", unknown), read)).toEqual([claim("sub"), any, any]);
  });
});

describe("who gets a token that is accepted", () => {
  const strangers = (service: string) => ({ of: "strangers", service });
  const signUp = (service: string) => ({ of: "sign-up", service });
  const any = list("customers");
  const github = "https://token.actions.githubusercontent.com";
  const vercel = "https://oidc.vercel.com";
  const google = "https://accounts.google.com";
  const microsoft = "https://login.microsoftonline.com";

  test.each<
    [what: string, issuer: Written, audiences: Parameters<typeof trustOf>[0]["audiences"], trust: unknown]
  >([
    ["its own issuer", "https://login.example.com", any, undefined],
    ["an issuer that isn't known", unknown, any, undefined],
    ["no issuer", absent, any, undefined],
    ["every repository", github, any, strangers("GitHub Actions")],
    ["every repository, of no audience", github, absent, strangers("GitHub Actions")],
    ["every repository, of an audience that isn't known", github, unknown, strangers("GitHub Actions")],
    [
      "its discovery document",
      `${github}/.well-known/openid-configuration`,
      any,
      strangers("GitHub Actions"),
    ],
    [
      "the document of an issuer with a path",
      "https://api.pulumi.com/oidc/.well-known/openid-configuration",
      any,
      strangers("Pulumi Cloud"),
    ],
    ["a document that is nearly it", `${github}/.well-known/openid-configuration/x`, any, undefined],
    ["with slashes at the end", `${github}//`, any, strangers("GitHub Actions")],
    ["with spaces around", ` ${github} `, any, strangers("GitHub Actions")],
    ["in capital letters", github.toUpperCase(), any, strangers("GitHub Actions")],
    ["without a protocol", "gitlab.com", any, strangers("GitLab.com")],
    ["with a dot at the end of the host", "https://gitlab.com./", any, strangers("GitLab.com")],
    ["with the port that it has anyway", "https://gitlab.com:443", any, strangers("GitLab.com")],
    ["without encryption, as no token has it", "http://gitlab.com", any, undefined],
    ["a path of a shared host", "https://gitlab.com/group", any, undefined],
    ["another protocol in it", "x https://gitlab.com", any, undefined],
    ["no URL", "https://", any, undefined],
    ["one team of Vercel's", vercel, list("https://vercel.com/team"), undefined],
    ["one team, and anybody", vercel, list("https://vercel.com/team", "anything"), strangers("Vercel")],
    ["one team, and who isn't known", vercel, list("https://vercel.com/team", unknown), undefined],
    ["every team", vercel, any, strangers("Vercel")],
    ["no audience of a team", vercel, absent, strangers("Vercel")],
    ["an empty list", vercel, list(), strangers("Vercel")],
    ["a list of an empty audience", vercel, list(absent), strangers("Vercel")],
    ["an audience that isn't known", vercel, unknown, undefined],
    ["a list of an audience that isn't known", vercel, list(unknown), undefined],
    ["an audience that isn't known, beside an empty one", vercel, list(absent, unknown), undefined],
    ["an application of Google's", google, list("1-x.apps.googleusercontent.com"), signUp("Google")],
    ["every service account", google, any, strangers("Google")],
    ["personal accounts", `${microsoft}/consumers/v2.0`, any, signUp("Microsoft")],
    [
      "personal accounts, by their tenant",
      `${microsoft}/9188040d-6c67-4c5b-b112-36a304b66dad`,
      any,
      signUp("Microsoft"),
    ],
    ["one tenant", `${microsoft}/11111111-2222-3333-4444-555555555555/v2.0`, any, undefined],
    ["no tenant", `${microsoft}/common/v2.0`, any, { of: "nobody", service: "Entra ID" }],
    [
      "no tenant, of organizations",
      "https://sts.windows.net/organizations/",
      any,
      { of: "nobody", service: "Entra ID" },
    ],
    ["a tenant with a word in it", `${microsoft}/common/v2.0/x`, any, undefined],
  ])("%s", (_what, issuer, audiences, trust) => {
    const accepted = { issuer: seen<string>(issuer), audiences };
    expect(trustOf({ ...accepted, claims: [] })).toEqual(trust);
    expect(trustOf({ ...accepted, claims: [claim("ref")] })).toEqual(trust);
    // A claim tells one account from another, and makes no issuer of what is none.
    const isNobody = (trust as { of?: string } | undefined)?.of === "nobody";
    expect(trustOf({ ...accepted, claims: [claim("sub")] })).toEqual(isNobody ? trust : undefined);
  });

  test.each<[issuer: Written, service: string | undefined]>([
    [google, "Google"],
    ["https://gitlab.com", "GitLab.com"],
    [`${microsoft}/consumers/v2.0`, "Microsoft"],
    [github, undefined],
    ["https://login.example.com", undefined],
    [unknown, undefined],
    [absent, undefined],
  ])("at the login of %j: %s", (issuer, service) => {
    expect(consumerLoginAt(seen<string>(issuer))).toBe(service);
  });
});
