import type { AcceptedComponent } from "../monitor/stack-under-preview";
import type { Violation } from "../packs/judge";
import type { PackInfo } from "../packs/pack-info";
import { kindOfFinding } from "../packs/rule-page";

/** Something that wasn't seen, and that doesn't change the exit code. */
export interface Unseen {
  /**
   * `accepted`: the user says that the children of this remote component may stay unseen. `outside`: a violation is about
   * something that is defined outside of the program, where no preview sees it. `deployment`: the program does it in the
   * deployment only.
   */
  readonly because: "accepted" | "outside" | "deployment";
  /** The resource; undefined for `deployment`. */
  readonly urn: string | undefined;
  readonly type: string | undefined;
  readonly name: string | undefined;
  readonly sentence: string;
  /** What the acceptance says. Undefined for anything else. */
  readonly reason: string | undefined;
  readonly owner: string | undefined;
}

/** The remote components that the user accepts unseen. */
export function acceptedUnseen(components: readonly AcceptedComponent[]): readonly Unseen[] {
  return components.map(({ acceptance: { where, reason, owner }, ...component }) => {
    const why = reason === undefined ? "" : `: ${reason}`;
    const who = owner === undefined ? "" : ` (${owner})`;
    return {
      because: "accepted",
      ...component,
      sentence: `The children of the remote component "${component.name}" (${component.type}) weren't judged, which ${where} accepts${why}${who}.`,
      reason,
      owner,
    };
  });
}

/** What the program does in the deployment only, as a sentence says it. */
export function deploymentOnly(sentence: string): Unseen {
  const noResource = { urn: undefined, type: undefined, name: undefined };
  return { because: "deployment", ...noResource, sentence, reason: undefined, owner: undefined };
}

/** What lies outside of the program, as far as the packs report it. A pack marks the kinds of such findings. */
export function outsideUnseen(
  violations: readonly Violation[],
  packs: readonly PackInfo[],
): readonly Unseen[] {
  const isOutside = ({ pack, version, policy, message }: Violation) => {
    const kind = kindOfFinding(message, policy);
    return packs
      .filter((info) => info.name === pack && info.version === version)
      .flatMap(({ policies }) => policies.filter(({ name }) => name === policy))
      .some(({ kindsOutside }) => kind !== undefined && kindsOutside.includes(kind));
  };
  return violations.filter(isOutside).map(({ urn, type, name, message }) => {
    // The first line is the title of the policy.
    const [, sentence = ""] = message.split("\n");
    return { because: "outside", urn, type, name, sentence, reason: undefined, owner: undefined };
  });
}
