import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { counted } from "../text/wording";

/** A text of HTML, in which everything else is escaped. */
export interface Html {
  readonly html: string;
}

type Part = string | number | Html | readonly Html[];

/** HTML from a template. What is put into it is escaped, unless it is HTML itself. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return {
    html: texts.map((text, index) => text + (index < parts.length ? put(parts[index] ?? "") : "")).join(""),
  };
}

function put(part: Part): string {
  if (typeof part === "string" || typeof part === "number") return escaped(String(part));
  return "html" in part ? part.html : part.map((one) => one.html).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Also without the control characters, which HTML forbids. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => entities[character] ?? "")
    .replace(/[^\P{Cc}\t\n]/gu, "\uFFFD");
}

const asset = (name: string) => readFileSync(join(__dirname, "..", "..", "html", name), "utf8");

/**
 * A whole page in one file. It asks nobody for anything: its policy allows the style and the script that are in it, and no request.
 *
 * @see https://developer.mozilla.org/docs/Web/HTTP/Guides/CSP
 */
export function htmlPage(title: string, body: Html): string {
  const style = asset("report.css");
  const script = asset("report.js");
  const policy = `default-src 'none'; style-src '${digest(style)}'; script-src '${digest(script)}'; base-uri 'none'; form-action 'none'`;
  const raw = (text: string): Html => ({ html: text });
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
${body}
<script>${raw(script)}</script>
</body>
</html>
`.html;
}

/**
 * What filters the rows of a page (`data-row`, `data-stack`), by the script of the page. Hidden until it runs.
 *
 * @param stacks as people name them; with one, there is no choice
 */
export function filters(stacks: readonly string[]): Html {
  const choice = html`<label>Stack<select id="filter-stack"><option value="">all</option>${stacks.map((stack) => html`<option>${stack}</option>`)}</select></label>`;
  return html`<search class="controls" hidden>
<label>Words in a row<input id="filter-words" type="search" autocomplete="off"></label>
${stacks.length > 1 ? choice : ""}
<output id="shown"></output>
</search>`;
}

/** A section of sentences, such as what wasn't seen. Nothing where there are none. */
export function sentencesSection(title: string, what: string, sentences: readonly string[]): Html {
  if (sentences.length === 0) return html``;
  return html`<section>
<h2 class="yellow">${title} (${sentences.length})</h2>
<p>${counted(sentences.length, "thing", "things")} ${what}:</p>
<ul>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>
</section>
`;
}

function digest(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
