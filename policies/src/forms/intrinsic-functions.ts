import { isRecord, isUnknown, own, type RawRecord, unknownValue } from "../stack";

/** What intrinsic functions refer to. */
export interface Scope {
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly mappings: RawRecord;
}

/** What `AWS::NoValue` resolves to: the property isn't set. */
export const noValue = Symbol("AWS::NoValue");

/**
 * A value with its intrinsic functions resolved, as far as the template allows.
 *
 * @param named collects the names that the value refers to
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function resolve(value: unknown, scope: Scope, named: Set<string>): unknown {
  const resolved = withoutFunctions(value, scope, named);
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

function withoutFunctions(value: unknown, scope: Scope, named: Set<string>): unknown {
  if (Array.isArray(value)) {
    return value.map((element) => resolve(element, scope, named)).filter((element) => element !== noValue);
  }
  if (!isRecord(value)) return value;
  const [only, ...others] = Object.keys(value);
  if (only !== undefined && others.length === 0) {
    const argument = value[only];
    if (only === "Ref") return referenced(argument, scope, named);
    if (only === "Fn::Sub") return substituted(argument, scope, named);
    if (only === "Fn::Join") return joined(argument, scope, named);
    if (only === "Fn::FindInMap") return foundInMap(argument, scope, named);
    if (only === "Fn::GetAtt") {
      const id = Array.isArray(argument) ? argument[0] : argument;
      if (typeof id === "string") named.add(id.split(".")[0] ?? id);
      return unknownValue;
    }
    if (only.startsWith("Fn::")) {
      resolve(argument, scope, named);
      return unknownValue;
    }
  }
  const entries = Object.entries(value)
    .map(([name, inner]) => [name, resolve(inner, scope, named)] as const)
    .filter(([, inner]) => inner !== noValue);
  return isReplacedByMacro(value) ? unknownValue : Object.fromEntries(entries);
}

function referenced(name: unknown, scope: Scope, named: Set<string>): unknown {
  if (typeof name !== "string") return unknownValue;
  if (name === "AWS::NoValue") return noValue;
  if (scope.parameters.has(name)) return scope.parameters.get(name);
  named.add(name);
  return unknownValue;
}

function substituted(argument: unknown, scope: Scope, named: Set<string>): unknown {
  const [template, given] = Array.isArray(argument) ? argument : [argument, undefined];
  if (typeof template !== "string") return unknownValue;
  const variables = new Map(
    isRecord(given) ? Object.entries(given).map(([name, value]) => [name, resolve(value, scope, named)]) : [],
  );
  let isKnown = true;
  const text = template.replace(/\$\{([^!}][^}]*)\}/g, (_all, name: string) => {
    const value = variables.get(name) ?? scope.parameters.get(name);
    if (typeof value === "string" && !isUnknown(value)) return value;
    if (value === undefined) named.add(name.split(".")[0] ?? name);
    isKnown = false;
    return "";
  });
  return isKnown ? text.replace(/\$\{!/g, "${") : unknownValue;
}

function joined(argument: unknown, scope: Scope, named: Set<string>): unknown {
  const [delimiter, parts] = Array.isArray(argument) ? argument : [];
  const resolved = resolve(parts, scope, named);
  const isKnown =
    typeof delimiter === "string" &&
    Array.isArray(resolved) &&
    resolved.every((part) => typeof part === "string" && !isUnknown(part));
  return isKnown ? resolved.join(delimiter) : unknownValue;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html */
function foundInMap(argument: unknown, scope: Scope, named: Set<string>): unknown {
  const keys: unknown = resolve(argument, scope, named);
  if (!Array.isArray(keys)) return unknownValue;
  const [mapping, first, second] = keys;
  let value: unknown = scope.mappings;
  for (const key of [mapping, first, second]) {
    if (typeof key !== "string" || isUnknown(key) || !isRecord(value)) return unknownValue;
    value = own(value, key);
  }
  return value ?? unknownValue;
}

/** Whether a macro such as AWS::Include replaces the whole object. */
export function isReplacedByMacro(given: unknown): boolean {
  return isRecord(given) && Object.hasOwn(given, "Fn::Transform");
}
