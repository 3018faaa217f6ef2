import { harmlessCreationOf } from "../monitor/harmless-components";
import type { AcceptedComponent } from "../monitor/stack-under-preview";
import type { Violation } from "../packs/judge";
import type { PackInfo } from "../packs/pack-info";
import { kindOfFinding } from "../packs/rule-page";
import type { Project } from "../project";
import type { Run } from "./run";

/** Something that wasn't seen, and that doesn't change the exit code. */
export interface Unseen {
  /**
   * `accepted`: the user says that the children of this remote component may stay unseen. `outside`: a violation is about
   * something that is defined outside of the program, where no preview sees it. `deployment`: the program does it in the
   * deployment only.
   */
  readonly because: "accepted" | "outside" | "deployment";
  readonly sentence: string;
  /** Undefined for what the program does in the deployment only. */
  readonly resource: { readonly urn: string; readonly type: string; readonly name: string } | undefined;
  /** What the acceptance says. Undefined for everything else. */
  readonly reason: string | undefined;
  readonly owner: string | undefined;
}

/**
 * What wasn't seen in a preview and its look-ahead.
 *
 * @param violations of both
 * @param inDeployment sentences about what the program does in the deployment only
 */
export function unseenIn(
  runs: readonly Run[],
  violations: readonly Violation[],
  inDeployment: readonly string[],
): readonly Unseen[] {
  const accepted = runs.flatMap(({ monitor }) => monitor.accepted);
  const packs = runs.flatMap((run) => run.packs.map(({ pack }) => pack.analyzer.info));
  return [
    ...[...new Map(accepted.map((component) => [component.urn, component])).values()].map(acceptedUnseen),
    ...outsideUnseen(violations, packs),
    ...inDeployment.map((sentence) => ({ because: "deployment" as const, sentence, ...nobody })),
  ];
}

const nobody = { resource: undefined, reason: undefined, owner: undefined };

function acceptedUnseen({ acceptance, ...resource }: AcceptedComponent): Unseen {
  const { where, reason, owner } = acceptance;
  const why = reason === undefined ? "" : `: ${reason}`;
  const who = owner === undefined ? "" : ` (${owner})`;
  return {
    because: "accepted",
    sentence: `The children of the remote component "${resource.name}" (${resource.type}) weren't judged, which ${where} accepts${why}${who}.`,
    resource,
    reason,
    owner,
  };
}

/** What lies outside of the program, as far as the packs report it. A pack marks the kinds of such findings. */
function outsideUnseen(violations: readonly Violation[], packs: readonly PackInfo[]): readonly Unseen[] {
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
    return { ...nobody, because: "outside", sentence, resource: { urn, type, name } };
  });
}

/** A notice for each acceptance that covered nothing in a preview and its look-ahead. */
export function unusedAcceptances({ acceptances }: Project, runs: readonly Run[]): readonly string[] {
  return acceptances
    .filter((acceptance) => !runs.some(({ monitor }) => monitor.usedAcceptances.has(acceptance)))
    .map(({ where, type }) =>
      harmlessCreationOf(type) === undefined
        ? `${where}, ${type}, accepted nothing in this run: the program has no remote component of that type. Remove it.`
        : `${where}, ${type}, isn't needed: such a component is known to create no API endpoint. Remove it.`,
    );
}
