import { stripVTControlCharacters } from "node:util";

/**
 * The variables that tell Pulumi's runners whether to check types. For a program, the first one applies to CommonJS; an ES
 * module is compiled in a thread that reads only ts-node's own variable (pulumi/pulumi sdk/nodejs/cmd/run, run.ts and
 * hooks.ts). For a policy pack, preload/unchecked-types.js reads the second.
 */
export function compilerVariables(typeCheck: boolean): Readonly<Record<string, string>> {
  const transpileOnly = String(!typeCheck);
  return { PULUMI_NODEJS_TRANSPILE_ONLY: transpileOnly, TS_NODE_TRANSPILE_ONLY: transpileOnly };
}

/**
 * Whether a program or a pack may have failed because its files were compiled one by one, without types. That happens if it
 * uses a `const enum` that a package has in its type declarations alone, if an ES module re-exports a type, or if the
 * compiler options contradict such a compilation.
 */
export function mayNeedTypes(printed: string): boolean {
  const lines = stripVTControlCharacters(printed).split("\n");
  return (
    lines.some((line) => /\berror TS\d+:/.test(line)) ||
    (lines.some((line) => /\b(Type|Syntax|Reference)Error:/.test(line)) &&
      lines.some((line) => /\.[cm]?tsx?:\d/.test(line) && !/[\\/]node_modules[\\/]/.test(line)))
  );
}
