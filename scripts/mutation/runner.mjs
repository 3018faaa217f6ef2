// Runs the tables of the tests with one mutant after the other, for Stryker. vitest's own runner would load some 200 modules anew
// for each of thousands of mutants. Here the tests are bundled and collected once in each process, by vitest's collector, and a
// mutant is switched on while the tests that reach it run, the first failure ending it.
import { createRequire } from "node:module";
import { join, relative, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import { DryRunStatus, MutantRunStatus, TestStatus } from "@stryker-mutator/api/test-runner";
import { collectTests, getFn, getHooks } from "@vitest/runner";
import fc from "fast-check";
import * as vitest from "vitest";
import { bundled, bundleTests, nameOf, sweeps } from "./bundle-tests.mjs";

const require = createRequire(import.meta.url);

/** Stryker's instrumented code reads which mutant is on, and writes which are reached, here. */
globalThis.__stryker__ ??= {};
const mutants = globalThis.__stryker__;

/** A part of the input, always the same, and no search for the smallest that fails: it need only fail. */
const fastCheck = {
  ...fc,
  assert: (property, { numRuns = 100, ...parameters } = {}) =>
    fc.assert(property, { ...parameters, numRuns: Math.min(numRuns, 80), seed: 1, endOnFailure: true }),
};
globalThis.mutationTests = { vitest, "fast-check": fastCheck };

/** How many tests of others a mutant has to survive. */
const most = Number(process.env.MUTATION_TESTS ?? 120);

class TableRunner {
  #tests;

  capabilities() {
    // Stryker starts a new process instead.
    return { reloadEnvironment: false };
  }

  async dryRun() {
    const tests = await this.#collected();
    const results = [];
    for (const each of tests) {
      mutants.currentTestId = each.id;
      const start = performance.now();
      const failure = await failureOf(each);
      const told = {
        id: each.id,
        name: each.id,
        fileName: each.file,
        timeSpentMs: performance.now() - start,
      };
      results.push(
        failure === undefined
          ? { ...told, status: TestStatus.Success }
          : { ...told, status: TestStatus.Failed, failureMessage: failure },
      );
    }
    mutants.currentTestId = undefined;
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage: mutants.mutantCoverage };
  }

  async mutantRun({ activeMutant, hitLimit, mutantActivation, sandboxFileName, testFilter }) {
    Object.assign(mutants, { hitCount: hitLimit === undefined ? undefined : 0, hitLimit });
    // One that only runs while a module is loaded has to be on by then.
    if (mutantActivation === "runtime") await this.#collected();
    mutants.activeMutant = activeMutant.id;
    try {
      const all = await this.#collected();
      const filter = testFilter && new Set(testFilter);
      const chosen = inTurn(filter ? all.filter(({ id }) => filter.has(id)) : all, all, sandboxFileName);
      for (const [index, each] of chosen.entries()) {
        const failure = await failureOf(each);
        if (mutants.hitCount > mutants.hitLimit) return { status: MutantRunStatus.Timeout };
        if (failure !== undefined) {
          return {
            status: MutantRunStatus.Killed,
            killedBy: [each.id],
            failureMessage: failure,
            nrOfTests: index + 1,
          };
        }
      }
      return { status: MutantRunStatus.Survived, nrOfTests: chosen.length };
    } catch (error) {
      // A module that can't be loaded with the mutant: no test would have passed.
      return {
        status: MutantRunStatus.Killed,
        killedBy: ["load"],
        failureMessage: String(error),
        nrOfTests: 0,
      };
    } finally {
      mutants.activeMutant = undefined;
    }
  }

  async #collected() {
    this.#tests ??= collect();
    return this.#tests;
  }
}

/** Loads the bundled tests, and lists them in the order of their files. */
async function collect() {
  const files = bundleTests.map((file) => ({ filepath: resolve(file), testLocations: undefined }));
  const collected = await collectTests(files, {
    config: {
      root: process.cwd(),
      sequence: { setupFiles: "list", hooks: "stack", seed: 1 },
      setupFiles: [],
      hookTimeout: 600_000,
      testTimeout: 600_000,
      retry: 0,
      includeTaskLocation: false,
      tags: [],
    },
    importFile: (path) => void require(join(bundled(), `${nameOf(relative(process.cwd(), path))}.cjs`)),
  });
  return collected.flatMap((file) => {
    if (file.result?.state === "fail") throw new Error(file.result.errors?.[0]?.message ?? file.filepath);
    return [...testsIn(file, relative(process.cwd(), file.filepath), [])];
  });
}

function* testsIn(suite, file, suites) {
  const within = [...suites, suite];
  for (const task of suite.tasks) {
    if (task.mode === "skip" || task.mode === "todo") continue;
    if (task.type === "suite") yield* testsIn(task, file, within);
    else
      yield {
        id: `${file} ${[...within.slice(1), task].map(({ name }) => name).join(" > ")}`,
        file,
        task,
        within,
      };
  }
}

/**
 * One test after the other until one fails. The mutant's own come first, however many they are: the file that is named as the
 * mutated one, and those whose tests mostly reach the mutant, if these are few. Then one of each file in turn, so that the first
 * dozens reach it in different ways.
 */
function inTurn(tests, all, mutatedFile) {
  const [reaching, whole] = [groupedByFile(tests), groupedByFile(all)];
  const focused = [...reaching]
    .filter(([file, some]) => some.length >= 0.6 * whole.get(file).length)
    .map(([file]) => file);
  const name = /([^/\\]+)\.ts$/.exec(mutatedFile)?.[1];
  const isOwn = (file) =>
    file.endsWith(`/${name}.test.ts`) || (focused.length <= 4 && focused.includes(file));
  const rows = [...reaching].filter(([file]) => !sweeps.includes(file));
  const own = rows.filter(([file]) => isOwn(file)).flatMap(([, some]) => some);
  const others = rows
    .filter(([file]) => !isOwn(file))
    .flatMap(([, some]) => some.map((each, rank) => ({ each, rank })))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ each }) => each);
  const generated = tests.filter(({ file }) => sweeps.includes(file));
  return [...own, ...others.slice(0, most), ...generated];
}

function groupedByFile(tests) {
  const byFile = new Map();
  for (const each of tests) {
    const before = byFile.get(each.file);
    if (before) before.push(each);
    else byFile.set(each.file, [each]);
  }
  return byFile;
}

/** Undefined where the test passes. */
async function failureOf({ task, within }) {
  const after = within.flatMap((suite) => getHooks(suite).afterEach);
  try {
    await getFn(task)();
    return undefined;
  } catch (error) {
    return String(error?.message ?? error);
  } finally {
    for (const hook of after) await hook(task.context, task);
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "tables", TableRunner)];
