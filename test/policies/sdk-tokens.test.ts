import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { rules } from "../../policies/src/rules";
import type { ResourceType } from "../../policies/src/stack";
import { endpointReads, judgedByPresence, onlyInCloudFormation, onlyInVersion6 } from "./endpoint-reads";

/**
 * The pack loads no `@pulumi/aws`, so nothing but this holds its tokens and its names of properties against the
 * provider's own SDK. One class is loaded at a time: the whole package takes seconds.
 */
const require = createRequire(import.meta.url);
const sdk = dirname(require.resolve("@pulumi/aws/package.json"));

const isResourceType = (value: unknown): value is ResourceType =>
  typeof value === "object" && value !== null && "token" in value && "is" in value;
/** The types that the pack's own files declare, whether a rule judges them or not. */
const declared = (
  await Promise.all(
    ["endpoints", "loopholes", "reading"].flatMap((folder) =>
      readdirSync(resolve("policies/src", folder), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts"))
        .map((file) => import(resolve("policies/src", folder, file)) as Promise<Record<string, unknown>>),
    ),
  )
)
  .flatMap((exported) => Object.values(exported))
  .filter(isResourceType);
/** Every type that the pack names, by its token; of other packages there is no SDK here. */
const tokens = [
  ...new Set(
    [...declared, ...rules.flatMap((rule) => [...rule.resources, ...rule.stackResources])].map(
      ({ token }) => token,
    ),
  ),
];
const awsTokens = tokens.filter((token) => token.startsWith("aws:"));

/** `aws:lambda/functionUrl:FunctionUrl` is the class FunctionUrl in lambda/functionUrl.js. */
function placeOf(token: string): { readonly file: string; readonly className: string } {
  const [, file = "", className = ""] = token.split(":");
  return { file: join(sdk, file), className };
}

function argumentsOf(token: string): readonly string[] {
  const { file, className } = placeOf(token);
  const source = ts.createSourceFile(
    `${className}.d.ts`,
    readFileSync(`${file}.d.ts`, "utf8"),
    ts.ScriptTarget.Latest,
  );
  const args = source.statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === `${className}Args`,
  );
  return (args?.members ?? []).flatMap(({ name }) => (name && ts.isIdentifier(name) ? [name.text] : []));
}

describe("the tokens of resource types", () => {
  test("are those of the AWS provider, of its API Gateway component, of the engine and of this project", () => {
    expect(tokens.filter((token) => !token.startsWith("aws:")).sort()).toEqual([
      "api-guardrails:index:*",
      "aws-apigateway:index:RestAPI",
      "pulumi:pulumi:Stack",
    ]);
    expect(awsTokens.length).toBeGreaterThan(0);
  });

  test.each(awsTokens)("%s is its class's own", (token) => {
    const { file, className } = placeOf(token);
    expect(require(`${file}.js`)[className].__pulumiType).toBe(token);
  });
});

describe("the names of properties", () => {
  const ofTheProvider = (reads: Readonly<Record<string, unknown>>) =>
    Object.keys(reads).filter((name) => ![...onlyInCloudFormation, ...onlyInVersion6].includes(name));
  const read = awsTokens
    .filter((token) => !judgedByPresence.includes(token))
    .map((token) => {
      const ofRules = rules
        .filter((rule) => rule.resources.some((type) => type.token === token))
        .map((rule) => Object.keys(rule.reads));
      return [token, ofRules, ofTheProvider(endpointReads[token] ?? {})] as const;
    });

  test.each(read)(
    "that the endpoints read of %s are those of its arguments",
    (token, _ofRules, ofEndpoints) => {
      expect(ofEndpoints.length).toBeGreaterThan(0);
      expect(argumentsOf(token)).toEqual(expect.arrayContaining(ofEndpoints));
    },
  );

  // A rule about several types may read what only some of them have.
  const ofOneResource = rules.flatMap((rule) => {
    const types = rule.resources.map(({ token }) => token).filter((token) => token.startsWith("aws:"));
    const named = ofTheProvider(rule.reads);
    return types.length === 0 || named.length === 0 ? [] : [[rule.id, types, named] as const];
  });
  test.each(ofOneResource)("that %s reads are arguments", (_id, types, named) => {
    expect(types.flatMap(argumentsOf)).toEqual(expect.arrayContaining(named));
  });
});
