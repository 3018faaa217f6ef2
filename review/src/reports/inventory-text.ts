import { stripVTControlCharacters } from "node:util";
import type { InventoryRow } from "@api-guardrails/policies/inventory";
import pc from "picocolors";
import type { InventoryResult } from "../inventory";
import { counted, enumeration } from "../text/wording";
import { type Line, laidOut } from "./layout";
import type { Screen } from "./text";

type Paint = ReturnType<typeof pc.createColors>;

const blank: Line = { text: "", indent: 0 };

/** A part of the report: the ways in of which the same is true. */
interface Section {
  readonly title: string;
  readonly color: "red" | "yellow" | "green" | "dim";
  takes(row: InventoryRow): boolean;
  /** What a line says after the route. */
  says(row: InventoryRow): string;
}

const because = ({ authentication }: InventoryRow) => authentication.because;

const sections: readonly Section[] = [
  {
    title: "Open on purpose",
    color: "yellow",
    takes: ({ declaration }) => declaration !== null,
    says: ({ declaration }) => {
      if (!declaration) return "";
      const { reason, owner, reviewBy, daysLeft } = declaration;
      return `"${reason}", ${owner}, until ${reviewBy} (${counted(daysLeft, "day", "days")} left)`;
    },
  },
  {
    title: "Anyone may call",
    color: "red",
    takes: ({ authentication }) => authentication.verdict === "open",
    says: because,
  },
  {
    title: "Nobody can tell who may call",
    color: "red",
    takes: ({ authentication }) => authentication.verdict === "undetermined",
    says: because,
  },
  {
    title: "Anyone with an API key may call",
    color: "red",
    takes: ({ authentication }) => authentication.verdict === "key-only",
    says: because,
  },
  {
    title: "OPTIONS requests reach a backend without authentication",
    color: "yellow",
    takes: ({ authentication }) => authentication.verdict === "backend-preflight",
    says: because,
  },
  {
    title: "Anyone within a private network may call",
    color: "yellow",
    takes: ({ authentication }) => authentication.verdict === "restricted",
    says: because,
  },
  {
    title: "Callers are authenticated, and more of them get in than should",
    color: "yellow",
    takes: ({ authentication: { verdict, weaknesses } }) =>
      verdict === "authenticated" && weaknesses.length > 0,
    says: (row) => `${asked(row)}: ${row.authentication.weaknesses.join("; ")}`,
  },
  {
    title: "Authenticated callers only",
    color: "green",
    takes: ({ authentication }) => authentication.verdict === "authenticated",
    says: asked,
  },
];

/** The order in which they are shown: what nobody declared comes first. */
const shownOrder = [1, 2, 3, 4, 6, 0, 5, 7];

/** What a caller has to present: `JWT of "customers" (issuer login.example.com, 2 audiences), scope customers/read`. */
function asked({ authentication, unknown }: InventoryRow): string {
  const { kinds, authorizer, issuers, audiences, scopes } = authentication;
  const what = kinds.length > 0 ? kinds.join(" or ") : authentication.because;
  const details = [
    ...(issuers.length > 0 ? [`${issuers.length > 1 ? "issuers" : "issuer"} ${enumeration(issuers)}`] : []),
    ...(unknown.includes("issuers") ? ["issuer not known"] : []),
    ...(audiences === null ? [] : [counted(audiences, "audience", "audiences")]),
  ];
  return [
    what,
    ...(authorizer === null || kinds.length === 0 ? [] : [`of "${authorizer}"`]),
    ...(details.length > 0 ? [`(${details.join(", ")})`] : []),
    ...(scopes.length > 0 ? [`with ${scopes.join(" or ")}`] : []),
  ].join(" ");
}

/** The inventory for a person: what is open comes first, and of every stage what stands around it last. */
export function inventoryText(result: InventoryResult, { colors, terminal }: Screen): string {
  const paint = pc.createColors(colors);
  const stacks = new Set(result.rows.map(stackOf));
  const isOne = stacks.size + result.sources.filter(({ project }) => project === null).length <= 1;
  const lines = [
    { text: titleOf(result), indent: 0 },
    blank,
    ...sectionLines(result.rows, !isOne, paint),
    ...stageLines(result.rows, !isOne),
    ...notSeen(result, paint),
    { text: summary(result, paint), indent: 0 },
  ];
  const text = laidOut(lines, terminal);
  return colors ? text : stripVTControlCharacters(text);
}

function titleOf({ sources }: InventoryResult): string {
  const [only, ...others] = sources;
  if (!only) return "Ways in:";
  if (others.length > 0) return `Ways into ${counted(sources.length, "stack", "stacks")}:`;
  return only.project === null ? `Ways into ${only.name}:` : `Ways into ${only.project} (${only.stack}):`;
}

const stackOf = ({ project, stack }: InventoryRow) => `${project} (${stack})`;

function sectionOf(row: InventoryRow): Section | undefined {
  return sections.find((section) => section.takes(row));
}

function sectionLines(rows: readonly InventoryRow[], withStacks: boolean, paint: Paint): Line[] {
  return shownOrder.flatMap((place) => {
    const section = sections[place];
    const own = section ? rows.filter((row) => sectionOf(row) === section) : [];
    if (!section || own.length === 0) return [];
    return [
      { text: paint[section.color](`${section.title} (${own.length})`), indent: 0 },
      ...groups(own, (row) => placeOf(row, withStacks)).flatMap(([where, inPlace]) => [
        { text: where, indent: 2, hang: 4 },
        ...inPlace.flatMap((row) => rowLines(row, section)),
      ]),
      blank,
    ];
  });
}

function rowLines(row: InventoryRow, section: Section): Line[] {
  const line = row.source ? `  ${row.source.file}:${row.source.line}` : "";
  return [
    { text: `${routeOf(row)}${line}`, indent: 4, hang: 2 },
    { text: section.says(row), indent: 6, hang: 2 },
    ...row.notes.map((note) => ({ text: note, indent: 6, hang: 2 })),
  ];
}

function routeOf({ surface, method, path, name, logicalId }: InventoryRow): string {
  const what = `"${logicalId ?? name}"`;
  if (path === null) return method === null ? what : `${method} of ${what}, whose path isn't known`;
  const route = method === null ? path : `${method} ${path}`;
  // A load balancer may have the same routes at several listeners.
  return surface === "load balancer" ? `${route} of ${what}` : route;
}

/** `HTTP API "customers", stage prod, at api.example.com`. */
function placeOf(row: InventoryRow, withStack: boolean): string {
  return [...(withStack ? [`${stackOf(row)}:`] : []), stageOf(row) + hostsOf(row)].join(" ");
}

function stageOf({ surface, api, stage, log, unknown }: InventoryRow): string {
  const of = api === null ? " whose name this stack doesn't show" : ` "${api}"`;
  const none = log === null ? ", no stage here" : ", a stage whose name isn't known";
  const at = stage !== null ? `, stage ${stage}` : unknown.includes("stage") ? none : "";
  return `${surface}${of}${at}`;
}

function hostsOf({ hosts }: InventoryRow): string {
  const names = hosts.flatMap(({ name }) => name ?? []);
  return names.length > 0 ? `, at ${enumeration(names)}` : "";
}

/** What stands around each stage: its log, its throttle, its alarms, its firewall. */
function stageLines(rows: readonly InventoryRow[], withStacks: boolean): Line[] {
  const around = rows.filter(({ log }) => log !== null);
  if (around.length === 0) return [];
  return [
    { text: "Stages", indent: 0 },
    ...groups(around, (row) => (withStacks ? `${stackOf(row)}: ` : "") + stageOf(row)).flatMap(
      ([where, [first, ...others]]) =>
        first
          ? [
              { text: where, indent: 2 },
              { text: logWords(first), indent: 4, hang: 2 },
              { text: throttleWords([first, ...others]), indent: 4, hang: 2 },
              { text: watchWords(first), indent: 4, hang: 2 },
              ...(first.firewall === null
                ? []
                : [{ text: first.firewall ? "a web ACL protects it" : "no web ACL", indent: 4 }]),
            ]
          : [],
    ),
    blank,
  ];
}

function logWords({ log }: InventoryRow): string {
  if (log === null || log.kind === "none") return "no access log";
  if (log.kind === "unknown") return "an access log that isn't known before the deployment";
  const where = log.destinations.length > 0 ? ` in ${enumeration(log.destinations)}` : "";
  const kept =
    log.retentionInDays === null
      ? ""
      : `, kept ${log.retentionInDays === 0 ? "for ever" : `${log.retentionInDays} days`}`;
  const missing = log.missing?.length ? `; it doesn't say ${enumeration(log.missing)}` : "";
  return `access log${where}${kept}${missing}`;
}

function throttleWords(rows: readonly InventoryRow[]): string {
  const written = new Set(
    rows.map(({ throttle, unknown }) => {
      if (unknown.includes("throttle")) return "a throttle that isn't known before the deployment";
      if (throttle === null || (throttle.rate === null && throttle.burst === null)) return "no throttle";
      const { rate, burst } = throttle;
      return `${rate ?? "any number of"} requests a second, ${burst ?? "any number"} at once`;
    }),
  );
  return [...written].join("; ");
}

function watchWords({ watched }: InventoryRow): string {
  if (watched === null || watched.length === 0) return "no alarm";
  return `alarms on ${enumeration(watched)}`;
}

function notSeen({ sources }: InventoryResult, paint: Paint): Line[] {
  const lines = sources.flatMap(({ name, problems, unseen }) => {
    const before = sources.length > 1 ? `${name}: ` : "";
    return [
      ...problems.map((sentence) => `${paint.yellow("!")} ${before}${sentence}`),
      ...unseen.map((sentence) => `- ${before}${sentence}`),
    ];
  });
  if (lines.length === 0) return [];
  return [
    { text: "Not seen:", indent: 0 },
    ...lines.flatMap((line) =>
      line.split("\n").map((text, index) => ({ text, indent: index === 0 ? 2 : 4, hang: 2 })),
    ),
    blank,
  ];
}

function summary({ rows, exitCode }: InventoryResult, paint: Paint): string {
  const inSection = (title: string) => rows.filter((row) => sectionOf(row)?.title === title).length;
  const preflights = rows.filter((row) => sectionOf(row) === undefined).length;
  const open = rows.filter((row) => sectionOf(row)?.color === "red").length;
  const parts = [
    `${counted(rows.length, "way", "ways")} in`,
    ...(open > 0 ? [`${open} open to anyone`] : []),
    ...(inSection("Open on purpose") > 0 ? [`${inSection("Open on purpose")} open on purpose`] : []),
    ...(preflights > 0
      ? [`${counted(preflights, "CORS preflight", "CORS preflights")} that the gateway answers`]
      : []),
  ];
  const text = parts.join(", ");
  if (exitCode === 2) return paint.yellow(`${text}; not everything was seen`);
  return open > 0 ? paint.red(text) : paint.green(text);
}

function groups<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): readonly (readonly [string, readonly T[]])[] {
  const all = new Map<string, T[]>();
  for (const item of items) {
    const group = all.get(keyOf(item));
    if (group) group.push(item);
    else all.set(keyOf(item), [item]);
  }
  return [...all];
}
