import { readFile } from "node:fs/promises";
import Ajv from "ajv";
import { decoded } from "../text/decoded";
import { UserError } from "../text/errors";
import { parseJson } from "../text/json";
import { type Fields, isRecord } from "../text/records";
import { type EnforcementLevel, enforcementLevels, type PackInfo, type PolicySettings } from "./pack-info";

/** A policy pack's configuration, as a file holds it: for each policy, a level, properties or both. */
export type PackConfiguration = Readonly<
  Record<string, { readonly enforcementLevel?: EnforcementLevel; readonly properties: Fields }>
>;

/**
 * Reads the file that `--policy-pack-config` names.
 *
 * @throws UserError if it can't be read, or if the engine would reject it
 * @see https://www.pulumi.com/docs/insights/policy/policy-packs/authoring/#configuring-policies
 */
export async function readPackConfiguration(file: string): Promise<PackConfiguration> {
  const bytes = await readFile(file).catch(() => {
    throw new UserError(
      `The policy pack configuration ${file} can't be read. Give --policy-pack-config a JSON file.`,
    );
  });
  const parsed = parseJson(decoded(bytes, file), file);
  if (!isRecord(parsed))
    throw new UserError(
      `${file} has to hold an object with an entry for each policy, for instance {"all": "mandatory"}.`,
    );
  const entries = Object.entries(parsed).map(([policy, entry]) => {
    if (policy === "environments") {
      throw new UserError(
        `${file} imports ESC environments, which need Pulumi Cloud. Write the values into the file instead.`,
      );
    }
    if (typeof entry === "string")
      return [policy, { enforcementLevel: levelOf(entry, policy, file), properties: {} }];
    if (!isRecord(entry)) {
      throw new UserError(
        `${file}: "${policy}" has to be a level or an object, for instance {"enforcementLevel": "mandatory"}.`,
      );
    }
    const { enforcementLevel, ...properties } = entry;
    return [
      policy,
      enforcementLevel === undefined
        ? { properties }
        : { enforcementLevel: levelOf(enforcementLevel, policy, file), properties },
    ];
  });
  return Object.fromEntries(entries);
}

/**
 * The settings of each policy, in the engine's order of precedence: the file overrides the pack's initial configuration, which
 * overrides the policies' own levels and the defaults in their schemas. `all` sets the level of every policy.
 *
 * @throws UserError if the configuration names a policy that the pack doesn't have, or a property that is unknown or invalid
 */
export function reconcile(
  info: PackInfo,
  file: PackConfiguration | undefined,
): Record<string, PolicySettings> {
  const settings: Record<string, PolicySettings> = Object.fromEntries(
    info.policies.map((policy) => [
      policy.name,
      {
        enforcementLevel: policy.enforcementLevel,
        properties: defaultsOf(policy.configSchema?.properties ?? {}),
      },
    ]),
  );
  for (const [policy, { properties }] of Object.entries(file ?? {}))
    rejectUnknownOptions(info, policy, properties);
  for (const layer of [info.initialConfig, file ?? {}] as readonly PackConfiguration[]) {
    const all = layer.all?.enforcementLevel;
    for (const policy of Object.keys(layer)) {
      if (policy !== "all" && !Object.hasOwn(settings, policy)) {
        const names = info.policies.map(({ name }) => name).join(", ");
        throw new UserError(
          `validating policy config: ${info.name} ${info.version}  there is no policy "${policy}". Policies: ${names}.`,
        );
      }
    }
    for (const [policy, current] of Object.entries(settings)) {
      const entry = Object.hasOwn(layer, policy) ? layer[policy] : undefined;
      settings[policy] = {
        enforcementLevel: entry?.enforcementLevel ?? all ?? current.enforcementLevel,
        properties: { ...current.properties, ...entry?.properties },
      };
    }
  }
  validate(info, settings);
  return settings;
}

/** The engine accepts unknown options. But a misspelt option has no effect, and the guardrail that it configures is missing. */
function rejectUnknownOptions(info: PackInfo, name: string, given: Fields): void {
  const policy = info.policies.find((known) => known.name === name);
  // A policy without a schema may read any option.
  if (name !== "all" && !policy?.configSchema) return;
  const options = Object.keys(policy?.configSchema?.properties ?? {});
  const unknown = Object.keys(given).find((option) => !options.includes(option));
  if (unknown === undefined) return;
  throw new UserError(
    `validating policy config: ${info.name} ${info.version}  ${name}: there is no option "${unknown}". Options: ${options.join(", ") || "none"}.`,
  );
}

function validate(info: PackInfo, settings: Readonly<Record<string, PolicySettings>>): void {
  const ajv = new Ajv({ strict: false, allErrors: true });
  for (const { name, configSchema } of info.policies) {
    if (!configSchema) continue;
    const check = ajv.compile({ type: "object", ...configSchema });
    if (check(settings[name]?.properties ?? {})) continue;
    const [error] = check.errors ?? [];
    const where = (error?.instancePath ?? "").split("/").filter(Boolean).join(".") || "(root)";
    throw new UserError(
      `validating policy config: ${info.name} ${info.version}  ${name}: ${where}: ${error?.message}`,
    );
  }
}

function defaultsOf(properties: Fields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, schema]) =>
      isRecord(schema) && "default" in schema ? [[name, schema.default]] : [],
    ),
  );
}

function levelOf(value: unknown, policy: string, file: string): EnforcementLevel {
  const level = enforcementLevels.find((known) => known === value);
  if (level) return level;
  throw new UserError(
    `${file}: "${policy}" has no such enforcementLevel. Write one of: ${enforcementLevels.join(", ")}.`,
  );
}
