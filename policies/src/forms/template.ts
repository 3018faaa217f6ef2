import { readDocumentText } from "../reading/text/document-text";
import { isRecord, isUnknown, own, type RawRecord, unknownValue } from "../stack";
import { withoutManagedOverrides } from "./managed-overrides";
import { hasUnknownEvents, isUnknownServerless, withoutServerless } from "./serverless";
import type { TemplateResource } from "./template-resource";

/** A CloudFormation template inside a property. */
export type Template =
  | {
      readonly kind: "read";
      readonly resources: readonly TemplateResource[];
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

const noValue = Symbol("AWS::NoValue");
const serverless = /^AWS::Serverless-/;

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
    return readResources(root, declared, parametersOf(root, settings));
  } catch {
    // Too deep a nesting for the call stack; nothing else in here throws.
    return { kind: "unreadable", because: "is nested too deeply to be read" };
  }
}

function readResources(
  root: RawRecord,
  declared: RawRecord,
  parameters: ReadonlyMap<string, unknown>,
): Template {
  const unread = macrosOf(root).map((macro) => `what the macro ${macro} creates`);
  const resources: TemplateResource[] = [];
  const unknownParts: UnknownPart[] = [];
  for (const [logicalId, entry] of Object.entries(declared)) {
    if (logicalId.startsWith("Fn::")) {
      unread.push(logicalId);
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
      const resolved = resolve(value, parameters, named);
      if (resolved !== noValue) properties[name] = resolved;
      if (named.size > 0) references[name] = [...named].filter((id) => Object.hasOwn(declared, id));
    }
    if (unreadPart(type, properties) !== undefined) unread.push(logicalId);
    const resource = { logicalId, type, properties, written: given, references };
    if (hasUnknownEvents(resource)) unknownParts.push({ logicalId, type });
    resources.push(resource);
  }
  const globals = resolve(own(root, "Globals") ?? {}, parameters, new Set());
  if (isUnknown(globals)) unknownParts.push({ logicalId: "Globals", type: undefined });
  return {
    kind: "read",
    resources: withoutManagedOverrides(withoutServerless(resources, isRecord(globals) ? globals : {})),
    unread,
    unknownParts,
  };
}

/** Whether a macro such as AWS::Include replaces the whole object. */
function isReplacedByMacro(given: unknown): boolean {
  return isRecord(given) && Object.hasOwn(given, "Fn::Transform");
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
    .filter((macro) => !serverless.test(macro));
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

/**
 * A value with its intrinsic functions resolved, as far as the template allows.
 *
 * @param named collects the names that the value refers to
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
function resolve(value: unknown, parameters: ReadonlyMap<string, unknown>, named: Set<string>): unknown {
  const resolved = withoutFunctions(value, parameters, named);
  return typeof resolved === "string" && isLookedUpLater(resolved) ? unknownValue : resolved;
}

/**
 * Whether the deployment looks a value up in Systems Manager or in Secrets Manager. A document, which has quotes or several
 * lines, may only mention such a reference.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
function isLookedUpLater(text: string): boolean {
  return text.includes("{{resolve:") && !/["\n]/.test(text);
}

function withoutFunctions(
  value: unknown,
  parameters: ReadonlyMap<string, unknown>,
  named: Set<string>,
): unknown {
  if (Array.isArray(value)) {
    return value
      .map((element) => resolve(element, parameters, named))
      .filter((element) => element !== noValue);
  }
  if (!isRecord(value)) return value;
  const [only, ...others] = Object.keys(value);
  if (only !== undefined && others.length === 0) {
    const argument = value[only];
    if (only === "Ref") return referenced(argument, parameters, named);
    if (only === "Fn::Sub") return substituted(argument, parameters, named);
    if (only === "Fn::Join") return joined(argument, parameters, named);
    if (only === "Fn::GetAtt") {
      const id = Array.isArray(argument) ? argument[0] : argument;
      if (typeof id === "string") named.add(id.split(".")[0] ?? id);
      return unknownValue;
    }
    if (only.startsWith("Fn::")) {
      resolve(argument, parameters, named);
      return unknownValue;
    }
  }
  const entries = Object.entries(value)
    .map(([name, inner]) => [name, resolve(inner, parameters, named)] as const)
    .filter(([, inner]) => inner !== noValue);
  return isReplacedByMacro(value) ? unknownValue : Object.fromEntries(entries);
}

function referenced(name: unknown, parameters: ReadonlyMap<string, unknown>, named: Set<string>): unknown {
  if (typeof name !== "string") return unknownValue;
  if (name === "AWS::NoValue") return noValue;
  if (parameters.has(name)) return parameters.get(name);
  named.add(name);
  return unknownValue;
}

function substituted(
  argument: unknown,
  parameters: ReadonlyMap<string, unknown>,
  named: Set<string>,
): unknown {
  const [template, given] = Array.isArray(argument) ? argument : [argument, undefined];
  if (typeof template !== "string") return unknownValue;
  const variables = new Map(
    isRecord(given)
      ? Object.entries(given).map(([name, value]) => [name, resolve(value, parameters, named)])
      : [],
  );
  let isKnown = true;
  const text = template.replace(/\$\{([^!}][^}]*)\}/g, (_all, name: string) => {
    const value = variables.get(name) ?? parameters.get(name);
    if (typeof value === "string" && !isUnknown(value)) return value;
    if (value === undefined) named.add(name.split(".")[0] ?? name);
    isKnown = false;
    return "";
  });
  return isKnown ? text.replace(/\$\{!/g, "${") : unknownValue;
}

function joined(argument: unknown, parameters: ReadonlyMap<string, unknown>, named: Set<string>): unknown {
  const [delimiter, parts] = Array.isArray(argument) ? argument : [];
  const resolved = resolve(parts, parameters, named);
  const isKnown =
    typeof delimiter === "string" &&
    Array.isArray(resolved) &&
    resolved.every((part) => typeof part === "string" && !isUnknown(part));
  return isKnown ? resolved.join(delimiter) : unknownValue;
}
