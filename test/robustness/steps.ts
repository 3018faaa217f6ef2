import { type Profiler, Session } from "node:inspector";

/** String methods that go through all of a text. */
const throughTexts = [
  "split",
  "replace",
  "replaceAll",
  "match",
  "matchAll",
  "toLowerCase",
  "toUpperCase",
  "trim",
] as const;

/**
 * Counts what a call does and not how long it takes: how often each block of the pack's and of the YAML library's code
 * runs, as V8 counts for coverage, and how many characters string methods go through. The same work gives the same
 * number on every machine. Only code that is loaded after the counting started is counted block by block, so that
 * whatever is measured has to be imported by `load`. One call of any other built-in, such as `JSON.parse`, is one step.
 */
export async function measured<Modules>(load: () => Promise<Modules>): Promise<{
  readonly modules: Modules;
  readonly steps: (work: () => unknown) => Promise<number>;
  readonly stop: () => void;
}> {
  const session = new Session();
  session.connect();
  const post = <Answer>(method: string, parameters: object = {}): Answer => {
    let answer: { readonly error: Error | null; readonly result: unknown } | undefined;
    // A session within the same thread answers before it returns.
    session.post(method, parameters, (error, result) => {
      answer = { error, result };
    });
    if (!answer || answer.error) throw answer?.error ?? new Error(`${method} was not answered`);
    return answer.result as Answer;
  };
  post("Profiler.enable");
  post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  const modules = await load();
  /** What ran since it was asked last. */
  const counted = (): number =>
    post<Profiler.TakePreciseCoverageReturnType>("Profiler.takePreciseCoverage")
      .result.filter(({ url }) => /\/policies\/src\/|\/node_modules\/yaml\//.test(url))
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
      .reduce((sum, { count }) => sum + count, 0);
  return {
    modules,
    steps: async (work) => {
      counted();
      let characters = 0;
      const originals = throughTexts.map((name) => [name, String.prototype[name]] as const);
      for (const [name, original] of originals) {
        define(name, function (this: string, ...parameters: unknown[]) {
          characters += this.length;
          return Reflect.apply(original, this, parameters);
        });
      }
      try {
        await work();
      } finally {
        for (const [name, original] of originals) define(name, original);
      }
      return counted() + characters;
    },
    stop: () => {
      post("Profiler.stopPreciseCoverage");
      session.disconnect();
    },
  };
}

function define(name: (typeof throughTexts)[number], method: (...parameters: never[]) => unknown): void {
  Object.defineProperty(String.prototype, name, { value: method, writable: true, configurable: true });
}
