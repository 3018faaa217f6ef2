import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { measured } from "./steps";

/** Work that grows with the square of a document hangs a preview: a document may have six megabytes. */

type Analyzing = typeof import("../policies/analyze");
type Given = import("../policies/analyze").Given;

let analyze: Analyzing["analyze"];
let steps: (work: () => unknown) => Promise<number>;
let stop = () => {};
beforeAll(async () => {
  const measuring = await measured(() => import("../policies/analyze"));
  const { analyze: analyzeWith, levelsOfAll } = measuring.modules;
  analyze = (given, args, half) => analyzeWith(given, { levels: levelsOfAll, ...args }, half);
  ({ steps, stop } = measuring);
  // What is computed once, or loaded late, is not the document's.
  await analyze(all("openapi: 3.0.1\npaths: {/a: {get: {}}}\n"));
  await analyze(all("{}"));
});
afterAll(() => stop());

const all = (body: string): readonly Given[] => [
  {
    type: "aws:apigateway/restApi:RestApi",
    name: "customers",
    properties: { body, parameters: { basepath: "prepend" } },
  },
];

const many = (length: number, part: (index: number) => string): string => {
  let text = "";
  for (let index = 0; text.length < length; index += 1) text += part(index);
  return text;
};
const repeated = (part: string, length: number) => part.repeat(Math.max(1, Math.floor(length / part.length)));
const yaml = (rest: string) => `openapi: 3.0.1\n${rest}`;
const json = (rest: string) => `{"openapi":"3.0.1"${rest}}`;
const refersTo = (target: string) => (index: number) => `,"/p${index}":{"$ref":"${target}"}`;

/** Documents of about a given length, each of a shape that some reader somewhere takes a square of steps for. */
const documents: Readonly<Record<string, (length: number) => string>> = {
  "YAML: keys": (n) => yaml(`x-a:\n${many(n, (i) => `  k${i}: 1\n`)}`),
  "YAML: keys in flow style": (n) => yaml(`x-a: {${many(n, (i) => `k${i}: 1, `)}}`),
  "YAML: explicit keys": (n) => yaml(many(n, (i) => `? a${i}\n`)),
  "YAML: operations": (n) => yaml(`paths:\n${many(n, (i) => `  /p${i}: {get: {}}\n`)}`),
  "YAML: a list": (n) => yaml(`x-a:\n${repeated("- a\n", n)}`),
  "YAML: a list in flow style": (n) => yaml(`x-a: [${repeated("[],", n)}]`),
  "YAML: lists in lists": (n) => yaml(`x-a:\n${repeated("- - - - - a\n", n)}`),
  "YAML: brackets that open": (n) => yaml(`x-a: ${repeated("[", n)}`),
  "YAML: brackets that close": (n) => yaml(`x-a: ${repeated("}", n)}`),
  "YAML: dashes": (n) => yaml(`x-a: ${repeated("- ", n)}`),
  "YAML: question marks": (n) => yaml(repeated("? ", n)),
  "YAML: colons": (n) => yaml(`x-a: ${repeated(": ", n)}`),
  "YAML: errors in one line": (n) => yaml(`x-a: [${repeated("@,", n)}]`),
  "YAML: errors in many lines": (n) => yaml(repeated("\t: @\n", n)),
  "YAML: tags": (n) => yaml(`x-a:\n${repeated("- !Sub a\n", n)}`),
  "YAML: comments": (n) => yaml(`${repeated("# a\n", n)}paths: {}\n`),
  "YAML: comments behind values": (n) => yaml(many(n, (i) => `k${i}: 1 # a\n`)),
  "YAML: blank lines": (n) => yaml(`${repeated("\n", n)}paths: {}\n`),
  "YAML: carriage returns": (n) => yaml(repeated("\r\n", n)),
  "YAML: blanks": (n) => yaml(`x-a: ${repeated(" ", n)}a\n`),
  "YAML: documents": (n) => yaml(repeated("---\na\n", n)),
  "YAML: directives": (n) => `${repeated("%TAG !a! tag:a\n", n)}---\n${yaml("")}`,
  "YAML: anchors, each with an alias": (n) => yaml(`x-a:\n${many(n, (i) => `- &a${i} 1\n- *a${i}\n`)}`),
  "YAML: aliases of one anchor": (n) => yaml(`x-i: &a {}\nx-a:\n${repeated("- *a\n", n)}`),
  "YAML: aliases of a large anchor": (n) =>
    yaml(`x-i: &a [${repeated("a,", n / 2)}]\nx-a:\n${repeated("- *a\n", n / 2)}`),
  "YAML: one anchor, set anew": (n) => yaml(`x-a:\n${repeated("- &a a\n", n)}`),
  "YAML: anchors that nothing stands behind": (n) => yaml(`x-a: ${repeated("&a ", n)}`),
  "YAML: a block": (n) => yaml(`x-a: |\n${repeated("  a\n", n)}`),
  "YAML: a folded block": (n) => yaml(`x-a: >\n${repeated("  a\n\n", n)}`),
  "YAML: a plain text of many lines": (n) => yaml(`x-a: a\n${repeated("  a\n", n)}`),
  "YAML: a quoted text of many lines": (n) => yaml(`x-a: "a\n${repeated("  a\n", n)}  "\n`),
  "YAML: escapes": (n) => yaml(`x-a: "${repeated("\\n", n)}"\n`),
  "YAML: line breaks that only some take for one": (n) => yaml(`x-a: ["${repeated('\u2028", "', n)}"]\n`),
  "YAML: JSON with a comma too many": (n) => json(`${many(n, (i) => `,"k${i}":1`)},`),
  "JSON: keys": (n) => json(many(n, (i) => `,"k${i}":1`)),
  "JSON: operations": (n) => json(`,"paths":{"/a":{}${many(n, (i) => `,"/p${i}":{"get":{}}`)}}`),
  "JSON: a text": (n) => json(`,"x":"${repeated("x", n)}"`),
  "JSON: escapes": (n) => json(`,"x":"${repeated("\\n", n)}"`),
  "JSON: brackets": (n) => json(`,"x":${repeated("[", n / 2)}${repeated("]", n / 2)}`),
  "JSON: lists": (n) => json(`,"x":[0${repeated(",[[]]", n)}]`),
  "YAML: JSON that ends too early": (n) => `{"openapi":"3.0.1","x":[0${repeated(",[]", n)}`,
  "JSON: references to one large path item": (n) =>
    json(
      `,"x":{"get":{}${many(n / 2, (i) => `,"k${i}":1`)}},"paths":{"/a":{}${many(n / 2, refersTo("#/x"))}}`,
    ),
  "JSON: references by a large reference": (n) =>
    json(
      `,"x":{"$ref":"#/y"${many(n / 2, (i) => `,"k${i}":1`)}},"y":{"get":{}},"paths":{"/a":{}${many(n / 2, refersTo("#/x"))}}`,
    ),
  "JSON: references by a long way": (n) =>
    json(
      `,"x":{"$ref":"#${"/y".repeat(400)}"},${'"y":{'.repeat(400)}"get":{}${"}".repeat(400)},"paths":{"/a":{}${many(n, refersTo("#/x"))}}`,
    ),
  "JSON: references by a long way that leads nowhere": (n) =>
    json(
      `,"x":{"$ref":"#${repeated("/y", n / 2)}"},"paths":{"/a":{}${many(n / 2, (i) => `,"/p${i}":{"get":{"x-amazon-apigateway-auth":{"$ref":"#/x"}}}`)}}`,
    ),
  "JSON: references to references": (n) =>
    json(
      `,"x":[]${many(n / 2, (i) => `,"r${i}":{"$ref":"#/r${i + 1}"}`)},"paths":{"/a":{}${many(n / 2, (i) => refersTo(`#/r${i}`)(i))}}`,
    ),
  "JSON: one large list of requirements": (n) =>
    json(
      `,"x":{"get":{"security":[{"a":[]}${repeated(',{"a":[]}', n / 2)}]}},"paths":{"/a":{}${many(n / 2, refersTo("#/x"))}}`,
    ),
  "JSON: one large requirement": (n) =>
    json(
      `,"x":{"get":{"security":[{"a":[]${many(n / 2, (i) => `,"a${i}":[]`)}}]}},"paths":{"/a":{}${many(n / 2, refersTo("#/x"))}}`,
    ),
  "JSON: one large authorizer": (n) =>
    json(
      `,"components":{"securitySchemes":{"a":{"x-amazon-apigateway-authorizer":{"type":"request","authorizerUri":["a"${repeated(',"a"', n / 2)}]}}}},"paths":{"/a":{}${many(n / 2, (i) => `,"/p${i}":{"get":{"security":[{"a":[]}]}}`)}}`,
    ),
  "JSON: many schemes of one large authorizer": (n) =>
    json(
      `,"x":{"x-amazon-apigateway-authorizer":{"type":"request","authorizerUri":["a"${repeated(',"a"', n / 3)}]}},"components":{"securitySchemes":{"a":{}${many(n / 3, (i) => `,"a${i}":{"$ref":"#/x"}`)}}},"paths":{"/a":{}${many(n / 3, (i) => `,"/p${i}":{"get":{"security":[{"a${i}":[]}]}}`)}}`,
    ),
  "JSON: a long base path": (n) =>
    json(
      `,"servers":[{"url":"https://a${repeated("/b", n / 2)}"}],"paths":{"/a":{}${many(n / 2, (i) => `,"/p${i}":{"get":{}}`)}}`,
    ),
  "JSON: servers": (n) => json(`,"servers":[{}${repeated(",{}", n)}]`),
};

const statement = (rest: object) => ({
  Effect: "Allow",
  Principal: "*",
  Action: "*",
  Resource: "*",
  ...rest,
});
const policyOf = (...statements: readonly object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
/** Texts that are together of about a given length. */
const texts = (length: number, text: (index: number) => string): readonly string[] => {
  const all: string[] = [];
  for (let index = 0, sum = 0; sum < length; index += 1) {
    all.push(text(index));
    sum += text(index).length;
  }
  return all;
};
/** Of the length that a name may have at most. */
const longest = (part: string) => (index: number) => repeated(part, 4_000) + index;
const when = (operator: string, key: string, values: readonly string[]) =>
  policyOf(statement({ Condition: { [operator]: { [key]: values } } }));

/** Policies of about a given length, as the documents above. */
const policies: Readonly<Record<string, (length: number) => string>> = {
  statements: (n) => policyOf(...texts(n / 10, (index) => `a${index}`).map((Sid) => statement({ Sid }))),
  "statements about long names": (n) =>
    policyOf(...texts(n, longest("a")).map((Resource) => statement({ Resource }))),
  "denials of long names, which a caller avoids": (n) =>
    policyOf(
      ...texts(n / 2, longest("a")).map((Resource) => statement({ Resource, Principal: { AWS: [] } })),
      ...texts(n / 2, longest("*a")).map((Resource) =>
        statement({ Effect: "Deny", Resource, Condition: { Bool: { "aws:SecureTransport": "false" } } }),
      ),
    ),
  principals: (n) =>
    policyOf(statement({ Principal: { AWS: texts(n, (index) => `arn:aws:iam::${index}:root`) } })),
  actions: (n) => policyOf(statement({ Action: texts(n, (index) => `s3:a${index}`) })),
  resources: (n) => policyOf(statement({ Resource: texts(n, (index) => `arn:${index}`), Action: "s3:a" })),
  "resources that are left out": (n) =>
    policyOf({ ...statement({ NotResource: texts(n, longest("*a")) }), Resource: undefined }),
  "keys of a condition": (n) =>
    policyOf(
      statement({
        Condition: { StringLike: Object.fromEntries(texts(n, (i) => `k${i}`).map((k) => [k, "*"])) },
      }),
    ),
  "values of a condition": (n) =>
    when(
      "StringEquals",
      "aws:SourceVpce",
      texts(n, (index) => `vpce-${index}`),
    ),
  addresses: (n) =>
    when(
      "IpAddress",
      "aws:SourceIp",
      texts(n, (index) => `10.0.0.${index % 256}`),
    ),
  "long values with wildcards": (n) => when("StringLike", "aws:PrincipalType", texts(n, longest("*A"))),
  "colons of an ARN": (n) => when("ArnLike", "aws:SourceArn", texts(n, longest(":"))),
  variables: (n) => when("ArnLike", "aws:SourceArn", texts(n, longest(`\${aws:a}`))),
  "variables without an end": (n) => when("ArnLike", "aws:SourceArn", texts(n, longest(`\${`))),
  "a variable without an end": (n) =>
    when(
      "StringEquals",
      "aws:SourceArn",
      texts(n, (i) => `\${${longest("a,")(i)}`),
    ),
  "variables without an end in resources": (n) => policyOf(statement({ Resource: texts(n, longest(`\${`)) })),
  "what is only letters": (n) => policyOf(statement({ Sid: repeated("\u0000", n) })),
};

/** Twice the length may take a little more than twice the steps, for what is done once; four times are a square. */
const mostGrowth = 2.5;
/** No shape takes more steps for a character; with about twenty rules that each read the document anew, none comes near. */
const mostForACharacter = 2_000;
/** However a policy's statements are held against each other; a few seconds' work, for a policy that nobody writes. */
const mostForAPolicy = 1_000_000_000;
/** YAML takes many more steps than JSON, so that less of it shows how they grow. */
const lengthOf = (shape: string) => (shape.startsWith("YAML") ? 4_000 : 40_000);

describe("the steps that a body takes grow with its length", () => {
  test.each(Object.entries(documents))("%s", async (shape, document) => {
    const [short, long] = [document(lengthOf(shape)), document(2 * lengthOf(shape))];
    // However YAML is spelled, the stack half reads no more of it than the resource half.
    const half = shape.startsWith("YAML") ? "resources" : "both";
    const once = await steps(() => analyze(all(short), {}, half));
    const twice = await steps(() => analyze(all(long), {}, half));
    expect(twice / once).toBeLessThan(mostGrowth);
    expect(twice).toBeLessThan(mostForACharacter * long.length);
    // Otherwise nothing was counted.
    expect(once).toBeGreaterThan(100);
  });
});

describe("the steps that a policy takes", () => {
  const queuePolicy = (policy: string): readonly Given[] => [
    { type: "aws:sqs/queuePolicy:QueuePolicy", name: "orders", properties: { policy } },
  ];

  test.each(Object.entries(policies))("grow with its length: %s", async (_shape, policy) => {
    const [short, long] = [policy(40_000), policy(80_000)];
    const once = await steps(() => analyze(queuePolicy(short)));
    const twice = await steps(() => analyze(queuePolicy(long)));
    expect(twice / once).toBeLessThan(mostGrowth);
    expect(twice).toBeLessThan(mostForACharacter * long.length);
    expect(once).toBeGreaterThan(100);
  });

  test.each([500, 2_000, 4_000, 8_000, 90_000])(
    "have an end where as much is denied as is allowed: %d characters of each",
    async (length) => {
      const long = (part: string, index: number) => repeated(part, Math.min(length, 4_000)) + index;
      const policy = policyOf(
        ...texts(length, (index) => long("a", index)).map((Resource) => statement({ Resource })),
        ...texts(length, (index) => long("*a", index)).map((Resource) =>
          statement({ Resource, Effect: "Deny" }),
        ),
      );
      // As the engine asks: not in each of the ways that the tables compare.
      expect(await steps(() => analyze(queuePolicy(policy), {}, "server"))).toBeLessThan(mostForAPolicy);
    },
  );

  test("have an end where a document has many operations behind a long policy", async () => {
    const operation = { "x-amazon-apigateway-auth": { type: "AWS_IAM" } };
    const paths = Object.fromEntries(
      texts(50_000, (index) => `/${repeated("a/", 1_000)}${index}`).map((path) => [path, { get: operation }]),
    );
    const Resource = texts(50_000, (index) => `execute-api:/*/GET/${repeated("*a", 2_000)}${index}`);
    const policy = JSON.parse(policyOf(statement({ Resource })));
    const body = JSON.stringify({ openapi: "3.0.1", paths, "x-amazon-apigateway-policy": policy });
    expect(await steps(() => analyze(all(body), {}, "server"))).toBeLessThan(mostForAPolicy);
  });
});
