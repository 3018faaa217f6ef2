import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { rules } from "../../policies/src/rules";
import { declaredTypes, onlyInCloudFormation, onlyInVersion6, readsOfTypes } from "./declared-types";

/**
 * The pack loads no `@pulumi/aws`, so nothing but this holds its tokens and its names of properties against the
 * provider's own SDK. One class is loaded at a time: the whole package takes seconds.
 */
const require = createRequire(import.meta.url);
const sdk = dirname(require.resolve("@pulumi/aws/package.json"));

/** Every type that the pack names, by its token; of other packages there is no SDK here. */
const tokens = [
  ...new Set(
    [...declaredTypes, ...rules.flatMap((rule) => [...rule.resources, ...rule.stackResources])].map(
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
  test("are those of the AWS provider, of its API Gateway component, of Kubernetes, of the engine and of this project", () => {
    expect(tokens.filter((token) => !/^(aws|kubernetes):/.test(token)).sort()).toEqual([
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
  const ofCluster = Object.keys(readsOfTypes).filter((token) => token.startsWith("kubernetes:"));
  const elsewhere = [
    ...onlyInCloudFormation,
    ...onlyInVersion6,
    ...ofCluster.flatMap((token) => Object.keys(readsOfTypes[token] ?? {})),
  ];
  const ofTheProvider = (reads: Readonly<Record<string, unknown>>) =>
    Object.keys(reads).filter((name) => !elsewhere.includes(name));
  const read = awsTokens
    .map((token) => [token, ofTheProvider(readsOfTypes[token] ?? {})] as const)
    .filter(([, names]) => names.length > 0);

  test.each(read)("that are read of %s are those of its arguments", (token, names) => {
    expect(argumentsOf(token)).toEqual(expect.arrayContaining(names));
  });

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
