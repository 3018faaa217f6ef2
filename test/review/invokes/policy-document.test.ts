import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { policyDocument } from "../../../review/src/invokes/policy-document";
import { UserError } from "../../../review/src/text/errors";

type Arguments = Readonly<Record<string, unknown>>;

const version = "2012-10-17";
const minified = (args: Arguments) => String(policyDocument(args).minifiedJson);
const statement = (given: Arguments) => JSON.parse(minified({ statements: [given] })).Statement[0];
const source = (...statements: Arguments[]) => JSON.stringify({ Version: version, Statement: statements });

describe("the document as the provider spells it", () => {
  const args = {
    policyId: "lookup",
    statements: [
      {
        sid: "Invoke",
        actions: ["execute-api:Invoke"],
        resources: ["arn:b", "arn:a"],
        principals: [{ type: "AWS", identifiers: ["*"] }],
        conditions: [{ test: "IpAddress", variable: "aws:SourceIp", values: ["10.0.0.0/8"] }],
      },
    ],
  };
  const { json, minifiedJson, id } = policyDocument(args);

  test("json has two spaces, and the elements in the provider's order", () => {
    expect(json).toBe(`{
  "Version": "2012-10-17",
  "Id": "lookup",
  "Statement": [
    {
      "Sid": "Invoke",
      "Effect": "Allow",
      "Action": "execute-api:Invoke",
      "Resource": [
        "arn:b",
        "arn:a"
      ],
      "Principal": {
        "AWS": "*"
      },
      "Condition": {
        "IpAddress": {
          "aws:SourceIp": "10.0.0.0/8"
        }
      }
    }
  ]
}`);
  });

  test("minifiedJson is the same without blanks", () => {
    expect(minifiedJson).toBe(JSON.stringify(JSON.parse(String(json))));
  });

  test("the id is the checksum of json, as a number", () => {
    expect(id).toMatch(/^\d+$/);
    expect(policyDocument({ ...args, policyId: "other" }).id).not.toBe(id);
  });

  test("the special characters of HTML are escaped, as in Go", () => {
    expect(minified({ policyId: "<a>&\u2028" })).toBe(
      '{"Version":"2012-10-17","Id":"\\u003ca\\u003e\\u0026\\u2028"}',
    );
  });

  test("the answer repeats the arguments", () => {
    expect(policyDocument(args)).toMatchObject(args);
  });

  test.each<[string, Arguments, string]>([
    ["without arguments there is only the version", {}, '{"Version":"2012-10-17"}'],
    ["an older version is kept", { version: "2008-10-17" }, '{"Version":"2008-10-17"}'],
    ["an empty list of statements is left out", { statements: [] }, '{"Version":"2012-10-17"}'],
  ])("%s", (_situation, given, expected) => {
    expect(minified(given)).toBe(expected);
  });
});

describe("a statement", () => {
  test.each<[string, Arguments, Arguments]>([
    ["allows by default, and has no sid by default", {}, { Effect: "Allow" }],
    ["keeps its effect", { effect: "Deny" }, { Effect: "Deny" }],
    ["has no empty sid", { sid: "" }, { Effect: "Allow" }],
    ["has one action as a text", { actions: ["a:b"] }, { Effect: "Allow", Action: "a:b" }],
    [
      "has several actions in descending order, each once",
      { actions: ["a:a", "a:c", "a:b", "a:c"] },
      { Effect: "Allow", Action: ["a:c", "a:b", "a:a"] },
    ],
    ["has the same action twice as a text", { actions: ["a:b", "a:b"] }, { Effect: "Allow", Action: "a:b" }],
    ["leaves empty lists out", { actions: [], notResources: [] }, { Effect: "Allow" }],
    [
      "has the elements that say what it is not about",
      {
        notActions: ["a:b"],
        notResources: ["arn:a"],
        notPrincipals: [{ type: "AWS", identifiers: ["arn:x"] }],
      },
      { Effect: "Allow", NotAction: "a:b", NotResource: "arn:a", NotPrincipal: { AWS: "arn:x" } },
    ],
    [
      "writes policy variables with a dollar in resources, principals and conditions",
      {
        resources: ["arn:&{aws:username}/&{x}"],
        principals: [{ type: "AWS", identifiers: ["&{p}"] }],
        conditions: [{ test: "StringLike", variable: "s3:prefix", values: ["&{v}", ""] }],
      },
      {
        Effect: "Allow",
        // biome-ignore-start lint/suspicious/noTemplateCurlyInString: this is the syntax of IAM's policy variables
        Resource: "arn:${aws:username}/${x}",
        Principal: { AWS: "${p}" },
        Condition: { StringLike: { "s3:prefix": ["${v}", ""] } },
        // biome-ignore-end lint/suspicious/noTemplateCurlyInString: end
      },
    ],
    ["leaves them alone in actions", { actions: ["&{a}"] }, { Effect: "Allow", Action: "&{a}" }],
  ])("%s", (_situation, given, expected) => {
    expect(statement(given)).toEqual(expected);
  });
});

describe("principals", () => {
  const anyone = { type: "*", identifiers: ["*"] };
  test.each<[string, readonly Arguments[], unknown]>([
    ["anyone is written as a text", [anyone], "*"],
    [
      "anyone beside others is not: IAM tells them apart",
      [anyone, { type: "AWS", identifiers: ["arn:a"] }],
      { "*": "*", AWS: "arn:a" },
    ],
    ["any account is not anyone: roles refuse that", [{ type: "AWS", identifiers: ["*"] }], { AWS: "*" }],
    [
      "several identifiers are in descending order",
      [{ type: "Service", identifiers: ["a.aws", "b.aws"] }],
      { Service: ["b.aws", "a.aws"] },
    ],
    [
      "entries of one type are joined",
      [
        { type: "AWS", identifiers: ["arn:a"] },
        { type: "AWS", identifiers: ["arn:b"] },
      ],
      { AWS: ["arn:a", "arn:b"] },
    ],
    ["a type without identifiers stays", [{ type: "AWS", identifiers: [] }], { AWS: [] }],
  ])("%s", (_situation, principals, expected) => {
    expect(statement({ principals }).Principal).toEqual(expected);
  });

  test("types are sorted", () => {
    const principals = ["Service", "AWS", "Federated"].map((type) => ({ type, identifiers: ["x"] }));
    expect(minified({ statements: [{ principals }] })).toContain('{"AWS":"x","Federated":"x","Service":"x"}');
  });
});

describe("conditions", () => {
  const condition = (test: string, variable: string, ...values: string[]) => ({ test, variable, values });
  test.each<[string, readonly Arguments[], unknown]>([
    [
      "one value is a text",
      [condition("Bool", "aws:SecureTransport", "false")],
      { Bool: { "aws:SecureTransport": "false" } },
    ],
    [
      "several values keep their order",
      [condition("IpAddress", "aws:SourceIp", "10.0.0.0/8", "192.168.0.0/16", "1.2.3.4/32")],
      { IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "192.168.0.0/16", "1.2.3.4/32"] } },
    ],
    [
      "variables of one operator stand together",
      [condition("StringEquals", "b", "1"), condition("StringEquals", "a", "2")],
      { StringEquals: { a: "2", b: "1" } },
    ],
    [
      "values of one operator and variable are joined",
      [condition("StringEquals", "a", "1"), condition("StringEquals", "a", "2", "3")],
      { StringEquals: { a: ["1", "2", "3"] } },
    ],
  ])("%s", (_situation, conditions, expected) => {
    expect(statement({ conditions }).Condition).toEqual(expected);
  });
});

describe("source and override documents", () => {
  const merged = (args: Arguments) => JSON.parse(minified(args)).Statement;
  test.each<[string, Arguments, readonly Arguments[]]>([
    [
      "sources stand first, in their order",
      {
        sourcePolicyDocuments: [source({ Sid: "a", Effect: "Deny" }), source({ Sid: "b", Effect: "Deny" })],
        statements: [{ sid: "c" }],
      },
      [
        { Sid: "a", Effect: "Deny" },
        { Sid: "b", Effect: "Deny" },
        { Sid: "c", Effect: "Allow" },
      ],
    ],
    [
      "the program's statement takes the place of the source's with its sid",
      {
        sourcePolicyDocuments: [source({ Sid: "a", Effect: "Deny" }, { Sid: "b", Effect: "Deny" })],
        statements: [{ sid: "a" }],
      },
      [
        { Sid: "a", Effect: "Allow" },
        { Sid: "b", Effect: "Deny" },
      ],
    ],
    [
      "an override takes the place of either, and adds what has no sid or a new one",
      {
        sourcePolicyDocuments: [source({ Sid: "a", Effect: "Deny" })],
        statements: [{ sid: "b" }],
        overridePolicyDocuments: [
          source({ Sid: "b", Effect: "Deny", Action: "x" }, { Effect: "Deny" }, { Sid: "d", Effect: "Deny" }),
        ],
      },
      [
        { Sid: "a", Effect: "Deny" },
        { Sid: "b", Effect: "Deny", Action: "x" },
        { Effect: "Deny" },
        { Sid: "d", Effect: "Deny" },
      ],
    ],
    [
      "statements without a sid are never replaced",
      { sourcePolicyDocuments: [source({ Effect: "Deny" }), source({ Effect: "Deny" })], statements: [{}] },
      [{ Effect: "Deny" }, { Effect: "Deny" }, { Effect: "Allow" }],
    ],
    [
      "actions and resources stay as the document spells them, principals and conditions don't",
      {
        sourcePolicyDocuments: [
          source({
            Effect: "Allow",
            Action: ["a:b"],
            Resource: ["arn:a", "arn:b"],
            Principal: { AWS: ["arn:a", "arn:b"], Service: ["x"] },
            Condition: { Bool: { "aws:SecureTransport": true }, StringEquals: { a: ["1"] } },
          }),
        ],
      },
      [
        {
          Effect: "Allow",
          Action: ["a:b"],
          Resource: ["arn:a", "arn:b"],
          Principal: { AWS: ["arn:b", "arn:a"], Service: ["x"] },
          Condition: { Bool: { "aws:SecureTransport": "true" }, StringEquals: { a: "1" } },
        },
      ],
    ],
    [
      "anyone stays a text, however it was spelled",
      {
        sourcePolicyDocuments: [
          source({ Effect: "Allow", Principal: "*" }, { Effect: "Allow", Principal: { "*": "*" } }),
        ],
      },
      [
        { Effect: "Allow", Principal: "*" },
        { Effect: "Allow", Principal: "*" },
      ],
    ],
    [
      "elements are found in any case, as Go finds them, and others dropped",
      { sourcePolicyDocuments: ['{"statement":[{"effect":"Deny","Comment":"x"}]}'] },
      [{ Effect: "Deny" }],
    ],
    [
      "an empty document is none",
      { sourcePolicyDocuments: ["", null], statements: [{}] },
      [{ Effect: "Allow" }],
    ],
  ])("%s", (_situation, args, expected) => {
    expect(merged(args)).toEqual(expected);
  });

  test.each<[string, Arguments, string]>([
    [
      "an older version doesn't win",
      { overridePolicyDocuments: ['{"Version":"2008-10-17","Statement":[]}'] },
      '{"Version":"2012-10-17"}',
    ],
    [
      "the last id wins",
      { sourcePolicyDocuments: ['{"Id":"a"}'], policyId: "b", overridePolicyDocuments: ['{"Id":"c"}', "{}"] },
      '{"Version":"2012-10-17","Id":"c"}',
    ],
  ])("%s", (_situation, args, expected) => {
    expect(minified(args)).toBe(expected);
  });
});

describe("what the provider rejects is rejected, with an error that quotes no document", () => {
  const secret = "hunter2";
  test.each<[string, Arguments, string]>([
    [
      "text that is not JSON",
      { sourcePolicyDocuments: [`{${secret}`] },
      "there is text that is not JSON in one of its source documents",
    ],
    [
      "JSON that is not an object",
      { overridePolicyDocuments: [`"${secret}"`] },
      "there is JSON that is not a policy in one of its override documents",
    ],
    ["a single statement", { sourcePolicyDocuments: ['{"Statement":{}}'] }, "Statement is not a list"],
    [
      "a statement that is a text",
      { sourcePolicyDocuments: [`{"Statement":["${secret}"]}`] },
      "a statement is not an object",
    ],
    [
      "a principal that is a list",
      { sourcePolicyDocuments: [source({ Principal: [secret] })] },
      "a principal is neither a string nor an object",
    ],
    [
      "an identifier that is a number",
      { sourcePolicyDocuments: [source({ Principal: { AWS: [1] } })] },
      "a principal's identifiers are not strings",
    ],
    [
      "a condition that is a text",
      { sourcePolicyDocuments: [source({ Condition: secret })] },
      "a condition is not an object",
    ],
    [
      "a sid twice among the sources",
      { sourcePolicyDocuments: [source({ Sid: secret }), source({ Sid: secret })] },
      "two statements of its source documents have the same sid",
    ],
    [
      "a sid twice among the statements",
      { statements: [{ sid: secret }, { sid: secret }] },
      "two of its statements have the same sid",
    ],
    [
      "a policy variable in a version that has none",
      { version: "2008-10-17", statements: [{ resources: [`&{${secret}}`] }] },
      "need the document version 2012-10-17",
    ],
    ["sourceJson, which is no longer used", { sourceJson: secret }, "Write sourcePolicyDocuments instead"],
    [
      "overrideJson, which is no longer used",
      { overrideJson: secret },
      "Write overridePolicyDocuments instead",
    ],
  ])("%s", (_situation, args, expected) => {
    let message = "";
    expect(() => {
      try {
        policyDocument(args);
      } catch (thrown) {
        message = String(thrown);
        throw thrown;
      }
    }).toThrow(UserError);
    expect(message).toContain(expected);
    expect(message).not.toContain(secret);
  });
});

test("any JSON as a document leads to a UserError or to JSON", () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom("sourcePolicyDocuments", "overridePolicyDocuments"),
      (value, where) => {
        try {
          JSON.parse(
            minified({
              [where]: [JSON.stringify({ Statement: [value, { Principal: value, Condition: value }] })],
            }),
          );
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(UserError);
        }
      },
    ),
  );
});
