import { createHash } from "node:crypto";

/** Eight hexadecimal digits that tell two texts apart. A name puts them behind its readable part. */
export function shortDigest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
