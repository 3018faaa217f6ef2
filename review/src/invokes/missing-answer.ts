import { UserError } from "../text/errors";
import type { Fields } from "../text/records";

/** Something that the program asked and that nobody answers here. */
export type Question =
  | { readonly kind: "invoke"; readonly token: string; readonly args: Fields }
  | { readonly kind: "existence"; readonly type: string; readonly id: string }
  /** `resource` is the name of the StackReference in the program. */
  | { readonly kind: "stack"; readonly stack: string; readonly resource: string };

/** A question has no answer. The program gets this message; the report adds the entry to write. */
export class MissingAnswer extends UserError {
  constructor(readonly question: Question) {
    super(sentenceAbout(question));
  }
}

function sentenceAbout(question: Question): string {
  switch (question.kind) {
    case "invoke": {
      const [provider] = question.token.split(":");
      const why =
        provider === "aws"
          ? "which needs an AWS account"
          : `which only the provider of ${provider} can answer, and no provider is run here`;
      return `The program asks for ${question.token}, ${why}.`;
    }
    case "existence":
      return `The program asks whether ${question.type} "${question.id}" exists, which needs an AWS account.`;
    case "stack":
      return `The stack reference "${question.stack}" can't be read here.`;
  }
}
