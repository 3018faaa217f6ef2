import { describe, expect, test } from "vitest";
import { readIdentityPolicy, readPolicy } from "../../../policies/src/reading/iam/policy";
import { type AccessQuestion, accessOf } from "../../../policies/src/reading/iam/policy-access";
import type { Caller } from "../../../policies/src/reading/iam/policy-caller";
import { UNKNOWN } from "../analyze";

type Answer = "allowed" | "denied" | "unknown";

/** The answer for a caller; a policy that can't be read is an answer too. */
function answer(
  document: unknown,
  caller: Caller,
  question: Partial<AccessQuestion> = {},
): Answer | "unreadable" {
  const read = readPolicy(document);
  if (read.kind !== "read") return read.kind;
  return accessOf(read.policy, { caller, actions: ["sqs:*"], ...question }).kind;
}

const policy = (...statements: readonly object[]) => ({ Version: "2012-10-17", Statement: statements });
const allow = (changed: object = {}) => ({
  Effect: "Allow",
  Principal: "*",
  Action: "sqs:SendMessage",
  Resource: "*",
  ...changed,
});
const deny = (changed: object = {}) => allow({ Effect: "Deny", Action: "*", ...changed });
const when = (...operators: readonly (readonly [operator: string, key: string, values: unknown])[]) => ({
  Condition: Object.fromEntries(operators.map(([operator, key, values]) => [operator, { [key]: values }])),
});
const own = "123456789012";
const office = "203.0.113.0/24";
/** The internet in 512 ranges. */
const nines = Array.from({ length: 512 }, (_, index) => `${index >> 1}.${(index & 1) * 128}.0.0/9`);

/** Who gets in: nobody unnamed, any AWS account, or anyone at all. */
type LetsIn = "nobody" | "accounts" | "anyone" | "unknown";
const expected: Readonly<Record<LetsIn, readonly [anonymous: Answer, account: Answer]>> = {
  nobody: ["denied", "denied"],
  accounts: ["denied", "allowed"],
  anyone: ["allowed", "allowed"],
  unknown: ["unknown", "unknown"],
};

function lets(cases: readonly (readonly [situation: string, document: unknown, letsIn: LetsIn])[]): void {
  test.each(cases)("%s", (_situation, document, letsIn) => {
    expect([answer(document, "anonymous"), answer(document, "account")]).toEqual(expected[letsIn]);
    // As a text it says the same; an unknown is a text like any other then.
    if (!JSON.stringify(document).includes(UNKNOWN)) {
      const text = JSON.stringify(document);
      expect([answer(text, "anonymous"), answer(text, "account")]).toEqual(expected[letsIn]);
    }
  });
}

describe("principals", () => {
  lets([
    ["*", policy(allow()), "anyone"],
    ["AWS: *", policy(allow({ Principal: { AWS: "*" } })), "anyone"],
    ["* in a list", policy(allow({ Principal: { AWS: [`arn:aws:iam::${own}:root`, "*"] } })), "anyone"],
    ["an account", policy(allow({ Principal: { AWS: own } })), "nobody"],
    ["an account as a number", policy(allow({ Principal: { AWS: 123456789012 } })), "nobody"],
    ["a role", policy(allow({ Principal: { AWS: `arn:aws:iam::${own}:role/caller` } })), "nobody"],
    ["a service", policy(allow({ Principal: { Service: "sns.amazonaws.com" } })), "nobody"],
    ["a wildcard for the account", policy(allow({ Principal: { AWS: "arn:aws:iam::*:root" } })), "accounts"],
    ["the ARN of the account only", policy(allow({ Principal: { AWS: `arn:aws:iam::${own}:*` } })), "nobody"],
    [
      "a wildcard in the account",
      policy(allow({ Principal: { AWS: "arn:aws:iam::1234*:root" } })),
      "accounts",
    ],
    [
      "a wildcard for the account, in a region",
      policy(allow({ Principal: { AWS: "arn:aws:iam:eu-west-1:*:root" } })),
      "accounts",
    ],
    ["what only ends as an ARN", policy(allow({ Principal: { AWS: "xarn:aws:iam::*:root" } })), "nobody"],
    ["any service", policy(allow({ Principal: { Service: "*" } })), "nobody"],
    ["nobody", policy(allow({ Principal: { AWS: [] } })), "nobody"],
    ["unknown", policy(allow({ Principal: UNKNOWN })), "unknown"],
    ["an unknown in a list", policy(allow({ Principal: { AWS: [own, UNKNOWN] } })), "unknown"],
    ["an unknown beside *", policy(allow({ Principal: { AWS: [UNKNOWN, "*"] } })), "anyone"],
    [
      "all but one",
      policy({ ...allow(), Principal: undefined, NotPrincipal: { AWS: `arn:aws:iam::${own}:user/bob` } }),
      "anyone",
    ],
    [
      "all but one denied",
      policy(allow(), { ...deny(), Principal: undefined, NotPrincipal: { AWS: `arn:aws:iam::${own}:root` } }),
      "nobody",
    ],
    [
      "all but everybody denied",
      policy(allow(), { ...deny(), Principal: undefined, NotPrincipal: { AWS: "*" } }),
      "anyone",
    ],
    [
      "all but an unknown denied",
      policy(allow(), { ...deny(), Principal: undefined, NotPrincipal: { AWS: UNKNOWN } }),
      "unknown",
    ],
    ["a deny that names somebody else", policy(allow(), deny({ Principal: { AWS: own } })), "anyone"],
  ]);
});

describe("actions and resources", () => {
  lets([
    ["any action", policy(allow({ Action: "*" })), "anyone"],
    ["in another case", policy(allow({ Action: "SQS:sendmessage" })), "anyone"],
    ["of another service", policy(allow({ Action: "s3:GetObject" })), "nobody"],
    ["a wildcard in the service", policy(allow({ Action: "s?s:Send*" })), "anyone"],
    ["all but one", policy({ ...allow(), Action: undefined, NotAction: "sqs:DeleteQueue" }), "anyone"],
    ["all but all", policy({ ...allow(), Action: undefined, NotAction: ["iam:*", "sqs:*"] }), "nobody"],
    ["none", policy(allow({ Action: [] })), "nobody"],
    ["unknown", policy(allow({ Action: UNKNOWN })), "unknown"],
    ["a deny of the same", policy(allow(), deny({ Action: "sqs:Send*" })), "nobody"],
    [
      "a deny of one among several",
      policy(allow({ Action: "sqs:*" }), deny({ Action: "sqs:DeleteQueue" })),
      "anyone",
    ],
    [
      "a deny of all but the allowed",
      policy(allow(), { ...deny(), Action: undefined, NotAction: "sqs:SendMessage" }),
      "anyone",
    ],
    [
      "a deny of all but another",
      policy(allow(), { ...deny(), Action: undefined, NotAction: "sqs:DeleteQueue" }),
      "nobody",
    ],
    [
      "a deny of all but several, among them the allowed",
      policy(allow(), { ...deny(), Action: undefined, NotAction: ["sqs:DeleteQueue", "sqs:SendMessage"] }),
      "anyone",
    ],
    [
      "a deny of all, but all but one is allowed",
      policy({ ...allow(), Action: undefined, NotAction: "sqs:DeleteQueue" }, deny()),
      "nobody",
    ],
    [
      "a deny of all but what isn't allowed",
      policy(
        { ...allow(), Action: undefined, NotAction: "sqs:Delete*" },
        { ...deny(), Action: undefined, NotAction: "sqs:DeleteQueue" },
      ),
      "nobody",
    ],
    ["all but unknown ones", policy({ ...allow(), Action: undefined, NotAction: UNKNOWN }), "unknown"],
    ["a variable, which no action has", policy(allow({ Action: `\${aws:username}` })), "nobody"],
    ["a deny of a variable", policy(allow(), deny({ Action: `\${aws:username}` })), "anyone"],
    [
      "a deny of all but an unknown action",
      policy(allow(), { ...deny(), Action: undefined, NotAction: ["sqs:DeleteQueue", UNKNOWN] }),
      "unknown",
    ],
    ["a deny of names of one character", policy(allow(), deny({ Resource: "?" })), "anyone"],
    ["a deny of an unknown action", policy(allow(), deny({ Action: UNKNOWN })), "unknown"],
    ["a deny of another resource", policy(allow(), deny({ Resource: "arn:aws:sqs:::other" })), "anyone"],
    [
      "a deny of all but another resource",
      policy(allow({ Resource: "queue" }), { ...deny(), Resource: undefined, NotResource: "other" }),
      "nobody",
    ],
    [
      "a deny of all but the resource",
      policy(allow({ Resource: "queue" }), { ...deny(), Resource: undefined, NotResource: "que*" }),
      "anyone",
    ],
    ["no Resource at all", policy({ ...allow(), Resource: undefined }), "anyone"],
    ["an unknown resource", policy(allow({ Resource: UNKNOWN })), "anyone"],
    [
      "an unknown resource beside a deny of one",
      policy(allow({ Resource: UNKNOWN }), deny({ Resource: "other" })),
      "unknown",
    ],
    [
      "an unknown resource beside a deny of none",
      policy(allow({ Resource: UNKNOWN }), deny({ Resource: [] })),
      "anyone",
    ],
    [
      "an unknown resource beside a deny of all but one",
      policy(allow({ Resource: UNKNOWN }), { ...deny(), Resource: undefined, NotResource: "queue" }),
      "unknown",
    ],
    ["a deny that is inevitable", policy(allow(), deny()), "nobody"],
    ["a deny before the allow", policy(deny(), allow()), "nobody"],
    ["no statement", policy(), "nobody"],
    ["a statement that isn't in a list", { Statement: allow() }, "anyone"],
    ["an unknown effect", policy({ ...allow(), Effect: UNKNOWN }), "unknown"],
    ["an unknown statement beside an allow", { Statement: [allow(), UNKNOWN] }, "unknown"],
    ["an unknown statement beside a deny of everything", { Statement: [deny(), UNKNOWN] }, "nobody"],
    [
      "an unknown version, in which a variable may be none",
      { Version: UNKNOWN, Statement: allow(when(["StringEquals", "aws:SourceVpc", `\${aws:SourceVpc}`])) },
      "unknown",
    ],
    ["unknown statements", { Statement: UNKNOWN }, "unknown"],
  ]);
});

describe("conditions that keep out whoever isn't named", () => {
  const restricting: readonly (readonly [operator: string, key: string, values: unknown])[] = [
    ["StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"],
    ["StringEquals", "AWS:PRINCIPALORGID", "o-a1b2c3d4e5"],
    ["stringequals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"],
    ["ForAnyValue:StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"],
    ["ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-a1b2c3d4e5/*"],
    ["StringEquals", "aws:PrincipalOrgID", `\${aws:ResourceOrgID}`],
    ["StringEquals", "aws:ResourceAccount", `\${aws:PrincipalAccount}`],
    ["StringEquals", "aws:PrincipalAccount", [own, "210987654321"]],
    ["ArnLike", "aws:PrincipalArn", `arn:aws:iam::${own}:role/*`],
    ["ArnLike", "aws:PrincipalArn", `arn:aws:*::${own}:*`],
    ["StringLike", "aws:userid", "AROAEXAMPLEID:*"],
    ["StringLike", "aws:PrincipalArn", `arn:aws:iam::${own}*`],
    ["StringEquals", "aws:SourceVpce", "vpce-1a2b3c4d"],
    ["StringEquals", "aws:SourceVpc", ["vpc-1a2b3c4d", "vpc-2a2b3c4d"]],
    ["IpAddress", "aws:SourceIp", office],
    ["IpAddress", "aws:SourceIp", "10.0.0.0/8"],
    ["IpAddress", "aws:SourceIp", ["198.51.100.7", "2001:db8::/32"]],
    ["IpAddress", "aws:SourceIp", "not an address"],
    ["IpAddress", "aws:SourceIp", ["3.0.0.0/9", "3.0.0.0/10", "3.0.0.0/9"]],
    ["IpAddress", "aws:SourceIp", ["10.0.0.0/9", "10.128.0.0/9", "172.16.0.0/12", "127.0.0.0/8"]],
    ["IpAddress", "aws:SourceIp", ["fc00::/8", "fd00::/8", "fe80::/10"]],
    ["IpAddress", "aws:SourceIp", ["2600::/17", "::ffff:3.0.0.0/104"]],
    ["StringLike", "aws:SourceIp", ["203.0.*", "198.51.*"]],
    ["StringLike", "aws:SourceIp", "203.0.113.*"],
    ["ArnEquals", "aws:SourceArn", `arn:aws:sns:eu-west-1:${own}:topic`],
    ["StringEquals", "aws:SourceAccount", own],
    ["StringEquals", "AWS:SourceOwner", own],
    ["Bool", "aws:PrincipalIsAWSService", "true"],
    ["Null", "aws:SourceArn", "false"],
    ["StringEquals", "aws:PrincipalServiceName", "cloudtrail.amazonaws.com"],
  ];
  lets(
    restricting.map((condition) => [
      `${condition.join(" ")}`,
      policy(allow({ Principal: { AWS: "*" }, ...when(condition) })),
      "nobody",
    ]),
  );

  lets([
    [
      "addresses in several statements that are narrow together",
      policy(
        allow(when(["IpAddress", "aws:SourceIp", office])),
        allow(when(["IpAddress", "aws:SourceIp", "198.51.100.0/24"])),
      ),
      "nobody",
    ],
    [
      "addresses in several statements of which each allows something else",
      policy(
        allow(when(["IpAddress", "aws:SourceIp", "3.0.0.0/9"])),
        allow({ Action: "sqs:ReceiveMessage", ...when(["IpAddress", "aws:SourceIp", "3.128.0.0/9"]) }),
      ),
      "nobody",
    ],
    [
      "two conditions of which one restricts",
      policy(allow(when(["Bool", "aws:SecureTransport", "true"], ["IpAddress", "aws:SourceIp", office]))),
      "nobody",
    ],
    ["a condition without values", policy(allow(when(["StringEquals", "aws:UserAgent", []]))), "nobody"],
    [
      "a variable that is none in an older version",
      {
        ...policy(allow(when(["StringEquals", "aws:SourceVpc", `\${aws:SourceVpc}`]))),
        Version: "2008-10-17",
      },
      "nobody",
    ],
    [
      "whoever signs: of any account",
      policy(allow(when(["StringNotEqualsIgnoreCase", "aws:PrincipalType", "anonymous"]))),
      "accounts",
    ],
    [
      "a tag of the caller's own",
      policy(allow(when(["StringEquals", "aws:PrincipalTag/team", "a"]))),
      "accounts",
    ],
    [
      "a role by its name only",
      policy(allow(when(["ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/a"]))),
      "accounts",
    ],
    ["a session by its name only", policy(allow(when(["StringLike", "aws:userid", "*:bob"]))), "accounts"],
    ["any owner of a topic", policy(allow(when(["StringLike", "AWS:SourceOwner", "*"]))), "accounts"],
    ["any organization", policy(allow(when(["StringLike", "aws:PrincipalOrgID", "o-*"]))), "accounts"],
    ["being in an organization", policy(allow(when(["Null", "aws:PrincipalOrgID", "false"]))), "accounts"],
    ["a second factor", policy(allow(when(["Bool", "aws:MultiFactorAuthPresent", "true"]))), "accounts"],
    [
      "being the caller",
      policy(allow(when(["StringEquals", "aws:PrincipalAccount", `\${aws:PrincipalAccount}`]))),
      "anyone",
    ],
    [
      "an account after a star that matches colons, too",
      policy(allow(when(["StringLike", "aws:PrincipalArn", `arn:aws:*::${own}:*`]))),
      "accounts",
    ],
    [
      "the owner's account, as a pattern",
      policy(allow(when(["StringLike", "aws:PrincipalAccount", `\${aws:ResourceAccount}`]))),
      "nobody",
    ],
  ]);
});

describe("conditions that keep nobody out", () => {
  const idle: readonly (readonly [operator: string, key: string, values: unknown])[] = [
    ["Bool", "aws:SecureTransport", "true"],
    ["StringEquals", "aws:Referer", "a secret"],
    ["StringLike", "aws:UserAgent", "*mobile*"],
    ["DateGreaterThan", "aws:CurrentTime", "2020-01-01T00:00:00Z"],
    ["NumericLessThan", "aws:EpochTime", 1],
    ["StringEquals", "aws:RequestedRegion", "eu-west-1"],
    ["StringEquals", "some:NewKey", "value"],
    ["IpAddress", "aws:SourceIp", "0.0.0.0/0"],
    ["IpAddress", "aws:SourceIp", "::/0"],
    ["IpAddress", "aws:SourceIp", "10.0.0.0/0"],
    ["IpAddress", "aws:SourceIp", ["0.0.0.0/1", "128.0.0.0/1"]],
    ["IpAddress", "aws:SourceIp", [office, "3.0.0.0/8"]],
    ["IpAddress", "aws:SourceIp", ["3.0.0.0/9", "3.128.0.0/9"]],
    ["IpAddress", "aws:SourceIp", ["3.0.0.0/9", "101.128.0.0/9"]],
    ["IpAddress", "aws:SourceIp", nines],
    ["IpAddress", "aws:SourceIp", "10.0.0.0/7"],
    ["IpAddress", "aws:SourceIp", "172.0.0.0/8"],
    ["IpAddress", "aws:SourceIp", ["2600::/17", "2600:8000::/17"]],
    ["IpAddress", "aws:SourceIp", ["2000::/16"]],
    ["IpAddressIfExists", "aws:SourceIp", nines],
    ["StringLike", "aws:SourceIp", Array.from({ length: 256 }, (_, index) => `3.${index}.*`)],
    ["StringLike", "aws:SourceIp", ["3.?.*", "3.??.*", "3.???.*"]],
    ["NotIpAddress", "aws:SourceIp", office],
    ["IpAddress", "aws:VpcSourceIp", "10.0.0.0/16"],
    ["StringLike", "aws:SourceIp", "*"],
    ["StringLike", "aws:SourceVpce", "vpce-*"],
    ["StringNotEquals", "aws:SourceVpce", "vpce-1a2b3c4d"],
    ["StringEqualsIfExists", "aws:SourceVpce", "vpce-1a2b3c4d"],
    ["StringEqualsIfExists", "aws:PrincipalOrgID", "o-a1b2c3d4e5"],
    ["ForAllValues:StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"],
    ["ForAllValues:StringLike", "aws:PrincipalOrgPaths", "o-a1b2c3d4e5/*"],
    ["Null", "aws:SourceVpce", "true"],
    ["ArnNotLike", "aws:SourceArn", `arn:aws:sns:eu-west-1:${own}:*`],
    ["StringNotEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"],
    ["StringEquals", "aws:SourceVpc", `\${aws:SourceVpc}`],
  ];
  lets(idle.map((condition) => [condition.join(" "), policy(allow(when(condition))), "anyone"]));

  lets([
    [
      "addresses in several statements that are the internet together",
      policy(...nines.slice(0, 40).map((range) => allow(when(["IpAddress", "aws:SourceIp", range])))),
      "anyone",
    ],
    [
      "the halves of a wide range in two statements, by another operator",
      policy(
        allow({
          Condition: { IpAddress: { "aws:SourceIp": "3.0.0.0/9" }, Bool: { "aws:SecureTransport": "true" } },
        }),
        allow({
          Condition: {
            IpAddress: { "aws:SourceIp": "3.128.0.0/9" },
            Bool: { "aws:SecureTransport": "true" },
          },
        }),
      ),
      "anyone",
    ],
  ]);

  const avoidable: readonly (readonly [operator: string, key: string, values: unknown])[] = [
    ["IpAddress", "aws:SourceIp", [office, "198.51.100.0/24"]],
    ["IpAddress", "aws:SourceIp", "0.0.0.0/0"],
    ["NotIpAddress", "aws:SourceIp", "0.0.0.0/0"],
    ["NotIpAddress", "aws:SourceIp", nines],
    ["StringNotLike", "aws:Referer", "https://example.com/*"],
    ["StringEquals", "aws:UserAgent", "curl"],
    ["Bool", "aws:SecureTransport", "false"],
    ["StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"],
    ["ForAnyValue:StringNotEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"],
    ["StringNotEquals", "aws:SourceVpce", `\${aws:SourceVpce}`],
    ["Null", "aws:SourceVpce", "true"],
    ["DateLessThan", "aws:CurrentTime", "2020-01-01T00:00:00Z"],
  ];
  test.each(avoidable)("a deny by %s %s %s", (...condition) => {
    const document = policy(allow(), deny(when(condition)));
    expect([answer(document, "anonymous"), answer(document, "account")]).toContain("allowed");
  });
});

describe("a deny that nobody unnamed avoids", () => {
  const inevitable: readonly (readonly [operator: string, key: string, values: unknown])[] = [
    ["NotIpAddress", "aws:SourceIp", office],
    ["StringNotEquals", "aws:SourceVpce", "vpce-1a2b3c4d"],
    ["StringNotEqualsIfExists", "aws:SourceVpc", "vpc-1a2b3c4d"],
    ["StringNotEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"],
    ["StringNotEqualsIfExists", "aws:PrincipalOrgID", `\${aws:ResourceOrgID}`],
    ["ForAllValues:StringNotLike", "aws:PrincipalOrgPaths", "o-a1b2c3d4e5/*"],
    ["StringNotEquals", "aws:PrincipalAccount", own],
    ["ArnNotLike", "aws:PrincipalArn", `arn:aws:iam::${own}:role/*`],
    ["StringNotLike", "aws:userid", ["AROAEXAMPLEID:*", own]],
    ["BoolIfExists", "aws:PrincipalIsAWSService", "false"],
    ["Null", "aws:SourceArn", "true"],
  ];
  lets(
    inevitable.map((condition) => [condition.join(" "), policy(allow(), deny(when(condition))), "nobody"]),
  );

  lets([
    [
      "one that only the anonymous can't avoid",
      policy(allow(), deny(when(["StringEquals", "aws:PrincipalType", "Anonymous"]))),
      "accounts",
    ],
    [
      "one that is unknown",
      policy(allow(), deny(when(["StringNotEquals", "aws:SourceVpce", UNKNOWN]))),
      "unknown",
    ],
    ["one whose conditions are unknown", policy(allow(), deny({ Condition: UNKNOWN })), "unknown"],
    [
      "an allow that is there only where the deny isn't",
      policy(
        allow(when(["StringEqualsIfExists", "aws:SourceVpce", "vpce-1a2b3c4d"])),
        deny(when(["Null", "aws:SourceVpce", "true"])),
      ),
      "nobody",
    ],
  ]);
});

describe("conditions that aren't known", () => {
  lets([
    ["the value", policy(allow(when(["StringEquals", "aws:SourceVpce", UNKNOWN]))), "unknown"],
    ["one value of two", policy(allow(when(["IpAddress", "aws:SourceIp", [office, UNKNOWN]]))), "unknown"],
    [
      "one value beside the internet",
      policy(allow(when(["IpAddress", "aws:SourceIp", [UNKNOWN, "0.0.0.0/0"]]))),
      "anyone",
    ],
    ["the value of a header", policy(allow(when(["StringEquals", "aws:Referer", UNKNOWN]))), "anyone"],
    ["the keys", policy(allow({ Condition: { StringEquals: UNKNOWN } })), "unknown"],
    ["all", policy(allow({ Condition: UNKNOWN })), "unknown"],
    [
      "one beside a restriction",
      policy(allow(when(["StringEquals", "aws:SourceVpc", UNKNOWN], ["IpAddress", "aws:SourceIp", office]))),
      "nobody",
    ],
  ]);
});

describe("AWS services that act for any other account", () => {
  const cases: readonly (readonly [situation: string, document: unknown, answer: Answer])[] = [
    ["*", policy(allow()), "allowed"],
    ["* from any source", policy(allow(when(["ArnLike", "aws:SourceArn", "*"]))), "allowed"],
    ["* from any bucket", policy(allow(when(["ArnLike", "aws:SourceArn", "arn:aws:s3:::*"]))), "allowed"],
    [
      "* from buckets by a prefix",
      policy(allow(when(["ArnLike", "aws:SourceArn", "arn:aws:s3:::logs-*"]))),
      "allowed",
    ],
    ["* from one bucket", policy(allow(when(["ArnLike", "aws:SourceArn", "arn:aws:s3:::logs"]))), "denied"],
    [
      "* from any account's topics",
      policy(allow(when(["ArnLike", "aws:SourceArn", "arn:aws:sns:eu-west-1:*:orders"]))),
      "allowed",
    ],
    [
      "* from one account's topics",
      policy(allow(when(["ArnLike", "aws:SourceArn", `arn:aws:sns:*:${own}:*`]))),
      "denied",
    ],
    ["* from one account", policy(allow(when(["StringEquals", "aws:SourceAccount", own]))), "denied"],
    [
      "* from one organization",
      policy(allow(when(["StringEquals", "aws:SourceOrgID", `\${aws:ResourceOrgID}`]))),
      "denied",
    ],
    [
      "* within an organization",
      policy(allow(when(["StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"]))),
      "denied",
    ],
    ["* as a service", policy(allow(when(["Bool", "aws:PrincipalIsAWSService", "true"]))), "allowed"],
    ["a service that is named", policy(allow({ Principal: { Service: "sns.amazonaws.com" } })), "denied"],
    ["any service", policy(allow({ Principal: { Service: "*" } })), "allowed"],
    [
      "any but one that is denied",
      policy(allow(), deny({ Principal: { Service: "sns.amazonaws.com" } })),
      "allowed",
    ],
  ];
  test.each(cases)("%s", (_situation, document, says) => expect(answer(document, "service")).toBe(says));

  test.each([
    ["without a source", {}, "allowed"],
    ["from one account", when(["StringEquals", "aws:SourceAccount", own]), "denied"],
    ["from an unknown source", when(["ArnLike", "aws:SourceArn", UNKNOWN]), "unknown"],
    ["bound by a token", when(["StringEquals", "lambda:EventSourceToken", "amzn1.ask.skill.x"]), "denied"],
  ])("a named service that any account can have act: %s", (_situation, condition, says) => {
    const document = policy(allow({ Principal: { Service: "sns.amazonaws.com" }, ...condition }));
    expect(answer(document, "service", { suspectsNamedServices: true })).toBe(says);
  });
});

describe("one part of a resource", () => {
  const only = (resource: string) => policy(allow({ Resource: resource }));
  test.each([
    ["the same", only("prod/GET/customers"), "allowed"],
    ["a wildcard", only("*/GET/*"), "allowed"],
    ["another", only("prod/GET/health"), "denied"],
    ["a deny of it", policy(allow(), deny({ Resource: "*/GET/cust*" })), "denied"],
    ["a deny of a part of it", policy(allow(), deny({ Resource: "prod/GET/customers/1" })), "allowed"],
    ["an unknown one", only(UNKNOWN), "unknown"],
  ])("%s", (_situation, document, says) => {
    expect(answer(document, "anonymous", { resource: "*/GET/customers*" })).toBe(says);
  });

  const own = `prod/GET/\${aws:username}`;
  const earlier = (document: object) => ({ ...document, Version: "2008-10-17" });
  const allBut = { Resource: undefined, NotResource: own };
  test.each([
    ["whichever the caller fills in", only(own), "allowed"],
    ["no variable, in an older version", earlier(only(own)), "denied"],
    ["a deny of what the caller fills in", policy(allow(), deny({ Resource: own })), "allowed"],
    ["a deny of all but what the caller fills in", policy(allow(), deny(allBut)), "allowed"],
    ["a deny of all but a text, in an older version", earlier(policy(allow(), deny(allBut))), "denied"],
    ["all but what the caller fills in", policy(allow(allBut)), "allowed"],
  ])("%s", (_situation, document, says) => {
    expect(answer(document, "anonymous", { resource: "prod/GET/customers" })).toBe(says);
  });

  test("is no variable in the question", () => {
    expect(answer(only("prod/GET/health"), "anonymous", { resource: own })).toBe("denied");
    expect(answer(only("prod/GET/*"), "anonymous", { resource: own })).toBe("allowed");
  });

  test("is what the question makes of it, or none that it is about", () => {
    const resourceOf = (text: string) => (text.startsWith("arn:") ? text.slice(4) : undefined);
    const question = { resource: "queue", resourceOf };
    expect(answer(only("arn:queue"), "anonymous", question)).toBe("allowed");
    expect(answer(only("queue"), "anonymous", question)).toBe("denied");
    const elsewhere = policy(allow({ Resource: "arn:queue" }), deny({ Resource: "queue" }));
    expect(answer(elsewhere, "anonymous", question)).toBe("allowed");
  });
});

describe("the network", () => {
  const internetOnly = policy(allow(when(["Null", "aws:SourceVpce", "true"])));
  const endpointOnly = policy(allow(when(["Null", "aws:SourceVpce", "false"])));
  test("is either, where nothing else is said", () => {
    expect([answer(internetOnly, "anonymous"), answer(endpointOnly, "anonymous")]).toEqual([
      "allowed",
      "allowed",
    ]);
  });
  test.each([
    ["internet", ["allowed", "denied"]],
    ["endpoint", ["denied", "allowed"]],
  ] as const)("is the %s alone", (network, says) => {
    const through = (document: unknown) => answer(document, "anonymous", { networks: [network] });
    expect([through(internetOnly), through(endpointOnly)]).toEqual(says);
  });
});

test("every address is on the internet, and none comes through an endpoint", () => {
  const elsewhere = policy(allow(when(["NotIpAddress", "aws:SourceIp", ["0.0.0.0/0", "::/0"]])));
  expect(answer(elsewhere, "anonymous", { networks: ["internet"] })).toBe("denied");
  expect(answer(elsewhere, "anonymous", { networks: ["endpoint"] })).toBe("allowed");
  const inParts = policy(allow(when(["NotIpAddress", "aws:SourceIp", [...nines, "::/1", "8000::/1"]])));
  expect(answer(inParts, "anonymous", { networks: ["internet"] })).toBe("denied");
});

test("the keys of a principal may be absent from requests that nobody signed", () => {
  const signed = policy(allow(when(["StringNotEquals", "aws:PrincipalType", "Anonymous"])));
  expect(answer(signed, "anonymous")).toBe("denied");
  expect(answer(signed, "anonymous", { hasIdentityKeys: false })).toBe("allowed");
});

test("the statement that lets somebody in is named", () => {
  const read = readPolicy(policy(allow({ Principal: { AWS: own } }), allow()));
  if (read.kind !== "read") throw new Error("the policy can be read");
  const question = { caller: "anonymous", actions: ["sqs:*"] } as const;
  expect(accessOf(read.policy, question)).toEqual({ kind: "allowed", statement: 2 });
});

describe("what can't be read in one way only", () => {
  test.each([
    ["no JSON", "{", "is no valid JSON"],
    ["YAML", "Statement: []", "is no valid JSON"],
    ["a list", "[]", "is no policy document"],
    ["a number", 42, "is no policy document"],
    ["no Statement", {}, "has no Statement"],
    ["a key twice", '{"Statement": [], "Statement": []}', "twice"],
    ["elements by case", { Statement: [{ ...allow(), effect: "Deny" }] }, "differ only by case"],
    [
      "kinds of Principal by case",
      policy(allow({ Principal: { AWS: "*", aws: own } })),
      "has kinds of Principal in statement 1 that differ only by case",
    ],
    [
      "operators by case",
      policy(
        allow({
          Condition: {
            StringEquals: { "aws:SourceVpce": "vpce-1" },
            stringequals: { "aws:UserAgent": "a" },
          },
        }),
      ),
      "has operators of a Condition in statement 1 that differ only by case",
    ],
    [
      "keys by case",
      policy(allow({ Condition: { StringLike: { "aws:SourceVpce": "vpce-1", "AWS:SourceVpce": "*" } } })),
      "has keys of a Condition in statement 1 that differ only by case",
    ],
    ["no Principal", policy({ ...allow(), Principal: undefined }), "names no Principal in statement 1"],
    ["a Principal of null", policy({ ...allow(), Principal: null }), "names no Principal"],
    ["both principals", policy({ ...allow(), NotPrincipal: "*" }), "has both Principal and NotPrincipal"],
    ["a Principal that is a name", policy(allow({ Principal: own })), 'neither "*" nor an object'],
    ["a kind of Principal", policy(allow({ Principal: { Group: "a" } })), "of a kind that IAM doesn't know"],
    ["no Action", policy({ ...allow(), Action: undefined }), "names no Action in statement 1"],
    ["no Effect", policy({ ...allow(), Effect: undefined }), "neither Allow nor Deny"],
    ["an Action that is no text", policy(allow({ Action: {} })), "no text, as Action in statement 1"],
    ["an operator", policy(allow(when(["StringEqual", "a", "b"]))), "an operator that IAM doesn't know"],
    ["keys that are none", policy(allow({ Condition: { Bool: true } })), "whose keys are no object"],
    [
      "the second statement",
      policy(allow(), "text" as unknown as object),
      "has a statement 2 that is no object",
    ],
    ["a value without end", policy(allow({ Action: "a".repeat(5000) })), "longer than AWS accepts"],
    ["a text without end", " ".repeat(300_000), "larger than any policy"],
    [
      "as many denials as allowances, all of them long",
      policy(
        ...Array.from({ length: 20 }, (_, index) => allow({ Resource: `a*${"a".repeat(300)}${index}` })),
        ...Array.from({ length: 20 }, (_, index) => deny({ Resource: `*a${"a".repeat(3000)}${index}` })),
      ),
      "more than can be compared",
    ],
    [
      "any of many actions on any of many resources",
      policy(
        allow({
          Action: Array.from({ length: 6_000 }, (_, index) => `sqs:a${index}`),
          Resource: Array.from({ length: 6_000 }, (_, index) => `a${index}`),
        }),
      ),
      "more than can be compared",
    ],
  ])("%s", (_situation, document, because) => {
    expect(readPolicy(document)).toEqual({ kind: "unreadable", because: expect.stringContaining(because) });
  });
});

describe("what a principal of one's own account may do", () => {
  const may = (changed: object = {}) => ({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*", ...changed },
  });
  const allowed = (document: unknown): Answer | "unreadable" => {
    const read = readIdentityPolicy(document);
    return read.kind === "read"
      ? accessOf(read.policy, { caller: "insider", actions: ["sqs:SendMessage"] }).kind
      : read.kind;
  };

  test.each<readonly [situation: string, document: object, answer: Answer | "unreadable"]>([
    ["an action", may(), "allowed"],
    ["another action", may({ Action: "sqs:ListQueues" }), "denied"],
    ["being in the own organization", may(when(["StringEquals", "aws:PrincipalOrgID", "o-own"])), "allowed"],
    ["being in the own account", may(when(["StringEquals", "aws:PrincipalAccount", own])), "allowed"],
    [
      "the resources of the own account",
      may(when(["StringEquals", "aws:ResourceAccount", `\${aws:PrincipalAccount}`])),
      "allowed",
    ],
    [
      "the resources of one account, as a variable of the caller's",
      may(when(["StringEquals", "aws:PrincipalAccount", `\${aws:ResourceAccount}`])),
      "allowed",
    ],
    ["an address of the office", may(when(["IpAddress", "aws:SourceIp", office])), "denied"],
    ["being called by a topic", may(when(["ArnLike", "aws:SourceArn", `arn:aws:sns:*:${own}:*`])), "denied"],
    ["a second factor", may(when(["Bool", "aws:MultiFactorAuthPresent", "true"])), "denied"],
    ["a Principal, which such a policy doesn't have", may({ Principal: "*" }), "unreadable"],
  ])("%s", (_situation, document, expected) => {
    expect(allowed(document)).toBe(expected);
    expect(allowed(JSON.stringify(document))).toBe(expected);
  });
});
