import { readFile } from "node:fs/promises";
import { type PackConfiguration, readPackConfiguration } from "../packs/configuration";
import type { PolicySettings } from "../packs/pack-info";
import { decoded } from "../text/decoded";
import { UserError } from "../text/errors";
import { parseJson } from "../text/json";
import { type Fields, isRecord } from "../text/records";

/** The policy that has the list of exemptions. */
export const owningPolicy = "exemption-is-current";
const defaultMaxReviewDays = 180;

/** A pack's configuration as somebody wrote it. */
export interface WrittenConfiguration {
  /** With all that a baseline doesn't understand. */
  readonly content: Fields;
  /** As the pack takes it. */
  readonly configuration: PackConfiguration;
}

/** @throws UserError if there is no such file, or if the engine would reject it */
export async function readConfigurationFile(file: string): Promise<WrittenConfiguration> {
  const configuration = await readPackConfiguration(file);
  const content = parseJson(decoded(await readFile(file), file), file);
  return { content: isRecord(content) ? content : {}, configuration };
}

/** What a pack is configured with, as far as exemptions are concerned. */
export interface ExemptionSettings {
  readonly level: PolicySettings["enforcementLevel"];
  /** As they are written. */
  readonly exemptions: readonly unknown[];
  readonly maxReviewDays: number;
}

/**
 * @param settings of each policy of a pack
 * @throws UserError if no exemption would count
 */
export function exemptionSettings(settings: Readonly<Record<string, PolicySettings>>): ExemptionSettings {
  const owner = settings[owningPolicy];
  if (!owner) {
    throw new UserError(
      `The policy pack has no policy ${owningPolicy}, so nothing can be exempted from its rules. Give --policy-pack a pack that is made with guardrails() of @api-guardrails/policies.`,
    );
  }
  if (owner.enforcementLevel === "disabled") {
    throw new UserError(
      `${owningPolicy} is disabled in the pack's configuration, so no exemption counts. Write "enforcementLevel": "mandatory" there.`,
    );
  }
  const { exemptions, maxReviewDays } = owner.properties;
  return {
    level: owner.enforcementLevel,
    exemptions: Array.isArray(exemptions) ? exemptions : [],
    maxReviewDays: typeof maxReviewDays === "number" ? maxReviewDays : defaultMaxReviewDays,
  };
}

/**
 * A configuration with other exemptions. All else stays as it is written, in its order.
 *
 * @param level of the policy with the exemptions, if the configuration gives it none
 */
export function withExemptions(
  content: Fields,
  exemptions: readonly unknown[],
  level: PolicySettings["enforcementLevel"],
): Fields {
  const before = content[owningPolicy];
  const own = isRecord(before) ? before : { enforcementLevel: typeof before === "string" ? before : level };
  return { ...content, [owningPolicy]: { ...own, exemptions } };
}

/** The same as the pack takes it. */
export function asConfiguration(
  configuration: PackConfiguration,
  exemptions: readonly unknown[],
): PackConfiguration {
  const before = configuration[owningPolicy];
  return {
    ...configuration,
    [owningPolicy]: { ...before, properties: { ...before?.properties, exemptions } },
  };
}

export function asText(content: Fields): string {
  return `${JSON.stringify(content, undefined, 2)}\n`;
}
