import { branded, brandOf, isBranded } from "../brand";
import type { PublicAccessArgs, PublicAccessReview } from "./declaration";

declare const declaredPublic: unique symbol;

/** Declares a route public. Only `publicAccess()` creates one. */
export interface DeclaredPublicAccess extends PublicAccessReview {
  readonly [declaredPublic]: true;
}

const brand = brandOf("public-access");

/**
 * Declares a route public. There is no other way to open a route. The policy pack accepts it until the review date.
 *
 * ```ts
 * "GET /health": { handler: health, access: publicAccess({
 *     reason: "load balancer health probe, returns no data",
 *     owner: "team-edge",
 *     reviewBy: config.require("reviewBy"),
 * }) },
 * ```
 *
 * All three are plain strings, so that a preview shows who opened what. The component checks them.
 */
export function publicAccess(review: PublicAccessReview): DeclaredPublicAccess {
  const { reason, owner, reviewBy }: Partial<PublicAccessReview> = review ?? {};
  return branded(brand, { reason, owner, reviewBy }) as DeclaredPublicAccess;
}

export function isPublicAccess(value: unknown): value is DeclaredPublicAccess {
  return isBranded(brand, value);
}

/** The declaration of a public route, as the policy pack reads it in a component's inputs. */
export function declarationOf(
  route: string,
  { reason, owner, reviewBy }: DeclaredPublicAccess,
): PublicAccessArgs {
  return { routes: [route], reason, owner, reviewBy };
}
