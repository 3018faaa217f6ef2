import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { account, allow, deny, policy, when } from "../policies/policy-resources";
import { randomPolicy } from "../policies/reading/policy-requests";
import { UNKNOWN as mark } from "../unknown";
import { hostileTexts, noise, noiseBeside, plainNoise } from "./noise";
import {
  expectFitForTerminals,
  expectFound,
  expectHarmless,
  expectSilent,
  mandatory,
  runs,
  servedPack,
} from "./pack";
import { holdsOpenStatement, readings } from "./readings";

const pack = servedPack();
const rule = "resource-policy-restricts-callers";

const analyzePolicy = (document: unknown) =>
  pack.analyze({ type: "aws:sqs/queuePolicy:QueuePolicy", properties: { policy: document, queueUrl: "q" } });

const open = JSON.stringify(allow());
const closing = { "aws:SourceVpce": "vpce-1a2b3c4d" };
/** A policy as text, of statements that are texts. */
const written = (...statements: readonly string[]) =>
  `{"Version": "2012-10-17", "Statement": [${statements}]}`;
/** An open statement with more in it, written by hand. */
const openWith = (more: string) => written(`${open.slice(0, -1)}, ${more}}`);
const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index));
const megabytes = 1024 * 1024;

/** A policy that lets somebody in who isn't named, or of which no two readers agree. */
const blocked: readonly (readonly [situation: string, document: unknown])[] = [
  // Size and depth
  ["nested 10 000 lists", openWith(`"Sid": ${"[".repeat(10_000)}${"]".repeat(10_000)}`)],
  ["nested 10 000 objects", openWith(`"Sid": ${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`)],
  [
    "a condition nested 10 000 objects",
    openWith(`"Condition": ${'{"Bool":'.repeat(10_000)}1${"}".repeat(10_000)}`),
  ],
  ["nested 400 objects, which is read", openWith(`"Sid": ${'{"a":'.repeat(400)}1${"}".repeat(400)}`)],
  ["5 MB of one text", openWith(`"Sid": "${"x".repeat(5 * megabytes)}"`)],
  [
    "5 MB of statements",
    written(...times(60_000, () => JSON.stringify(deny({ Resource: "arn:aws:sqs:::a" }))), open),
  ],
  [
    "5 MB of statements in an object",
    policy(
      ...times(60_000, (index) => `${index}`).map((Sid) => allow({ Sid, Principal: { AWS: account } })),
      allow(),
    ),
  ],
  ["5 MB of braces", `${written(open)}${"}".repeat(5 * megabytes)}`],
  ["5 MB of blanks", `${" ".repeat(5 * megabytes)}${written(open)}`],
  [
    "as long as is read, the open statement last",
    written(
      ...times(1_700, (index) => JSON.stringify(allow({ Sid: `s${index}`, Principal: { AWS: account } }))),
      open,
    ),
  ],
  [
    "190 000 characters of variables without an end",
    policy(allow({ Resource: times(46, (index) => `${"${".repeat(2_000)}${index}`) })),
  ],
  [
    "a condition of 190 000 characters that keeps nobody out",
    policy(
      allow({
        Condition: { StringLike: { "aws:UserAgent": times(46, (index) => `${"*a".repeat(2_000)}${index}`) } },
      }),
    ),
  ],
  [
    "thousands of denials that nobody meets",
    policy(
      allow(),
      ...times(1_500, (index) => `arn:aws:sqs:::${index}`).map((Resource) => deny({ Resource })),
    ),
  ],
  // A key twice
  [
    "the effect twice",
    written('{"Effect": "Deny", "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}'),
  ],
  [
    "the effect twice, once escaped",
    written(
      String.raw`{"Effect": "Allow", "Effec\u0074": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}`,
    ),
  ],
  ["the principal twice", openWith(`"Principal": {"AWS": "${account}"}`)],
  [
    "the condition twice",
    openWith(`"Condition": {}, "Condition": {"StringEquals": ${JSON.stringify(closing)}}`),
  ],
  [
    "an operator twice",
    openWith(
      `"Condition": {"StringEquals": {"aws:UserAgent": "a"}, "StringEquals": ${JSON.stringify(closing)}}`,
    ),
  ],
  [
    "a condition key twice",
    openWith('"Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d", "aws:SourceVpce": "*"}}'),
  ],
  ["the statements twice", `{"Version": "2012-10-17", "Statement": [${open}], "Statement": []}`],
  ["the version twice", `{"Version": "2012-10-17", "Version": "2008-10-17", "Statement": [${open}]}`],
  // Case
  [
    "elements in capitals",
    `{"VERSION": "2012-10-17", "STATEMENT": [{"EFFECT": "ALLOW", "PRINCIPAL": "*", "ACTION": "*", "RESOURCE": "*"}]}`,
  ],
  ["elements that differ by case", openWith('"effect": "Deny"')],
  ["a principal that differs by case", openWith(`"principal": {"AWS": "${account}"}`)],
  [
    "a condition that differs by case",
    openWith(`"Condition": {}, "CONDITION": {"StringEquals": ${JSON.stringify(closing)}}`),
  ],
  [
    "operators that differ by case",
    openWith(`"Condition": {"StringLike": {"aws:UserAgent": "*"}, "STRINGLIKE": ${JSON.stringify(closing)}}`),
  ],
  [
    "condition keys that differ by case",
    openWith('"Condition": {"StringEquals": {"aws:sourcevpce": "vpce-1a2b3c4d", "aws:SourceVpce": "*"}}'),
  ],
  [
    "kinds of principal that differ by case",
    policy(deny({ Principal: { AWS: account, aws: "*" } }), allow()),
  ],
  ["an action in capitals", policy(allow({ Action: "SQS:SENDMESSAGE" }))],
  ["a condition key in capitals", policy(allow(when("stringlike", "AWS:USERAGENT", "*")))],
  // Shapes
  ["a list of policies", `[${written(open)}]`],
  ["statements in a list in the list", `{"Statement": [[${open}]]}`],
  ["statements in a record", `{"Statement": {"0": ${open}}}`],
  ["a statement that is none", written(open, '"Allow"')],
  ["a statement that is null", written(open, "null")],
  ["principals in a list", policy(allow({ Principal: ["*"] }))],
  ["principals in a list in a list", policy(allow({ Principal: { AWS: [["*"]] } }))],
  ["a principal among others", policy(allow({ Principal: { AWS: [account, "*"] } }))],
  ["a condition in a list", policy(allow({ Condition: [{ StringEquals: closing }] }))],
  ["condition keys in a list", policy(allow({ Condition: { StringEquals: [closing] } }))],
  [
    "a condition's values in a list in a list",
    policy(allow({ Condition: { StringEquals: { "aws:SourceVpce": [["vpce-1a2b3c4d"]] } } })),
  ],
  [
    "a condition's value that is an object",
    policy(allow({ Condition: { StringEquals: { "aws:SourceVpce": { a: "vpce-1a2b3c4d" } } } })),
  ],
  ["an effect in a list", policy(allow({ Effect: ["Allow"] }))],
  ["an action that is an object", policy(allow({ Action: { a: "*" } }))],
  ["a resource that is null, among others", policy(allow({ Resource: ["*", null] }))],
  ["no statement", "{}"],
  ["a statement that is null instead of a list", '{"Statement": null}'],
  ["a text in a text", JSON.stringify(JSON.stringify(policy(allow())))],
  ["YAML", "Statement:\n- {Effect: Allow, Principal: '*', Action: '*', Resource: '*'}\n"],
  ["two policies", `${written(open)}\n${written(open)}`],
  ["a comma too many", written(open, "")],
  ["a comment", `// anyone\n${written(open)}`],
  ["a byte order mark", `\uFEFF${written(open)}`],
  // Names that JavaScript has for itself
  ...["__proto__", "constructor", "toString", "hasOwnProperty"].flatMap(
    (name): readonly [string, unknown][] => [
      [`an element named ${name}`, openWith(`"${name}": {"Effect": "Deny"}`)],
      [`a root element named ${name}`, `{"${name}": {"Statement": []}, "Statement": [${open}]}`],
      [`nothing but ${name}`, `{"${name}": ${written(open)}}`],
      [`an operator named ${name}`, openWith(`"Condition": {"${name}": ${JSON.stringify(closing)}}`)],
      [`a condition key named ${name}`, openWith(`"Condition": {"StringEquals": {"${name}": "a"}}`)],
      [
        `a principal of the kind ${name}`,
        written(open.replace('"Principal":"*"', `"Principal": {"${name}": "${account}"}`)),
      ],
      [`a denial by ${name}`, written(open, JSON.stringify(deny(when("StringEquals", name, "a"))))],
    ],
  ),
  // Letters
  ["a lone surrogate in an effect", policy(allow({ Effect: "Allow\uD800" }))],
  [
    "a lone surrogate in an operator",
    policy(allow(when("StringEquals\uD800", "aws:SourceVpce", "vpce-1a2b3c4d"))),
  ],
  [
    "a lone surrogate in a condition key",
    policy(allow(when("StringEquals", "aws:SourceVpce\uDC00", "vpce-1a2b3c4d"))),
  ],
  [
    "a lone surrogate, escaped",
    openWith(String.raw`"Condition": {"StringLike": {"aws:UserAgent": "\ud800"}}`),
  ],
  ["blanks around a condition key", policy(allow(when("StringEquals", " aws:SourceVpce", "vpce-1a2b3c4d")))],
  [
    "an operator with a letter that only looks like it",
    policy(allow(when("String\u0395quals", "aws:SourceVpce", "vpce-1a2b3c4d"))),
  ],
  // The letters by which the engine marks what it doesn't know yet.
  ["the mark of an unknown as a statement", written(open, `"${mark}"`)],
  [
    "the mark of an unknown in a denial",
    written(open, JSON.stringify(deny(when("StringEquals", "aws:UserAgent", mark)))),
  ],
  [
    "the mark of an unknown beside everybody",
    written(JSON.stringify(allow({ Principal: { AWS: ["*", mark] } }))),
  ],
  ["the mark of an unknown as the version", `{"Version": "${mark}", "Statement": [${open}]}`],
  ["the mark of an unknown as an effect", written(JSON.stringify(allow({ Effect: mark })))],
];

describe("a policy that is open, or that can be read in two ways, is blocked", () => {
  test.each(blocked)("%s", async (_situation, document) => {
    const diagnostics = await analyzePolicy(document);
    expectFound(diagnostics, rule);
    expectHarmless(diagnostics);
    await pack.stillBlocks();
  });
});

const restricted = allow({ Principal: { AWS: "*" }, Condition: { StringEquals: closing } });

/** A policy that can be read in one way only, and lets in nobody whom it doesn't name. */
const passing: readonly (readonly [situation: string, document: unknown])[] = [
  [
    "a hundred kilobytes of accounts",
    policy(
      allow({
        Principal: { AWS: times(3_000, (index) => `arn:aws:iam::${String(index).padStart(12, "0")}:root`) },
      }),
    ),
  ],
  [
    "a hundred kilobytes of addresses",
    policy(
      allow(
        when(
          "IpAddress",
          "aws:SourceIp",
          times(4_000, (index) => `10.${index % 256}.${index >> 8}.0/24`),
        ),
      ),
    ),
  ],
  [
    "statements for 300 roles, and denials",
    policy(
      ...times(300, (index) => `arn:aws:iam::${account}:role/r${index}`).map((AWS) =>
        allow({ Principal: { AWS }, Resource: "arn:aws:es:eu-west-1:123456789012:domain/orders/*" }),
      ),
      ...times(6, (index) => `arn:aws:es:eu-west-1:123456789012:domain/orders/index-${index}/*`).map(
        (Resource) => deny({ Resource }),
      ),
    ),
  ],
  [
    "condition keys and operators in any case",
    policy(allow({ ...when("STRINGEQUALS", "AWS:sourcevpce", "vpce-1a2b3c4d") })),
  ],
  [
    "a single statement, values in lists and out of them",
    { Statement: { ...restricted, Action: ["sqs:*"], Resource: ["*"] } },
  ],
  ["escapes", JSON.stringify(policy(restricted)).replaceAll("aws:", String.raw`\u0061ws:`)],
  ["tabs and line breaks", JSON.stringify(policy(restricted), null, "\t").replaceAll("\n", "\r\n")],
  ["other elements", { Id: "a", ...policy({ Sid: "b", ...restricted }) }],
  ["nobody", policy()],
];

describe("a policy that lets in nobody unnamed passes", () => {
  test.each(passing)("%s", async (_situation, document) => {
    expectSilent(await analyzePolicy(document), rule);
  });
});

const elements = ["version", "statement", "effect", "principal", "action", "resource", "condition"].flatMap(
  (name) => [name, `not${name}`],
);
const isElement = (name: string) => elements.includes(name.toLowerCase());
/** Elements that mean nothing. */
const besideOf = (value: fc.Arbitrary<unknown>) =>
  noiseBeside([], ["Sid", "Id", "Comment", "Conditions", "Principals"], value).map((given) =>
    Object.fromEntries(Object.entries(given).filter(([name]) => !isElement(name))),
  );
const beside = besideOf(noise);
const plainBeside = besideOf(plainNoise);

/** Ways to write one policy down. */
const spellings: readonly ((document: object) => unknown)[] = [
  (document) => document,
  (document) => JSON.stringify(document),
  (document) => JSON.stringify(document, null, "\t").replaceAll("\n", "\r\n"),
  (document) => `\n ${JSON.stringify(document).replaceAll('"Allow"', '"\\u0041llow"')} `,
  (document) => JSON.stringify(document).replaceAll('"Principal"', String.raw`"Princip\u0061l"`),
];

describe("noise in a policy", () => {
  const names = ["AWS", "Service", "StringEquals", "Bool", "aws:SourceVpce", "aws:UserAgent", "Null"];
  const anything = fc.oneof(
    noise,
    fc.dictionary(fc.constantFrom(...names), noise),
    fc.dictionary(fc.constantFrom(...names), fc.dictionary(fc.constantFrom(...names), noise)),
  );

  test("doesn't hide an open statement, however it is written", async () => {
    await fc.assert(
      fc.asyncProperty(beside, beside, fc.constantFrom(...spellings), async (root, more, spell) => {
        const document = { ...root, Version: "2012-10-17", Statement: [{ ...more, ...allow() }] };
        const diagnostics = await analyzePolicy(spell(document));
        expectFound(diagnostics, rule);
        expectHarmless(diagnostics);
      }),
      { numRuns: runs(80) },
    );
    await pack.stillBlocks();
  });

  test("in other statements that allow doesn't hide it either, in a text", async () => {
    const other = fc.record({
      Principal: anything,
      Action: anything,
      Resource: anything,
      Condition: anything,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(other, { maxLength: 3 }), async (others) => {
        const document = policy(...others.map((statement) => ({ ...statement, Effect: "Allow" })), allow());
        const diagnostics = await analyzePolicy(JSON.stringify(document));
        expectFound(diagnostics, rule);
        expectHarmless(diagnostics);
      }),
      { numRuns: runs(80) },
    );
    await pack.stillBlocks();
  });

  test("raises no alarm over what is closed", async () => {
    await fc.assert(
      fc.asyncProperty(plainBeside, plainBeside, fc.constantFrom(...spellings), async (root, more, spell) => {
        // Names that differ by case only are read in two ways.
        const lower = (given: object) => Object.keys(given).map((name) => name.toLowerCase());
        fc.pre([root, more].every((given) => new Set(lower(given)).size === lower(given).length));
        const document = { ...root, Version: "2012-10-17", Statement: [{ ...more, ...restricted }] };
        expectSilent(await analyzePolicy(spell(document)), rule);
      }),
      { numRuns: runs(80) },
    );
    await pack.stillBlocks();
  });

  test("instead of any element breaks nothing, and an open statement beside it stays found or unreadable", async () => {
    const part = fc.constantFrom(
      "Principal",
      "NotPrincipal",
      "Action",
      "NotAction",
      "Resource",
      "NotResource",
      "Condition",
      "Effect",
      "Sid",
    );
    await fc.assert(
      fc.asyncProperty(part, anything, fc.boolean(), async (element, value, asText) => {
        const document = policy({ ...allow(), [element]: value });
        for (const { message } of await analyzePolicy(asText ? JSON.stringify(document) : document))
          expectFitForTerminals(message);
        // A statement that denies may keep everybody out, whatever it was meant to do.
        if (element !== "Effect")
          expectFound(
            await analyzePolicy(JSON.stringify(policy({ ...allow(), [element]: value }, allow()))),
            rule,
          );
      }),
      { numRuns: runs(120) },
    );
    await pack.stillBlocks();
  });

  test("is quoted nowhere: names of operators, of keys and of principals could be anybody's", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...hostileTexts), fc.nat(4), async (text, place) => {
        const secret = `canary-7c1e${text}`;
        const document = [
          policy(allow({ Sid: secret })),
          policy(allow(when(secret, "a", "b"))),
          policy(allow(when("StringEquals", secret, secret))),
          policy(allow({ Principal: { [secret]: "a" } })),
          policy(allow({ [secret]: secret, Resource: [secret, "*"] })),
        ][place];
        const diagnostics = await analyzePolicy(document);
        expectFound(diagnostics, rule);
        expectHarmless(diagnostics);
      }),
      { numRuns: runs(60) },
    );
  });
});

describe("how a policy is written down", () => {
  const cases = [
    (text: string) => text,
    (text: string) => text.toLowerCase(),
    (text: string) => text.toUpperCase(),
  ];
  /** A policy with its elements in another order and another case, its operators and condition keys in another case. */
  const respelled = (document: object, pick: (choices: number) => number): unknown => {
    const shuffled = (entries: readonly [string, unknown][]) => (pick(2) ? entries.toReversed() : entries);
    const cased = (name: string) => (cases[pick(3)] ?? String)(name);
    const statement = (given: object) =>
      Object.fromEntries(
        shuffled(Object.entries(given)).map(([name, value]) => [
          cased(name),
          name === "Condition"
            ? Object.fromEntries(
                shuffled(Object.entries(value as object)).map(([operator, keys]) => [
                  cased(operator),
                  Object.fromEntries(
                    Object.entries(keys as object).map(([key, values]) => [cased(key), values]),
                  ),
                ]),
              )
            : Array.isArray(value) && value.length === 1 && pick(2)
              ? value[0]
              : value,
        ]),
      );
    return Object.fromEntries(
      shuffled(Object.entries(document)).map(([name, value]) => [
        cased(name),
        name === "Statement" ? (value as object[]).map(statement) : value,
      ]),
    );
  };

  test("changes nothing of what it says", async () => {
    await fc.assert(
      fc.asyncProperty(
        randomPolicy,
        fc.infiniteStream(fc.nat()),
        fc.boolean(),
        async (document, stream, asText) => {
          const pick = (choices: number) => (stream.next().value ?? 0) % choices;
          const other = respelled(document, pick);
          const said = await analyzePolicy(document);
          expect(await analyzePolicy(asText ? JSON.stringify(other) : other)).toEqual(said);
        },
      ),
      { numRuns: runs(150) },
    );
  });
});

describe("a text that somebody cut, pasted and mistyped", () => {
  const texts = [
    JSON.stringify(policy(restricted, allow())),
    JSON.stringify(policy(restricted, allow()), null, 2),
    JSON.stringify(policy(allow({ Principal: { AWS: "*" }, Action: "sqs:SendMessage" }))),
    JSON.stringify({ Statement: allow() }),
  ];
  const fragments = [
    ...[
      '"Effect":"Deny",',
      '"Effect":"Allow",',
      '"effect":"Deny",',
      '"Condition":{},',
      `"Condition":${JSON.stringify({ StringEquals: closing })},`,
    ],
    ...[
      '"Principal":"*",',
      `"Principal":{"AWS":"${account}"},`,
      '"principal":{"AWS":[]},',
      '"NotPrincipal":"*",',
      '"Statement":[],',
      '"statement":[],',
    ],
    ...[
      '"Resource":"arn:aws:sqs:::a",',
      '"Action":[],',
      '"NotAction":"*",',
      `${JSON.stringify(restricted)},`,
      `${JSON.stringify(deny())},`,
    ],
    ...[
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      "\\",
      " ",
      "\n",
      "\t",
      "\uFEFF",
      "\0",
      "null",
      "1",
      "*",
      "// ",
      "/*",
      "*/",
      '"__proto__":',
      "\\u0041",
      mark,
    ],
  ];
  type Edit = (text: string) => string;
  const at = fc.double({ min: 0, max: 1, noNaN: true });
  /** Where a member of an object can stand, so that most of what comes out is JSON. */
  const places = (text: string) => [...text.matchAll(/(?<=[{[,]\s*)(?=["{])/g)].map(({ index }) => index);
  const edit: fc.Arbitrary<Edit> = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(at, fc.constantFrom(...fragments)).map(
        ([place, fragment]): Edit =>
          (text) => {
            const all = places(text);
            const index = all[Math.floor(place * all.length)] ?? 0;
            return text.slice(0, index) + fragment + text.slice(index);
          },
      ),
    },
    fc.tuple(at, fc.constantFrom(...fragments)).map(
      ([place, fragment]): Edit =>
        (text) => {
          const index = Math.floor(place * text.length);
          return text.slice(0, index) + fragment + text.slice(index);
        },
    ),
    fc.tuple(at, fc.integer({ min: 1, max: 6 })).map(
      ([place, length]): Edit =>
        (text) => {
          const index = Math.floor(place * text.length);
          return text.slice(0, index) + text.slice(index + length);
        },
    ),
  );

  test("is blocked wherever any reader finds an open statement in it", async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...texts),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        async (text, edits) => {
          const edited = edits.reduce((before, change) => change(before), text);
          if (!readings(edited).some(holdsOpenStatement)) return;
          found += 1;
          const diagnostics = await analyzePolicy(edited);
          expect(mandatory(diagnostics), JSON.stringify(edited)).toContain(rule);
          for (const { message } of diagnostics) expectFitForTerminals(message);
        },
      ),
      { numRuns: runs(400) },
    );
    expect(found).toBeGreaterThan(runs(400) / 10);
    await pack.stillBlocks();
  });
});
