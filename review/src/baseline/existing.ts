import { isRecord } from "../text/records";
import type { Candidate } from "./candidates";
import type { ChangedExemption } from "./result";

/**
 * Whether an exemption as somebody wrote it is for a violation, whether or not it counts today: one whose review date has passed
 * isn't written a second time, since that would renew it silently.
 */
export function coversCandidate(written: unknown, candidate: Candidate): boolean {
  if (!isRecord(written)) return false;
  const { rule, project, stacks, resource, logicalId, routes } = written;
  return (
    rule === candidate.rule &&
    project === candidate.project &&
    (resource === candidate.resource || resource === candidate.urn) &&
    (logicalId ?? undefined) === candidate.logicalId &&
    Array.isArray(stacks) &&
    stacks.some((stack) => isFor(stack, candidate.stack)) &&
    (!Array.isArray(routes) || (candidate.routes ?? []).every((route) => routes.includes(route)))
  );
}

function isFor(written: unknown, stack: string): boolean {
  if (typeof written !== "string") return false;
  return written.endsWith("*") ? stack.startsWith(written.slice(0, -1)) : written === stack;
}

/**
 * Exemptions without the stacks in which nothing needs them, and without those that no stack needs. One for stacks that come and go
 * (`pr-*`) stays: the next of them may need it.
 *
 * @param exemptions as somebody wrote them
 * @param unneeded where they stand (`exemptions[0]`), and in which stack nothing needs them
 * @param from the first that may change. Default: 0
 */
export function withoutStacks(
  exemptions: readonly unknown[],
  unneeded: readonly { readonly where: string; readonly project: string; readonly stack: string }[],
  from = 0,
): { readonly kept: readonly unknown[]; readonly dropped: readonly ChangedExemption[] } {
  const kept: unknown[] = [];
  const dropped: ChangedExemption[] = [];
  exemptions.forEach((exemption, index) => {
    const where = `exemptions[${index}]`;
    const own = isRecord(exemption) ? exemption : {};
    const stacks: readonly unknown[] = Array.isArray(own.stacks) ? own.stacks : [];
    const gone = new Set(
      unneeded.filter((one) => one.where === where && one.project === own.project).map(({ stack }) => stack),
    );
    const left = stacks.filter((stack) => typeof stack !== "string" || !gone.has(stack));
    if (index < from || left.length === stacks.length) {
      kept.push(exemption);
      return;
    }
    dropped.push({
      where,
      rule: String(own.rule),
      project: String(own.project),
      resource: String(own.resource),
      stacks: stacks.filter((stack): stack is string => typeof stack === "string" && gone.has(stack)),
    });
    if (left.length > 0) kept.push({ ...own, stacks: left });
  });
  return { kept, dropped };
}
