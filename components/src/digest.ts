import { createHash } from "node:crypto";

/** Eight hexadecimal digits that differ for any two texts of a program, to be put behind what is readable of them. */
export function shortDigest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
