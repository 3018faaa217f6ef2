import { unknownValue } from "../engine/wire";
import { placeholderPattern } from "../placeholders";
import type { Secrets } from "../secrets";
import { isRecord } from "../text/records";
import type { JudgedSource, SourceResource } from "./source";

type Tags = Readonly<Record<string, unknown>>;

/** The names of tags that say who answers for a resource, where nobody says others. Compared without regard to case. */
export const defaultOwnerTags: readonly string[] = ["owner", "team", "service-owner", "contact"];

/**
 * Who answers for a resource, by tags: the nearest that says it. In this order: its own tags; those of the resources that its
 * properties were made of, such as its API; those of the stages of the same API; those that its provider gives all of its resources;
 * those of the stack. Where two of the same distance disagree, they say nothing.
 *
 * @param names of the tags, the best first
 * @returns undefined where none says it
 */
export function ownerByTags(
  urn: string,
  source: JudgedSource,
  names: readonly string[],
  secrets: Secrets,
): string | undefined {
  const byUrn = new Map(source.resources.map((one) => [one.urn, one]));
  const resource = byUrn.get(urn);
  const madeOf = (one: SourceResource | undefined): readonly SourceResource[] =>
    Object.values(one?.propertyDependencies ?? {})
      .flat()
      .flatMap((of) => byUrn.get(of) ?? []);
  const parts = madeOf(resource);
  const reached = new Set([urn, ...parts.map((one) => one.urn)]);
  const stages = source.resources.filter(
    (one) => /:Stage$/.test(one.type) && madeOf(one).some((of) => reached.has(of.urn)),
  );
  const levels: readonly (readonly Tags[])[] = [
    resource ? [tagsOfResource(resource)] : [],
    parts.map(tagsOfResource),
    stages.map(tagsOfResource),
    resource?.provider ? [defaultTagsOf(resource.provider.properties)] : [],
    [source.stackTags],
  ];
  for (const level of levels) {
    const said = new Set(level.flatMap((tags) => ownerIn(tags, names, secrets) ?? []));
    const [owner] = said;
    if (owner !== undefined && said.size === 1) return owner;
  }
  return undefined;
}

/** Tags as providers take them: an object, or a list of objects with a key and a value; the provider aws-native has both. */
export function tagsOf(value: unknown): Tags {
  if (typeof value === "string") {
    try {
      return tagsOf(JSON.parse(value));
    } catch {
      return {};
    }
  }
  if (Array.isArray(value)) {
    return Object.fromEntries(
      value.flatMap((tag) =>
        isRecord(tag) && typeof tag.key === "string" ? [[tag.key, tag.value] as const] : [],
      ),
    );
  }
  return isRecord(value) ? value : {};
}

function tagsOfResource({ properties, outputs }: SourceResource): Tags {
  return { ...tagsOf(outputs.tagsAll), ...tagsOf(outputs.tags), ...tagsOf(properties.tags) };
}

/** A provider's settings are JSON texts: `{"tags":{"owner":"orders"}}`. */
function defaultTagsOf({ defaultTags }: Tags): Tags {
  return tagsOf(tagsOf(defaultTags).tags);
}

function ownerIn(tags: Tags, names: readonly string[], secrets: Secrets): string | undefined {
  for (const name of names) {
    const values = Object.entries(tags)
      .filter(([tag]) => tag.toLowerCase() === name.toLowerCase())
      .map(([, value]) => value)
      .filter((value): value is string => typeof value === "string" && namesSomebody(value, secrets));
    if (values.length > 0) return values[0]?.trim();
  }
  return undefined;
}

/** Neither an unknown, nor what a look-ahead made up, nor a secret. */
function namesSomebody(owner: string, secrets: Secrets): boolean {
  return (
    /[\p{L}\p{N}]/u.test(owner) &&
    owner !== unknownValue &&
    !new RegExp(placeholderPattern, "i").test(owner) &&
    secrets.mask(owner) === owner
  );
}
