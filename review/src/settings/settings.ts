import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { isTypePattern } from "../engine/type-pattern";
import { UserError } from "../text/errors";
import { type Fields, isRecord } from "../text/records";
import { readMapping } from "../text/yaml-file";
import { type Fail, rejectUnknown } from "./mistakes";
import { type StackValues, stackValuesOf } from "./stack-values";

/** Says that a remote component may stay unseen: its children are created in a provider plugin, which is not run here. */
export interface Acceptance {
  /** A type (`acme:index:Api`), or all types of a module (`acme:index:*`). */
  readonly type: string;
  /** Where it is written, for instance `--accept-unseen`. */
  readonly where: string;
  readonly reason: string | undefined;
  readonly owner: string | undefined;
}

/** Answers to invokes, reads and stack references: in a file of their own, or in the settings. */
export type FixturesSetting =
  | { readonly file: string; readonly namedBy: string }
  /** `place` introduces the place of a mistake. */
  | { readonly content: Fields; readonly place: string };

/** What a project says for every preview, in `api-guardrails.yaml`. */
export interface Settings {
  /** Undefined if the project has no such file. */
  readonly file: string | undefined;
  readonly acceptUnseen: readonly Acceptance[];
  readonly fixtures: FixturesSetting | undefined;
  /** Whether values that are encrypted in the stack's settings are replaced by placeholders. Default: false. */
  readonly replacesSecrets: boolean;
  /** Whether the program runs a second time with placeholder outputs. Undefined if the file doesn't say. */
  readonly lookAhead: boolean | undefined;
  /** By the name of the stack. */
  readonly stacks: Readonly<Record<string, StackValues>>;
}

/** The extensions of a project file. */
const extensions = [".yaml", ".yml", ".json"] as const;
const baseName = "api-guardrails";

/**
 * Reads the settings of a project: `api-guardrails.yaml`, `.yml` or `.json` (docs/settings.md, review/schemas/settings.json).
 *
 * @param directory the folder of Pulumi.yaml
 * @throws UserError with the place of a mistake, or if there are two such files
 */
export async function readSettings(directory: string): Promise<Settings> {
  const [file, other] = extensions
    .map((extension) => join(directory, `${baseName}${extension}`))
    .filter((path) => existsSync(path));
  if (file === undefined) return settingsOf({}, undefined);
  if (other !== undefined) {
    throw new UserError(`There are ${file} and ${basename(other)}. Keep one of them.`);
  }
  return settingsOf(await readMapping(file), file);
}

/** The file in which a setting for this project is written: the one that exists, or the one to create. */
export function settingsFileOf({ file }: Settings, directory: string): string {
  return file ?? join(directory, `${baseName}${extensions[0]}`);
}

function settingsOf(content: Fields, file: string | undefined): Settings {
  const fail: Fail = (where, what) => {
    throw new UserError(`${file}: ${where} ${what}.`);
  };
  rejectUnknown(content, "", settingNames, fail);
  const { secrets, lookAhead, $schema } = content;
  if ($schema !== undefined && typeof $schema !== "string") {
    fail("$schema", "has to be a string: the place where an editor finds the schema");
  }
  if (secrets !== undefined && secrets !== "placeholder") {
    fail("secrets", 'has to be "placeholder", or left out');
  }
  if (lookAhead !== undefined && typeof lookAhead !== "boolean") {
    fail("lookAhead", "has to be true or false");
  }
  return {
    file,
    acceptUnseen: acceptancesIn(content.acceptUnseen ?? [], file ?? "", fail),
    fixtures: fixturesIn(content.fixtures, file ?? "", fail),
    replacesSecrets: secrets === "placeholder",
    lookAhead: typeof lookAhead === "boolean" ? lookAhead : undefined,
    stacks: stackValuesOf(content.stacks ?? {}, fail),
  };
}

const settingNames = ["$schema", "acceptUnseen", "fixtures", "lookAhead", "secrets", "stacks"];

function acceptancesIn(list: unknown, file: string, fail: Fail): readonly Acceptance[] {
  if (!Array.isArray(list)) return fail("acceptUnseen", "has to be a list");
  return list.map((entry: unknown, index) => {
    const place = `acceptUnseen[${index}]`;
    if (!isRecord(entry)) {
      return fail(place, "has to be an object with a type and a reason");
    }
    rejectUnknown(entry, `${place}.`, ["type", "reason", "owner"], fail);
    const { type, reason, owner } = entry;
    if (typeof type !== "string" || !isTypePattern(type)) {
      return fail(
        `${place}.type`,
        "has to be the type of a component, such as acme:index:Api, or a module, acme:index:*",
      );
    }
    if (typeof reason !== "string" || reason.trim() === "") {
      return fail(`${place}.reason`, "has to say why the component may stay unseen");
    }
    if (owner !== undefined && (typeof owner !== "string" || owner.trim() === "")) {
      return fail(`${place}.owner`, "has to say who answers for it, or be left out");
    }
    return { type, where: `${place} of ${basename(file)}`, reason, owner };
  });
}

function fixturesIn(fixtures: unknown, file: string, fail: Fail): FixturesSetting | undefined {
  if (fixtures === undefined) return undefined;
  if (typeof fixtures === "string" && fixtures.trim() !== "") {
    return { file: resolve(dirname(file), fixtures), namedBy: file };
  }
  if (isRecord(fixtures)) return { content: fixtures, place: `${file}: in fixtures,` };
  return fail("fixtures", "has to be the path of a file, or an object with its content");
}
