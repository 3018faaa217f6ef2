import { readDocumentText } from "../reading/text/document-text";
import { isRecord, isUnknown, own, type RawRecord, unknownValue } from "../stack";
import { withoutManagedOverrides } from "./managed-overrides";
import { hasUnknownEvents, isUnknownServerless, withoutServerless } from "./serverless";
import type { TemplateResource } from "./template-resource";

/** A CloudFormation template inside a property, as far as it can be read. */
export type Template =
  | {
      readonly kind: "read";
      readonly resources: readonly TemplateResource[];
      /** Resources that stand in another template, or that a macro makes. */
      readonly unread: readonly string[];
      /** Resources that aren't known before the deployment, or not what says who may call them. */
      readonly unknownParts: readonly UnknownPart[];
    }
  /** Not known before the deployment. */
  | { readonly kind: "unknown" }
  /** Completes a sentence that starts with the template. */
  | { readonly kind: "unreadable"; readonly because: string };

export interface UnknownPart {
  readonly logicalId: string;
  /** Undefined where not even that is known. */
  readonly type: string | undefined;
}

/** What a template is deployed with. */
export interface TemplateSettings {
  /** Values of its parameters; undefined where they aren't known, and then no default counts either. */
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
  const unread = macrosOf(root).map((macro) => `what the macro ${macro} makes of it`);
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
    if (isUnknown(given) || isWrittenByMacro(entry) || isWrittenByMacro(given)) {
      unknownParts.push({ logicalId, type });
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

/** A macro such as AWS::Include puts something in place of the whole object. */
function isWrittenByMacro(given: unknown): boolean {
  return isRecord(given) && Object.hasOwn(given, "Fn::Transform");
}

/**
 * What a resource brings from elsewhere, or what of it nothing here knows. Undefined where it is all there.
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
  return type.endsWith("::MODULE") || isUnknownServerless(type) ? "what isn't known here" : undefined;
}

/** Whether a resource of the type brings a template of its own. */
export function nestsTemplate(type: string): boolean {
  return type === "AWS::CloudFormation::Stack" || type === "AWS::CloudFormation::StackSet";
}

/** Macros rewrite the template during the deployment. The serverless one is known here. */
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
    // What Systems Manager holds under a name is read during the deployment.
    const type = isRecord(declaration) ? own(declaration, "Type") : undefined;
    const isLookedUp = typeof type === "string" && type.startsWith("AWS::SSM::");
    values.set(name, isLookedUp ? unknownValue : (given ?? byDefault ?? unknownValue));
  }
  return values;
}

/**
 * A value with its intrinsic functions worked out as far as the template alone tells.
 *
 * @param named takes the names that the value refers to
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
function resolve(value: unknown, parameters: ReadonlyMap<string, unknown>, named: Set<string>): unknown {
  const workedOut = withoutFunctions(value, parameters, named);
  return typeof workedOut === "string" && isLookedUpLater(workedOut) ? unknownValue : workedOut;
}

/**
 * Whether a word stands in Systems Manager or in Secrets Manager, where the deployment looks it up. A document may speak
 * of one in passing.
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
  return isWrittenByMacro(value) ? unknownValue : Object.fromEntries(entries);
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
  const [template, own_] = Array.isArray(argument) ? argument : [argument, undefined];
  if (typeof template !== "string") return unknownValue;
  const variables = new Map(
    isRecord(own_)
      ? Object.entries(own_).map(([name, value]) => [name, resolve(value, parameters, named)])
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
