import type { RestAuthorization } from "../../authorization/authorization";
import { httpMethods } from "../../http-method";
import { arrivesLater, entryOf, type InputProblem, isPlainRecord } from "../../input-problems";
import { isRouteKey, methodOf, type RouteKey } from "../../routes/route-key";
import type { OpenApiArgs, OperationSettings } from "./args";
import { type ApiDocument, type Raw, readDocument } from "./read";
import { definitionsIn, schemeOf } from "./schemes";
import { type OperationCallers, operationCallers } from "./security";

export const integrationExtension = "x-amazon-apigateway-integration";

/** An operation of a document, and who may call it. */
export interface PlannedOperation {
  readonly key: RouteKey;
  /** Its spelling in the document. */
  readonly path: string;
  readonly method: string;
  readonly callers: OperationCallers;
  readonly settings: OperationSettings;
}

/** A document and its operations. */
export interface PlannedDocument {
  readonly document: ApiDocument;
  readonly operations: readonly PlannedOperation[];
}

const anyMethod = "x-amazon-apigateway-any-method";
const methods: readonly string[] = [...httpMethods.map((method) => method.toLowerCase()), anyMethod];

/** The operations of a document, and every reason why one can't be imported with its protection. */
export function planDocument(
  { document: given, operations: settings = {}, schemes = {} }: OpenApiArgs,
  authorization: RestAuthorization,
): { readonly planned: PlannedDocument | undefined; readonly problems: readonly InputProblem[] } {
  const document = readDocument(given, "openApi.document");
  if ("problem" in document) return { planned: undefined, problems: [document.problem] };
  const definitions = definitionsIn(document);
  const security = {
    authorization,
    rootSecurity: document.root.security,
    schemeOf: (name: string) => schemeOf(name, definitions, schemes, authorization),
  };
  const problems: InputProblem[] = [];
  const operations: PlannedOperation[] = [];
  for (const { key, path, method, operation } of operationsIn(document.root, problems)) {
    const own = settings[key] ?? {};
    const callers = isPreflight(operation, key, own)
      ? ({ kind: "preflight" } as const)
      : operationCallers(operation, own.access, security);
    if ("refusal" in callers) {
      problems.push({ propertyPath: operationPath(key), reason: callers.refusal });
      continue;
    }
    problems.push(...answerProblems(operation, own, key));
    operations.push({ key, path, method, callers, settings: own });
  }
  return { planned: { document, operations }, problems };
}

/** The path of an operation of the document, for messages. */
export function operationPath(key: string): string {
  return entryOf("openApi.document", key);
}

/** The path of the settings of an operation in the arguments. */
export function settingsPath(key: string): string {
  return entryOf("openApi.operations", key);
}

/** Whether an operation requires an API key. */
export function isMetered(operations: readonly PlannedOperation[]): boolean {
  return operations.some(({ callers }) => "keys" in callers && callers.keys.length > 0);
}

interface FoundOperation {
  readonly key: RouteKey;
  readonly path: string;
  readonly method: string;
  readonly operation: Raw;
}

function operationsIn({ paths }: Raw, problems: InputProblem[]): readonly FoundOperation[] {
  const refuse = (where: string, reason: string) => {
    problems.push({ propertyPath: operationPath(where), reason });
    return [];
  };
  if (!isPlainRecord(paths) || Object.keys(paths).length === 0) {
    problems.push({ propertyPath: "openApi.document", reason: "write at least one path, as plain values" });
    return [];
  }
  return Object.entries(paths).flatMap(([path, item]): readonly FoundOperation[] => {
    if (path.startsWith("x-")) return [];
    if (!isPlainRecord(item)) return refuse(path, "write the path item as a plain object");
    if (item.$ref !== undefined)
      return refuse(path, "replace the $ref by the path item itself: API Gateway doesn't follow it");
    return Object.entries(item).flatMap(([method, operation]): readonly FoundOperation[] => {
      const word = method.toLowerCase();
      if (!methods.includes(word)) return [];
      if (word !== method) return refuse(path, `write ${method} in lower case`);
      const key = `${word === anyMethod ? "ANY" : word.toUpperCase()} ${path}`;
      if (!isRouteKey(key)) return refuse(key, "API Gateway doesn't accept this path");
      if (!isPlainRecord(operation)) return refuse(key, "write the operation as a plain object");
      return [{ key, path, method, operation }];
    });
  });
}

function isPreflight(operation: Raw, key: RouteKey, { access }: OperationSettings): boolean {
  const integration = operation[integrationExtension];
  const type = isPlainRecord(integration) ? integration.type : undefined;
  const isMock = typeof type === "string" && type.toLowerCase() === "mock";
  const { security } = operation;
  const asksForNothing = security === undefined || (Array.isArray(security) && security.length === 0);
  return methodOf(key) === "OPTIONS" && isMock && access === undefined && asksForNothing;
}

/** Exactly one of the document and the program has to say what answers an operation. */
function answerProblems(operation: Raw, { handler }: OperationSettings, key: RouteKey): InputProblem[] {
  const propertyPath = operationPath(key);
  const integration = operation[integrationExtension];
  if (!isPlainRecord(integration) && !arrivesLater(integration)) {
    if (handler !== undefined) return [];
    const reason = `nothing answers it: write ${settingsPath(key)}.handler, or an ${integrationExtension} in the document`;
    return [{ propertyPath, reason }];
  }
  if (handler !== undefined) {
    return [
      { propertyPath, reason: `it has an ${integrationExtension}, so leave its handler out of the program` },
    ];
  }
  const uri = isPlainRecord(integration) ? integration.uri : undefined;
  if (typeof uri !== "string" || !/^http:/i.test(uri)) return [];
  const reason = "call an https URL: an authorized request shouldn't travel unencrypted";
  return [{ propertyPath, reason }];
}
