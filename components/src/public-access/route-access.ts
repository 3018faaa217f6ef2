import { branded, brandOf, isBranded } from "../brand";
import type { PublicAccessArgs, PublicAccessReview } from "./declaration";

declare const declaredPublic: unique symbol;

/** Says that a route is open to anyone on purpose. Only `publicAccess()` makes one. */
export interface DeclaredPublicAccess extends PublicAccessReview {
  readonly [declaredPublic]: true;
}

const brand = brandOf("public-access");

/**
 * Opens one route to anyone, on purpose: the only way to. The policy pack lets the route pass until the review date.
 *
 * ```ts
 * "GET /health": { handler: health, access: publicAccess({
 *     reason: "load balancer health probe, returns no data",
 *     owner: "team-edge",
 *     reviewBy: config.require("reviewBy"),
 * }) },
 * ```
 *
 * All three are plain strings, so that a preview shows who opened what. The component that takes it checks them.
 */
export function publicAccess(review: PublicAccessReview): DeclaredPublicAccess {
  const { reason, owner, reviewBy }: Partial<PublicAccessReview> = review ?? {};
  return branded(brand, { reason, owner, reviewBy }) as DeclaredPublicAccess;
}

export function isPublicAccess(value: unknown): value is DeclaredPublicAccess {
  return isBranded(brand, value);
}

/** What the policy pack reads in a component's inputs of a route that is open on purpose, and who answers for it. */
export function declarationOf(
  route: string,
  { reason, owner, reviewBy }: DeclaredPublicAccess,
): PublicAccessArgs {
  return { routes: [route], reason, owner, reviewBy };
}
