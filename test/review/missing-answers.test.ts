import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readFixtures } from "../../review/src/invokes";
import { preview, type WrittenFixtures, writeFixtures } from "../../review/src/preview";
import { collectSecrets } from "../../review/src/secrets";
import { started } from "./started";
import { mirrorPack, previewProgram, shown, writtenProgram } from "./written-program";

const parameter = "aws:ssm/getParameter:getParameter";
const asks = `The program asks for ${parameter}, which needs an AWS account. Give the answer with --fixtures FILE, where FILE holds: `;
/** As the generated SDK calls it. */
const getParameter = `
const getParameter = (args) => pulumi.runtime.invoke("${parameter}", args);
const getParameterOutput = (args) => pulumi.runtime.invokeOutput("${parameter}", args);
`;
const previewed = (source: string, request: Parameters<typeof previewProgram>[1] = {}) =>
  previewProgram(getParameter + source, { policyPacks: [mirrorPack], ...request });
const entry = (name: string, result: object) =>
  JSON.stringify({ invokes: [{ token: parameter, arguments: { name }, result }] });

describe("a missing answer is named with the entry to write", () => {
  test.each<[situation: string, source: string, sentences: readonly string[]]>([
    [
      "the property that the program reads of the output",
      'new Api("api", { name: getParameterOutput({ name: "issuer" }).value });',
      [asks + entry("issuer", { value: "..." })],
    ],
    [
      "all properties that it reads",
      'const issuer = getParameterOutput({ name: "issuer" }); new Api("api", { name: issuer.value, description: issuer.arn });',
      [asks + entry("issuer", { value: "...", arn: "..." })],
    ],
    [
      "otherwise those that the SDK declares",
      'module.exports = async () => { await getParameter({ name: "issuer" }); };',
      [
        asks +
          entry("issuer", {
            ...{ arn: "...", id: "...", insecureValue: "...", type: "...", value: "...", version: "..." },
          }),
      ],
    ],
    [
      "each call by its arguments",
      'for (const name of ["a", "b"]) new Api(name, { name: getParameterOutput({ name }).value });',
      [asks + entry("a", { value: "..." }), asks + entry("b", { value: "..." })],
    ],
    [
      "a function of another provider, of which nothing is known",
      'pulumi.runtime.invokeOutput("acme:index:lookup", {}).apply((result) => result);',
      [
        'The program asks for acme:index:lookup, which only the provider of acme can answer, and no provider is run here. Give the answer with --fixtures FILE, where FILE holds: {"invokes":[{"token":"acme:index:lookup","result":{"PROPERTY":"..."}}]}',
      ],
    ],
    [
      "the outputs that it reads of another stack",
      'const network = new pulumi.StackReference("network", { name: "acme/network/dev" }); new Api("api", { name: network.requireOutput("vpcId"), description: network.getOutput("zone") });',
      [
        'The stack reference "acme/network/dev" can\'t be read here. Give its outputs with --fixtures FILE, where FILE holds: {"stackReferences":{"acme/network/dev":{"vpcId":"...","zone":"..."}}}',
      ],
    ],
  ])("%s", async (_situation, source, sentences) => {
    const result = await previewed(source);
    expect(result.problems.toSorted()).toEqual(sentences.toSorted());
    expect(result.exitCode).toBe(2);
    expect(result.notices).toContain(
      "--write-fixtures writes all that is missing into a file of fixtures, with places to fill in.",
    );
  });

  test("a result with many properties isn't listed whole", async () => {
    const result = await previewed(
      'module.exports = async () => { await pulumi.runtime.invoke("aws:lb/getLoadBalancer:getLoadBalancer", { name: "edge" }); };',
    );
    expect(result.problems).toEqual([
      expect.stringMatching(/where FILE holds with whatever else the program reads of it: \{.*\}$/),
    ]);
    const [, shown = ""] = /read.*?: (\{.*\})$/.exec(result.problems[0] ?? "") ?? [];
    expect(Object.keys(JSON.parse(shown).invokes[0].result)).toHaveLength(6);
  });

  test("no secret argument is printed", async () => {
    const result = await previewed(
      'new Api("api", { name: getParameterOutput({ name: "a", key: pulumi.secret("hunter2") }).value });',
    );
    expect(result.problems).toEqual([asks + entry("a", { value: "..." })]);
  });

  test("and the program's output works as without being watched", async () => {
    const answer = { tags: { a: "b" }, value: "issuer", version: 1 };
    const folder = writtenProgram("", {
      "fixtures.json": { invokes: [{ token: parameter, result: answer }] },
    });
    const result = await previewed(
      `const issuer = getParameterOutput({ name: "issuer" });
       const print = (what) => (value) => console.log(what + " " + JSON.stringify(value));
       print("is an output")(pulumi.Output.isInstance(issuer));
       print("is no promise")(issuer.then === undefined);
       issuer.apply(print("applied"));
       issuer.tags.a.apply(print("a property of a property"));
       pulumi.all([pulumi.output(issuer), { inner: issuer.value }]).apply(print("in others"));
       pulumi.isSecret(getParameterOutput({ name: pulumi.secret("issuer") })).then(print("secret"));
       new Api("api", { name: issuer.apply(({ value, version }) => value + version), tags: issuer.tags });`,
      { fixtures: await readFixtures(join(folder, "fixtures.json")) },
    );
    expect(result.problems).toEqual([]);
    expect(result.output.split("\n").filter(Boolean).toSorted()).toEqual(
      [
        "is an output true",
        "is no promise true",
        `applied ${JSON.stringify(answer)}`,
        'a property of a property "b"',
        `in others ${JSON.stringify([answer, { inner: "issuer" }])}`,
        "secret true",
      ].toSorted(),
    );
    expect(shown(result, "resource").api?.properties).toEqual({ name: "issuer1", tags: { a: "b" } });
  });
});

describe("--write-fixtures", () => {
  const source = `${getParameter}
module.exports = async () => {
  const issuer = getParameterOutput({ name: "issuer" });
  const audience = await getParameter({ name: "audience" });
  const { value: next } = await getParameter({ name: audience.value });
  const network = new pulumi.StackReference("acme/network/dev");
  const described = pulumi.runtime.invokeOutput("aws:lb/getLoadBalancer:getLoadBalancer", { name: "edge" }).apply((lb) => lb.dnsName + lb.zoneId);
  new Authorizer("jwt", { name: described, jwtConfiguration: { issuer: issuer.value, audiences: [audience.value, next] } });
  new Route("open", { routeKey: "GET /", target: network.requireOutput("target") });
};`;
  const blank = "FILL IN: a text";
  let directory: string;
  let file: string;
  let first: WrittenFixtures;
  const read = () => JSON.parse(readFileSync(file, "utf8"));
  beforeAll(async () => {
    directory = resolve(writtenProgram(source));
    file = join(directory, "fixtures.json");
    first = await writeFixtures({ directory });
  });

  test("writes all that is missing, though a program stops at its first unanswered call", () => {
    const invoke = (token: string, args: object, result: object) => ({ token, arguments: args, result });
    const { invokes, stackReferences, ...others } = read();
    expect(others).toEqual({});
    expect(invokes.toSorted(byText)).toEqual(
      [
        invoke(parameter, { name: "issuer" }, { value: blank }),
        invoke(parameter, { name: "audience" }, { value: blank }),
        invoke("aws:lb/getLoadBalancer:getLoadBalancer", { name: "edge" }, { dnsName: blank, zoneId: blank }),
      ].toSorted(byText),
    );
    expect(stackReferences).toEqual({ "acme/network/dev": { target: "FILL IN: a value" } });
  });

  test("says what has to be filled in, and what depends on that, with exit code 2", () => {
    expect(first).toMatchObject({ file, exitCode: 2, isNamedInSettings: false });
    expect(first.added).toHaveLength(4);
    expect(first.toFillIn).toHaveLength(5);
    expect(first.problems).toEqual([
      "Some calls depend on answers that have to be filled in first. Fill them in, and write the fixtures again.",
    ]);
  });

  test("and a preview refuses the file until then", async () => {
    await expect(readFixtures(file)).rejects.toThrow(/has to be filled in: a text\.$/);
  });

  test("then finds what depends on the answers, and keeps them; at last the preview has all", async () => {
    const fill = () => writeFileSync(file, readFileSync(file, "utf8").replace(/FILL IN: a \w+/g, "answered"));
    fill();
    const second = await writeFixtures({ directory, fixtures: file });
    expect(second.added).toEqual([`invokes[3] (${parameter})`]);
    expect(second.problems).toEqual([]);
    expect(read().invokes[3]).toEqual({
      token: parameter,
      arguments: { name: "answered" },
      result: { value: blank },
    });
    fill();
    const third = await writeFixtures({ directory, fixtures: file });
    expect(third).toMatchObject({ added: [], toFillIn: [], problems: [], exitCode: 0 });
    const result = await preview({ directory, fixtures: await readFixtures(file) });
    expect(result.problems).toEqual([]);
    expect(result.violations.map(({ name }) => name)).toContain("open");
  });

  test("judges nothing and boots no pack", async () => {
    const { code, stdout, stderr } = await started([
      "preview",
      writtenProgram('new Route("open", { routeKey: "GET /" });'),
      ...["--policy-pack", "no-such-pack", "--write-fixtures"],
    ]).ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Nothing is missing in .*fixtures\.json that the program asks for\.\n$/);
  });

  test("writes no file if nothing is missing, and says how a program failed", async () => {
    const folder = writtenProgram('throw new Error("no such table");');
    const { code, stdout } = await started(["preview", folder, "--write-fixtures"]).ended;
    expect(code).toBe(2);
    expect(stdout).toMatch(/Not seen:\n {4}! The program failed at index\.js:\d+: no such table\n$/);
    expect(existsSync(join(folder, "fixtures.json"))).toBe(false);
  });

  test("writes no secret argument", async () => {
    const folder = writtenProgram(
      `${getParameter} new Api("api", { name: getParameterOutput({ name: "a", key: pulumi.secret("hunter2") }).value });`,
    );
    const secrets = collectSecrets();
    await writeFixtures({ directory: folder, secrets });
    const text = readFileSync(join(folder, "fixtures.json"), "utf8");
    expect(text).not.toContain("hunter2");
    expect(JSON.parse(text).invokes[0].arguments).toEqual({ name: "a" });
  });

  test("leaves a file that answers everything as it is, to the character", async () => {
    const text = '{"invokes":[{"token":"a:b:c","result":{"d":"e"}}]}';
    const folder = writtenProgram("", { "answers.json": text });
    const written = await writeFixtures({ directory: folder, file: join(folder, "answers.json") });
    expect(written).toMatchObject({ added: [], toFillIn: [], problems: [], exitCode: 0 });
    expect(readFileSync(join(folder, "answers.json"), "utf8")).toBe(text);
  });

  test.each<[situation: string, settings: object, expected: string, isNamed: boolean]>([
    ["the file that the settings name", { fixtures: "answers/own.json" }, "answers/own.json", true],
    [
      "fixtures.json beside settings that hold fixtures themselves",
      { fixtures: { invokes: [] } },
      "fixtures.json",
      false,
    ],
  ])("writes by default into %s", async (_situation, settings, expected, isNamed) => {
    const folder = resolve(
      writtenProgram(`${getParameter} new Api("api", { name: getParameterOutput({ name: "a" }).value });`, {
        "api-guardrails.yaml": settings,
        "answers/own.json": {},
      }),
    );
    const written = await writeFixtures({ directory: folder });
    expect(written).toMatchObject({ file: join(folder, expected), isNamedInSettings: isNamed, exitCode: 2 });
    expect(JSON.parse(readFileSync(join(folder, expected), "utf8")).invokes).toHaveLength(1);
  });

  test("refuses a file with a mistake, and --json", async () => {
    const folder = writtenProgram("", { "broken.json": { invokes: [{}] } });
    await expect(writeFixtures({ directory: folder, file: join(folder, "broken.json") })).rejects.toThrow(
      /broken\.json: invokes\[0\]\.token has to be a string\.$/,
    );
    const sentence = "--write-fixtures has no report but its text. Leave out --json and --format.";
    for (const options of [["--json"], ["--format", "sarif"]]) {
      const { code, stderr } = await started(["preview", folder, "--write-fixtures", ...options]).ended;
      expect([code, stderr]).toEqual([2, `api-guardrails: ${sentence}\n`]);
    }
  });
});

const byText = (one: object, other: object) => JSON.stringify(one).localeCompare(JSON.stringify(other));
