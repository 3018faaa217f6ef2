import { type Document, isAlias, isMap, isScalar, isSeq, type Pair, parseAllDocuments, visit } from "yaml";

/**
 * What some parser or other makes of a text: the first of two equal keys or the last, merge keys taken or not, one
 * version of YAML or the other, one idea of a line break or the other, and any document of several. API Gateway's own
 * parser isn't known to be one of them rather than another.
 */
export function readings(text: string): readonly unknown[] {
  const found: unknown[] = [];
  try {
    found.push(JSON.parse(text.replace(/^\uFEFF/, "")));
  } catch {
    // No JSON for this reader.
  }
  const lines = text.replace(/\r(?!\n)|[\u0085\u2028\u2029]/g, "\n");
  for (const spelled of new Set([text, lines])) {
    for (const version of ["1.2", "1.1"] as const) {
      for (const merge of [false, true]) {
        for (const keep of ["first", "last"] as const) found.push(...inYaml(spelled, version, merge, keep));
      }
    }
  }
  return found;
}

function inYaml(text: string, version: "1.1" | "1.2", merge: boolean, keep: "first" | "last"): unknown[] {
  try {
    const options = { version, merge, uniqueKeys: false, strict: false, prettyErrors: false } as const;
    const documents = parseAllDocuments(text, { ...options, logLevel: "silent" });
    return (documents as Document.Parsed[])
      .filter(({ errors }) => errors.length === 0)
      .map((document) => {
        if (keep === "first") visit(document, { Map: (_key, map) => void withoutLater(map.items, document) });
        return document.toJS({ maxAliasCount: -1 });
      });
  } catch {
    return [];
  }
}

function withoutLater(items: Pair[], document: Document.Parsed): void {
  const spelled = new Set<string>();
  const kept = items.filter(({ key }) => {
    const node = isAlias(key) ? key.resolve(document) : key;
    const name = isScalar(node) ? String(node.value) : isMap(node) || isSeq(node) ? String(node) : "";
    if (spelled.has(name)) return false;
    spelled.add(name);
    return true;
  });
  items.splice(0, items.length, ...kept);
}

const methods = /^(get|put|post|delete|options|head|patch|x-amazon-apigateway-any-method)$/i;

/** Whether a reading has an operation that says nothing at all of who may call it. Knows of no more than that. */
export function holdsOpenOperation(root: unknown): boolean {
  const paths = isObject(root) ? root.paths : undefined;
  if (!isObject(root) || !isObject(paths)) return false;
  return Object.entries(paths).some(([path, item]) => {
    if (path.startsWith("x-") || !isObject(item)) return false;
    const target = typeof item.$ref === "string" ? pointedAt(root, item.$ref) : undefined;
    return [item, target].some(
      (candidate) =>
        isObject(candidate) &&
        Object.entries(candidate).some(
          ([method, operation]) =>
            methods.test(method) &&
            !/^options$/i.test(method) &&
            !(
              isObject(operation) &&
              (Object.hasOwn(operation, "security") || Object.hasOwn(operation, "x-amazon-apigateway-auth"))
            ),
        ),
    );
  });
}

function pointedAt(root: Record<string, unknown>, reference: string): unknown {
  let value: unknown = root;
  for (const part of reference.replace(/^#\//, "").split("/")) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a reading has a statement that lets anyone in, and none that denies. Knows of no more than that. */
export function holdsOpenStatement(root: unknown): boolean {
  if (!isObject(root)) return false;
  const statements = [root.Statement].flat();
  const denies = (statement: unknown) => !isObject(statement) || statement.Effect !== "Allow";
  return statements.length > 0 && !statements.some(denies) && statements.filter(isObject).some(isOpen);
}

const openElements = ["Effect", "Principal", "Action", "Resource"];

function isOpen(statement: Record<string, unknown>): boolean {
  const { Principal, Action, Resource, Condition } = statement;
  const isAnyone = Principal === "*" || (isObject(Principal) && Principal.AWS === "*");
  const hasElements = openElements.every((element) => Object.hasOwn(statement, element));
  return (
    hasElements && isAnyone && /^(\*|sqs:SendMessage)$/.test(String(Action)) && Resource === "*" && !Condition
  );
}
