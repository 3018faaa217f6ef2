import { readDocumentText } from "../reading/text/document-text";
import { isRecord, isUnknown, own, type RawRecord, unknownValue } from "../stack";
import { isReplacedByMacro, noValue, resolve, type Scope } from "./intrinsic-functions";
import { withoutManagedOverrides } from "./managed-overrides";
import { hasUnknownEvents, isUnknownServerless, withoutServerless } from "./serverless";
import { possibleResources } from "./template-conditions";
import { withoutLoops } from "./template-loops";
import type { TemplateResource } from "./template-resource";

/** A CloudFormation template inside a property. */
export type Template =
  | {
      readonly kind: "read";
      /** Its resources, in each way that its conditions may turn out. */
      readonly possible: readonly (readonly TemplateResource[])[];
      /** Resources that are in another template, or that a macro creates. */
      readonly unread: readonly string[];
      /** Resources that aren't known before the deployment, or whose authorization isn't. */
      readonly unknownParts: readonly UnknownPart[];
    }
  /** Not known before the deployment. */
  | { readonly kind: "unknown" }
  /** Completes a sentence that starts with the template. */
  | { readonly kind: "unreadable"; readonly because: string };

export interface UnknownPart {
  readonly logicalId: string;
  /** Undefined if it isn't known either. */
  readonly type: string | undefined;
}

/** What a template is deployed with. */
export interface TemplateSettings {
  /** The values of its parameters. Undefined if they aren't known; then their defaults don't count either. */
  readonly parameters: RawRecord | undefined;
}

/** The transforms that are known here: of events, documents and APIs, and of loops. */
const knownTransforms = /^AWS::(Serverless-|LanguageExtensions$)/;

/**
 * Reads a template: JSON or YAML, a text or an object. Never throws.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
export function readTemplate(raw: unknown, settings: TemplateSettings): Template {
  if (isUnknown(raw)) return { kind: "unknown" };
  const text = typeof raw === "string" ? readDocumentText(raw, "intrinsic functions") : undefined;
  if (text?.kind === "unreadable") return text;
  const root = text ? text.value : raw;
  if (!isRecord(root)) return { kind: "unreadable", because: "is no CloudFormation template" };
  const declared = own(root, "Resources");
  if (isUnknown(declared)) return { kind: "unknown" };
  if (!isRecord(declared)) return { kind: "unreadable", because: 'has no "Resources"' };
  try {
    const scope = { parameters: parametersOf(root, settings), mappings: recordIn(root, "Mappings") };
    const resources = withoutLoops(declared, scope);
    const conditions = withoutLoops(recordIn(root, "Conditions"), scope);
    const read = possibleResources(conditions, resources, scope).map((one) =>
      readResources(root, one, scope),
    );
    return {
      kind: "read",
      possible: read.map((one) => one.resources),
      unread: [...new Set([...macrosOf(root).map(unreadMacro), ...read.flatMap(({ unread }) => unread)])],
      unknownParts: distinct(read.flatMap(({ unknownParts }) => unknownParts)),
    };
  } catch {
    // Too deep a nesting for the call stack; nothing else in here throws.
    return { kind: "unreadable", because: "is nested too deeply to be read" };
  }
}

function recordIn(root: RawRecord, section: string): RawRecord {
  const record = own(root, section);
  return isRecord(record) ? record : {};
}

function distinct(parts: readonly UnknownPart[]): readonly UnknownPart[] {
  return [...new Map(parts.map((part) => [part.logicalId, part])).values()];
}

function unreadMacro(macro: string): string {
  return `what the macro ${macro} creates`;
}

interface ReadResources {
  readonly resources: readonly TemplateResource[];
  readonly unread: readonly string[];
  readonly unknownParts: readonly UnknownPart[];
}

function readResources(root: RawRecord, declared: RawRecord, scope: Scope): ReadResources {
  const unread: string[] = [];
  const resources: TemplateResource[] = [];
  const unknownParts: UnknownPart[] = [];
  for (const [logicalId, entry] of Object.entries(declared)) {
    if (logicalId.startsWith("Fn::")) {
      // A loop that nobody can expand may create any resource.
      unknownParts.push({ logicalId, type: undefined });
      continue;
    }
    const type = isRecord(entry) ? own(entry, "Type") : entry;
    if (isUnknown(type)) unknownParts.push({ logicalId, type: undefined });
    if (!isRecord(entry) || typeof type !== "string" || isUnknown(type)) continue;
    const given = own(entry, "Properties") ?? {};
    if (isUnknown(given) || isReplacedByMacro(entry) || isReplacedByMacro(given)) {
      unknownParts.push({ logicalId, type });
      continue;
    }
    if (!isRecord(given)) continue;
    const properties: Record<string, unknown> = {};
    const references: Record<string, readonly string[]> = {};
    for (const [name, value] of Object.entries(given)) {
      const named = new Set<string>();
      const resolved = resolve(value, scope, named);
      if (resolved !== noValue) properties[name] = resolved;
      if (named.size > 0) references[name] = [...named].filter((id) => Object.hasOwn(declared, id));
    }
    if (unreadPart(type, properties) !== undefined) unread.push(logicalId);
    const resource = { logicalId, type, properties, written: given, references };
    if (hasUnknownEvents(resource)) unknownParts.push({ logicalId, type });
    resources.push(resource);
  }
  const globals = resolve(own(root, "Globals") ?? {}, scope, new Set());
  if (isUnknown(globals)) unknownParts.push({ logicalId: "Globals", type: undefined });
  return {
    resources: withoutManagedOverrides(withoutServerless(resources, isRecord(globals) ? globals : {})),
    unread,
    unknownParts,
  };
}

/**
 * The part of a resource that is defined elsewhere, or that we don't know. Undefined if there is none.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-restapi.html
 */
export function unreadPart(type: string, properties: RawRecord): string | undefined {
  if (nestsTemplate(type) && own(properties, "TemplateBody") === undefined) return "a template behind a URL";
  if (type === "AWS::ApiGateway::RestApi" && own(properties, "CloneFrom") !== undefined) {
    return "a clone of another API";
  }
  if (type === "AWS::ServiceCatalog::CloudFormationProvisionedProduct") {
    return "a product of the Service Catalog";
  }
  return type.endsWith("::MODULE") || isUnknownServerless(type) ? "a type that isn't known here" : undefined;
}

/** Whether a resource of the type has a template of its own. */
export function nestsTemplate(type: string): boolean {
  return type === "AWS::CloudFormation::Stack" || type === "AWS::CloudFormation::StackSet";
}

/** The macros that rewrite the template during the deployment. The serverless transform isn't one of them: we know it. */
function macrosOf(root: RawRecord): readonly string[] {
  const transform = own(root, "Transform");
  const listed = Array.isArray(transform) ? transform : transform === undefined ? [] : [transform];
  return listed
    .map((macro) => (isRecord(macro) ? own(macro, "Name") : macro))
    .map((macro) => (typeof macro === "string" && !isUnknown(macro) ? macro : "with a name that isn't known"))
    .filter((macro) => !knownTransforms.test(macro));
}

function parametersOf(root: RawRecord, settings: TemplateSettings): ReadonlyMap<string, unknown> {
  const declared = own(root, "Parameters");
  const values = new Map<string, unknown>();
  if (!isRecord(declared)) return values;
  for (const [name, declaration] of Object.entries(declared)) {
    const given = settings.parameters && own(settings.parameters, name);
    const byDefault = settings.parameters && isRecord(declaration) ? own(declaration, "Default") : undefined;
    // The deployment reads a parameter of Systems Manager.
    const type = isRecord(declaration) ? own(declaration, "Type") : undefined;
    const isLookedUp = typeof type === "string" && type.startsWith("AWS::SSM::");
    values.set(name, isLookedUp ? unknownValue : (given ?? byDefault ?? unknownValue));
  }
  return values;
}
