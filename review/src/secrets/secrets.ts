import { stripVTControlCharacters } from "node:util";
import { masking, shortestSecret } from "./masking";
import { partsOf, textsIn, writtenForms } from "./texts";

/** The values that must not be printed, as far as they are known. */
export interface Secrets {
  /** All of the value is a secret: the texts and numbers in it. */
  add(value: unknown): void;
  /** The text with `[secret]` in place of every secret. */
  mask(text: string): string;
}

/**
 * Masks by value, as the engine does (pulumi/pulumi sdk/go/common/util/logging, CreateFilter), and besides: numbers and
 * the leaves of objects, the lines of a text and the values of a document in it, what is cut off, and what control
 * sequences of a terminal split.
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
        // One bit has no secret, and the words would be missed everywhere.
        if (known.has(text) || text.length < shortestSecret || /^(true|false)$/.test(text)) continue;
        known.add(text);
        hide(text);
        for (const part of partsOf(text)) hide(part);
        masked = undefined;
      }
    },
    mask: (text) => {
      masked ??= masking(hidden);
      const result = masked(text);
      const plain = stripVTControlCharacters(text);
      if (plain === text) return result;
      // Reports take control sequences away, which puts together again what these split.
      const plainResult = masked(plain);
      return stripVTControlCharacters(result) === plainResult ? result : plainResult;
    },
  };
}
