import { isTypePattern } from "../engine/type-pattern";
import { UserError } from "../text/errors";

/** Says that a remote component may stay unseen: its children are created in a provider plugin, which is not run here. */
export interface Acceptance {
  /** A type (`acme:index:Api`), or all types of a module (`acme:index:*`). */
  readonly type: string;
  /** Where it is written, for instance `--accept-unseen`. */
  readonly where: string;
  readonly reason: string | undefined;
  readonly owner: string | undefined;
}

/**
 * What `--accept-unseen` accepts.
 *
 * @throws UserError if one of them is no type and no module
 */
export function acceptancesOf(given: readonly string[]): readonly Acceptance[] {
  return given.map((type) => {
    if (!isTypePattern(type)) {
      throw new UserError(
        `--accept-unseen "${type}" is not the type of a component. Write the whole type, for instance acme:index:Api, or a module, acme:index:*`,
      );
    }
    return { type, where: "--accept-unseen", reason: undefined, owner: undefined };
  });
}
