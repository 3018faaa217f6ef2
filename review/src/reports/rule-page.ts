import type { CatalogueRule } from "../catalogue";
import type { Fields } from "../text/records";

/** A part of a rule's page. The first one has no heading. */
export interface Part {
  readonly heading?: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: "sentences"; readonly text: string }
  | { readonly kind: "code"; readonly code: string; readonly language: string }
  /** A name and what it means; without a meaning, an entry of a list. */
  | { readonly kind: "entry"; readonly name: string; readonly means?: string | undefined };

/** What the page of a rule says, in its order. A part about which the pack says nothing is left out. */
export function partsOf(rule: CatalogueRule): readonly Part[] {
  const { why, kinds, examples, fix, exceptionIf, options, controls, links, page, level } = rule;
  const parts: Part[] = [
    { blocks: [sentences(rule.title), sentences(standing(rule)), ...judged(rule)] },
    { heading: "Why", blocks: why === null ? [] : [sentences(why)] },
    {
      heading: "What it reports",
      blocks: kinds.map(({ name, means }) => ({ kind: "entry", name, means })),
    },
    { heading: level === "mandatory" ? "Blocked" : "Reported", blocks: badExample(rule) },
    { heading: "Passes", blocks: examples ? [code(examples.good, examples.language)] : [] },
    { heading: "Fix", blocks: fix === null ? [] : [code(fix, "text")] },
    {
      heading: "When an exception is right",
      // Without examples, the rule isn't our pack's, and its pack can't say so.
      blocks: examples
        ? [sentences(exceptionIf ? `If ${exceptionIf}.` : "Never: it is repaired where it stands.")]
        : [],
    },
    { heading: "Options", blocks: Object.entries(options).map(optionOf) },
    {
      heading: "Controls",
      blocks: controls.map(({ framework, version, id, title }) => ({
        kind: "entry",
        name: [framework, version, id].filter(Boolean).join(" "),
        means: title || undefined,
      })),
    },
    { heading: "Sources", blocks: links.map((name) => ({ kind: "entry", name })) },
    { heading: "Page", blocks: page === null ? [] : [{ kind: "entry", name: page }] },
  ];
  return parts.filter(({ blocks }) => blocks.length > 0);
}

const sentences = (text: string): Block => ({ kind: "sentences", text });
const code = (text: string, language: string): Block => ({ kind: "code", code: text, language });

function standing({ level, because, severity, theme }: CatalogueRule): string {
  return [
    `Level: ${level}${because === null ? "" : ` (${because})`}`,
    ...(severity === null ? [] : [`severity: ${severity}`]),
    ...(theme === null ? [] : [`theme: ${theme}`]),
  ].join("; ");
}

function judged({ judges, remediates }: CatalogueRule): readonly Block[] {
  if (judges === null) return [];
  const what = { resources: "each resource before it is created", stack: "the whole stack" };
  const repairs = remediates
    ? " Under the level remediate, it repairs the resource before it is created."
    : "";
  return [sentences(`It judges ${judges.map((one) => what[one]).join(", and ")}.${repairs}`)];
}

function badExample({ id, level, examples }: CatalogueRule): readonly Block[] {
  if (!examples) return [];
  const configured = { [id]: { enforcementLevel: level, ...examples.options } };
  return [
    ...(examples.options
      ? [sentences("Configured with:"), code(JSON.stringify(configured, undefined, 2), "json")]
      : []),
    code(examples.bad, examples.language),
  ];
}

function optionOf([name, { type, enum: words, default: value, description }]: [string, Fields]): Block {
  const takes = Array.isArray(words) ? words.map((word) => JSON.stringify(word)).join(" or ") : type;
  const set = value === undefined ? "not set by default" : `default: ${JSON.stringify(value)}`;
  const means = [`${[takes, set].filter(Boolean).join(", ")}.`, description].filter(Boolean).join(" ");
  return { kind: "entry", name, means };
}
