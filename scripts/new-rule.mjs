// Writes a new rule about one property of a resource, with its test and its entry, all compiling and green:
// npm run new-rule -- THEME NAME [--type TOKEN] [--property NAME]
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";

const root = new URL("..", import.meta.url).pathname;
const source = join(root, "policies/src");
const kebab = /^[a-z]+[a-z0-9]*(-[a-z0-9]+)+$/;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    type: { type: "string", default: "aws:apigateway/stage:Stage" },
    property: { type: "string", default: "accessLogSettings" },
  },
});
const [theme, id] = positionals;
const { type: token, property } = values;
const themes = readdirSync(join(source, "rules"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
if (!theme || !id || positionals.length > 2) {
  refuse(
    "write: npm run new-rule -- THEME NAME [--type TOKEN] [--property NAME], for instance governance api-is-described",
  );
}
if (!/^[a-z]+$/.test(theme)) {
  refuse(`the theme "${theme}" is no lowercase word. Themes so far: ${themes.join(", ")}.`);
}
if (!kebab.test(id)) {
  refuse(`the name "${id}" is no statement in kebab case, such as stage-writes-an-access-log.`);
}
const ruleFile = join(source, "rules", theme, `${id}.ts`);
const owner = themes.find((one) => existsSync(join(source, "rules", one, `${id}.ts`)));
if (owner) refuse(`there is a rule "${id}" already, in the theme ${owner}.`);
const [, , module, fileName, className] = /^(aws):([\w-]+)\/(\w+):(\w+)$/.exec(token) ?? [];
if (!className)
  refuse(`the type "${token}" is no token of the provider aws, such as aws:apigateway/stage:Stage.`);

const sdk = dirname(createRequire(import.meta.url).resolve("@pulumi/aws/package.json"));
const declarations = join(sdk, module, `${fileName}.d.ts`);
if (!existsSync(declarations)) refuse(`@pulumi/aws has no type "${token}".`);
const args = argumentsIn(readFileSync(declarations, "utf8"));
if (!args.some(({ name }) => name === property)) {
  const names = args.map(({ name }) => name).join(", ");
  refuse(`"${token}" has no property "${property}". Its properties: ${names}.`);
}

const constant = id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
const resource = id.split("-").slice(0, 2).join("-");
const sentence = sentenceOf(id);
const required = args
  .filter((argument) => !argument.isOptional && argument.name !== property)
  .map((argument) => `${argument.name}: ${placeholder(argument.type)}`);
const given = (more) => `{ ${[...required, ...more].join(", ")} }`;
const own = args.find(({ name }) => name === property);
const set = `${property}: ${placeholder(own.type)}`;
const declared = declarationOf(token);

const rule = `${declared ? "" : `import type { ${className}Args } from "@pulumi/aws/${module}";\n`}${
  declared
    ? `import { ${declared.name} } from "${declared.path}";\n`
    : 'import { resourceType } from "../../stack";\n'
}import { nist, owasp } from "../controls";
import { resourceRule } from "../rule";
${
  declared
    ? ""
    : `\nconst ${className} = resourceType<${className}Args>("${token}", { ${property}: "reference" });\n`
}
export const ${constant} = resourceRule({
  id: "${id}",
  theme: "${theme}",
  title: "${sentence}",
  severity: "medium",
  level: "advisory",
  because: "it limits damage and lets nobody in",
  controls: [owasp("API8:2023"), nist("CM-6")],
  why: "Say what goes wrong without ${property}, for somebody who meets the rule for the first time.",
  fix: \`${set}\`,
  exceptionIf: "say when this is right as it is",
  links: ["https://docs.aws.amazon.com/"],
  kinds: { "not-set": "${property} is not set." },
  examples: {
    bad: \`new aws.${module}.${className}("${resource}-open", ${given([])});\`,
    good: \`new aws.${module}.${className}("${resource}", ${given([set])});\`,
  },
  resources: [${declared?.name ?? className}],
  reads: { ${property}: "reference" },
  *check(resource) {
    if (resource.isSet("${property}")) return;
    yield { kind: "not-set", sentence: \`"\${resource.name}" sets no ${property}.\` };
  },
});
`;

const test = `import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, levelsAround, secret, UNKNOWN } from "../analyze";

const rule = "${id}";
const given = (properties: object): Given => ({ type: "${token}", name: "subject", properties: { ...properties } });
const set = ${placeholder(own.type)};
const ofRule = async (resource: Given) => {
  const found = await analyze([resource], { levels: { ...levelsAround(rule), [rule]: "advisory" } });
  return found.filter((finding) => finding.rule === rule);
};

const findings: readonly (readonly [situation: string, given: Given, kind: string])[] = [
  ["nothing is set", given({}), "not-set"],
  ["it is set to nothing", given({ ${property}: null }), "not-set"],
];

const silent: readonly (readonly [situation: string, given: Given])[] = [
  ["it is set", given({ ${property}: set })],
  ["it is a secret", given({ ${property}: secret(set) })],
  ["it is not known before the deployment", given({ ${property}: UNKNOWN })],
];

describe(rule, () => {
  test.each(findings)("reports: %s", async (_situation, resource, kind) => {
    const found = await ofRule(resource);
    expect(found).toEqual([
      { rule, level: "advisory", resource: "subject", message: expect.stringContaining('"subject"') },
    ]);
    expect(found.map(kindOf)).toEqual([kind]);
  });

  test.each(silent)("is silent: %s", async (_situation, resource) => {
    expect(await ofRule(resource)).toEqual([]);
  });
});
`;

const unknowns = `import type { UnknownRow } from "../unknown-row";

export const rows: readonly UnknownRow[] = [
  {
    situation: "nothing but an empty ${property}",
    resources: [{ type: "${token}", name: "subject", properties: { ${property}: null } }],
    on: "subject",
    reported: "advisory",
  },
];
`;

write(ruleFile, rule);
write(join(root, `test/policies/rules/${id}.test.ts`), test);
write(join(root, `test/policies/rules/${id}.unknowns.ts`), unknowns);
list();
execFileSync(
  join(root, "node_modules/.bin/biome"),
  ["check", "--write", "policies/src/rules", "test/policies/rules"],
  {
    cwd: root,
    stdio: "ignore",
  },
);
console.log(`Wrote the rule, its test and its entry:
  policies/src/rules/${theme}/${id}.ts
  test/policies/rules/${id}.test.ts
  test/policies/rules/${id}.unknowns.ts
  policies/src/rules/index.ts
Next: make them say what they should (CONTRIBUTING.md), then npm run docs and npm test.`);

function refuse(why) {
  console.error(`new-rule: ${why}`);
  process.exit(2);
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** The entry in the list of rules, after those of its theme. */
function list() {
  const file = join(source, "rules/index.ts");
  const text = readFileSync(file, "utf8");
  const ofTheme = [...text.matchAll(new RegExp(`import \\{ (\\w+) \\} from "\\./${theme}/`, "g"))].map(
    ([, name]) => name,
  );
  const entries = text.slice(text.indexOf("export const rules"));
  const last = ofTheme.toSorted((a, b) => entries.indexOf(`  ${a},`) - entries.indexOf(`  ${b},`)).at(-1);
  const listed = last
    ? text.replace(`  ${last},\n`, `  ${last},\n  ${constant},\n`)
    : text.replace(/\n\];\n$/, `\n  ${constant},\n];\n`);
  writeFileSync(
    file,
    listed.replace(
      'import type { Rule } from "./rule";',
      `import { ${constant} } from "./${theme}/${id}";\nimport type { Rule } from "./rule";`,
    ),
  );
}

/** Where the pack declares the type already, seen from the rule's file. */
function declarationOf(wanted) {
  for (const floor of ["endpoints", "loopholes"]) {
    for (const file of readdirSync(join(source, floor), { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts")) continue;
      const text = readFileSync(join(source, floor, file), "utf8");
      const found = [
        ...text.matchAll(/export const (\w+) = resourceType<[^>]+(?:>[^>(]*)?>\(\s*"([^"]+)"/g),
      ].find(([, , one]) => one === wanted);
      if (found) return { name: found[1], path: `../../${floor}/${file.replace(/\.ts$/, "")}` };
    }
  }
  return undefined;
}

/** The arguments of the type's class, by the provider's declarations. */
function argumentsIn(text) {
  const start = text.indexOf(`export interface ${className}Args {`);
  return [...text.slice(start).matchAll(/^ {4}(\w+)(\?)?: pulumi\.Input<(.+)>( \| undefined)?;$/gm)].map(
    ([, name, optional, type]) => ({ name, isOptional: optional === "?", type }),
  );
}

/** A value that the type takes, for an example to start from. */
function placeholder(type) {
  if (/^string\b/.test(type)) return '"..."';
  if (/^number\b/.test(type)) return "1";
  if (/^boolean\b/.test(type)) return "true";
  return type.includes("[]") ? "[]" : '{ name: "..." }';
}

function sentenceOf(name) {
  const words = name.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
