import { arrivesLater, type InputProblem } from "../input-problems";

/** What anyone has to know who finds something open on purpose. */
export interface PublicAccessReview {
  /** Why anyone may call it, in at least 20 characters. */
  readonly reason: string;
  /** The team or person who answers for it. */
  readonly owner: string;
  /** An ISO date, `2027-01-31`: until then somebody looks again. The policy pack wants it at most 180 days ahead. */
  readonly reviewBy: string;
}

/** What names an intended exception: which routes are open to anyone, why, who answers for it, and until when. */
export interface PublicAccessArgs extends PublicAccessReview {
  /**
   * The routes it opens, spelled as API Gateway shows them: `GET /health`, `ANY /{proxy+}`; `$connect` for a WebSocket
   * API; `$default` for a function URL, a quick-create API or the default actions of a load balancer's listener. There
   * are no wildcards: a `*` is one of a listener rule's own path pattern, `ANY /static/*`.
   */
  readonly routes: readonly string[];
}

const minReasonLength = 20;

/**
 * What is wrong with a declaration, for callers that TypeScript doesn't check. Whether its date has passed is the
 * policy pack's question: a component doesn't read the clock.
 */
export function declarationProblems(args: unknown): InputProblem[] {
  const { routes } = fieldsOf(args);
  const problems: InputProblem[] = [];
  if (arrivesLater(routes) || (Array.isArray(routes) && routes.some(arrivesLater))) {
    problems.push({ propertyPath: "routes", reason: mustBePlain });
  } else if (!Array.isArray(routes) || routes.length === 0) {
    problems.push({
      propertyPath: "routes",
      reason: 'list the routes it opens, for instance ["GET /health"]',
    });
  } else if (!routes.every(isRoute)) {
    problems.push({
      propertyPath: "routes",
      reason: "spell each route as METHOD /path, $connect or $default",
    });
  }
  return [...problems, ...reviewProblems(args, "")];
}

/**
 * What is wrong with the reason, the owner and the review date.
 *
 * @param path where they stand in the arguments, with a dot at the end; empty at the top
 */
export function reviewProblems(review: unknown, path: string): InputProblem[] {
  const { reason, owner, reviewBy } = fieldsOf(review);
  const problems: InputProblem[] = [];
  const check = (property: keyof PublicAccessReview, value: unknown, isRight: boolean, expected: string) => {
    if (isRight) return;
    problems.push({
      propertyPath: `${path}${property}`,
      reason: arrivesLater(value) ? mustBePlain : expected,
    });
  };
  check(
    "reason",
    reason,
    typeof reason === "string" && reason.trim().length >= minReasonLength,
    `say in at least ${minReasonLength} characters why anyone may call it`,
  );
  check(
    "owner",
    owner,
    typeof owner === "string" && owner.trim() !== "",
    "name the team or person who answers for it",
  );
  check(
    "reviewBy",
    reviewBy,
    isDate(reviewBy),
    'give a date of the calendar such as "2027-01-31", which in YAML needs its quotes',
  );
  return problems;
}

const mustBePlain =
  "give a plain value: an Output is not known when the preview decides whether the route may be open";

function fieldsOf(value: unknown): Partial<Record<keyof PublicAccessArgs, unknown>> {
  return typeof value === "object" && value !== null ? value : {};
}

function isRoute(route: unknown): boolean {
  return (
    typeof route === "string" &&
    (route === "$connect" || route === "$default" || /^[A-Z]+ \/\S*$/.test(route))
  );
}

function isDate(text: unknown): boolean {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
