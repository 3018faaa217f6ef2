import { crc32 } from "node:zlib";
import { UserError } from "../../text/errors";
import type { Fields } from "../../text/records";
import { merge, parse, rejectRepeatedSids } from "./documents";
import { records, texts } from "./fields";
import { statementOf } from "./statement";

const currentVersion = "2012-10-17";

/**
 * Computes the result of `aws.iam.getPolicyDocument`, as the provider does without asking AWS. The statements of the sources
 * come first, then the program's own, then those of the overrides. A statement replaces an earlier one with the same `sid`.
 *
 * @throws UserError if the provider rejects the arguments
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/iam/getpolicydocument/
 * @see hashicorp/terraform-provider-aws internal/service/iam/policy_document_data_source.go
 */
export function policyDocument(args: Fields): Fields {
  for (const [unused, instead] of [
    ["sourceJson", "sourcePolicyDocuments"],
    ["overrideJson", "overridePolicyDocuments"],
  ] as const) {
    if (args[unused]) {
      throw new UserError(`aws.iam.getPolicyDocument no longer takes ${unused}. Write ${instead} instead.`);
    }
  }
  const version = typeof args.version === "string" ? args.version : currentVersion;
  const sources = texts(args.sourcePolicyDocuments).map((text) => parse(text, "source"));
  const own = {
    Version: version,
    Id: typeof args.policyId === "string" ? args.policyId : "",
    Statement: records(args.statements).map((statement) => statementOf(statement, version)),
  };
  const overrides = texts(args.overridePolicyDocuments).map((text) => parse(text, "override"));
  rejectRepeatedSids(
    sources.flatMap((source) => source.Statement),
    "two statements of its source documents",
  );
  rejectRepeatedSids(own.Statement, "two of its statements");

  const { Version, Id, Statement } = merge([...sources, own, ...overrides]);
  const written = {
    ...(Version !== "" && { Version }),
    ...(Id !== "" && { Id }),
    ...(Statement.length > 0 && { Statement }),
  };
  const json = escaped(JSON.stringify(written, undefined, 2));
  return { ...args, id: String(crc32(json)), json, minifiedJson: escaped(JSON.stringify(written)) };
}

/** Go escapes the special characters of HTML and the two line separators of JavaScript. */
function escaped(json: string): string {
  return json.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
