import { stripVTControlCharacters } from "node:util";

/**
 * What Pulumi's runner of programs compiles TypeScript by. It compiles CommonJS with options of its own, and an ES module in a
 * thread that knows ts-node's variables only (pulumi/pulumi sdk/nodejs/cmd/run, run.ts and hooks.ts). For a policy pack,
 * preload/unchecked-types.js reads them.
 */
export function compilerVariables(typeCheck: boolean): Readonly<Record<string, string>> {
  const transpileOnly = String(!typeCheck);
  return { PULUMI_NODEJS_TRANSPILE_ONLY: transpileOnly, TS_NODE_TRANSPILE_ONLY: transpileOnly };
}

/**
 * Whether what a program or a pack failed with may come of compiling it without types, file by file: a `const enum` of a
 * package isn't there when it runs, an ES module exports a type that it took from another one, the compiler's options
 * don't go together with its own for single files.
 */
export function mayNeedTypes(printed: string): boolean {
  const lines = stripVTControlCharacters(printed).split("\n");
  return (
    lines.some((line) => /\berror TS\d+:/.test(line)) ||
    (lines.some((line) => /\b(Type|Syntax|Reference)Error:/.test(line)) &&
      lines.some((line) => /\.[cm]?tsx?:\d/.test(line) && !/[\\/]node_modules[\\/]/.test(line)))
  );
}
