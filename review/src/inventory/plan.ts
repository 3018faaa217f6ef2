import { digestCommand, digestIn } from "../plan";
import { UserError, unreadableBecause } from "../text/errors";
import { inputName, inputText } from "../text/input-file";
import { parseJson } from "../text/json";
import { type InventoryOf, type Read, unreadable } from "./source";
import { givenFrom } from "./state";

/**
 * The ways into what a preview of the engine plans, of a program in any language. A file that can't be read is a source with a
 * problem.
 *
 * @param file the digest of `pulumi preview --json`, or `-` for the standard input
 */
export async function fromPlan(file: string, inventoryOf: InventoryOf): Promise<Read> {
  try {
    const name = inputName(file);
    const { project, stack, resources, problems } = digestIn(contentOf(await inputText(file), name), name);
    const { rows, unread } = inventoryOf({ resources: resources.map(givenFrom) });
    const unseen = unread.map(({ sentence }) => sentence);
    return { source: { name: file, kind: "plan", project, stack, problems, unseen, notices: [] }, rows };
  } catch (thrown) {
    return unreadable(file, "plan", unreadableBecause(thrown, file));
  }
}

/** @throws UserError if it can't be a digest: a stream of events is JSON on each line */
function contentOf(text: string, name: string): unknown {
  if (text.trim() === "") throw new UserError(`${name} is empty. Run: ${digestCommand}`);
  if (/^\{"sequence":\d+,/.test(text)) {
    throw new UserError(
      `${name} holds a stream of events, which doesn't contain the references between resources. Run: ${digestCommand}`,
    );
  }
  return parseJson(text, name);
}
