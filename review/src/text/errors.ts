/** An error that the user can fix. Its message says what is wrong, where, and what to write instead; no stack is shown. */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/**
 * Why a file can't be read, in a sentence.
 *
 * @param thrown while it was read. What isn't the user's to mend is thrown again
 */
export function unreadableBecause(thrown: unknown, file: string): string {
  if (thrown instanceof UserError) return thrown.message;
  // The parser of JSON takes any depth, and no program of Pulumi's writes such a value.
  if (thrown instanceof RangeError && /call stack/.test(thrown.message)) {
    return `${file} can't be read: a value in it is nested too deeply.`;
  }
  throw thrown;
}
