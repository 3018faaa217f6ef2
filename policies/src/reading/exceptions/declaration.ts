import { isRecord, isUnknown, own, type Resource, type ResourceType, view } from "../../stack";
import { namesSomebody, reasonProblem } from "./readable";

/** What a declaration says: which routes are open, why, who answers for it, and until when. */
export interface Declaration {
  readonly routes: readonly string[];
  readonly reason: string;
  readonly owner: string;
  /** An ISO date, which counts to its end in UTC. */
  readonly reviewBy: string;
}

export type DeclarationInput = keyof Declaration;

const declarationInputs: readonly DeclarationInput[] = ["routes", "reason", "owner", "reviewBy"];

/** A declaration checked against a date. It opens its routes only if it has no problem. */
export interface ReviewedDeclaration {
  /** Where it is written, for messages: `"health"`, or `publicAccess[0] of "customers"`. */
  readonly where: string;
  /** The URN of the component that it is in. */
  readonly declaredBy: string;
  /** The routes it names, as far as they can be read. */
  readonly routes: readonly string[];
  /** Empty if it can't be read, as are `owner` and `reviewBy`. Then there are problems. */
  readonly reason: string;
  readonly owner: string;
  readonly reviewBy: string;
  /** Clauses that complete "it doesn't count because ...". If there are none, it counts. */
  readonly problems: readonly string[];
  /** The inputs that the problems are about. */
  readonly atFault: readonly DeclarationInput[];
  /** Days until the review is due, if that is soon. */
  readonly dueInDays: number | undefined;
}

/** The date against which exceptions are checked, and how far ahead a review may lie. */
export interface ReviewCalendar {
  /** An ISO date. */
  readonly today: string;
  readonly maxReviewDays: number;
}

/** Components of this project, in whatever language they are written, may carry declarations. */
const componentPrefix = "api-guardrails:index:";
const publicAccessToken = `${componentPrefix}PublicAccess`;
/** An advisory reminds the owner this many days before the review is due. */
const reminderDays = 14;
const dayInMilliseconds = 86_400_000;

/**
 * Where a program writes what a component declares. `itself`: in a `PublicAccess`. `route` and `connection`: in the argument
 * `access` of a golden path's route, or of the API itself. `list`: in a list of declarations, as other components have it.
 */
export type DeclaringPlace = "itself" | "route" | "connection" | "list";

const secureRestApiToken = `${componentPrefix}SecureRestApi`;

const declaringPlaces: ReadonlyMap<string, DeclaringPlace> = new Map([
  [publicAccessToken, "itself"],
  [`${componentPrefix}SecureHttpApi`, "route"],
  [secureRestApiToken, "route"],
  [`${componentPrefix}SecureWebSocketApi`, "connection"],
]);

/** Where a program writes what a component declares. Undefined if the resource may declare nothing. */
export function declaringPlaceOf(component: Resource): DeclaringPlace | undefined {
  return mayDeclare(component) ? (declaringPlaces.get(component.type) ?? "list") : undefined;
}

/** Whether a component is our REST API. A document may describe it, and a lockdown doesn't change its routes. */
export function isSecureRestApi(component: Resource): boolean {
  return component.type === secureRestApiToken;
}

/** Whether a resource may declare something public. */
export function mayDeclare(resource: Resource): boolean {
  return resource.type.startsWith(componentPrefix);
}

/** Every component that may declare something public. */
export const DeclaringComponent: ResourceType = {
  token: `${componentPrefix}*`,
  reads: {},
  is: (resource): resource is Resource => mayDeclare(resource),
};

/**
 * The declarations in a component's inputs: the inputs themselves of a `PublicAccess`, the list `publicAccess` of any
 * other `api-guardrails:index:*`. One that can't be read becomes a declaration with a problem; it is never left out.
 */
export function readDeclarations(
  component: Resource,
  calendar: ReviewCalendar,
): readonly ReviewedDeclaration[] {
  if (!mayDeclare(component)) return [];
  if (component.type === publicAccessToken) {
    return [reviewDeclaration(component.properties, component, `"${component.name}"`, calendar)];
  }
  const list = view<{ publicAccess: unknown }>(component.properties).value("publicAccess");
  if (list.kind === "absent") return [];
  if (list.kind === "unknown" || !Array.isArray(list.value)) {
    const problems = [
      list.kind === "unknown"
        ? "publicAccess is not known before the deployment"
        : "publicAccess is not a list",
    ];
    return [unreadable(component, `publicAccess of "${component.name}"`, problems)];
  }
  return list.value.map((entry, index) =>
    reviewDeclaration(entry, component, `publicAccess[${index}] of "${component.name}"`, calendar),
  );
}

function reviewDeclaration(
  raw: unknown,
  component: Resource,
  where: string,
  calendar: ReviewCalendar,
): ReviewedDeclaration {
  if (!isRecord(raw)) {
    const problems = [isUnknown(raw) ? "it is not known before the deployment" : "it is not an object"];
    return unreadable(component, where, problems);
  }
  const routes = readRoutes(own(raw, "routes"));
  const { malformed, overdue, ...review } = reviewOf(raw, calendar);
  return {
    ...review,
    where,
    declaredBy: component.urn,
    routes: routes.routes,
    problems: [...routes.problems, ...malformed, ...overdue],
    atFault: [...(routes.problems.length > 0 ? (["routes"] as const) : []), ...review.atFault],
  };
}

function unreadable({ urn }: Resource, where: string, problems: readonly string[]): ReviewedDeclaration {
  const unread = { routes: [], reason: "", owner: "", reviewBy: "", dueInDays: undefined };
  return { ...unread, where, declaredBy: urn, problems, atFault: declarationInputs };
}

/** The reason, the owner and the review date, which every exception needs, and what is wrong with them. */
export interface Review {
  readonly reason: string;
  readonly owner: string;
  readonly reviewBy: string;
  /** What is missing or can't be read. */
  readonly malformed: readonly string[];
  /** A date that has passed, or that lies too far ahead. */
  readonly overdue: readonly string[];
  /** The fields with these problems. */
  readonly atFault: readonly Exclude<DeclarationInput, "routes">[];
  readonly dueInDays: number | undefined;
}

export function reviewOf(
  raw: Readonly<Record<string, unknown>>,
  { today, maxReviewDays }: ReviewCalendar,
): Review {
  const malformed: string[] = [];
  const overdue: string[] = [];
  const atFault = new Set<Review["atFault"][number]>();
  const reason = own(raw, "reason");
  const unread = reasonProblem(reason);
  if (isUnknown(reason)) malformed.push("its reason is not known before the deployment");
  else if (unread) malformed.push(`its reason ${unread}`);
  if (malformed.length > 0) atFault.add("reason");
  const owner = own(raw, "owner");
  const isOwned = namesSomebody(owner) && !isUnknown(owner);
  if (isUnknown(owner)) malformed.push("its owner is not known before the deployment");
  else if (!isOwned) malformed.push("it names no owner");
  if (!isOwned) atFault.add("owner");

  const reviewBy = own(raw, "reviewBy");
  const due = typeof reviewBy === "string" ? dayNumber(reviewBy) : undefined;
  const now = dayNumber(today) ?? 0;
  if (isUnknown(reviewBy)) malformed.push("its reviewBy is not known before the deployment");
  else if (due === undefined)
    malformed.push('its reviewBy is not a date such as "2027-01-31", which in YAML needs its quotes');
  else if (due < now) overdue.push(`its review date ${reviewBy} has passed`);
  else if (due - now > maxReviewDays) {
    overdue.push(`its review date ${reviewBy} is more than ${maxReviewDays} days ahead`);
  }
  if (due === undefined || overdue.length > 0) atFault.add("reviewBy");
  const isNear = due !== undefined && due >= now && due - now <= reminderDays;
  const text = (value: unknown) => (typeof value === "string" && !isUnknown(value) ? value : "");
  return {
    reason: text(reason),
    owner: text(owner),
    reviewBy: text(reviewBy),
    malformed,
    overdue,
    atFault: [...atFault],
    dueInDays: isNear ? due - now : undefined,
  };
}

/** Reads the routes of an exception. They are spelled exactly; there are no wildcards. */
export function readRoutes(raw: unknown): {
  readonly routes: readonly string[];
  readonly problems: readonly string[];
} {
  if (isUnknown(raw)) return { routes: [], problems: ["its routes are not known before the deployment"] };
  if (!Array.isArray(raw) || raw.length === 0) return { routes: [], problems: ["it lists no routes"] };
  if (raw.some(isUnknown))
    return { routes: [], problems: ["one of its routes is not known before the deployment"] };
  const isSpelled = (route: unknown): route is string => typeof route === "string" && isRoute(route);
  const routes = raw.filter(isSpelled);
  const misspelt: readonly unknown[] = raw.filter((route) => !isSpelled(route));
  return { routes, problems: misspelt.length > 0 ? [spelling(misspelt)] : [] };
}

/** What is wrong with the spelling of routes. It prints none of them, since what is no route could be a secret. */
function spelling(misspelt: readonly unknown[]): string {
  const { length } = misspelt;
  const are = (pattern: RegExp) =>
    misspelt.every((route) => typeof route === "string" && pattern.test(route));
  const hint =
    are(/^\S+$/) && are(/^\//)
      ? " (the method comes first, as in GET /health)"
      : are(/^[A-Za-z]+ \/\S*$/)
        ? " (its method is in capital letters, as in GET /health)"
        : "";
  return `${length} of its routes ${length === 1 ? "is" : "are"} not spelled as METHOD /path, $connect or $default${hint}`;
}

function isRoute(text: string): boolean {
  return text === "$connect" || text === "$default" || /^[A-Z]+ \/\S*$/.test(text);
}

/** Days since 1970 of an ISO date. Undefined if the calendar doesn't have it. */
function dayNumber(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const time = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) return undefined;
  return time / dayInMilliseconds;
}
