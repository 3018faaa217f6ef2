// docs/controls.md: which rules show what of which control, for auditors.
import { createRequire } from "node:module";
import { generated, list, table } from "./markdown.mjs";

const { controls, leftOut } = createRequire(import.meta.url)("../policies/dist/rules/controls.js");

/** What a run leaves, by the word in the table of controls. */
const evidence = {
  violations: "the violations of these rules, or their absence",
  exceptions: "the exceptions that were used, with reason, owner and review date",
  unseen: "what was not seen",
};

const sentence = (parts) => {
  const text = parts.join("; ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
};

const isSame = (one, other) => one.framework === other.framework && one.id === other.id;

function partsOf(control, rules) {
  const naming = rules.filter((rule) => rule.controls.some((named) => isSame(named, control)));
  return [
    `### ${control.id}: ${control.title}`,
    `<${control.source}>`,
    list([
      `**Shown by the rules:** ${control.proves}`,
      `**Not shown:** ${control.leaves}`,
      `**Evidence of a run:** ${sentence(control.evidence.map((word) => evidence[word]))}`,
    ]),
    table(
      ["rule", "level", "what it asks"],
      naming.map(({ id, level, title }) => [`[\`${id}\`](../policies/rules/${id}.md)`, level, title]),
    ),
  ];
}

/** @param rules all of the pack's */
export function controlsPage(rules) {
  const frameworks = [...new Set(controls.map(({ framework }) => framework))];
  return [
    "# Controls",
    generated("policies/src/rules/controls.ts and the rules"),
    "For auditors: which rule shows what of which control, what none of them shows, and which evidence a run leaves. A rule judges what a Pulumi program creates, before it is created. That a rule finds nothing shows a part of a control, never the whole of it. The titles are ours; the text of a control is at its source.",
    "## The evidence of a run",
    list([
      "`api-guardrails preview --json` writes a [report](preview.md#for-programs---json): `violations` with rule, level and resource; `exceptions`, each with the route that it opens, its reason, owner and review date; `unseen`, what lies outside of the program; `problems`, what should have been judged and wasn't; and the exit code. Keep it with the pull request that it is about.",
      "In Pulumi Cloud, each policy carries the first of its controls as its framework and all of them as tags, and says whether a stack passed, failed, or held nothing to judge.",
      "`pulumi policy analyze` judges the resources of a stack [as they are deployed](preview.md#what-is-deployed-already), for a day of the auditor's choice.",
      "The history of the repository shows who declared an exception and who approved it, and the pack's configuration shows its exemptions and levels. [A rule that only advises](../policies/LEVELS.md) stops nothing unless the organization raises its level.",
    ]),
    ...frameworks.flatMap((framework) => {
      const own = controls.filter((control) => control.framework === framework);
      return [`## ${framework} ${own[0].version}`, ...own.flatMap((control) => partsOf(control, rules))];
    }),
    "## Read and left out",
    "Controls that look as if a rule showed them, and don't on reading.",
    table(
      ["control", "because"],
      leftOut.map(({ control, because }) => [control, because]),
    ),
  ];
}
