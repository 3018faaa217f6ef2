import type { Finding } from "./rule";

/**
 * How a finding about a document weighs while the document is unknown. The same rule decides before the resource is
 * created, so it is an advisory unless the option `unknownDocuments` of the rule says otherwise.
 */
export function loweredWhileUnknown(options: Readonly<Record<string, unknown>>): Pick<Finding, "lowered"> {
  return options.unknownDocuments === "mandatory" ? {} : { lowered: "unknown document" };
}
