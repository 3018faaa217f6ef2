import { describe, expect, test } from "vitest";
import {
  attachedElsewhere,
  guestRoles,
  IdentityPool,
} from "../../../policies/src/endpoints/cognito/identity-pool";
import type { TestedResource } from "../../../policies/src/testing";
import { UNKNOWN } from "../../unknown";
import { policy } from "../policy-resources";
import { iamRole, identityPool, poolRoles, trustedBy, trustOf } from "../role-resources";
import { firstOf, stackFrom } from "../stack-from";

const names = (roles: readonly { readonly name: string }[]) => roles.map(({ name }) => name).join(", ");

function told(...resources: readonly TestedResource[]): object {
  const stack = stackFrom(...resources);
  const { certain, possible, isElsewhere } = guestRoles(stack, firstOf(stack, IdentityPool));
  return { certain: names(certain), possible: names(possible), isElsewhere };
}
const says = (certain: string, possible = "", isElsewhere = false) => ({ certain, possible, isElsewhere });

const guest = iamRole("guest", trustedBy("unauthenticated"), { name: "guests of ours" });
const member = iamRole("member", trustedBy("authenticated"));
const unread = iamRole("unread", UNKNOWN);

describe("the roles of a pool's guests, by what is attached to it", () => {
  test.each<[what: string, resources: readonly TestedResource[], roles: object]>([
    ["nothing attached", [guest], says("", "", true)],
    ["no roles", [guest, poolRoles(undefined)], says("")],
    ["no role for guests", [member, poolRoles({ authenticated: UNKNOWN }, "member")], says("")],
    ["the only one", [guest, poolRoles({ unauthenticated: UNKNOWN }, "guest")], says("guest")],
    [
      "the only one, whatever it trusts",
      [member, poolRoles({ unauthenticated: UNKNOWN }, "member")],
      says("member"),
    ],
    ["the name of one", [guest, member, poolRoles({ unauthenticated: "guests of ours" })], says("guest")],
    ["a name of somebody else's", [guest, poolRoles({ unauthenticated: "somebody" })], says("", "", true)],
    [
      "two, of which one trusts guests",
      [member, guest, poolRoles({ authenticated: UNKNOWN, unauthenticated: UNKNOWN }, "guest", "member")],
      says("guest"),
    ],
    [
      "two, of which one may trust guests",
      [member, unread, poolRoles({ authenticated: UNKNOWN, unauthenticated: UNKNOWN }, "unread", "member")],
      says("unread"),
    ],
    [
      "two that both may trust guests",
      [guest, unread, poolRoles({ authenticated: UNKNOWN, unauthenticated: UNKNOWN }, "unread", "guest")],
      says("", "guest, unread"),
    ],
    [
      "two for guests alone",
      [guest, member, poolRoles({ unauthenticated: UNKNOWN }, "guest", "member")],
      says("guest, member"),
    ],
    [
      "one that doesn't trust guests, beside one elsewhere",
      [member, poolRoles({ authenticated: UNKNOWN, unauthenticated: UNKNOWN }, "member")],
      says("", "", true),
    ],
    ["roles that aren't known", [guest, member, poolRoles(UNKNOWN, "guest", "member")], says("guest")],
    ["roles that aren't known, none of them here", [guest, poolRoles(UNKNOWN)], says("", "", true)],
    ["roles that are no record", [guest, poolRoles("guest", "guest")], says("guest")],
    [
      "two attachments, one of roles elsewhere",
      [
        guest,
        poolRoles({ unauthenticated: UNKNOWN }, "guest"),
        { ...poolRoles({ unauthenticated: UNKNOWN }), name: "others" },
      ],
      says("guest", "", true),
    ],
    [
      "one of two, which another attachment gives for certain",
      [
        guest,
        unread,
        poolRoles({ authenticated: UNKNOWN, unauthenticated: UNKNOWN }, "unread", "guest"),
        { ...poolRoles({ unauthenticated: UNKNOWN }, "guest"), name: "others" },
      ],
      says("guest", "unread"),
    ],
  ])("%s", (_what, resources, roles) => {
    expect(told(identityPool(), ...resources)).toEqual(roles);
  });

  test("what is attached to another pool is another pool's", () => {
    const attachment = poolRoles({ unauthenticated: UNKNOWN }, "guest");
    const other = { ...identityPool(), name: "other" };
    const toOther = { ...attachment, dependencies: { identityPoolId: ["other"], roles: ["guest"] } };
    expect(told(identityPool(), other, guest, toOther)).toEqual(says("", "", true));
  });

  test("what is attached to a pool that the stack doesn't hold is said by itself", () => {
    const toOther = {
      ...poolRoles({ unauthenticated: UNKNOWN }, "guest"),
      dependencies: { roles: ["guest"] },
    };
    const here = { ...poolRoles({ unauthenticated: UNKNOWN }, "member"), name: "here" };
    const stack = stackFrom(identityPool(), guest, member, toOther, here);
    expect(
      attachedElsewhere(stack).map(({ attachment, roles }) => `${attachment.name}: ${names(roles)}`),
    ).toEqual(["roles: guest"]);
  });
});

describe("the roles of a pool's guests in the classic flow, by what the roles trust", () => {
  const cognito = "cognito-identity.amazonaws.com";
  const amr = (operator: string, values: unknown) => ({
    Condition: { [operator]: { [`${cognito}:amr`]: values } },
  });
  const federated = (changed: object = {}) => trustOf({ Federated: cognito }, changed);
  const both = (...documents: readonly { readonly Statement: readonly unknown[] }[]) =>
    policy(...documents.flatMap(({ Statement }) => Statement));

  test.each<[what: string, trust: unknown, isGuests: boolean]>([
    ["Cognito's guests", federated(amr("ForAnyValue:StringLike", "unauthenticated")), true],
    ["whoever Cognito names", federated(), true],
    ["who has signed in", federated(amr("ForAnyValue:StringLike", "authenticated")), false],
    ["whoever hasn't signed in", federated(amr("ForAnyValue:StringNotLike", "authenticated")), true],
    ["both", federated(amr("StringEquals", ["authenticated", "unauthenticated"])), true],
    ["who nobody knows", federated(amr("StringEquals", UNKNOWN)), true],
    ["a pool", federated({ Condition: { StringEquals: { [`${cognito}:aud`]: "authenticated" } } }), true],
    [
      "a pool's who has signed in",
      federated({
        Condition: {
          StringEquals: { [`${cognito}:aud`]: "eu-central-1:pool" },
          "ForAnyValue:StringLike": { [`${cognito}:amr`]: "authenticated" },
        },
      }),
      false,
    ],
    ["conditions that aren't known", federated({ Condition: UNKNOWN }), true],
    ["Cognito beside a service", trustOf({ Service: "lambda.amazonaws.com", Federated: cognito }), true],
    ["a service", trustOf({ Service: "lambda.amazonaws.com" }), false],
    ["nobody, of Cognito", federated({ Effect: "Deny" }), false],
    ["a principal that isn't known", trustOf({ Federated: UNKNOWN }), false],
    ["Cognito beside a principal that isn't known", trustOf({ Federated: [UNKNOWN, cognito] }), true],
    ["a service, and Cognito", both(trustOf({ Service: "lambda.amazonaws.com" }), federated()), true],
    ["a statement that isn't known, and Cognito", policy(UNKNOWN, ...federated().Statement), true],
    ["a statement that isn't known", policy(UNKNOWN), false],
    ["what can't be read", "{", false],
    ["what isn't known", UNKNOWN, false],
  ])("%s", (_what, trust, isGuests) => {
    for (const allowClassicFlow of [true, UNKNOWN]) {
      const pool = identityPool({ allowClassicFlow });
      expect(told(pool, iamRole("guest", trust))).toEqual(says(isGuests ? "guest" : "", "", true));
    }
    expect(told(identityPool(), iamRole("guest", trust))).toEqual(says("", "", true));
  });

  // Without an answer, the role of a pool with two may be its guests'; with "no", it isn't.
  test.each<[what: string, trust: unknown, isPossible: boolean]>([
    ["a principal that isn't known", trustOf({ Federated: UNKNOWN }), true],
    ["a service beside a principal that isn't known", trustOf({ AWS: ["123456789012", UNKNOWN] }), true],
    ["a statement that isn't known", policy(UNKNOWN), true],
    ["what can't be read", "{", true],
    ["what isn't known", UNKNOWN, true],
    ["a service", trustOf({ Service: "lambda.amazonaws.com" }), false],
    ["an account", trustOf({ AWS: "123456789012" }), false],
  ])("perhaps guests': %s", (_what, trust, isPossible) => {
    const roles = poolRoles({ authenticated: UNKNOWN, unauthenticated: UNKNOWN }, "guest", "perhaps");
    expect(told(identityPool(), guest, iamRole("perhaps", trust), roles)).toEqual(
      isPossible ? says("", "guest, perhaps") : says("guest"),
    );
  });

  test("a role that was made for another pool is another pool's", () => {
    const pool = identityPool({ allowClassicFlow: true });
    const other = { ...identityPool(), name: "other" };
    const madeFor = (...pools: readonly string[]) => ({
      ...guest,
      dependencies: { assumeRolePolicy: pools },
    });
    expect(told(pool, other, madeFor("other"))).toEqual(says("", "", true));
    expect(told(pool, other, madeFor("other", "visitors"))).toEqual(says("guest", "", true));
    expect(told(pool, other, madeFor("visitors"))).toEqual(says("guest", "", true));
  });
});
