import { BlockList, isIP } from "node:net";
import fc from "fast-check";
import type { Stranger } from "../../../policies/src/reading/iam/policy-caller";

/**
 * Policies made at random, requests as somebody whom they don't name could send them, and the answer that IAM gives to one
 * request. The evaluator never sees a request: it answers for all of them at once, and is held against this.
 */

export interface Request {
  readonly action: string;
  readonly resource: string;
  /** By lower-case key; absent where the request doesn't have it. */
  readonly context: Readonly<Record<string, string>>;
}

interface RandomStatement {
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export interface RandomPolicy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly RandomStatement[];
}

const own = "123456789012";
const foreign = "999999999999";
export const queue = `arn:aws:sqs:eu-west-1:${own}:orders`;
const actions = ["sqs:SendMessage", "sqs:SetQueueAttributes", "sqs:ReceiveMessage", "sqs:DeleteQueue"];

const principals: readonly unknown[] = [
  "*",
  { AWS: "*" },
  { AWS: [`arn:aws:iam::${own}:root`] },
  { AWS: ["*", own] },
  { Service: ["sns.amazonaws.com"] },
];

/** Keys and the values that policies give them. Half of each kind: what only some requests can match. */
const keys: Readonly<Record<string, readonly string[]>> = {
  "aws:PrincipalOrgID": ["o-own", "o-*", "*", `\${aws:ResourceOrgID}`, `\${aws:PrincipalOrgID}`],
  "aws:PrincipalAccount": [own, "*", "1234*"],
  "aws:PrincipalArn": [`arn:aws:iam::${own}:role/a`, "arn:aws:iam::*:role/a", "arn:aws:iam::*:*", "*"],
  "aws:PrincipalTag/team": ["a", "b", "*"],
  "aws:PrincipalType": ["Anonymous", "AssumedRole", "User"],
  "aws:userid": ["AROAOWN:*", "*:bob", "*"],
  "aws:SourceVpce": ["vpce-own", "vpce-*", "*", `\${aws:SourceVpce}`],
  "aws:SourceVpc": ["vpc-own", "*"],
  "aws:SourceAccount": [own, "*"],
  "aws:SourceArn": [
    `arn:aws:sns:eu-west-1:${own}:t`,
    "arn:aws:sns:*:*:t",
    "arn:aws:s3:::own",
    "arn:aws:s3:::*",
    "*",
  ],
  "aws:Referer": ["https://a.example", "*", "https://*"],
  "aws:UserAgent": ["curl", "*"],
};
const addresses = ["203.0.113.0/24", "0.0.0.0/0", "::/0", "10.0.0.0/8", "3.0.0.0/8", "198.51.100.7"];

const textOperators = [
  ...["StringEquals", "StringNotEquals", "StringLike", "StringNotLike"],
  ...["StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"],
];
const arnOperators = ["ArnLike", "ArnNotLike", "ArnEquals", "ArnNotEquals"];
const quantified = (operator: string) => [
  operator,
  `${operator}IfExists`,
  `ForAllValues:${operator}`,
  `ForAnyValue:${operator}`,
];

const someOf = (values: readonly string[], minLength = 1) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength, maxLength: 2 });

const conditionOf = (key: string, operators: readonly string[], values: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...operators.flatMap(quantified)), someOf(values))
    .map(([operator, some]) => ({ operator, key, values: some }));
const textCondition = fc.constantFrom(...Object.entries(keys)).chain(([key, values]) => {
  const isArn = /Arn$/.test(key);
  const arns = values.filter((value) => value !== "*");
  return fc.oneof(
    conditionOf(key, textOperators, values),
    ...(isArn ? [conditionOf(key, arnOperators, arns)] : []),
  );
});
const addressCondition = fc
  .tuple(
    fc.constantFrom("IpAddress", "NotIpAddress", "IpAddressIfExists", "NotIpAddressIfExists"),
    someOf(addresses),
  )
  .map(([operator, values]) => ({ operator, key: "aws:SourceIp", values }));
const nullCondition = fc
  .tuple(fc.constantFrom(...Object.keys(keys), "aws:SourceIp"), someOf(["true", "false"]))
  .map(([key, values]) => ({ operator: "Null", key, values }));
const boolCondition = fc
  .tuple(
    fc.constantFrom("Bool", "BoolIfExists"),
    fc.constantFrom("aws:SecureTransport", "aws:PrincipalIsAWSService"),
    fc.constantFrom("true", "false"),
  )
  .map(([operator, key, values]) => ({ operator, key, values: [values] }));

const conditions = fc
  .array(
    fc.oneof(
      { arbitrary: textCondition, weight: 4 },
      { arbitrary: addressCondition, weight: 2 },
      nullCondition,
      boolCondition,
    ),
    { maxLength: 2 },
  )
  .map((list) => {
    const block: Record<string, Record<string, readonly string[]>> = {};
    for (const { operator, key, values } of list) block[operator] = { ...block[operator], [key]: values };
    return block;
  });

/** `Principal` or `NotPrincipal`, `Action` or `NotAction`, and so on. */
const eitherOf = <T>(name: string, values: fc.Arbitrary<T>) =>
  fc
    .tuple(fc.oneof({ arbitrary: fc.constant(""), weight: 4 }, fc.constant("Not")), values)
    .map(([not, value]) => ({
      [`${not}${name}`]: value,
    }));

const statement = fc
  .tuple(
    fc.constantFrom("Allow", "Allow", "Deny"),
    eitherOf("Principal", fc.constantFrom(...principals)),
    eitherOf("Action", someOf(["sqs:SendMessage", "sqs:*", "*", "SQS:Se*", "sqs:ReceiveMessage", "s3:*"])),
    eitherOf("Resource", someOf(["*", queue, "arn:aws:sqs:*:*:o*", "arn:aws:sqs:eu-west-1:*:other"])),
    conditions,
  )
  .map(
    ([Effect, principal, action, resource, Condition]): RandomStatement => ({
      Effect,
      ...principal,
      ...action,
      ...resource,
      Condition,
    }),
  );

export const randomPolicy: fc.Arbitrary<RandomPolicy> = fc
  .array(statement, { minLength: 1, maxLength: 3 })
  .map((Statement) => ({ Version: "2012-10-17", Statement }));

/** The keys whose value the caller writes: what is asked of one in two places can contradict itself. */
const chosenKeys = ["aws:PrincipalTag/team", "aws:Referer", "aws:UserAgent", "aws:SecureTransport"];

/**
 * Whether the evaluator promises to be exact: elsewhere it may say that somebody gets in where nobody does, never the other
 * way round. It doesn't remember what the caller would have to write under a key for two conditions at once, it doesn't
 * add several denials up, and it doesn't know how AWS spells its ids, nor which type of principal has which.
 */
export function isSimple(policy: RandomPolicy): boolean {
  const asked = policy.Statement.flatMap(({ Condition = {} }) =>
    Object.values(Condition).flatMap((block) => Object.keys(block)),
  );
  const spelled = Object.values(keys)
    .flat()
    .filter((value) => /^(vpce|o)-\*$/.test(value));
  if (spelled.some((value) => JSON.stringify(policy).includes(`"${value}"`))) return false;
  if (["aws:PrincipalType", "aws:userid"].every((key) => asked.includes(key))) return false;
  const twice = (key: string) => asked.filter((other) => other === key).length > 1;
  const denials = policy.Statement.filter(({ Effect }) => Effect === "Deny");
  return (
    !Object.keys(keys).some(twice) && !chosenKeys.some(twice) && !twice("aws:SourceIp") && denials.length < 2
  );
}

type Context = Readonly<Record<string, string>>;

function combinations(choices: readonly (readonly Context[])[]): readonly Context[] {
  return choices.reduce<readonly Context[]>(
    (all, options) => all.flatMap((context) => options.map((option) => ({ ...context, ...option }))),
    [{}],
  );
}

const written = (key: string, values: readonly string[]): readonly Context[] => [
  {},
  ...values.map((value) => ({ [key.toLowerCase()]: value })),
];

/** How a request gets there: one of these. */
const networkParts: readonly (readonly Context[])[] = [
  [
    { "aws:sourceip": "8.8.4.4" },
    { "aws:sourceip": "3.5.140.2" },
    { "aws:sourceip": "2600:1f18::1" },
    { "aws:sourcevpce": "vpce-foreign", "aws:sourcevpc": "vpc-foreign" },
  ],
];

/** What a request may have, part by part: one of each. */
const parts: readonly (readonly Context[])[] = [
  written("aws:Referer", ["https://a.example", "https://b.example", "https://*", "*", "none"]),
  written("aws:UserAgent", ["curl", "*", "browser"]),
  [{ "aws:securetransport": "true" }, { "aws:securetransport": "false" }],
];

/** Besides, of whoever signs with an account of their own. */
const signedParts: readonly (readonly Context[])[] = [
  written("aws:PrincipalOrgID", ["o-foreign"]),
  written("aws:PrincipalTag/team", ["a", "b", "*", "c"]),
  [
    { "aws:principaltype": "AssumedRole", "aws:userid": "AROAFOREIGN:bob" },
    { "aws:principaltype": "AssumedRole", "aws:userid": "AROAFOREIGN:eve" },
    { "aws:principaltype": "FederatedUser", "aws:userid": `${foreign}:bob` },
    { "aws:principaltype": "User", "aws:userid": "AIDAFOREIGN" },
    // A federated user's id is its account and the name that it was given.
    { "aws:principaltype": "FederatedUser", "aws:userid": "999999999999:bob" },
    { "aws:principaltype": "Account", "aws:userid": "999999999999" },
  ],
  [
    { "aws:principalarn": `arn:aws:iam::${foreign}:role/a` },
    { "aws:principalarn": `arn:aws:iam::${foreign}:user/z` },
    { "aws:principalarn": `arn:aws:sts::${foreign}:federated-user/z` },
  ],
  [{ "aws:principalaccount": foreign }, { "aws:principalaccount": "123400000000" }],
  [{ "aws:principalisawsservice": "false" }],
];

const anonymousPart: readonly Context[] = [
  { "aws:principaltype": "Anonymous", "aws:principalaccount": "anonymous", "aws:userid": "anonymous" },
];

/** Of an AWS service that acts for somebody else's resource, and says so or doesn't. */
const serviceParts: readonly (readonly Context[])[] = [
  written("aws:SourceIp", ["8.8.4.4", "3.5.140.2", "2600:1f18::1"]),
  written("aws:PrincipalType", ["Anonymous", "AssumedRole", "User"]),
  written("aws:SourceAccount", [foreign]),
  written("aws:SourceArn", [
    `arn:aws:sns:eu-west-1:${foreign}:t`,
    "arn:aws:s3:::foreign",
    `arn:aws:events:eu-west-1:${foreign}:rule/z`,
  ]),
  [{ "aws:principalisawsservice": "true" }],
];

/** What is filled in for a variable that says whose the resource is. */
export const owner: Context = { "aws:resourceorgid": "o-own", "aws:resourceaccount": own };

const ownParts = {
  anonymous: [...networkParts, ...parts, anonymousPart],
  account: [...networkParts, ...parts, ...signedParts],
  service: [...parts, ...serviceParts],
} as const;

/** Every request that a caller could send, as far as the policy can tell them apart. */
export function requestsOf(caller: Stranger, policy: RandomPolicy): readonly Request[] {
  const text = JSON.stringify(policy).toLowerCase();
  const asked = ownParts[caller].map((part) =>
    part.some((option) => Object.keys(option).some((key) => text.includes(key))) ? part : part.slice(0, 1),
  );
  return combinations(asked).flatMap((context) =>
    actions.map((action) => ({ action, resource: queue, context })),
  );
}

/** IAM's answer to one request: an Allow that applies, and no Deny that does. */
export function isAllowed({ Statement }: RandomPolicy, request: Request): boolean {
  const applying = Statement.filter((statement) => applies(statement, request));
  return (
    applying.some(({ Effect }) => Effect === "Allow") && !applying.some(({ Effect }) => Effect === "Deny")
  );
}

function applies(statement: RandomStatement, { action, resource, context }: Request): boolean {
  const isAnyone = (principal: unknown): boolean =>
    principal === "*" ||
    (principal as { AWS?: unknown }).AWS === "*" ||
    String((principal as { AWS?: unknown }).AWS).startsWith("*,");
  const { Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  if (Principal !== undefined ? !isAnyone(Principal) : isAnyone(NotPrincipal)) return false;
  const isAction = (pattern: string) => like(pattern.toLowerCase(), action.toLowerCase());
  if (Action ? !Action.some(isAction) : NotAction?.some(isAction)) return false;
  const isResource = (pattern: string) => like(pattern, resource);
  if (Resource ? !Resource.some(isResource) : NotResource?.some(isResource)) return false;
  return Object.entries(Condition).every(([operator, block]) =>
    Object.entries(block).every(([key, values]) =>
      holds(operator, context[key.toLowerCase()], values, context),
    ),
  );
}

function holds(
  operator: string,
  value: string | undefined,
  listed: readonly string[],
  context: Context,
): boolean {
  const [, quantifier, base = "", ifExists] =
    /^(ForAllValues:|ForAnyValue:)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  if (base === "Null") return listed.includes(String(value === undefined));
  const isNegated = base.includes("Not");
  if (value === undefined) {
    if (quantifier === "ForAllValues:") return true;
    if (quantifier === "ForAnyValue:") return false;
    return isNegated || ifExists !== undefined;
  }
  const matched = listed.some((pattern) => compares(base.replace("Not", ""), pattern, value, context));
  return matched !== isNegated;
}

function compares(base: string, pattern: string, value: string, context: Context): boolean {
  if (base === "IpAddress") return isWithin(value, pattern);
  if (base === "Bool") return pattern === value;
  const variable = /^\$\{(.*)\}$/.exec(pattern)?.[1]?.toLowerCase();
  if (variable !== undefined) return { ...context, ...owner }[variable] === value;
  if (base === "StringEquals") return pattern === value;
  if (base === "StringEqualsIgnoreCase") return pattern.toLowerCase() === value.toLowerCase();
  if (base === "StringLike") return like(pattern, value);
  const parts = pattern.split(":");
  const own = value.split(":");
  return parts.length === own.length && parts.every((part, index) => like(part, own[index] ?? ""));
}

function like(pattern: string, value: string): boolean {
  const escaped = pattern.replace(/[.+^$()|[\]{}\\/]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(value);
}

function isWithin(address: string, range: string): boolean {
  const [network = "", prefix] = range.split("/");
  const family = isIP(network) === 6 ? "ipv6" : "ipv4";
  if (isIP(address) !== isIP(network)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(prefix ?? (family === "ipv6" ? 128 : 32)), family);
  return list.check(address, family);
}
