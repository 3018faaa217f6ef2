import { type Change, type ChangeKind, changeKinds, type DiffResult, rowOf, type StackDiff } from "../diff";
import { colors, linesOf, placeOfChange, routesOf, summaryOfDiff, titles, whoMayCall } from "./diff-words";
import { filters, type Html, html, htmlPage, sentencesSection } from "./html-page";
import { routeOf, stackOf } from "./inventory-sections";

/** A change, with the stack that it is in. */
interface Placed {
  readonly change: Change;
  readonly stack: string;
}

/**
 * What changed as a page that can be forwarded: one file without any outside request, readable without its script, on paper, in the
 * dark and at 200 %.
 *
 * @param today an ISO date
 */
export function diffHtml(result: DiffResult, today: string): string {
  const { before, after, stacks, problems, notices } = result;
  const labels = stacks.map(stackOf);
  const parts = changeKinds.flatMap((kind): readonly Part[] => {
    const changes = placedIn(stacks, kind);
    return changes.length > 0 ? [{ kind, changes }] : [];
  });
  return htmlPage(
    "What changed in who may call what",
    html`<main>
<h1>What changed in who may call what</h1>
<p class="soft">From <code>${before}</code> to <code>${after}</code>, as of ${today}${labels.length === 1 ? `, in ${labels[0]}` : ""}. ${capital(summaryOfDiff(result))}.</p>
${parts.length > 0 ? html`${tiles(parts)}\n${filters(labels)}` : ""}
${parts.map(({ kind, changes }) => sectionHtml(kind, changes, labels.length > 1))}
${sentencesSection("Not seen", "this report can't speak for", problems)}
${sentencesSection("Notes", "to know when reading this report", notices)}
</main>`,
  );
}

interface Part {
  readonly kind: ChangeKind;
  readonly changes: readonly Placed[];
}

function tiles(parts: readonly Part[]): Html {
  return html`<ul class="tiles">
${parts.map(({ kind, changes }) => html`<li class="${colors[kind]}"><strong>${waysOf(changes)}</strong>${titles[kind]}</li>\n`)}</ul>`;
}

function placedIn(stacks: readonly StackDiff[], kind: ChangeKind): readonly Placed[] {
  return stacks.flatMap((one) =>
    one.changes.flatMap((change) => (change.kind === kind ? [{ change, stack: stackOf(one) }] : [])),
  );
}

const waysOf = (changes: readonly Placed[]) =>
  changes.reduce((sum, { change }) => sum + change.routes.length, 0);

const capital = (words: string) => `${words[0]?.toUpperCase()}${words.slice(1)}`;

function sectionHtml(kind: ChangeKind, changes: readonly Placed[], withStacks: boolean): Html {
  return html`<section data-kind="${colors[kind]}">
<h2 class="${colors[kind]}">${titles[kind]} (${waysOf(changes)})</h2>
<table>
<thead><tr><th scope="col">Route</th><th scope="col">Before</th><th scope="col">After</th><th scope="col">What changed</th></tr></thead>
<tbody>
${changes.map((placed) => rowHtml(placed, withStacks))}</tbody>
</table>
</section>
`;
}

function rowHtml({ change, stack }: Placed, withStacks: boolean): Html {
  const [before, after] = [change.routes[0].before, change.routes[0].after].map((row) =>
    row ? capital(whoMayCall(row)) : "no such way in",
  ) as [string, string];
  return html`<tr data-row data-stack="${stack}">
<th scope="row">${routesHtml(change)}<span class="where">${placeOfChange(change)}</span>${withStacks ? html`<span class="where">${stack}</span>` : ""}</th>
<td data-label="Before">${before}</td>
<td data-label="After">${after === before ? "as before" : after}</td>
<td data-label="What changed">${itemsOf(saidBeside(change, after))}</td>
</tr>
`;
}

/** Each route with its line; where it is all of a stage, their names can be unfolded. */
function routesHtml(change: Change): Html {
  if (change.isWholeStage) {
    const names = change.routes.map((route) => html`<li><code>${routeOf(rowOf(route))}</code></li>`);
    return html`<details><summary>${routesOf(change)[0] ?? ""}</summary><ul>${names}</ul></details>`;
  }
  const lines = linesOf(change);
  const routes = routesOf(change).map((route, index) => {
    const line = lines[index];
    return html`<li><code>${route}</code>${line === undefined ? "" : html` <code class="where">${line}</code>`}</li>`;
  });
  return html`<ul>${routes}</ul>`;
}

/** What the columns beside it don't say already. */
function saidBeside({ kind, says }: Change, after: string): readonly string[] {
  return kind === "closed" || kind === "gone" ? [] : says.filter((one) => !after.includes(one));
}

function itemsOf(sentences: readonly string[]): Html {
  return sentences.length === 0 ? html`` : html`<ul>${sentences.map((one) => html`<li>${one}</li>`)}</ul>`;
}
