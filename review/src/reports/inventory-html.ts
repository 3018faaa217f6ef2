import type { InventoryRow } from "@api-guardrails/policies/inventory";
import type { InventoryResult } from "../inventory";
import { filters, type Html, html, htmlPage, sentencesSection } from "./html-page";
import {
  addressOf,
  logWords,
  quotasWords,
  routeOf,
  type Section,
  sectionOf,
  sections,
  stackOf,
  stageOf,
  summaryOf,
  throttleWords,
  titleOf,
  watchWords,
} from "./inventory-sections";

/**
 * The inventory as a page that can be forwarded: one file without any outside request, readable without its script, on paper, in the
 * dark and at 200 %.
 *
 * @param today an ISO date
 */
export function inventoryHtml(result: InventoryResult, today: string): string {
  const title = titleOf(result).replace(/:$/, "");
  const stacks = [...new Set(result.rows.map(stackOf))];
  const parts = sections.flatMap((section) => {
    const rows = result.rows.filter((row) => sectionOf(row) === section);
    return rows.length > 0 ? [{ section, rows }] : [];
  });
  return htmlPage(
    title,
    html`<main>
<h1>${title}</h1>
<p class="soft">Every way in, and who may take it, as of ${today}. ${summaryOf(result)}.</p>
<ul class="tiles">
${parts.map(({ section, rows }) => html`<li class="${section.color}"><strong>${rows.length}</strong>${section.title}</li>\n`)}</ul>
${filters(stacks)}
${parts.map(({ section, rows }) => sectionHtml(section, rows, stacks.length > 1))}
${sentencesSection("Not seen", "this report can't speak for", notSeen(result))}
</main>`,
  );
}

function sectionHtml(section: Section, rows: readonly InventoryRow[], withStacks: boolean): Html {
  return html`<section data-kind="${section.color}">
<h2 class="${section.color}">${section.title} (${rows.length})</h2>
<table>
<thead><tr><th scope="col">Route</th><th scope="col">Who may call</th><th scope="col">What surrounds it</th><th scope="col">Where</th></tr></thead>
<tbody>
${rows.map((row) => rowHtml(section, row, withStacks))}</tbody>
</table>
</section>
`;
}

function rowHtml(section: Section, row: InventoryRow, withStacks: boolean): Html {
  const hosts = [...new Set(row.hosts.flatMap((host) => addressOf(host) ?? []))];
  const around = surroundings(row);
  return html`<tr data-row data-stack="${stackOf(row)}">
<th scope="row"><code>${routeOf(row)}</code><span class="where">${stageOf(row)}</span>${hosts.map((host) => html`<span class="where">${host}</span>`)}</th>
<td data-label="Who may call">${section.says(row)}${row.notes.map((note) => html` <span class="where">${note}</span>`)}</td>
<td data-label="What surrounds it">${around.length > 0 ? html`<ul>${around}</ul>` : ""}</td>
<td data-label="Where">${withStacks ? html`${stackOf(row)} ` : ""}<code>${row.source ? `${row.source.file}:${row.source.line}` : row.name}</code></td>
</tr>
`;
}

function surroundings(row: InventoryRow): readonly Html[] {
  if (row.log === null) return [];
  const lacks = (words: string, isThere: boolean) =>
    isThere ? html`<li>${words}</li>` : html`<li class="lacks">${words}</li>`;
  const hasThrottle = row.throttle !== null && (row.throttle.rate !== null || row.throttle.burst !== null);
  return [
    lacks(logWords(row), row.log.kind !== "none"),
    lacks(throttleWords([row]), hasThrottle || row.unknown.includes("throttle")),
    ...quotasWords([row]).map((words) => lacks(words, true)),
    lacks(watchWords(row), (row.watched ?? []).length > 0),
    ...(row.firewall === null
      ? []
      : [lacks(row.firewall ? "a web ACL protects it" : "no web ACL", row.firewall)]),
  ];
}

function notSeen({ sources }: InventoryResult): readonly string[] {
  return sources.flatMap(({ name, problems, unseen }) =>
    [...problems, ...unseen].map((sentence) => (sources.length > 1 ? `${name}: ${sentence}` : sentence)),
  );
}
