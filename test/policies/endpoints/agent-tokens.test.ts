import { describe, expect, test } from "vitest";
import { agentAcceptedTokens } from "../../../policies/src/endpoints/agent-core/agent-tokens";
import { absent, known, unknown, view } from "../../../policies/src/stack";
import { UNKNOWN } from "../../unknown";

describe("the claims that a JWT authorizer of an agent requires", () => {
  const claim = (authorizingClaimMatchValue: unknown) => ({
    inboundTokenClaimName: "team",
    authorizingClaimMatchValue,
  });
  const one = { claimMatchValue: { matchValueString: "orders" } };
  const several = { claimMatchValue: { matchValueStringLists: ["orders", UNKNOWN] } };

  test.each<[what: string, match: unknown, values: unknown]>([
    ["one value", one, known([known("orders")])],
    ["several", several, known([known("orders"), unknown])],
    ["no value", { claimMatchValue: {} }, absent],
    ["a value that isn't known", { claimMatchValue: UNKNOWN }, unknown],
    ["no match", undefined, absent],
    ["a match without a value", {}, absent],
    ["a match that isn't known", UNKNOWN, unknown],
  ])("%s", (_what, match, values) => {
    const tokens = agentAcceptedTokens(
      view({ discoveryUrl: "https://login.example.com", customClaims: [claim(match)] }),
    );
    expect(tokens).toEqual({
      issuer: known("https://login.example.com"),
      audiences: absent,
      claims: [{ name: known("team"), values }],
    });
  });
});
