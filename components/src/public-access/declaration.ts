import { arrivesLater, type InputProblem } from "../input-problems";
import { isReadableReason, minReasonLength, namesSomebody } from "./readable";

/** What a reviewer needs to know about a public route. */
export interface PublicAccessReview {
  /** Why anyone may call it, in at least 20 characters. */
  readonly reason: string;
  /** The team or person responsible for it. */
  readonly owner: string;
  /** The date of the next review, `2027-01-31`. The policy pack accepts at most 180 days from now. */
  readonly reviewBy: string;
}

/** Which routes are public, why, who is responsible, and until when. */
export interface PublicAccessArgs extends PublicAccessReview {
  /**
   * The routes that it opens, spelled as API Gateway shows them: `GET /health`, `ANY /{proxy+}`. Use `$connect` for a
   * WebSocket API, and `$default` for a function URL, a quick-create API or the default actions of a load balancer's
   * listener. There are no wildcards. A `*` is only valid as part of a listener rule's path pattern, `ANY /static/*`.
   */
  readonly routes: readonly string[];
}

/**
 * Checks a declaration, for callers without TypeScript. The policy pack checks whether its date has passed: a component
 * doesn't read the clock.
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
 * Checks the reason, the owner and the review date.
 *
 * @param path their path in the arguments, with a dot at the end, or empty at the top
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
    isReadableReason(reason),
    `explain in words, in at least ${minReasonLength} characters, why anyone may call it`,
  );
  check("owner", owner, namesSomebody(owner), "name the team or person responsible for it");
  check(
    "reviewBy",
    reviewBy,
    isDate(reviewBy),
    'give a calendar date such as "2027-01-31". In YAML it needs the quotes',
  );
  return problems;
}

const mustBePlain =
  "give a plain value: the preview doesn't know an Output when it decides whether the route may be open";

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
