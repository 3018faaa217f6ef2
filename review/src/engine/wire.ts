import { type Fields, isRecord } from "../text/records";

/**
 * The key that marks what JSON can't express: a value that a program sends is JSON in which signatures under this key mark
 * secrets, outputs and references (pulumi/pulumi sdk/go/common/resource/plugin/rpc.go).
 */
export const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";

/** Stands for a value that isn't known before the deployment. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export type Properties = Fields;

/** Wraps a value as a secret. */
export function secret(value: unknown): Properties {
  return { [signatureKey]: secretSignature, value };
}

/**
 * The properties as the engine shows them to a pack. An output becomes its value, a secret or an unknown; a reference to a
 * resource becomes its id or URN; top-level names that start with `__` are left out.
 */
export function forPack(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => !name.startsWith("__"))
      .map(([name, value]) => [name, resolve(value, true)]),
  );
}

/** The properties as the engine sends them back to the program, with references to resources kept. */
export function forProgram(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, resolve(value, false)]));
}

/** A value with its secrets and unknowns written as outputs, the form that a transform gets. */
export function asOutputs(value: unknown): unknown {
  if (value === unknownValue) return { [signatureKey]: outputSignature };
  if (Array.isArray(value)) return value.map(asOutputs);
  if (!isRecord(value)) return value;
  if (value[signatureKey] === secretSignature) {
    const inner = asOutputs(value.value);
    return isOutput(inner)
      ? { ...inner, secret: true }
      : { [signatureKey]: outputSignature, value: inner, secret: true };
  }
  if (signatureKey in value) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asOutputs(inner)]));
}

/** A value as an output that comes from resources. */
export function fromResources(value: unknown, urns: readonly string[]): unknown {
  if (urns.length === 0) return value;
  const output = isOutput(value) ? value : { [signatureKey]: outputSignature, value };
  return { ...output, dependencies: [...new Set([...resourcesOf(value), ...urns])] };
}

/** The URNs of the resources that a value's outputs come from. */
export function resourcesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(resourcesOf);
  if (!isRecord(value)) return [];
  const own = isOutput(value) && Array.isArray(value.dependencies) ? value.dependencies.map(String) : [];
  const inner = isOutput(value) ? [value.value] : Object.values(value);
  return [...own, ...inner.flatMap(resourcesOf)];
}

function isOutput(value: unknown): value is Fields {
  return isRecord(value) && value[signatureKey] === outputSignature;
}

/** The value without its secret wrappers, for matching the arguments of an invoke. */
export function unwrapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapped);
  if (!isRecord(value)) return value;
  if (value[signatureKey] === secretSignature) return unwrapped(value.value);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, unwrapped(inner)]));
}

/** The values inside a value that are marked as secret: the outermost ones, if they are nested. */
export function secretsIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(secretsIn);
  if (!isRecord(value)) return [];
  const isSecret = value[signatureKey] === secretSignature || (isOutput(value) && value.secret === true);
  return isSecret ? [value.value] : Object.values(value).flatMap(secretsIn);
}

/** Whether a value is a reference to a resource. */
export function isReference(value: object): boolean {
  return isRecord(value) && value[signatureKey] === resourceSignature;
}

/** Whether a value contains an unknown, at any depth. */
export function holdsUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  if (Array.isArray(value)) return value.some(holdsUnknown);
  if (!isRecord(value)) return false;
  if (value[signatureKey] === outputSignature && !("value" in value)) return true;
  return Object.values(value).some(holdsUnknown);
}

function resolve(value: unknown, referencesAsText: boolean): unknown {
  if (Array.isArray(value)) return value.map((element) => resolve(element, referencesAsText));
  if (!isRecord(value)) return value;
  if (value[signatureKey] === outputSignature) {
    const inner = "value" in value ? resolve(value.value, referencesAsText) : unknownValue;
    return value.secret === true ? secret(inner) : inner;
  }
  if (isReference(value) && referencesAsText) {
    return "id" in value ? value.id || unknownValue : value.urn;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, resolve(inner, referencesAsText)]),
  );
}
