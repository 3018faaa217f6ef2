import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readPackConfiguration, reconcile } from "../../../review/src/packs/configuration";
import type { PackInfo, PolicyInfo } from "../../../review/src/packs/pack-info";
import { UserError } from "../../../review/src/text/errors";
import { written } from "../written-program";

const fileWith = (content: string) => join(written({ "config.json": content }), "config.json");
const fileOf = (content: unknown) => readPackConfiguration(fileWith(JSON.stringify(content)));

const policy = (name: string, given: Partial<PolicyInfo> = {}): PolicyInfo => ({
  name,
  enforcementLevel: "mandatory",
  severity: "high",
  judgesStack: false,
  kindsOutside: [],
  configSchema: undefined,
  ...given,
});
const limit = {
  properties: {
    limit: { type: "integer", minimum: 1, default: 10 },
    names: { type: "array", items: { type: "string" } },
  },
  required: [],
};
const pack = (given: Partial<PackInfo> = {}): PackInfo => ({
  name: "acme",
  version: "1.2.3",
  policies: [policy("free"), policy("limited", { configSchema: limit })],
  initialConfig: {},
  ...given,
});

describe("a policy's settings have the engine's order of precedence", () => {
  const initially = (initialConfig: PackInfo["initialConfig"]) => pack({ initialConfig });
  const setting = (enforcementLevel: "advisory" | "mandatory" | "disabled", properties = {}) => ({
    enforcementLevel,
    properties,
  });
  test.each<[situation: string, info: PackInfo, file: unknown, limited: unknown, free: unknown]>([
    [
      "its own level and its schema's defaults",
      pack(),
      {},
      setting("mandatory", { limit: 10 }),
      setting("mandatory"),
    ],
    [
      "the pack's configuration over them",
      initially({ limited: setting("advisory", { limit: 20 }) }),
      {},
      setting("advisory", { limit: 20 }),
      setting("mandatory"),
    ],
    [
      "the file over the pack's configuration, property by property",
      initially({ limited: setting("advisory", { limit: 20, names: ["a"] }) }),
      { limited: { enforcementLevel: "mandatory", limit: 30 } },
      setting("mandatory", { limit: 30, names: ["a"] }),
      setting("mandatory"),
    ],
    [
      "a file with properties and no level keeps the level",
      initially({ limited: setting("mandatory", {}) }),
      { limited: { limit: 30 } },
      setting("mandatory", { limit: 30 }),
      setting("mandatory"),
    ],
    [
      "a level by itself keeps the properties",
      initially({ limited: setting("mandatory", { limit: 20 }) }),
      { limited: "disabled" },
      setting("disabled", { limit: 20 }),
      setting("mandatory"),
    ],
    ["all", pack(), { all: "advisory" }, setting("advisory", { limit: 10 }), setting("advisory")],
    [
      "all as an object, and a policy's own level before it, in whatever order",
      pack(),
      { free: "mandatory", all: { enforcementLevel: "disabled" } },
      setting("disabled", { limit: 10 }),
      setting("mandatory"),
    ],
    [
      "all of the file over a policy's level in the pack's configuration",
      initially({ free: setting("mandatory") }),
      { all: "disabled" },
      setting("disabled", { limit: 10 }),
      setting("disabled"),
    ],
    [
      "all of the pack's configuration below the file's",
      initially({ all: setting("disabled") }),
      { free: "advisory" },
      setting("disabled", { limit: 10 }),
      setting("advisory"),
    ],
    [
      "properties of a policy without a schema, whatever they are",
      pack(),
      { free: { anything: [1] } },
      setting("mandatory", { limit: 10 }),
      setting("mandatory", { anything: [1] }),
    ],
  ])("%s", async (_situation, info, file, limited, free) => {
    expect(reconcile(info, await fileOf(file))).toEqual({ limited, free });
  });

  test("without a file", () => {
    expect(reconcile(pack(), undefined).limited).toEqual(setting("mandatory", { limit: 10 }));
  });
});

describe("settings that the pack doesn't accept are refused, with the mistake", () => {
  const required = {
    properties: {
      owner: { type: "string" },
      nested: { type: "object", properties: { port: { type: "integer" } } },
    },
    required: ["owner"],
  };
  const demanding = pack({ policies: [policy("owned", { configSchema: required })] });
  test.each<[situation: string, info: PackInfo, file: unknown, sentence: string]>([
    [
      "a policy that doesn't exist",
      pack(),
      { limitted: "advisory" },
      'acme 1.2.3  there is no policy "limitted". Policies: free, limited.',
    ],
    [
      "a policy by a name that every object has",
      pack(),
      { toString: "advisory" },
      'acme 1.2.3  there is no policy "toString". Policies: free, limited.',
    ],
    [
      "an option that doesn't exist, where the policy says which do",
      pack(),
      { limited: { limits: 3 } },
      'acme 1.2.3  limited: there is no option "limits". Options: limit, names.',
    ],
    [
      "an option of a policy that has none",
      pack({ policies: [policy("strict", { configSchema: { properties: {}, required: [] } })] }),
      { strict: { limit: 3 } },
      'acme 1.2.3  strict: there is no option "limit". Options: none.',
    ],
    [
      "an option for all",
      pack(),
      { all: { limit: 3 } },
      'acme 1.2.3  all: there is no option "limit". Options: none.',
    ],
    [
      "a value of another type",
      pack(),
      { limited: { limit: "3" } },
      "acme 1.2.3  limited: limit: must be integer",
    ],
    [
      "a value out of its range",
      pack(),
      { limited: { limit: 0 } },
      "acme 1.2.3  limited: limit: must be >= 1",
    ],
    [
      "an element of another type",
      pack(),
      { limited: { names: ["a", 1] } },
      "acme 1.2.3  limited: names.1: must be string",
    ],
    [
      "a required option that nobody gives",
      demanding,
      {},
      "acme 1.2.3  owned: (root): must have required property 'owner'",
    ],
    [
      "a value inside an object",
      demanding,
      { owned: { owner: "a", nested: { port: "https" } } },
      "acme 1.2.3  owned: nested.port: must be integer",
    ],
    [
      "a policy of the pack's own configuration that doesn't exist",
      pack({ initialConfig: { gone: { enforcementLevel: "advisory", properties: {} } } }),
      {},
      'acme 1.2.3  there is no policy "gone". Policies: free, limited.',
    ],
  ])("%s", async (_situation, info, file, sentence) => {
    const configuration = await fileOf(file);
    expect(() => reconcile(info, configuration)).toThrow(UserError);
    expect(() => reconcile(info, configuration)).toThrow(`validating policy config: ${sentence}`);
  });
});

describe("an invalid file is refused, with the mistake", () => {
  const levels = "Write one of: advisory, mandatory, disabled, remediate.";
  test.each([
    ["no JSON", "{ all: 'advisory' }", " is not JSON: "],
    ["nothing", "", " is not JSON: "],
    [
      "a list",
      "[]",
      ' has to hold an object with an entry for each policy, for instance {"all": "mandatory"}.',
    ],
    [
      "null",
      "null",
      ' has to hold an object with an entry for each policy, for instance {"all": "mandatory"}.',
    ],
    ["a level that doesn't exist", '{"free": "warning"}', `: "free" has no such enforcementLevel. ${levels}`],
    ["a level with a capital", '{"free": "Mandatory"}', `: "free" has no such enforcementLevel. ${levels}`],
    [
      "a level in an object",
      '{"free": {"enforcementLevel": 1}}',
      `: "free" has no such enforcementLevel. ${levels}`,
    ],
    [
      "a level that is null",
      '{"free": {"enforcementLevel": null}}',
      `: "free" has no such enforcementLevel. ${levels}`,
    ],
    ["a number for a policy", '{"free": 1}', ': "free" has to be a level or an object'],
    ["a list for a policy", '{"free": ["advisory"]}', ': "free" has to be a level or an object'],
    [
      "ESC environments",
      '{"environments": ["aws/dev"]}',
      " imports ESC environments, which need Pulumi Cloud",
    ],
  ])("%s", async (_situation, content, sentence) => {
    const file = fileWith(content);
    const thrown = await readPackConfiguration(file).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(UserError);
    expect((thrown as UserError).message).toContain(file + sentence);
  });

  test("a file that isn't there", async () => {
    await expect(readPackConfiguration("missing.json")).rejects.toThrow(
      "The policy pack configuration missing.json can't be read. Give --policy-pack-config a JSON file.",
    );
  });
});
