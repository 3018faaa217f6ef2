import type { JudgedDocument } from "../../endpoints/api-gateway/document";
import { letsAnyoneIn } from "../../endpoints/endpoint";
import { acceptanceOf } from "../options";
import type { Finding } from "../rule";
import { loweredWhileUnknown } from "../unknown-documents";

/** The kinds of finding about a document, the same in each rule that judges one. */
export type DocumentKind = "no-authorization" | "unknown-document" | "unreadable-document";

interface Words {
  /** About a document, or a part of one, that isn't known before the deployment. */
  readonly unknown: Required<Pick<Finding, "sentence" | "fix">>;
  readonly unreadable: (because: string) => Required<Pick<Finding, "sentence" | "fix">>;
  /** About open operations. */
  readonly open?: Pick<Finding, "fix" | "isExemptedOnly">;
}

/**
 * One finding about all open operations of a document, and one about the parts that aren't known. The same rule judges
 * those before the resource is created, so the second is an advisory unless the organization decides otherwise.
 */
export function* documentFindings(
  document: JudgedDocument | undefined,
  options: Readonly<Record<string, unknown>>,
  words: Words,
): Iterable<Finding<DocumentKind>> {
  if (!document) return;
  const whenUnknown: Finding<DocumentKind> = {
    kind: "unknown-document",
    ...words.unknown,
    ...loweredWhileUnknown(options),
  };
  if (document.kind === "unknown") yield whenUnknown;
  if (document.kind === "unreadable") {
    yield { kind: "unreadable-document", ...words.unreadable(document.because) };
  }
  if (document.kind !== "read") return;
  const accept = acceptanceOf(options);
  const openings = document.operations
    .filter(({ isUnknown, authentication }) => !isUnknown && letsAnyoneIn(authentication, accept))
    .map(({ route, authentication }) => ({ route, what: authentication.because }));
  if (openings.length > 0) {
    yield { kind: "no-authorization", openings, holdsSeveral: true, ...words.open };
  }
  if (document.isPartlyUnknown || document.operations.some(({ isUnknown }) => isUnknown)) yield whenUnknown;
}
