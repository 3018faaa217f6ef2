import { describe, expect, test } from "vitest";
import { readIdentityPolicy, readPolicy } from "../../../policies/src/reading/iam/policy";
import type { Statement } from "../../../policies/src/reading/iam/statement";
import { known, unknown } from "../../../policies/src/stack";
import { UNKNOWN } from "../../unknown";

type Part = Readonly<Record<string, unknown>>;

const statement = (changed: Part): Part => ({ Effect: "Allow", Principal: "*", Action: "sqs:*", ...changed });
const document = (changed: Part): Part => ({ Version: "2012-10-17", Statement: statement(changed) });

/** The only statement of a policy. */
function read(changed: Part): Statement {
  const policy = readPolicy(document(changed));
  const first = policy.kind === "read" ? policy.policy.statements[0] : undefined;
  if (first?.kind !== "known") throw new Error("the statement can be read");
  return first.value;
}

describe("a statement", () => {
  test("says who may do what, where and when", () => {
    const changed = {
      Effect: "deny",
      Principal: { aws: ["123456789012", "*"], Service: "sns.amazonaws.com" },
      Action: undefined,
      NotAction: ["sqs:SendMessage"],
      Resource: "queue",
      Condition: { "ForAnyValue:StringNotLikeIfExists": { "AWS:Referer": ["a", 1, true] } },
    };
    expect(read(changed)).toEqual({
      effect: known("Deny"),
      principals: {
        isNegated: false,
        listed: [
          known({ kind: "AWS", name: "123456789012" }),
          known({ kind: "AWS", name: "*" }),
          known({ kind: "Service", name: "sns.amazonaws.com" }),
        ],
      },
      actions: { isNegated: true, listed: [known("sqs:SendMessage")] },
      resources: { isNegated: false, listed: [known("queue")] },
      conditions: [
        known({
          operator: { quantifier: "ForAnyValue", family: "like", isNegated: true, ifExists: true },
          key: "aws:referer",
          values: [known("a"), known("1"), known("true")],
        }),
      ],
      hasVariables: true,
    });
  });

  test("without a Resource is about all, and without a Condition holds always", () => {
    expect(read({})).toMatchObject({
      principals: { isNegated: false, listed: [known({ kind: "*", name: "*" })] },
      resources: { isNegated: false, listed: [known("*")] },
      conditions: [],
    });
  });

  test("may name a principal of each kind that IAM knows", () => {
    const names = { AWS: "a", Service: "b", Federated: "c", CanonicalUser: "d" };
    expect(read({ Principal: names }).principals.listed).toEqual(
      Object.entries(names).map(([kind, name]) => known({ kind, name })),
    );
  });

  test.each<readonly [situation: string, changed: Part, part: Partial<Statement>]>([
    ["a principal", { Principal: UNKNOWN }, { principals: { isNegated: false, listed: [unknown] } }],
    [
      "a kind of principal",
      { Principal: { [UNKNOWN]: "*" } },
      { principals: { isNegated: false, listed: [unknown] } },
    ],
    [
      "an action",
      { Action: ["a", UNKNOWN] },
      { actions: { isNegated: false, listed: [known("a"), unknown] } },
    ],
    ["an effect", { Effect: UNKNOWN }, { effect: unknown }],
    ["a condition", { Condition: UNKNOWN }, { conditions: [unknown] }],
    ["an operator", { Condition: { [UNKNOWN]: { a: "b" } } }, { conditions: [unknown] }],
    ["the keys of a condition", { Condition: { Bool: UNKNOWN } }, { conditions: [unknown] }],
    ["a key of a condition", { Condition: { Bool: { [UNKNOWN]: "true" } } }, { conditions: [unknown] }],
  ])("has %s that isn't known", (_situation, changed, part) => expect(read(changed)).toMatchObject(part));
});

describe("an operator", () => {
  test.each<readonly [written: string, family: string, isNegated: boolean]>([
    ["StringEquals", "equals", false],
    ["StringNotEquals", "equals", true],
    ["StringEqualsIgnoreCase", "equalsIgnoringCase", false],
    ["StringNotEqualsIgnoreCase", "equalsIgnoringCase", true],
    ["StringLike", "like", false],
    ["StringNotLike", "like", true],
    ["ArnEquals", "arn", false],
    ["ArnLike", "arn", false],
    ["ArnNotEquals", "arn", true],
    ["ArnNotLike", "arn", true],
    ["Bool", "bool", false],
    ["IpAddress", "address", false],
    ["NotIpAddress", "address", true],
    ["Null", "null", false],
    ["BinaryEquals", "measure", false],
    ...["Numeric", "Date"].flatMap((measure) => [
      [`${measure}NotEquals`, "measure", true] as const,
      ...["Equals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"].map(
        (order) => [`${measure}${order}`, "measure", false] as const,
      ),
    ]),
  ])("%s is of the family %s", (written, family, isNegated) => {
    for (const quantifier of [undefined, "ForAllValues", "ForAnyValue"]) {
      for (const ifExists of [false, true]) {
        const name = `${quantifier ? `${quantifier}:` : ""}${written}${ifExists ? "IfExists" : ""}`;
        expect(read({ Condition: { [name]: { a: "b" } } }).conditions).toEqual([
          known({ operator: { quantifier, family, isNegated, ifExists }, key: "a", values: [known("b")] }),
        ]);
      }
    }
  });

  test.each([
    "ForSomeValues:StringEquals",
    "Arn:StringEquals",
    "StringEqualsIfExist",
    "BinaryNotEquals",
    "Not",
    "",
  ])('"%s" is none', (written) => {
    expect(readPolicy(document({ Condition: { [written]: { a: "b" } } }))).toEqual({
      kind: "unreadable",
      because: "has a Condition in statement 1 with an operator that IAM doesn't know",
    });
  });
});

describe("a policy", () => {
  test("may not be known", () => {
    expect([readPolicy(UNKNOWN), readIdentityPolicy(UNKNOWN)]).toEqual([
      { kind: "unknown" },
      { kind: "unknown" },
    ]);
  });

  test.each([
    ["2012-10-17", true],
    ["2008-10-17", false],
    [undefined, false],
  ])("of version %s has variables: %s", (Version, hasVariables) => {
    expect(readPolicy({ Version, Statement: statement({}) })).toMatchObject({
      policy: { statements: [{ value: { hasVariables } }] },
    });
  });

  test.each([
    ["no Statement", { Statement: undefined }, "has no Statement"],
    ["a Statement of null", { Statement: null }, "has no Statement"],
    ["no Action", { Statement: statement({ Action: undefined }) }, "names no Action in statement 1"],
    ["no Principal", { Statement: statement({ Principal: undefined }) }, "names no Principal in statement 1"],
    [
      "a Principal that is a text",
      { Statement: statement({ Principal: "123456789012" }) },
      'has a Principal in statement 1 that is neither "*" nor an object',
    ],
    [
      "a Condition that is a text",
      { Statement: statement({ Condition: "a" }) },
      "has a Condition in statement 1 that is no object",
    ],
    [
      "keys of a Condition that are a text",
      { Statement: statement({ Condition: { Bool: "true" } }) },
      "has a Condition in statement 1 whose keys are no object",
    ],
  ])("with %s can't be read", (_situation, raw, because) => {
    expect(readPolicy(raw)).toEqual({ kind: "unreadable", because });
  });

  test("of a role without an Action can't be read", () => {
    const raw = { Statement: statement({ Principal: undefined, Action: undefined }) };
    expect(readIdentityPolicy(raw)).toEqual({
      kind: "unreadable",
      because: "names no Action in statement 1",
    });
  });

  test("is read up to the length that AWS accepts, and some", () => {
    const text = JSON.stringify(document({}));
    expect(readPolicy(text.padEnd(200_000)).kind).toBe("read");
    expect(readPolicy(text.padEnd(200_001)).kind).toBe("unreadable");
    expect(readPolicy(document({ Action: "a".repeat(4096) })).kind).toBe("read");
    expect(readPolicy(document({ Action: "a".repeat(4097) })).kind).toBe("unreadable");
  });
});
