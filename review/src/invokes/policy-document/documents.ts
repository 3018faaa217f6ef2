import { UserError } from "../../text/errors";
import { type Fields, isRecord } from "../../text/records";
import {
  type Condition,
  conditionElement,
  type Principal,
  principalElement,
  type Statement,
} from "./statement";

export interface Document {
  /** Empty if the document has none. */
  readonly Version: string;
  readonly Id: string;
  readonly Statement: readonly Statement[];
}

/**
 * Reads a source or an override as the provider does: unknown elements are dropped, and names match in any case, as in Go.
 *
 * @throws UserError that doesn't quote the document, which may be a secret
 */
export function parse(text: string, kind: "source" | "override"): Document {
  const fail = (what: string): never => {
    throw new UserError(`aws.iam.getPolicyDocument: ${what} in one of its ${kind} documents.`);
  };
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return fail("there is text that is not JSON");
  }
  if (!isRecord(document)) return fail("there is JSON that is not a policy");
  const statements = field(document, "Statement") ?? [];
  if (!Array.isArray(statements)) return fail("Statement is not a list");
  return {
    Version: textOf(field(document, "Version")),
    Id: textOf(field(document, "Id")),
    Statement: statements.map((statement) =>
      isRecord(statement) ? reread(statement, fail) : fail("a statement is not an object"),
    ),
  };
}

/** Merges documents: the highest version and the last id win, and a statement replaces an earlier one with the same sid. */
export function merge(documents: readonly Document[]): Document {
  let merged: Document = { Version: "", Id: "", Statement: [] };
  for (const { Version, Id, Statement } of documents) {
    merged = {
      Version: Version > merged.Version ? Version : merged.Version,
      Id: Id || merged.Id,
      Statement: overlay(merged.Statement, Statement),
    };
  }
  return merged;
}

/** @throws UserError if two statements have the same sid */
export function rejectRepeatedSids(statements: readonly Statement[], which: string): void {
  const sids = statements.flatMap(({ Sid }) => Sid ?? []);
  if (new Set(sids).size === sids.length) return;
  throw new UserError(`aws.iam.getPolicyDocument: ${which} have the same sid. Give each its own, or none.`);
}

function overlay(base: readonly Statement[], over: readonly Statement[]): readonly Statement[] {
  const merged = [...base];
  for (const statement of over) {
    const place = statement.Sid === undefined ? -1 : merged.findIndex(({ Sid }) => Sid === statement.Sid);
    if (place < 0) merged.push(statement);
    else merged[place] = statement;
  }
  return merged;
}

type Fail = (what: string) => never;

function reread(statement: Fields, fail: Fail): Statement {
  const sid = textOf(field(statement, "Sid"));
  const effect = textOf(field(statement, "Effect"));
  const asWritten = ["Action", "NotAction", "Resource", "NotResource"].flatMap((element) => {
    const value = field(statement, element);
    return value === undefined || value === null ? [] : [[element, value]];
  });
  return {
    ...(sid !== "" && { Sid: sid }),
    ...(effect !== "" && { Effect: effect }),
    ...Object.fromEntries(asWritten),
    ...principalElement("Principal", principalsOf(field(statement, "Principal"), fail)),
    ...principalElement("NotPrincipal", principalsOf(field(statement, "NotPrincipal"), fail)),
    ...conditionElement(conditionsOf(field(statement, "Condition"), fail)),
  };
}

function principalsOf(value: unknown, fail: Fail): readonly Principal[] {
  if (value === undefined || value === null) return [];
  // The provider reads any string as "*", the only string that IAM allows here.
  if (typeof value === "string") return [{ type: "*", identifiers: ["*"] }];
  if (!isRecord(value)) return fail("a principal is neither a string nor an object");
  return Object.entries(value).map(([type, identifiers]) => {
    if (typeof identifiers === "string") return { type, identifiers };
    if (!Array.isArray(identifiers) || !identifiers.every((one) => typeof one === "string")) {
      return fail("a principal's identifiers are not strings");
    }
    return { type, identifiers: [...identifiers].sort().reverse() };
  });
}

/** The provider drops numbers, although IAM reads them as strings. */
function conditionsOf(value: unknown, fail: Fail): readonly Condition[] {
  if (value === undefined || value === null) return [];
  if (!isRecord(value) || !Object.values(value).every(isRecord)) return fail("a condition is not an object");
  return Object.entries(value as Readonly<Record<string, Fields>>).flatMap(([test, variables]) =>
    Object.entries(variables).flatMap(([variable, values]) => {
      if (Array.isArray(values)) return { test, variable, values: values.map(String) };
      return typeof values === "string" || typeof values === "boolean"
        ? { test, variable, values: [String(values)] }
        : [];
    }),
  );
}

function field(record: Fields, name: string): unknown {
  const found = Object.keys(record).find((key) => key.toLowerCase() === name.toLowerCase());
  return Object.hasOwn(record, name) ? record[name] : found === undefined ? undefined : record[found];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
