import { isUnknown, type WrittenForm } from "../stack";
import type { Form } from "./form";
import { nativeForm } from "./forms";

type Properties = Readonly<Record<string, unknown>>;

/** What the rules read of a resource, and what the program called it. */
export interface Translated {
  readonly type: string;
  readonly properties: Properties;
  /** Set where the program wrote another form. */
  readonly written?: WrittenForm;
}

/**
 * A resource in the words of the provider aws, which is what the rules read. One of another provider is left as it is,
 * unless it is the same AWS resource in another form.
 */
export function inTermsOfAws(type: string, properties: Properties): Translated {
  const form = nativeForm(type);
  if (!form) return { type, properties };
  return {
    type: form.token,
    properties: propertiesIn(form, properties),
    written: { type, names: { ...form.names, ...form.words } },
  };
}

/** Properties in the names and the values of the provider aws. What only CloudFormation has stays as it is. */
export function propertiesIn({ names, values, id }: Form, properties: Properties): Properties {
  const renamed = new Set(Object.values(names));
  const result: Record<string, unknown> = {};
  const set = (name: string, value: unknown) => {
    // A program may call a property `constructor`.
    const convert = values && Object.hasOwn(values, name) ? values[name] : undefined;
    result[name] = convert && !isUnknown(value) ? convert(value) : value;
  };
  for (const [name, value] of Object.entries(properties)) if (!renamed.has(name)) set(name, value);
  for (const [name, theirs] of Object.entries(names)) {
    if (Object.hasOwn(properties, theirs)) set(name, properties[theirs]);
  }
  if (id !== undefined && Object.hasOwn(properties, id)) result.id = properties[id];
  return result;
}

/** The dependencies of a resource's properties, under the names of the provider aws. */
export function dependenciesInTermsOfAws<T>(
  type: string,
  dependencies: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  const form = nativeForm(type);
  return form ? dependenciesIn(form, dependencies) : dependencies;
}

export function dependenciesIn<T>(
  form: Form,
  dependencies: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  const ours = new Map(Object.entries(form.names).map(([name, theirs]) => [theirs, name]));
  return Object.fromEntries(
    Object.entries(dependencies).map(([name, value]) => [ours.get(name) ?? name, value]),
  );
}

/**
 * The id by which other resources name a deployed one; undefined where it isn't known. The ARNs of API Gateway end in it
 * (`arn:aws:apigateway:REGION::/restapis/ID`).
 */
export function idIn({ id, arn }: Properties): string | undefined {
  if (typeof id === "string" && !isUnknown(id)) return id;
  return typeof arn === "string" && !isUnknown(arn) ? arn.split("/").pop() : undefined;
}
