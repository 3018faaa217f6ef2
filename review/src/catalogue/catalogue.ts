import type { Control, EnforcementLevel, Severity } from "../packs/pack-info";
import type { Fields } from "../text/records";

/** The rules of a policy pack. */
export interface Catalogue {
  readonly pack: { readonly name: string; readonly version: string };
  /** In the order of the pack. */
  readonly rules: readonly CatalogueRule[];
  /** What the rules of a theme ask, as far as the pack says so. */
  readonly themes: Readonly<Record<string, string>>;
}

/**
 * A rule as its pack describes it. The protocol has no words for `because`, `why`, `exceptionIf`, `kinds`, `examples` and `links`: only
 * our own pack has them.
 */
export interface CatalogueRule {
  readonly id: string;
  readonly title: string;
  readonly theme: string | null;
  /** The level that the pack gives it, without a configuration file. */
  readonly level: EnforcementLevel;
  /** Why it has that level. */
  readonly because: string | null;
  readonly severity: NonNullable<Severity> | null;
  /** Null if the pack doesn't say which. */
  readonly judges: readonly ("resources" | "stack")[] | null;
  /** Whether it repairs a resource under the level `remediate`. Null if the pack doesn't say so. */
  readonly remediates: boolean | null;
  readonly why: string | null;
  readonly fix: string | null;
  /** When an exception is right: completes "If ...". Null if none ever is, or if the pack doesn't say so. */
  readonly exceptionIf: string | null;
  readonly kinds: readonly Kind[];
  readonly examples: Examples | null;
  /** The JSON schema of each option. */
  readonly options: Readonly<Record<string, Fields>>;
  readonly controls: readonly Control[];
  /** The pages that its facts come from. */
  readonly links: readonly string[];
  /** Where the page is: a file, seen from the current folder, or whatever another pack names. */
  readonly page: string | null;
}

/** A kind of finding. */
interface Kind {
  readonly name: string;
  readonly means: string;
}

interface Examples {
  readonly language: "ts" | "jsonc";
  readonly bad: string;
  readonly good: string;
  /** What has to be configured for the rule to report the bad one; null if nothing. */
  readonly options: Fields | null;
}
