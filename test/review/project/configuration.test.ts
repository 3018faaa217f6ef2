import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readProject, secretValues } from "../../../review/src/project";
import { UserError } from "../../../review/src/text/errors";
import { written } from "../written-program";

interface Settings {
  /** The lines of Pulumi.yaml after name and runtime. */
  readonly project?: string;
  /** The lines of Pulumi.dev.yaml. */
  readonly stack?: string;
  /** The content of api-guardrails.yaml. */
  readonly own?: object;
  /** The arguments of `-c`. */
  readonly config?: readonly string[];
}

function folderWith({ project = "", stack, own }: Settings): string {
  return resolve(
    written({
      "Pulumi.yaml": `name: customers\nruntime: nodejs\n${project}`,
      ...(stack === undefined ? {} : { "Pulumi.dev.yaml": stack }),
      ...(own === undefined ? {} : { "api-guardrails.yaml": own }),
    }),
  );
}

async function configuration(settings: Settings) {
  const { config, secretKeys } = await readProject(folderWith(settings), { config: settings.config ?? [] });
  return { config, secretKeys };
}

async function refusal(settings: Settings): Promise<string> {
  const folder = folderWith(settings);
  const thrown = await readProject(folder, { config: settings.config ?? [] }).catch(
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(UserError);
  return (thrown as UserError).message.replaceAll(folder, "PROJECT");
}

const block = (...lines: readonly string[]) => `config:\n${lines.map((line) => `  ${line}\n`).join("")}`;

/** As the real engine, 3.259.0, passes it to a program for the same lines of a stack's settings. */
describe("a value of the stack reaches the program as under the engine", () => {
  test.each([
    ["a text", "text", "text"],
    ["a text in quotes", '"42"', "42"],
    ["an empty text", '""', ""],
    ["nothing", "", ""],
    ["null", "null", ""],
    ["an integer", "42", "42"],
    ["a negative integer", "-42", "-42"],
    ["an account number", "123456789012", "123456789012"],
    ["a decimal number", "1.50", "1.5"],
    ["a version, which is a decimal number", "1.10", "1.1"],
    ["an exponent", "1e3", "1000"],
    ["a large exponent", "1000000000000000000000.0", "1e+21"],
    ["a hexadecimal number", "0x1F", "31"],
    ["a boolean", "true", "true"],
    ["a boolean with a capital", "True", "true"],
    ["yes, which is a text", "yes", "yes"],
    ["off, which is a text", "off", "off"],
    ["a time, which is a text", "12:30:45", "12:30:45"],
    ["a date in quotes", '"2027-01-31"', "2027-01-31"],
    ["a bare date", "2027-01-31", "2027-01-31 00:00:00 +0000 UTC"],
    ["a bare date with a time", "2027-01-31T10:20:30Z", "2027-01-31 10:20:30 +0000 UTC"],
    ["a bare date with half a second", "2027-01-31 10:20:30.5", "2027-01-31 10:20:30.5 +0000 UTC"],
    ["a list", '[1, "a", true, null, 1.5]', '[1,"a",true,null,1.5]'],
    ["a list with a bare date", "[2027-01-31]", '["2027-01-31 00:00:00 +0000 UTC"]'],
    ["an object, its keys sorted", "{b: 1, a: {d: [x], c: y}}", '{"a":{"c":"y","d":["x"]},"b":1}'],
    ["an object with a number for a key", "{1: x}", '{"1":"x"}'],
    ["an object with a key secure among others", "{c: 1, secure: x}", '{"c":1,"secure":"x"}'],
    ["several lines", "|\n    a\n    b", "a\nb\n"],
  ])("%s", async (_situation, value, text) => {
    expect((await configuration({ stack: block(`customers:key: ${value}`) })).config).toEqual({
      "customers:key": text,
    });
  });

  test("an alias, and a merged mapping", async () => {
    const stack = `common: &common\n  customers:a: x\n${block("<<: *common", "customers:b: &b {k: 1}", "customers:c: *b")}`;
    expect((await configuration({ stack })).config).toEqual({
      "customers:a": "x",
      "customers:b": '{"k":1}',
      "customers:c": '{"k":1}',
    });
  });
});

describe("a key", () => {
  test.each([
    ["without a namespace is the project's", "key", "customers:key"],
    ["has its namespace", "aws:region", "aws:region"],
    ["may have config between, as it was once written", "aws:config:region", "aws:region"],
  ])("%s", async (_situation, key, qualified) => {
    const expected = { [qualified]: "x" };
    expect((await configuration({ stack: block(`${key}: x`) })).config).toEqual(expected);
    expect((await configuration({ project: block(`${key}: x`) })).config).toEqual(expected);
    expect((await configuration({ config: [`${key}=x`] })).config).toEqual(expected);
  });

  test("of three parts is refused", async () => {
    expect(await refusal({ stack: block("a:b:c: x") })).toBe(
      '"a:b:c" is not a configuration key. Write namespace:name, for instance aws:region',
    );
    expect(await refusal({ config: ["a:b:c=x"] })).toBe(
      "-c has no configuration key before the =. Write name or namespace:name, for instance: -c aws:region=eu-west-1",
    );
  });
});

describe("Pulumi.yaml declares", () => {
  test.each([
    ["a text", "key: x", "x"],
    ["a number", "key: 3", "3"],
    ["a list", "key: [a, 1]", '["a",1]'],
    ["a value", "key: {value: x}", "x"],
    ["a default", "key: {default: x}", "x"],
    ["a default that is false", "key: {type: boolean, default: false}", "false"],
    ["a type and a default", "key: {type: integer, default: 3}", "3"],
    [
      "a list's type and a default",
      "key: {type: array, items: {type: string}, default: [x, y]}",
      '["x","y"]',
    ],
    ["an object as a default", "key: {type: object, default: {b: 1, a: 2}}", '{"a":2,"b":1}'],
  ])("%s", async (_situation, declared, text) => {
    expect((await configuration({ project: block(declared) })).config).toEqual({ "customers:key": text });
  });

  test.each([
    ["a type and no value", ["key: {type: string}"], "customers:key. Give it"],
    ["a description and no value", ["key: {description: a key}"], "customers:key. Give it"],
    ["a default that is null", ["key: {type: string, default: null}"], "customers:key. Give it"],
    ["another namespace's key and no value", ["aws:region: {description: where}"], "aws:region. Give it"],
    ["two without values", ["a: {type: string}", "b: {type: string}"], "customers:a, customers:b. Give each"],
  ])("%s: the sentence names what is missing and -c", async (_situation, lines, named) => {
    const [key] = named.split(/[.,] /);
    expect(await refusal({ project: block(...lines) })).toBe(
      `Stack "dev" has no value for ${named} in PROJECT/Pulumi.dev.yaml or with -c ${key}=VALUE`,
    );
  });

  test("a type, and the stack or -c gives the value", async () => {
    const project = block("a: {type: string}", "b: {type: string}");
    expect((await configuration({ project, stack: block("a: x"), config: ["b=y"] })).config).toEqual({
      "customers:a": "x",
      "customers:b": "y",
    });
  });

  test.each([
    [
      "a key without a value",
      "key:",
      "Pulumi.yaml declares customers:key without a value or a type. Write a value, or for instance: {type: string}",
    ],
    [
      "an object that isn't marked as the value",
      "key: {colour: blue}",
      'Pulumi.yaml declares customers:key with "colour", which is not an attribute of a declaration. If the value is an object, write: {value: {...}}',
    ],
    [
      "a bare date",
      "key: 2027-01-31",
      "Pulumi.yaml gives customers:key a bare date, which Pulumi would pass to the program in another form. Write it in quotes.",
    ],
    [
      "a bare date as a default",
      "key: {type: string, default: 2027-01-31}",
      "Pulumi.yaml gives customers:key a bare date",
    ],
    ["a bare date in a list", "key: [2027-01-31]", "Pulumi.yaml gives customers:key a bare date"],
    [
      "a bare date in an object",
      "key: {value: {on: 2027-01-31}}",
      "Pulumi.yaml gives customers:key a bare date",
    ],
  ])("%s: refused", async (_situation, declared, sentence) => {
    expect(await refusal({ project: block(declared) })).toContain(sentence);
  });

  test("a list in place of its configuration: refused", async () => {
    expect(await refusal({ project: block("- aws:region: eu-west-1") })).toContain(
      "config has to hold a mapping",
    );
  });
});

describe("the stack's value overrides Pulumi.yaml's, and -c overrides both", () => {
  test.each<[situation: string, settings: Settings, value: string]>([
    ["Pulumi.yaml's value", { project: block("key: project") }, "project"],
    ["the stack's over a value", { project: block("key: project"), stack: block("key: stack") }, "stack"],
    [
      "the stack's over a default",
      { project: block("key: {default: d}"), stack: block("customers:key: stack") },
      "stack",
    ],
    ["-c over a default", { project: block("key: {default: d}"), config: ["key=given"] }, "given"],
    ["-c over the stack's", { stack: block("key: stack"), config: ["customers:key=given"] }, "given"],
    ["the last -c", { config: ["key=first", "key=last"] }, "last"],
    ["-c with an equals sign in its value", { config: ["key=a=b"] }, "a=b"],
    ["-c with nothing for a value", { stack: block("key: stack"), config: ["key="] }, ""],
  ])("%s", async (_situation, settings, value) => {
    expect((await configuration(settings)).config).toEqual({ "customers:key": value });
  });

  test.each(["key", "=value", ""])("-c %j is refused", async (given) => {
    expect(await refusal({ config: [given] })).toBe(
      "-c is not key=value. Write for instance: -c reviewBy=2027-01-31",
    );
  });

  test.each<[situation: string, config: readonly string[], place: string]>([
    ["a value without its key", ["hunter2"], "-c is not key=value."],
    ["a value whose key is empty", ["=hunter2"], "-c is not key=value."],
    ["a long one", [`${"x".repeat(40)}hunter2`], "-c is not key=value."],
    ["one of several", ["key=value", "hunter2"], "-c number 2 is not key=value."],
    [
      "an address with a password",
      ["postgres://edge:hunter2@db:5432/?ssl=true"],
      "-c has no configuration key before the =.",
    ],
  ])("a -c that could be a secret isn't repeated: %s", async (_situation, config, place) => {
    const said = await refusal({ config });
    expect(said).toContain(place);
    expect(said).not.toContain("hunter2");
  });

  test("the error about an unreadable -c precedes the one about a missing folder, which may be its other half", async () => {
    await expect(readProject("hunter2", { config: ["password"] })).rejects.toThrow(
      "-c is not key=value. Write for instance: -c reviewBy=2027-01-31",
    );
  });
});

describe("an encrypted value", () => {
  const secure = "{secure: v1:AbC=}";

  test.each<[situation: string, lines: readonly string[], named: string, key: string]>([
    [
      "by itself",
      [`token: ${secure}`],
      "customers:token, which can't be decrypted here. Give it",
      "customers:token",
    ],
    [
      "with a namespace",
      [`aws:secretKey: ${secure}`],
      "aws:secretKey, which can't be decrypted here. Give it",
      "aws:secretKey",
    ],
    [
      "in an object",
      [`db: {user: a, password: ${secure}}`],
      "customers:db, which can't be decrypted here. Give it",
      "customers:db",
    ],
    [
      "in a list",
      [`tokens: [a, ${secure}]`],
      "customers:tokens, which can't be decrypted here. Give it",
      "customers:tokens",
    ],
    [
      "and another",
      [`a: ${secure}`, "b: plain", `c: ${secure}`],
      "customers:a, customers:c, which can't be decrypted here. Give each",
      "customers:a",
    ],
  ])("%s: the sentence names the key and -c", async (_situation, lines, named, key) => {
    expect(await refusal({ stack: block(...lines) })).toBe(
      `PROJECT/Pulumi.dev.yaml encrypts ${named} with -c, for instance: -c ${key}=VALUE. Or let the program have ${named.endsWith("each") ? "placeholders" : "a placeholder"}, and write into PROJECT/api-guardrails.yaml: secrets: placeholder`,
    );
  });

  test("that -c gives is a secret", async () => {
    const stack = block(`token: ${secure}`, "colour: blue");
    expect(await configuration({ stack, config: ["token=plain"] })).toEqual({
      config: { "customers:token": "plain", "customers:colour": "blue" },
      secretKeys: ["customers:token"],
    });
  });

  test("is required even if Pulumi.yaml has a default", async () => {
    const settings = { project: block("token: {default: none}"), stack: block(`token: ${secure}`) };
    expect(await refusal(settings)).toContain("encrypts customers:token");
  });

  describe("is a placeholder if the project says so", () => {
    const own = { secrets: "placeholder" };
    const placeholder = (number: number) => `encrypted-value-placeholder-${number}`;
    test.each<[situation: string, lines: readonly string[], values: object]>([
      ["one", [`token: ${secure}`], { token: placeholder(1) }],
      [
        "several, each another one",
        [`a: ${secure}`, "b: plain", `c: ${secure}`],
        { a: placeholder(1), b: "plain", c: placeholder(2) },
      ],
      [
        "in an object and in a list",
        [`db: {host: db.example.com, tokens: [a, ${secure}]}`],
        { db: `{"host":"db.example.com","tokens":["a","${placeholder(1)}"]}` },
      ],
    ])("%s", async (_situation, lines, values) => {
      const { config, secretKeys, notices } = await readProject(folderWith({ stack: block(...lines), own }), {
        config: [],
      });
      const expected = Object.entries(values).map(([key, value]) => [`customers:${key}`, value]);
      expect(config).toEqual(Object.fromEntries(expected));
      const replaced = expected.filter(([, value]) => value.includes(placeholder(1).slice(0, -1)));
      expect(secretKeys).toEqual(replaced.map(([key]) => key));
      expect(notices).toEqual([
        expect.stringMatching(
          new RegExp(
            `Pulumi.dev.yaml encrypts ${secretKeys.join(", ")}, which can't be decrypted here. The program gets (a placeholder|placeholders) instead, and whatever is made of (it|one) counts as unknown.$`,
          ),
        ),
      ]);
    });

    test("but not where -c gives the value", async () => {
      const settings = { stack: block(`token: ${secure}`), own, config: ["token=plain"] };
      const { config, secretKeys, notices } = await readProject(folderWith(settings), {
        config: settings.config,
      });
      expect(config).toEqual({ "customers:token": "plain" });
      expect(secretKeys).toEqual(["customers:token"]);
      expect(notices).toEqual([]);
    });
  });

  test("is not an object that has other keys beside secure", async () => {
    const { config, secretKeys } = await configuration({ stack: block("key: {secure: yes, port: 1}") });
    expect({ config, secretKeys }).toEqual({
      config: { "customers:key": '{"port":1,"secure":"yes"}' },
      secretKeys: [],
    });
  });
});

test("what Pulumi.yaml declares as secret is secret, wherever the value comes from", async () => {
  const project = block(
    "a: {type: string, secret: true}",
    "b: {default: x, secret: true}",
    "c: {default: x}",
  );
  expect((await configuration({ project, stack: block("a: y") })).secretKeys).toEqual([
    "customers:a",
    "customers:b",
  ]);
  expect((await configuration({ project, config: ["a=z"] })).secretKeys).toEqual([
    "customers:a",
    "customers:b",
  ]);
});

describe("a stack that imports ESC environments", () => {
  const imports = "environment:\n  - acme/dev\n";
  const dev = (values: object) => ({ stacks: { dev: values } });

  test.each([
    ["in a list", imports],
    ["with a definition of its own", "environment:\n  imports: [acme/dev]\n"],
  ])("%s is refused without values, with what to write and where", async (_situation, stack) => {
    expect(await refusal({ stack })).toBe(
      'PROJECT/Pulumi.dev.yaml imports ESC environments, which only Pulumi Cloud can read. Write what they give to this stack into PROJECT/api-guardrails.yaml, for instance: "stacks": {"dev":{"config":{"aws:region":"eu-west-1"}}}. If the program needs nothing of it: "stacks": {"dev":{}}',
    );
  });

  test("is refused if the values are those of another stack", async () => {
    expect(await refusal({ stack: imports, own: { stacks: { prod: {} } } })).toContain(
      "imports ESC environments",
    );
  });

  test.each<[situation: string, environment: object, own: string, values: object]>([
    ["the environment's value", { "aws:region": "eu-west-1" }, "", { "aws:region": "eu-west-1" }],
    ["a key without a namespace is the project's", { colour: "blue" }, "", { "customers:colour": "blue" }],
    ["an object is JSON", { limits: { rate: 10 } }, "", { "customers:limits": '{"rate":10}' }],
    ["the stack's own value wins", { colour: "blue" }, block("colour: red"), { "customers:colour": "red" }],
    ["also if it is nothing", { colour: "blue" }, block('colour: ""'), { "customers:colour": "" }],
    [
      "objects are merged, and the stack's keys win",
      { db: { host: "a", port: 1, tls: { on: true, strict: true } } },
      block("db: {port: 2, tls: {strict: false}, name: x}"),
      { "customers:db": '{"host":"a","name":"x","port":2,"tls":{"on":true,"strict":false}}' },
    ],
    [
      "a null of the stack removes a key",
      { db: { a: 1, b: 2 } },
      block("db: {b: null}"),
      { "customers:db": '{"a":1}' },
    ],
    ["a list replaces a list", { ids: [1, 2] }, block("ids: [3]"), { "customers:ids": "[3]" }],
    ["an object replaces a text", { db: "a" }, block("db: {b: 1}"), { "customers:db": '{"b":1}' }],
  ])("%s", async (_situation, environment, own, values) => {
    const { config } = await configuration({ stack: imports + own, own: dev({ config: environment }) });
    expect(config).toEqual(values);
  });

  test("overrides what Pulumi.yaml declares, and -c overrides it", async () => {
    const settings = {
      project: block("a: {default: declared}", "b: {default: declared}", "c: {type: string}"),
      stack: imports,
      own: dev({ config: { a: "given", c: "given" } }),
      config: ["customers:c=override"],
    };
    expect((await configuration(settings)).config).toEqual({
      "customers:a": "given",
      "customers:b": "declared",
      "customers:c": "override",
    });
  });

  test("has secrets, in objects and in variables, too", async () => {
    const own = dev({
      config: {
        token: { "fn::secret": "hunter2" },
        db: { host: "a", password: { "fn::secret": "hunter3" } },
      },
      environmentVariables: { API_KEY: { "fn::secret": "hunter4" }, AWS_REGION: "eu-west-1" },
    });
    const project = await readProject(folderWith({ stack: imports, own }), { config: [] });
    expect(project.secretKeys).toEqual(["customers:token", "customers:db"]);
    expect(project.environmentVariables).toEqual({ API_KEY: "hunter4", AWS_REGION: "eu-west-1" });
    expect(secretValues(project)).toEqual(expect.arrayContaining(["hunter2", "hunter4"]));
  });

  test("is previewed with a notice that they weren't read", async () => {
    const { notices } = await readProject(folderWith({ stack: imports, own: dev({}) }), { config: [] });
    expect(notices).toEqual([
      "The ESC environments that Pulumi.dev.yaml imports aren't read here: stacks.dev of api-guardrails.yaml stands in for what they give.",
    ]);
  });

  test("encrypted values beside the import are refused as elsewhere", async () => {
    const stack = `${imports}${block("token: {secure: AAABA}")}`;
    expect(await refusal({ stack, own: dev({ config: { token: "plain" } }) })).toContain(
      "encrypts customers:token",
    );
  });

  test("is told if its values aren't used, because it imports none", async () => {
    const given = dev({ config: { colour: "blue" } });
    const { config, notices } = await readProject(folderWith({ stack: block("a: b"), own: given }), {
      config: [],
    });
    expect(config).toEqual({ "customers:a": "b" });
    expect(notices).toEqual([
      "stacks.dev of api-guardrails.yaml isn't used: it stands in for ESC environments, and Pulumi.dev.yaml imports none.",
    ]);
  });
});
