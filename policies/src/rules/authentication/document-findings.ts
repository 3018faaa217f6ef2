import type { JudgedDocument } from "../../endpoints/api-gateway/document";
import { letsAnyoneIn } from "../../endpoints/endpoint";
import { acceptanceOf } from "../options";
import type { Finding } from "../rule";

/** The kinds of finding about a document, the same in each rule that judges one. */
export type DocumentKind = "no-authorization" | "unknown-document" | "unreadable-document";

interface Words {
  /** For a document, or a part of one, that isn't known before the deployment. */
  readonly unknown: Required<Pick<Finding, "sentence" | "fix">>;
  readonly unreadable: (because: string) => Required<Pick<Finding, "sentence" | "fix">>;
  /** Of what stands open. */
  readonly open?: Pick<Finding, "fix" | "isExemptedOnly">;
}

/**
 * One finding for all the open operations of a document, and one for what isn't known of it: that is decided by the
 * same rule before the resource is created, so it is an advisory unless the organization wants it otherwise.
 */
export function* documentFindings(
  document: JudgedDocument | undefined,
  options: Readonly<Record<string, unknown>>,
  words: Words,
): Iterable<Finding<DocumentKind>> {
  const whenUnknown: Finding<DocumentKind> = {
    kind: "unknown-document",
    ...words.unknown,
    ...(options.unknownDocuments !== "mandatory" && { lowered: "unknown document" }),
  };
  if (document?.kind === "unknown") yield whenUnknown;
  if (document?.kind === "unreadable") {
    yield { kind: "unreadable-document", ...words.unreadable(document.because) };
  }
  if (document?.kind !== "read") return;
  const accept = acceptanceOf(options);
  const openings = document.operations
    .filter(({ isUnknown, authentication }) => !isUnknown && letsAnyoneIn(authentication, accept))
    .map(({ route, authentication }) => ({ route, what: authentication.because }));
  if (openings.length > 0) {
    yield { kind: "no-authorization", openings, holdsSeveral: true, ...words.open };
  }
  if (document.isPartlyUnknown || document.operations.some(({ isUnknown }) => isUnknown)) yield whenUnknown;
}
