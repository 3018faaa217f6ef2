import { shortDigest } from "./digest";

/** Enough for most routes. `fittingChild` shortens what a long component's name makes too long for AWS. */
const maxReadableLength = 40;

/**
 * The name of a child. It is readable, and unique for each component and key: without the digest, `b-c` in `a` and `c` in
 * `a-b` would have the same name. It depends on nothing else, so adding, removing, opening or closing a route never
 * replaces another child.
 */
export function childName(component: string, key: string): string {
  const readable = key
    .replace(/[^A-Za-z0-9]+/g, "-")
    .slice(0, maxReadableLength)
    .replace(/^-+|-+$/g, "");
  return `${component}-${readable}-${shortDigest(key)}`;
}
