import { createRequire } from "node:module";
import { beforeAll, describe, expect, test } from "vitest";
import { type PreviewResult, preview } from "../../review/src/preview";

const directory = "test/fixtures/other-sdk";

describe("a program with its own SDK, older than the pack's", () => {
  const program = createRequire(`${process.cwd()}/${directory}/package.json`);
  const aws = createRequire(program.resolve("@pulumi/aws"));
  let result: PreviewResult;
  beforeAll(async () => {
    result = await preview({ directory });
  });

  test("has that SDK nested, and this repository keeps its own", () => {
    const here = createRequire(`${process.cwd()}/package.json`);
    const versionOf = (require: NodeJS.Require) => require("@pulumi/pulumi/package.json").version;
    const { devDependencies } = here("./package.json");
    expect([versionOf(aws), versionOf(here)]).toEqual(["3.204.0", devDependencies["@pulumi/pulumi"]]);
    // These are the same if this run uses the oldest versions.
    const isOldest = versionOf(here) === versionOf(aws);
    expect(aws.resolve("@pulumi/pulumi") === here.resolve("@pulumi/pulumi")).toBe(isOldest);
  });

  test("is previewed with it: its provider's version is the program's", () => {
    const provider = result.resources.find(({ type }) => type === "pulumi:providers:aws");
    expect(provider?.name).toBe("default_7_10_0");
  });

  test("is blocked for its open route", () => {
    expect(result).toMatchObject({ exitCode: 1, problems: [] });
    expect(result.violations.map(({ policy, level, name }) => `${level} ${policy} ${name}`)).toEqual([
      "mandatory http-route-requires-authorization lookup",
    ]);
  });
});
