import { describe, expect, test } from "vitest";
import { type Credential, isSame, nameOf, tellsApart } from "../../../policies/src/endpoints/credential";
import {
  authorizerIdAlone,
  isNotKnown,
  keyOnly,
  letsAnyoneIn,
  unknownProperty,
  type Verdict,
  withinNetwork,
} from "../../../policies/src/endpoints/endpoint";
import { view } from "../../../policies/src/stack";
import { UNKNOWN } from "../../unknown";

describe("whether anyone gets in", () => {
  test.each<readonly [verdict: Verdict, nothing: boolean, keys: boolean, networks: boolean]>([
    ["authenticated", false, false, false],
    ["preflight", false, false, false],
    ["backend-preflight", false, false, false],
    ["key-only", true, false, true],
    ["restricted", true, true, false],
    ["open", true, true, true],
    ["undetermined", true, true, true],
  ])("%s", (verdict, nothing, keys, networks) => {
    const own = { verdict, because: "" };
    expect(letsAnyoneIn(own)).toBe(nothing);
    expect(letsAnyoneIn(own, { apiKeys: true, privateNetworks: false })).toBe(keys);
    expect(letsAnyoneIn(own, { apiKeys: false, privateNetworks: true })).toBe(networks);
  });

  test.each<readonly [verdict: Verdict, within: Verdict]>([
    ["open", "restricted"],
    ["key-only", "restricted"],
    ["undetermined", "undetermined"],
    ["authenticated", "authenticated"],
    ["preflight", "preflight"],
    ["backend-preflight", "backend-preflight"],
    ["restricted", "restricted"],
  ])("%s within a private network is %s", (verdict, within) => {
    expect(withinNetwork({ verdict, because: "is" }).verdict).toBe(within);
  });

  test("a key alone", () => {
    expect(letsAnyoneIn(keyOnly)).toBe(true);
  });
});

describe("what a sentence says", () => {
  test.each([
    ["authType", "has an authType that is not known before the deployment: write it as a plain string"],
    ["routeKey", "has a routeKey that is not known before the deployment: write it as a plain string"],
    ["x-amazon", "has an x-amazon that is not known before the deployment: write it as a plain string"],
    ["sslPolicy", "has an sslPolicy that is not known before the deployment: write it as a plain string"],
    ["actions", "has actions that are not known before the deployment: write them as plain strings"],
  ])("of %s", (property, said) => {
    expect(unknownProperty(property)).toBe(said);
    expect(said.startsWith(isNotKnown(property))).toBe(true);
  });

  test("of a value that is no text", () => {
    expect(unknownProperty("actions", "value")).toMatch(/them as plain values$/);
    expect(unknownProperty("body", "value")).toMatch(/it as a plain value$/);
  });

  test("of an authorizer without a type", () => {
    expect(authorizerIdAlone(view({ authorizerId: UNKNOWN }))).toMatch(/does nothing/);
    expect(authorizerIdAlone(view({}))).toBe("");
  });
});

describe("what a caller presents", () => {
  const header = (name: string): Credential => ({ place: "header", name });
  const query = (name: string): Credential => ({ place: "query parameter", name });
  const cookie = (name?: string): Credential => ({ place: "cookie", name });

  test.each<readonly [one: Credential, other: Credential, same: boolean]>([
    [header("a"), header("a"), true],
    [header("a"), header("b"), false],
    [header("a"), query("a"), false],
    [header("a"), cookie("a"), false],
    [cookie("a"), header("a"), false],
    [cookie("a"), cookie("a"), true],
    [cookie("a"), cookie(), true],
    [cookie(), cookie("b"), true],
    [query("a"), query("b"), false],
  ])("%j and %j", (one, other, same) => {
    expect(isSame(one, other)).toBe(same);
  });

  const [authorization, x, y] = ["authorization", "x", "y"].map(header) as [
    Credential,
    Credential,
    Credential,
  ];
  const session = cookie("session");
  const inUrl = query("authorization");
  test.each<
    readonly [
      proof: readonly Credential[],
      inKey: readonly Credential[],
      notKnown: readonly Credential[],
      answer: string,
    ]
  >([
    [[authorization], [authorization], [], "yes"],
    [[authorization], [], [], "no"],
    [[authorization], [], [authorization], "unknown"],
    [[authorization, x], [authorization], [], "yes"],
    [[authorization, x], [x], [], "no"],
    [[x, authorization], [authorization], [x], "yes"],
    [[x, y], [x], [], "no"],
    [[x, y], [x, y], [], "yes"],
    [[x, y], [x], [y], "unknown"],
    [[x, y], [], [y], "unknown"],
    [[session, x], [session], [], "yes"],
    [[x, session], [x], [], "no"],
    [[inUrl, x], [inUrl], [], "no"],
  ])("of %j, a cache that knows %j, and perhaps %j: %s", (proof, inKey, notKnown, answer) => {
    expect(
      tellsApart(proof, (credential) =>
        inKey.includes(credential) ? "yes" : notKnown.includes(credential) ? "unknown" : "no",
      ),
    ).toBe(answer);
  });

  test("its name", () => {
    expect([header("x"), cookie("a"), query("token")].map(nameOf)).toEqual([
      "the header x",
      "the cookie",
      "the query parameter token",
    ]);
  });
});
