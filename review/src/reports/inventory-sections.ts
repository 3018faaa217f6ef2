import type { InventoryRow } from "@api-guardrails/policies/inventory";
import type { InventoryResult } from "../inventory";
import { counted, enumeration } from "../text/wording";

/** A part of a report: the ways in of which the same is true. */
export interface Section {
  readonly title: string;
  readonly color: "red" | "yellow" | "green" | "dim";
  takes(row: InventoryRow): boolean;
  /** What a line says after the route. */
  says(row: InventoryRow): string;
}

const because = ({ authentication }: InventoryRow) => authentication.because;

/** What is open on purpose, whatever it would be otherwise. */
const declared: Section = {
  title: "Open on purpose",
  color: "yellow",
  takes: ({ declaration }) => declaration !== null,
  says: ({ declaration }) => {
    if (!declaration) return "";
    const { reason, owner, reviewBy, daysLeft } = declaration;
    return `"${reason}", ${owner}, until ${reviewBy} (${counted(daysLeft, "day", "days")} left)`;
  },
};

const undeclared: readonly Section[] = [
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
    title: "Callers are authenticated, and more of them get in than should",
    color: "yellow",
    takes: ({ authentication: { verdict, weaknesses } }) =>
      verdict === "authenticated" && weaknesses.length > 0,
    says: (row) => `${asked(row)}: ${row.authentication.weaknesses.join("; ")}`,
  },
  {
    title: "Anyone within a private network may call",
    color: "yellow",
    takes: ({ authentication }) => authentication.verdict === "restricted",
    says: because,
  },
  {
    title: "Authenticated callers only",
    color: "green",
    takes: ({ authentication }) => authentication.verdict === "authenticated",
    says: asked,
  },
];

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

/** In the order in which they are shown: what nobody declared comes first. */
export const sections: readonly Section[] = [...undeclared.slice(0, -2), declared, ...undeclared.slice(-2)];

/** The section that shows a row. Undefined for a CORS preflight that the gateway answers by itself. */
export function sectionOf(row: InventoryRow): Section | undefined {
  return row.declaration === null ? undeclared.find((section) => section.takes(row)) : declared;
}

/** `GET /orders`, as far as it is known; otherwise the name of the resource. */
export function routeOf({ surface, method, path, name, logicalId }: InventoryRow): string {
  const what = `"${logicalId ?? name}"`;
  if (path === null) return method === null ? what : `${method} of ${what}, whose path isn't known`;
  const route = method === null ? path : `${method} ${path}`;
  // A load balancer may have the same routes at several listeners.
  return surface === "load balancer" ? `${route} of ${what}` : route;
}

/** `HTTP API "customers", stage prod, at api.example.com`. */
export function placeOf(row: InventoryRow, withStack: boolean): string {
  return [...(withStack ? [`${stackOf(row)}:`] : []), stageOf(row) + hostsOf(row)].join(" ");
}

export function stageOf({ surface, api, stage, log, unknown }: InventoryRow): string {
  const of = api === null ? " whose name this stack doesn't show" : ` "${api}"`;
  const none = log === null ? ", no stage here" : ", a stage whose name isn't known";
  const at = stage !== null ? `, stage ${stage}` : unknown.includes("stage") ? none : "";
  return `${surface}${of}${at}`;
}

/** `api.example.com/orders`; undefined where the host isn't known. */
export function addressOf({ name, basePath }: InventoryRow["hosts"][number]): string | undefined {
  return name === null ? undefined : [name, basePath].filter(Boolean).join("/");
}

/** The default endpoint is named beside a custom domain, which it bypasses, also where its host isn't known. */
function hostsOf({ hosts }: InventoryRow): string {
  const isNamed = hosts.some(({ name }) => name !== null);
  const words = hosts.map(
    (host) => addressOf(host) ?? (host.of === "custom" ? "a custom domain" : "the default endpoint"),
  );
  return isNamed ? `, at ${enumeration([...new Set(words)])}` : "";
}

/** Of what the report is. */
export function titleOf({ sources }: InventoryResult): string {
  const [only, ...others] = sources;
  if (!only) return "Ways in:";
  if (others.length > 0) return `Ways into ${counted(sources.length, "stack", "stacks")}:`;
  return only.project === null ? `Ways into ${only.name}:` : `Ways into ${only.project} (${only.stack}):`;
}

/** How many ways in there are, and how many of them are open. */
export function summaryOf({ rows, exitCode }: InventoryResult): string {
  const ofVerdict = (verdict: InventoryRow["authentication"]["verdict"]) =>
    rows.filter(({ authentication, declaration }) => !declaration && authentication.verdict === verdict)
      .length;
  const onPurpose = rows.filter(({ declaration }) => declaration !== null).length;
  const counts: readonly (readonly [count: number, what: string])[] = [
    [ofVerdict("open"), "open to anyone"],
    [ofVerdict("undetermined"), "of which nobody can tell"],
    [ofVerdict("key-only"), "open to anyone with an API key"],
    [onPurpose, "open on purpose"],
    [ofVerdict("preflight"), "CORS preflights that the gateway answers"],
  ];
  return [
    `${counted(rows.length, "way", "ways")} in`,
    ...counts.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : [])),
    ...(exitCode === 2 ? ["and not everything was seen"] : []),
  ].join(", ");
}

/** The stack of a row, as a person names it. */
export const stackOf = ({ project, stack }: Pick<InventoryRow, "project" | "stack">) =>
  `${project} (${stack})`;

/** The items by a key of theirs, in their order. */
export function groups<T>(
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

/** What is said of a stage's access log. */
export function logWords({ log }: InventoryRow): string {
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

/** What is said of the throttles of a stage's routes. */
export function throttleWords(rows: readonly InventoryRow[]): string {
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

/** What is said of the usage plans whose limits apply to a route. Undefined where none does. */
export function quotaWords({ throttle, unknown }: InventoryRow): string | undefined {
  const plans = (throttle?.quota ?? []).map(
    ({ plan, limit, period, rate, burst }) =>
      `"${plan}" lets a key send ${[
        limit === null ? "any number of requests" : `${counted(limit, "request", "requests")} ${per(period)}`,
        ...(rate === null ? [] : [`${rate} a second`]),
        ...(burst === null ? [] : [`${burst} at once`]),
      ].join(", ")}`,
  );
  const isKnown = !unknown.includes("quota");
  if (plans.length === 0) return isKnown ? undefined : "usage plans that aren't known before the deployment";
  return `usage plan ${plans.join("; ")}${isKnown ? "" : ", as far as it is known"}`;
}

function per(period: string | null): string {
  return period === null ? "in a period that isn't known" : `a ${period.toLowerCase()}`;
}

/** The same for the routes of a stage. */
export function quotasWords(rows: readonly InventoryRow[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => quotaWords(row) ?? []))];
}

/** What is said of a stage's alarms. */
export function watchWords({ watched }: InventoryRow): string {
  if (watched === null || watched.length === 0) return "no alarm";
  return `alarms on ${enumeration(watched)}`;
}
