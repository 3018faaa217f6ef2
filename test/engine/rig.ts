import { type ChildProcess, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { test } from "vitest";
import { parse, stringify } from "yaml";

const isOldestCli = process.env.API_GUARDRAILS_CLI === "oldest";

/** What the CLI ends with where a policy blocks: 255 in 3.204, 1 in the newest. */
export const blockedExitCode = isOldestCli ? 255 : 1;

/**
 * The CLI that `npm run engine` built, else one on PATH, else none. Where API_GUARDRAILS_CLI is `oldest`, the one that
 * `npm run engine -- oldest` built, and no other.
 */
export function findPulumi(): string | undefined {
  if (isOldestCli) return resolve(".engine", "oldest", "pulumi");
  const built = resolve(".engine", "pulumi");
  if (existsSync(built)) return built;
  return (process.env.PATH ?? "")
    .split(delimiter)
    .map((directory) => join(directory, "pulumi"))
    .find((file) => existsSync(file));
}

/** A bare date would be one to the engine, and no text. */
const quoted = { defaultStringType: "QUOTE_DOUBLE" } as const;

/** The Python of the environment that `npm run engine:python` made, which the tests' Python host runs programs with. */
export function findPython(): string | undefined {
  const environment = resolve(".engine", "python");
  // Its list of packages is put there when all of them are.
  return existsSync(join(environment, "requirements.txt")) ? join(environment, "bin", "python") : undefined;
}

/** Engine tests run where there is a CLI; `rig.test.ts` says loudly where there isn't. */
export const engineTest = test.runIf(findPulumi() !== undefined);

/** The same for programs in Python. */
export const pythonTest = test.runIf(findPulumi() !== undefined && findPython() !== undefined);

const stacks: EngineStack[] = [];

/** Removes what the tests of a file have made. */
export function removeStacks(): void {
  for (const stack of stacks.splice(0)) stack.remove();
}

/** For what the oldest CLI doesn't have yet. */
export const newerEngineTest = test.runIf(findPulumi() !== undefined && !isOldestCli);

/** What the engine reports of a policy. */
export interface EngineViolation {
  readonly policy: string;
  readonly level: string;
  readonly urn: string;
  readonly message: string;
}

export interface EngineRun {
  readonly code: number | null;
  /** What the CLI printed, on both streams. */
  readonly output: string;
  /** What it printed on the standard output. */
  readonly stdout: string;
  readonly violations: readonly EngineViolation[];
  /** The policies that the engine reports as passed, for any resource or for the stack. Older engines report none. */
  readonly passed: { readonly resources: ReadonlySet<string>; readonly stack: ReadonlySet<string> };
  /** For each resource that a step was planned or done for, the operation. */
  readonly operations: Readonly<Record<string, string>>;
}

export interface StackOptions {
  /** The folder of a Pulumi project. */
  readonly program: string;
  readonly stack?: string;
  readonly config?: Readonly<Record<string, string>>;
  /** The file that `--fixtures` of the embedded preview takes. */
  readonly fixtures?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Another stack, with which this one shares the backend. */
  readonly beside?: EngineStack | undefined;
}

export interface OperationOptions {
  readonly packs?: readonly string[];
  readonly packConfigs?: readonly string[];
  readonly args?: readonly string[];
  /** Instead of the stack's own program, as after a change. */
  readonly program?: string;
}

/** A stack in a home, a backend and a cloud of its own. */
export interface EngineStack {
  readonly name: string;
  readonly backend: string;
  /** Sets configuration values, in the project's namespace unless they name another. */
  configure(config: Readonly<Record<string, string>>): void;
  run(command: readonly string[], options?: OperationOptions): Promise<EngineRun>;
  preview(options?: OperationOptions): Promise<EngineRun>;
  up(options?: OperationOptions): Promise<EngineRun>;
  /** `pulumi policy analyze` over an exported state, with our pack. */
  analyze(
    state: string,
    packConfig?: string,
  ): Promise<{ readonly code: number | null; readonly output: string }>;
  /** The deployment's state as `pulumi stack export` shows it. */
  exported(): Promise<{ readonly urns: readonly string[]; readonly text: string }>;
  /** What the stand-in provider has made and not deleted, as AWS would list it. */
  cloud(): readonly CloudResource[];
  remove(): void;
}

export interface CloudResource {
  readonly id: string;
  readonly type: string;
  /** With what it was made, or changed last. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Of a deployment: what its API was made of at that time. */
  readonly snapshot?: readonly CloudResource[];
}

const ownPack = resolve("policies");

/**
 * Makes a stack that the real engine drives, in a temporary folder: nothing is written outside of it, and every process
 * ends with its operation.
 */
export async function engineStack(options: StackOptions): Promise<EngineStack> {
  const pulumi = findPulumi();
  if (!pulumi) throw new Error("there is no Pulumi CLI; run npm run engine");
  const directory = mkdtempSync(join(tmpdir(), "api-guardrails-engine-"));
  const backend = options.beside?.backend ?? join(directory, "backend");
  mkdirSync(backend, { recursive: true });
  const name = options.stack ?? "dev";
  const cloud = join(directory, "cloud.json");
  const env = {
    ...process.env,
    ...options.env,
    PATH: [resolve("test/engine/plugins"), process.env.PATH].join(delimiter),
    PULUMI_HOME: join(directory, "home"),
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Makes --event-log known.
    PULUMI_DEBUG_COMMANDS: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // The types of the examples are checked once, in test/examples.test.ts: for one of them it takes several seconds.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    API_GUARDRAILS_CLOUD: cloud,
    ...(options.fixtures && { API_GUARDRAILS_FIXTURES: resolve(options.fixtures) }),
  };
  let count = 0;

  const cli = (args: readonly string[], folder: string) => {
    const child = spawn(pulumi, ["-C", resolve(folder), "--non-interactive", "--color", "never", ...args], {
      cwd: directory,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    return collected(child);
  };
  const must = async (args: readonly string[], folder: string) => {
    const { code, output } = await cli(args, folder);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} failed:\n${output}`);
    return output;
  };
  // A stack writes its settings beside Pulumi.yaml; this one is beside a copy, so that the program's folder stays as it is.
  const project = parse(readFileSync(join(options.program, "Pulumi.yaml"), "utf8")).name;
  const settingsFolder = join(directory, "settings");
  const settings = join(settingsFolder, `Pulumi.${name}.yaml`);
  mkdirSync(settingsFolder);
  writeFileSync(join(settingsFolder, "Pulumi.yaml"), stringify({ name: project, runtime: "nodejs" }));
  await must(["stack", "init", name], settingsFolder);
  const onStack = ["--stack", name, "--config-file", settings];
  const configure = (config: Readonly<Record<string, string>>) => {
    const before = parse(readFileSync(settings, "utf8")) ?? {};
    const keyed = Object.entries(config).map(([key, value]) => [
      key.includes(":") ? key : `${project}:${key}`,
      value,
    ]);
    writeFileSync(
      settings,
      stringify({ ...before, config: { ...before.config, ...Object.fromEntries(keyed) } }, quoted),
    );
  };
  configure(options.config ?? {});

  const operation = async (command: readonly string[], given: OperationOptions = {}): Promise<EngineRun> => {
    count += 1;
    const log = join(directory, `events-${count}.json`);
    const packs = given.packs ?? [ownPack];
    const { code, output, stdout } = await cli(
      [
        ...command,
        ...onStack,
        ...["--event-log", log],
        ...packs.flatMap((pack) => ["--policy-pack", resolve(pack)]),
        ...(given.packConfigs ?? []).flatMap((file) => ["--policy-pack-config", resolve(file)]),
        ...(given.args ?? []),
      ],
      given.program ?? options.program,
    );
    return { code, output, stdout, ...readEvents(log) };
  };
  const stack: EngineStack = {
    name,
    backend,
    configure,
    run: operation,
    preview: (given) => operation(["preview"], given),
    // Without a pack, the preview before an update would only run the program once more.
    up: (given) =>
      operation(["up", "--yes", ...(given?.packs?.length === 0 ? ["--skip-preview"] : [])], given),
    analyze: (state, packConfig) => {
      const file = join(directory, "state.json");
      writeFileSync(file, state);
      const configured = packConfig === undefined ? [] : ["--policy-pack-config", packConfig];
      return cli(
        ["policy", "analyze", "--file", file, "--policy-pack", ownPack, ...configured],
        settingsFolder,
      );
    },
    exported: async () => {
      const text = await must(["stack", "export", "--stack", name], settingsFolder);
      const { deployment } = JSON.parse(text);
      return { text, urns: (deployment.resources ?? []).map(({ urn }: { urn: string }) => urn) };
    },
    cloud: () =>
      readdirSync(directory)
        .filter((file) => /^cloud\.(.*\.)?json$/.test(file))
        .flatMap((file) => Object.entries(JSON.parse(readFileSync(join(directory, file), "utf8"))))
        .map(([id, resource]) => ({ id, ...(resource as Omit<CloudResource, "id">) })),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
  stacks.push(stack);
  return stack;
}

function collected(child: ChildProcess): Promise<{ code: number | null; output: string; stdout: string }> {
  return new Promise((done, fail) => {
    let output = "";
    let stdout = "";
    const collect = (data: Buffer) => {
      output += data;
    };
    child.stdout?.on("data", (data: Buffer) => {
      collect(data);
      stdout += data;
    });
    child.stderr?.on("data", collect);
    child.once("error", fail);
    child.once("close", (code) => done({ code, output, stdout }));
  });
}

/** https://www.pulumi.com/docs/iac/ (the engine's events: sdk/go/common/apitype/events.go) */
function readEvents(file: string): Pick<EngineRun, "violations" | "operations" | "passed"> {
  const violations: EngineViolation[] = [];
  const operations: Record<string, string> = {};
  const passed = { resources: new Set<string>(), stack: new Set<string>() };
  if (!existsSync(file)) return { violations, operations, passed };
  for (const line of readFileSync(file, "utf8").split("\n")) {
    if (line.trim() === "") continue;
    const event = JSON.parse(line);
    if (event.policyEvent) {
      const { policyName, enforcementLevel, resourceUrn, message } = event.policyEvent;
      violations.push({ policy: policyName, level: enforcementLevel, urn: resourceUrn ?? "", message });
    }
    for (const policy of event.policyAnalyzeSummaryEvent?.passed ?? []) passed.resources.add(policy);
    for (const policy of event.policyAnalyzeStackSummaryEvent?.passed ?? []) passed.stack.add(policy);
    const step = event.resourcePreEvent?.metadata;
    if (step) operations[step.urn] = step.op;
  }
  return { violations, operations, passed };
}
