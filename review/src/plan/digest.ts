import { maskedAreUnknown } from "../engine/masked-secrets";
import { UserError } from "../text/errors";
import { type Fields, isRecord } from "../text/records";
import { counted } from "../text/wording";
import { uncolored } from "./engine-text";

/** How a preview of the engine is written with all of its resources. */
export const digestCommand = "pulumi preview --json --show-sames";

/** What there will be after a deployment, as the engine's preview sees it. */
export interface Digest {
  readonly project: string | null;
  readonly stack: string | null;
  /** The states of the resources, in the form that the engine exports them. A secret in them is unknown. */
  readonly resources: readonly PlannedState[];
  /** Sentences about what the preview didn't see, or what isn't in the file. */
  readonly problems: readonly string[];
}

/** A resource with its inputs, its references and the lines that register it. */
export interface PlannedState extends Fields {
  readonly urn: string;
  readonly type: string;
}

/** Steps that leave no resource. */
const deletions: ReadonlySet<unknown> = new Set([
  ...["delete", "delete-replaced", "discard", "discard-replaced", "remove-pending-replace"],
]);

/**
 * Reads the digest of `pulumi preview --json`. Unlike the stream of events, it has the references between resources, without which
 * nobody can tell which API a route belongs to.
 *
 * @param content of the file, parsed
 * @param name of the file, for the sentences
 * @throws UserError if it is no digest
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/display/display.go PreviewDigest
 */
export function digestIn(content: unknown, name: string): Digest {
  if (!isRecord(content) || !Array.isArray(content.steps)) {
    throw new UserError(`${name} is no digest of a preview: it has no steps. Run: ${digestCommand}`);
  }
  const steps: readonly Fields[] = content.steps.filter(isRecord);
  const resources = new Map(
    steps.flatMap(({ op, newState }) =>
      isPlannedState(newState) && !deletions.has(op)
        ? [[newState.urn, maskedAreUnknown(newState) as PlannedState] as const]
        : [],
    ),
  );
  const [, stack = null, project = null] =
    /^urn:pulumi:(.+?)::(.+?)::/.exec([...resources.keys()][0] ?? "") ?? [];
  return {
    project,
    stack,
    resources: [...resources.values()],
    problems: [...errorsIn(content), ...missingIn(content, steps, name)],
  };
}

function isPlannedState(value: unknown): value is PlannedState {
  return isRecord(value) && typeof value.urn === "string" && typeof value.type === "string";
}

/** That the preview failed is said last, also where a policy was violated, which an inventory doesn't ask about. */
function errorsIn({ diagnostics }: Fields): readonly string[] {
  const all: readonly Fields[] = Array.isArray(diagnostics) ? diagnostics.filter(isRecord) : [];
  return all.flatMap(({ severity, message }) => {
    const text = uncolored(String(message ?? ""))
      .replace(/^error: /, "")
      .trim();
    return severity === "error" && text !== "preview failed" ? [`The engine reports an error: ${text}`] : [];
  });
}

/** Unless it is asked to, the CLI leaves out what doesn't change. */
function missingIn({ changeSummary }: Fields, steps: readonly Fields[], name: string): readonly string[] {
  const same = isRecord(changeSummary) && typeof changeSummary.same === "number" ? changeSummary.same : 0;
  const missing = same - steps.filter(({ op }) => op === "same").length;
  if (missing <= 0) return [];
  return [
    `${name} leaves out ${counted(missing, "resource that doesn't", "resources that don't")} change. Run: ${digestCommand}`,
  ];
}
