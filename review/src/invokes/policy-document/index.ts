import { crc32 } from "node:zlib";
import { UserError } from "../../errors";
import { merge, parse, refuseRepeatedSids } from "./documents";
import { records, texts } from "./fields";
import { statementOf } from "./statement";

const currentVersion = "2012-10-17";

/**
 * Computes what `aws.iam.getPolicyDocument` answers. The provider asks nobody for it either: statements of the sources
 * first, then the program's own, then overrides; a later statement replaces the one that has its `sid`.
 *
 * @throws UserError where the provider refuses the arguments
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/iam/getpolicydocument/
 * @see hashicorp/terraform-provider-aws internal/service/iam/policy_document_data_source.go
 */
export function policyDocument(args: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
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
  refuseRepeatedSids(
    sources.flatMap((source) => source.Statement),
    "two statements of its source documents",
  );
  refuseRepeatedSids(own.Statement, "two of its statements");

  const { Version, Id, Statement } = merge([...sources, own, ...overrides]);
  const written = {
    ...(Version !== "" && { Version }),
    ...(Id !== "" && { Id }),
    ...(Statement.length > 0 && { Statement }),
  };
  const json = escaped(JSON.stringify(written, undefined, 2));
  return { ...args, id: String(crc32(json)), json, minifiedJson: escaped(JSON.stringify(written)) };
}

/** Go writes the characters that mean something in HTML, and two that end a line in JavaScript, as escapes. */
function escaped(json: string): string {
  return json.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
