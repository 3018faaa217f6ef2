import { stripVTControlCharacters } from "node:util";

/**
 * A text of the engine without its colours: those of a terminal, and the engine's own, such as `<{%reset%}>`
 * (pulumi/pulumi sdk/go/common/diag/colors/colors.go).
 */
export function uncolored(text: string): string {
  return stripVTControlCharacters(text.replace(/<\{%(?:fg |bg )?[\w ]*%\}>/g, ""));
}
