import { isRecord, isUnknown, own, type Resource, type ResourceType, view } from "../stack";

/** What names an intended exception: who wants which routes open, why, and until when. */
export interface Declaration {
  readonly routes: readonly string[];
  readonly reason: string;
  readonly owner: string;
  /** An ISO date, which counts to its end in UTC. */
  readonly reviewBy: string;
}

/** A declaration held against a date. It opens its routes only where it has no problem. */
export interface ReviewedDeclaration {
  /** Where it stands, for messages: `"health"`, or `publicAccess[0] of "customers"`. */
  readonly where: string;
  /** The URN of the component that it is in. */
  readonly declaredBy: string;
  /** The routes it names, as far as they can be read. */
  readonly routes: readonly string[];
  /** Empty where they can't be read, as `owner` and `reviewBy`: then there are problems. */
  readonly reason: string;
  readonly owner: string;
  readonly reviewBy: string;
  /** Clauses that complete "it doesn't count because ...". Empty: it counts. */
  readonly problems: readonly string[];
  /** Days until the review is due, where that is near. */
  readonly dueInDays: number | undefined;
}

/** The date that exceptions are held against, and how far ahead a review may lie. */
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
const minReasonLength = 20;
const dayInMilliseconds = 86_400_000;

/** Whether a resource may declare something public. */
export function mayDeclare(resource: Resource): boolean {
  return resource.type.startsWith(componentPrefix);
}

/** Every component that may declare something public. */
export const DeclaringComponent: ResourceType = {
  token: `${componentPrefix}*`,
  is: (resource): resource is Resource => mayDeclare(resource),
};

/**
 * The declarations in a component's inputs: the inputs themselves of a `PublicAccess`, the list `publicAccess` of any
 * other `api-guardrails:index:*`. What can't be read is a declaration with a problem, never none.
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
  };
}

function unreadable({ urn }: Resource, where: string, problems: readonly string[]): ReviewedDeclaration {
  const unread = { routes: [], reason: "", owner: "", reviewBy: "", dueInDays: undefined };
  return { ...unread, where, declaredBy: urn, problems };
}

/** The reason, the owner and the review date that every exception has to have, and what is wrong with them. */
export interface Review {
  readonly reason: string;
  readonly owner: string;
  readonly reviewBy: string;
  /** What is missing or can't be read. */
  readonly malformed: readonly string[];
  /** A date that has passed, or that lies too far ahead. */
  readonly overdue: readonly string[];
  readonly dueInDays: number | undefined;
}

export function reviewOf(
  raw: Readonly<Record<string, unknown>>,
  { today, maxReviewDays }: ReviewCalendar,
): Review {
  const problems: string[] = [];
  const overdue: string[] = [];
  const reason = own(raw, "reason");
  if (isUnknown(reason)) problems.push("its reason is not known before the deployment");
  else if (typeof reason !== "string" || reason.trim().length < minReasonLength) {
    problems.push(`its reason has fewer than ${minReasonLength} characters`);
  }
  const owner = own(raw, "owner");
  if (isUnknown(owner)) problems.push("its owner is not known before the deployment");
  else if (typeof owner !== "string" || owner.trim() === "") problems.push("it names no owner");

  const reviewBy = own(raw, "reviewBy");
  const due = typeof reviewBy === "string" ? dayNumber(reviewBy) : undefined;
  const now = dayNumber(today) ?? 0;
  if (isUnknown(reviewBy)) problems.push("its reviewBy is not known before the deployment");
  else if (due === undefined)
    problems.push('its reviewBy is not a date such as "2027-01-31", which in YAML needs its quotes');
  else if (due < now) overdue.push(`its review date ${reviewBy} has passed`);
  else if (due - now > maxReviewDays) {
    overdue.push(`its review date ${reviewBy} is more than ${maxReviewDays} days ahead`);
  }
  const isNear = due !== undefined && due >= now && due - now <= reminderDays;
  const text = (value: unknown) => (typeof value === "string" && !isUnknown(value) ? value : "");
  return {
    reason: text(reason),
    owner: text(owner),
    reviewBy: text(reviewBy),
    malformed: problems,
    overdue,
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
  const routes = raw.filter((route): route is string => typeof route === "string" && isRoute(route));
  const malformed = raw.length - routes.length;
  return {
    routes,
    problems: malformed
      ? [
          `${malformed} of its routes ${malformed === 1 ? "is" : "are"} not spelled as METHOD /path, $connect or $default`,
        ]
      : [],
  };
}

function isRoute(text: string): boolean {
  return text === "$connect" || text === "$default" || /^[A-Z]+ \/\S*$/.test(text);
}

/** Days since 1970 of an ISO date that the calendar has, else undefined. */
function dayNumber(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const time = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) return undefined;
  return time / dayInMilliseconds;
}
