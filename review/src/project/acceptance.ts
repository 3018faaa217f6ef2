import { isTypePattern } from "../engine/type-pattern";
import type { Acceptance } from "../settings";
import { UserError } from "../text/errors";

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
