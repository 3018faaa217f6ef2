import { isRecord } from "../text/records";

/** The environment variable that tells a pack the number of its file descriptor (docs/architecture.md). */
export const violationsVariable = "API_GUARDRAILS_VIOLATIONS_FD";
const knownVersion = 1;

/** A resource that an exemption can name. */
export interface ExemptableResource {
  readonly urn: string;
  /** Within the template of that resource. */
  readonly logicalId?: string;
}

/** What an exemption from a violation has to name, as a pack tells it. */
export interface ViolationLine {
  readonly rule: string;
  /** The kind of the finding. */
  readonly finding: string;
  /** The resource that the violation is reported on. */
  readonly urn: string;
  /** The resource to change. */
  readonly resource: ExemptableResource;
  /** Whether it is an advisory, whatever level the policy has. */
  readonly isLowered: boolean;
  /** Undefined where the finding is of no route. */
  readonly openings?: readonly {
    /** A method alone where the path isn't known. */
    readonly route?: string;
    /** The resource that the route is, where the violation is on another one. */
    readonly at?: ExemptableResource & { readonly holdsSeveral: boolean };
  }[];
  readonly holdsSeveral: boolean;
  /** The rules whose exemptions cover it, its own first. */
  readonly exemptedWith: readonly string[];
  /** The exemption that the finding is about, such as `exemptions[0]`. */
  readonly exemption?: string;
}

/** Whether a line is about a violation, in whatever version. */
export function isViolationLine(line: unknown): boolean {
  return isRecord(line) && line.kind === "violation";
}

/** The violations among the complete lines that a pack has written. One in a version that isn't known here is left out. */
export function violationLines(text: string): readonly ViolationLine[] {
  return text
    .split("\n")
    .slice(0, -1)
    .flatMap((written): readonly ViolationLine[] => {
      try {
        const line: unknown = JSON.parse(written);
        return isRecord(line) && isViolationLine(line) && line.version === knownVersion
          ? [line as unknown as ViolationLine]
          : [];
      } catch {
        return [];
      }
    });
}
