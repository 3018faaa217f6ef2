import { shortDigest } from "./digest";

/** Names of Lambda permissions go up to 100 characters, seven of which are the provider's random suffix. */
const maxReadableLength = 40;

/**
 * The name of a child: readable, and different for any two components and any two keys, which `a-b` of `c` and `a` of
 * `b-c` would not be without the digest. It depends on nothing else, so other routes may come, go and move, and
 * a route may be opened and closed, without a replacement.
 */
export function childName(component: string, key: string): string {
  const readable = key
    .replace(/[^A-Za-z0-9]+/g, "-")
    .slice(0, maxReadableLength)
    .replace(/^-+|-+$/g, "");
  return `${component}-${readable}-${shortDigest(key)}`;
}
