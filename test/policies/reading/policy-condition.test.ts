import { describe, expect, test } from "vitest";
import { readPolicy } from "../../../policies/src/reading/iam/policy";
import type { Presented, PresentedValue } from "../../../policies/src/reading/iam/policy-caller";
import { type Reach, reachOf } from "../../../policies/src/reading/iam/policy-condition";
import { UNKNOWN } from "../../unknown";

type Listed = readonly [operator: string, key: string, values: unknown];

/** What a caller who presents a value can do to a condition. */
function reach([operator, key, values]: Listed, presented: Presented, version = "2012-10-17"): Reach {
  const Condition = { [operator]: { [key]: values } };
  const read = readPolicy({
    Version: version,
    Statement: { Effect: "Allow", Principal: "*", Action: "*", Condition },
  });
  const statement = read.kind === "read" ? read.policy.statements[0] : undefined;
  const condition = statement?.kind === "known" ? statement.value.conditions[0] : undefined;
  if (statement?.kind !== "known" || condition?.kind !== "known")
    throw new Error("the condition can be read");
  return reachOf(condition.value, presented, statement.value.hasVariables);
}

const reaches = {
  always: { canHold: true, canFail: false },
  never: { canHold: false, canFail: true },
  "as the caller likes": { canHold: true, canFail: true },
  unknown: { canHold: "unknown", canFail: "unknown" },
  "if the caller likes, and perhaps always": { canHold: true, canFail: "unknown" },
} satisfies Record<string, Reach>;
type Holds = keyof typeof reaches;

function holds(
  value: PresentedValue,
  cases: readonly (readonly [situation: string, condition: Listed, holds: Holds])[],
): void {
  test.each(cases)("%s", (_situation, condition, expected) => {
    expect(reach(condition, { presence: "always", value })).toEqual(reaches[expected]);
  });
}

const own = "123456789012";
const chosen: PresentedValue = { kind: "chosen" };
const tag = `\${aws:PrincipalTag/team}`;

describe("a value that the caller chooses", () => {
  holds(chosen, [
    ["one text", ["StringEquals", "aws:Referer", "a"], "as the caller likes"],
    ["a star is no pattern of StringEquals", ["StringEquals", "aws:Referer", "*"], "as the caller likes"],
    ["anything", ["StringLike", "aws:Referer", "*"], "always"],
    ["anything, with two stars", ["StringLike", "aws:Referer", "**"], "always"],
    ["anything that ends so", ["StringLike", "aws:Referer", "*bot"], "as the caller likes"],
    ["anything that starts so", ["StringLike", "aws:Referer", "bot*"], "as the caller likes"],
    [
      "a text that isn't known",
      ["StringEquals", "aws:Referer", UNKNOWN],
      "if the caller likes, and perhaps always",
    ],
    ["the key itself", ["StringEquals", "aws:Referer", `\${aws:Referer}`], "always"],
    ["the key itself and more", ["StringEquals", "aws:Referer", `\${aws:Referer}-x`], "as the caller likes"],
    ["another key", ["StringEquals", "aws:Referer", `\${aws:UserAgent}`], "as the caller likes"],
    [
      "a key of the caller",
      ["StringEquals", "aws:Referer", `\${aws:PrincipalAccount}`],
      "as the caller likes",
    ],
    ["a key of the owner", ["StringEquals", "aws:Referer", `\${aws:ResourceAccount}`], "as the caller likes"],
    [
      "the owner's account, for a caller of that account",
      ["StringEquals", "aws:PrincipalAccount", `\${aws:ResourceAccount}`],
      "as the caller likes",
    ],
    [
      "the caller's account, for a resource of that account",
      ["StringEquals", "aws:ResourceAccount", `\${aws:PrincipalAccount}`],
      "as the caller likes",
    ],
  ]);
});

describe("a value of the resource's owner", () => {
  holds({ kind: "owned" }, [
    ["an account", ["StringEquals", "aws:ResourceAccount", own], "as the caller likes"],
    ["any account", ["StringLike", "aws:ResourceAccount", "*"], "always"],
    ["an account that isn't known", ["StringEquals", "aws:ResourceAccount", UNKNOWN], "unknown"],
    ["the caller's account", ["StringEquals", "aws:ResourceAccount", `\${aws:PrincipalAccount}`], "never"],
    ["the caller's organization", ["StringEquals", "aws:ResourceOrgID", `\${aws:PrincipalOrgID}`], "never"],
    ["a tag of the caller", ["StringEquals", "aws:ResourceAccount", tag], "as the caller likes"],
    ["itself", ["StringEquals", "aws:ResourceAccount", `\${aws:ResourceAccount}`], "always"],
  ]);
});

describe("an identifier that AWS gave the caller", () => {
  holds({ kind: "foreign id" }, [
    ["an id", ["StringEquals", "aws:SourceVpce", "vpce-1"], "never"],
    ["an id, in any case", ["StringEqualsIgnoreCase", "aws:SourceVpce", "vpce-1"], "never"],
    ["a pattern", ["StringLike", "aws:SourceVpce", "vpce-*"], "as the caller likes"],
    ["a pattern of one character", ["StringLike", "aws:SourceVpce", "vpce-?"], "as the caller likes"],
    ["a pattern of what follows an id", ["StringLike", "aws:userid", "AROAEXAMPLE:*"], "never"],
    ["a pattern of what is below an id", ["StringLike", "aws:PrincipalOrgPaths", "o-a/*"], "never"],
    ["anything", ["StringLike", "aws:SourceVpce", "*"], "always"],
    ["any ARN", ["ArnLike", "aws:SourceVpce", "*"], "as the caller likes"],
    ["a pattern of ARNs", ["ArnLike", "aws:SourceVpce", "vpce-*"], "as the caller likes"],
    ["a star is no pattern of StringEquals", ["StringEquals", "aws:SourceVpce", "*"], "never"],
    ["an id that isn't known", ["StringEquals", "aws:SourceVpce", UNKNOWN], "unknown"],
    ["a tag of the caller", ["StringEquals", "aws:SourceVpce", tag], "as the caller likes"],
    [
      "a tag of the caller, in any case",
      ["StringEqualsIgnoreCase", "aws:SourceVpce", tag],
      "as the caller likes",
    ],
    ["a tag of the caller and more", ["StringEquals", "aws:userid", `A${tag}:a`], "as the caller likes"],
    ["a tag of the caller, as a pattern", ["StringLike", "aws:userid", `A${tag}:a`], "as the caller likes"],
    ["what follows an id is a tag of the caller", ["StringEquals", "aws:userid", `A:${tag}`], "never"],
    ["a tag of the caller's account", ["StringEquals", "aws:PrincipalAccount", tag], "as the caller likes"],
    ["the owner's", ["StringEquals", "aws:SourceVpce", `\${aws:ResourceAccount}`], "never"],
    ["the owner's, as a pattern", ["StringLike", "aws:SourceVpce", `\${aws:ResourceAccount}`], "never"],
    ["the owner's and more", ["StringLike", "aws:SourceVpce", `\${aws:ResourceAccount}-x`], "never"],
    ["a star that is no pattern", ["StringLike", "aws:SourceVpce", `a\${*}`], "never"],
    ["the key itself", ["StringEquals", "aws:SourceVpce", `\${aws:SourceVpce}`], "always"],
    ["a number", ["NumericEquals", "aws:PrincipalAccount", own], "never"],
    ["a number of the caller", ["NumericEquals", "aws:PrincipalAccount", tag], "never"],
    ["every address", ["IpAddress", "aws:SourceVpc", ["0.0.0.0/0", "::/0"]], "never"],
    ["one of two patterns", ["StringLike", "aws:SourceVpce", ["vpce-1", "*"]], "always"],
  ]);

  test("a variable is none before version 2012-10-17", () => {
    const presented: Presented = { presence: "always", value: { kind: "foreign id" } };
    for (const operator of ["StringEquals", "StringLike"]) {
      expect(reach([operator, "aws:SourceVpce", tag], presented, "2008-10-17")).toEqual(reaches.never);
    }
  });
});

describe("an ARN in the caller's account", () => {
  const role = `arn:aws:iam::${own}:role/a`;
  holds({ kind: "foreign arn", hasPath: false }, [
    ["an ARN", ["ArnEquals", "aws:SourceArn", role], "never"],
    ["an ARN as a text", ["StringEquals", "aws:SourceArn", role], "never"],
    ["an ARN as a text in any case", ["StringEqualsIgnoreCase", "aws:SourceArn", role], "never"],
    [
      "a text that the caller fills in",
      ["StringEquals", "aws:SourceArn", `arn:${tag}`],
      "as the caller likes",
    ],
    [
      "a text in any case that the caller fills in",
      ["StringEqualsIgnoreCase", "aws:SourceArn", `arn:${tag}`],
      "as the caller likes",
    ],
    [
      "a text that the owner fills in",
      ["StringEquals", "aws:SourceArn", `a:\${aws:ResourceAccount}`],
      "never",
    ],
    ["anything", ["StringLike", "aws:SourceArn", "*"], "always"],
    ["any ARN", ["ArnLike", "aws:SourceArn", "*"], "as the caller likes"],
    ["no text", ["Bool", "aws:SourceArn", "*"], "never"],
    ["a number of any account", ["NumericEquals", "aws:SourceArn", "arn:aws:iam::*:role/a"], "never"],
    ["the start of an ARN", ["StringLike", "aws:SourceArn", "arn:aws*"], "as the caller likes"],
    ["less than an ARN", ["StringLike", "aws:SourceArn", "arn:aws:iam"], "never"],
    ["any account", ["ArnLike", "aws:SourceArn", "arn:aws:iam::*:role/a"], "as the caller likes"],
    [
      "any account that starts so",
      ["ArnLike", "aws:SourceArn", "arn:aws:iam::1234*:role/a"],
      "as the caller likes",
    ],
    [
      "any account, as a text",
      ["StringLike", "aws:SourceArn", "arn:aws:iam::*:role/a"],
      "as the caller likes",
    ],
    ["an account and any resource", ["ArnLike", "aws:SourceArn", `arn:aws:iam::${own}*`], "never"],
    ["any bucket", ["ArnLike", "aws:SourceArn", "arn:aws:s3:::*"], "as the caller likes"],
    ["a bucket", ["ArnLike", "aws:SourceArn", "arn:aws:s3:::logs"], "never"],
    ["anything in a bucket", ["ArnLike", "aws:SourceArn", "arn:aws:s3:::logs/*"], "never"],
    [
      "any API",
      ["ArnLike", "aws:SourceArn", "arn:aws:apigateway:eu-west-1::/restapis/*"],
      "as the caller likes",
    ],
    ["any service of an account", ["StringLike", "aws:SourceArn", `arn:aws:*:*:${own}:*`], "never"],
  ]);
});

describe("the ARN of a user or a role, in whose path the caller may write colons", () => {
  holds({ kind: "foreign arn", hasPath: true }, [
    ["in any partition", ["ArnLike", "aws:PrincipalArn", `arn:*:iam::${own}:role/a`], "never"],
    [
      "in any partition, as a text",
      ["StringLike", "aws:PrincipalArn", `arn:*:iam::${own}:role/a`],
      "as the caller likes",
    ],
    [
      "of any service, as a text",
      ["StringLike", "aws:PrincipalArn", `arn:aws:*::${own}:*`],
      "as the caller likes",
    ],
    [
      "in a partition that the caller fills in",
      ["StringLike", "aws:PrincipalArn", `arn:${tag}:iam::${own}:role/a`],
      "as the caller likes",
    ],
    [
      "in one partition, as a text",
      ["StringLike", "aws:PrincipalArn", `arn:aws:iam::${own}:role/*`],
      "never",
    ],
    [
      "one character of the partition, as a text",
      ["StringLike", "aws:PrincipalArn", `arn:aw?:iam::${own}:role/a`],
      "never",
    ],
    [
      "a name without a path, as a text",
      ["StringLike", "aws:PrincipalArn", `arn:*:iam::${own}:root`],
      "never",
    ],
  ]);
});

describe("an address on the internet", () => {
  const everywhere = ["0.0.0.0/0", "::/0"];
  holds({ kind: "address" }, [
    ["everywhere", ["IpAddress", "aws:SourceIp", everywhere], "always"],
    ["everywhere in IPv4", ["IpAddress", "aws:SourceIp", "0.0.0.0/0"], "as the caller likes"],
    ["an office", ["IpAddress", "aws:SourceIp", "203.0.113.0/24"], "never"],
    ["what is no range", ["IpAddress", "aws:SourceIp", "*"], "never"],
    ["anything", ["StringLike", "aws:SourceIp", "*"], "always"],
    ["one address", ["StringLike", "aws:SourceIp", "203.0.113.7"], "never"],
    ["an office, as a pattern", ["StringLike", "aws:SourceIp", "203.0.113.*"], "never"],
    ["a private network, as a pattern", ["StringLike", "aws:SourceIp", "10.*"], "never"],
    ["a wide range, as a pattern", ["StringLike", "aws:SourceIp", "3.*"], "as the caller likes"],
    ["a wide range, as a text", ["StringEquals", "aws:SourceIp", "3.*"], "never"],
    [
      "a pattern that starts with any number",
      ["StringLike", "aws:SourceIp", "?3.0.113.*"],
      "as the caller likes",
    ],
    ["a pattern of IPv6", ["StringLike", "aws:SourceIp", "2600:*"], "as the caller likes"],
    ["a pattern of another family", ["ArnLike", "aws:SourceIp", "2600:*"], "never"],
    ["a range that isn't known", ["IpAddress", "aws:SourceIp", UNKNOWN], "unknown"],
    ["an address that the caller fills in", ["StringEquals", "aws:SourceIp", tag], "as the caller likes"],
    [
      "an address in any case that the caller fills in",
      ["StringEqualsIgnoreCase", "aws:SourceIp", tag],
      "as the caller likes",
    ],
    ["a pattern that the caller fills in", ["StringLike", "aws:SourceIp", tag], "as the caller likes"],
    ["a range that the caller fills in", ["IpAddress", "aws:SourceIp", tag], "never"],
  ]);
});

describe("one of several values", () => {
  const type = "aws:PrincipalType";
  holds({ kind: "one of", values: ["User", "AssumedRole"] }, [
    ["one of them", ["StringEquals", type, "User"], "as the caller likes"],
    ["all of them", ["StringEquals", type, ["User", "AssumedRole"]], "always"],
    ["none of them", ["StringEquals", type, "Account"], "never"],
    ["in another case", ["StringEquals", type, "USER"], "never"],
    [
      "in another case, where case is ignored",
      ["StringEqualsIgnoreCase", type, "USER"],
      "as the caller likes",
    ],
    ["as a truth value", ["Bool", type, "USER"], "as the caller likes"],
    ["a pattern", ["StringLike", type, "U*"], "as the caller likes"],
    ["a pattern in another case", ["StringLike", type, "u*"], "never"],
    ["a pattern of ARNs in another case", ["ArnLike", type, "u*"], "as the caller likes"],
    ["a pattern of all", ["StringLike", type, "*e*"], "always"],
    ["a star is no pattern of StringEquals", ["StringEquals", type, "U*"], "never"],
    ["not known", ["StringEquals", type, UNKNOWN], "unknown"],
    ["one that isn't known beside all", ["StringEquals", type, [UNKNOWN, "User", "AssumedRole"]], "always"],
    ["itself", ["StringEquals", type, `\${aws:PrincipalType}`], "always"],
    ["a tag of the caller", ["StringEquals", type, tag], "as the caller likes"],
    ["a pattern that the caller fills in", ["StringLike", type, `U${tag}`], "as the caller likes"],
    ["all patterns that the caller fills in", ["StringLike", type, tag], "as the caller likes"],
    ["the owner's, as a pattern", ["StringLike", type, `\${aws:ResourceAccount}`], "never"],
  ]);

  test("a variable is none before version 2012-10-17", () => {
    const presented: Presented = { presence: "always", value: { kind: "one of", values: ["User"] } };
    expect(reach(["StringLike", type, tag], presented, "2008-10-17")).toEqual(reaches.never);
  });
});

describe("a key that is absent", () => {
  const absent = (operator: string, presence: Presented["presence"]) =>
    reach([operator, "aws:Referer", "a"], { presence, value: { kind: "foreign id" } });
  test.each<readonly [operator: string, always: Holds, never: Holds, maybe: Holds]>([
    ["StringEquals", "never", "never", "never"],
    ["StringEqualsIfExists", "never", "always", "as the caller likes"],
    ["StringNotEquals", "always", "always", "always"],
    ["StringNotEqualsIfExists", "always", "always", "always"],
    ["ForAllValues:StringEquals", "never", "always", "as the caller likes"],
    ["ForAllValues:StringNotEquals", "always", "always", "always"],
    ["ForAnyValue:StringEquals", "never", "never", "never"],
    ["ForAnyValue:StringEqualsIfExists", "never", "as the caller likes", "as the caller likes"],
    ["ForAnyValue:StringNotEquals", "always", "never", "as the caller likes"],
  ])("%s holds %s if it is there, %s if it isn't, and %s if it may be", (operator, always, never, maybe) => {
    expect([absent(operator, "always"), absent(operator, "never"), absent(operator, "maybe")]).toEqual([
      reaches[always],
      reaches[never],
      reaches[maybe],
    ]);
  });

  test.each<readonly [values: unknown, always: Holds, never: Holds, maybe: Holds]>([
    ["true", "never", "always", "as the caller likes"],
    [true, "never", "always", "as the caller likes"],
    ["False", "always", "never", "as the caller likes"],
    [["true", "false"], "always", "always", "always"],
    [UNKNOWN, "unknown", "unknown", "unknown"],
    ["", "never", "never", "never"],
  ])(
    "Null %s holds %s if it is there, %s if it isn't, and %s if it may be",
    (values, always, never, maybe) => {
      const told = (presence: Presented["presence"]) =>
        reach(["Null", "aws:Referer", values], { presence, value: chosen });
      expect([told("always"), told("never"), told("maybe")]).toEqual([
        reaches[always],
        reaches[never],
        reaches[maybe],
      ]);
    },
  );
});
