import { stripVTControlCharacters } from "node:util";
import { masking, shortestSecret } from "./masking";
import { printableParts, textsIn, writtenForms } from "./texts";

/** The values that are known to be secret so far. None of them may be printed. */
export interface Secrets {
  /** Makes every string and number in the value a secret. */
  add(value: unknown): void;
  /** Replaces every secret in the text by `[secret]`. */
  mask(text: string): string;
}

/**
 * Masks by value, as the engine does (pulumi/pulumi sdk/go/common/util/logging, CreateFilter). Beyond that, it masks numbers,
 * the leaves of objects, the lines of a text, the values in a document, secrets that are cut off, and secrets that terminal
 * control sequences split.
 */
export function collectSecrets(): Secrets {
  const known = new Set<string>();
  const hidden = new Set<string>();
  const hide = (text: string) => {
    for (const form of writtenForms(text)) if (form.length >= shortestSecret) hidden.add(form);
  };
  let masked: ((text: string) => string) | undefined;
  return {
    add: (value) => {
      for (const text of textsIn(value)) {
        // A boolean reveals nothing that can't be guessed, and without these words no report is readable.
        if (known.has(text) || text.length < shortestSecret || /^(true|false)$/.test(text)) continue;
        known.add(text);
        hide(text);
        for (const part of printableParts(text)) hide(part);
        masked = undefined;
      }
    },
    mask: (text) => {
      masked ??= masking(hidden);
      const result = masked(text);
      const plain = stripVTControlCharacters(text);
      if (plain === text) return result;
      // Reports remove control sequences, which joins a secret that they split.
      const plainResult = masked(plain);
      return stripVTControlCharacters(result) === plainResult ? result : plainResult;
    },
  };
}
