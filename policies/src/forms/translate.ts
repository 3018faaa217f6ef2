import { isRecord, isUnknown, unknownValue, type WrittenForm } from "../stack";
import type { Form } from "./form";
import { nativeForm } from "./forms";
import { nameOfTerraform, propertiesOfTerraform, type TerraformForm, terraformForm } from "./terraform";

type Properties = Readonly<Record<string, unknown>>;

/** A resource as the rules read it, and as the program wrote it. */
export interface Translated {
  readonly type: string;
  readonly properties: Properties;
  /** Set if the program wrote another form. */
  readonly written?: WrittenForm;
}

/**
 * What modules of the provider aws were called before. An older version of its SDK still registers resources under these names.
 *
 * @see https://github.com/pulumi/pulumi-aws `provider/resources.go`, `RenameResourceWithAlias`
 */
const formerModules: ReadonlyMap<string, string> = new Map([
  ["elasticloadbalancing", "elb"],
  ["elasticloadbalancingv2", "lb"],
  ["applicationloadbalancing", "alb"],
]);

function withModuleOfToday(type: string): string {
  return type.replace(/^aws:(\w+)(?=\/)/, (whole, module) =>
    formerModules.has(module) ? `aws:${formerModules.get(module)}` : whole,
  );
}

/**
 * A resource in the words of the provider aws, which the rules read. A resource of another provider stays as it is, unless
 * it is another form of an AWS resource.
 */
export function inTermsOfAws(type: string, properties: Properties): Translated {
  const form = nativeForm(type);
  if (form) {
    return {
      type: form.token,
      properties: propertiesIn(form, properties),
      written: { type, schema: "CloudFormation", names: { ...form.names, ...form.words } },
    };
  }
  const terraform = terraformForm(type);
  if (!terraform) return { type: withModuleOfToday(type), properties };
  return {
    type: terraform.token,
    properties: propertiesOfTerraform(terraform, properties),
    written: { type, schema: "Terraform", names: writtenNames(terraform, properties) },
  };
}

/** What Terraform calls the properties that have other names there. A module shows all of them, also those that aren't set. */
function writtenNames(form: TerraformForm, properties: Properties): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(properties)
      .map((theirs) => [nameOfTerraform(form, theirs), theirs] as const)
      .filter(([ours, theirs]) => ours !== theirs),
  );
}

/** Properties with the names and values of the provider aws. Properties that only CloudFormation has stay as they are. */
export function propertiesIn({ names, values, id, ...holding }: Form, given: Properties): Properties {
  const properties = withParts(holding, given);
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

/** Properties with the parts of the one that holds them beside it, by their names in the provider aws. */
function withParts(
  { within, parts = {} }: Pick<Form, "within" | "parts">,
  properties: Properties,
): Properties {
  if (within === undefined || !Object.hasOwn(properties, within)) return properties;
  const held = properties[within];
  if (held === undefined || held === null) return properties;
  const named = Object.entries(parts).flatMap(([name, theirs]) => {
    if (!isRecord(held)) return [[name, unknownValue] as const];
    return Object.hasOwn(held, theirs) ? [[name, held[theirs]] as const] : [];
  });
  return { ...properties, ...Object.fromEntries(named) };
}

/** The dependencies of a resource's properties, by their names in the provider aws. */
export function dependenciesInTermsOfAws<T>(
  type: string,
  dependencies: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  const form = nativeForm(type);
  if (form) return dependenciesIn(form, dependencies);
  const terraform = terraformForm(type);
  if (!terraform) return dependencies;
  return Object.fromEntries(
    Object.entries(dependencies).map(([name, value]) => [nameOfTerraform(terraform, name), value]),
  );
}

export function dependenciesIn<T>(
  form: Form,
  dependencies: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  const ours = new Map(Object.entries(form.names).map(([name, theirs]) => [theirs, name]));
  const { within, parts = {} } = form;
  return Object.fromEntries(
    Object.entries(dependencies).flatMap(([name, value]) =>
      name === within
        ? Object.keys(parts).map((part) => [part, value] as const)
        : [[ours.get(name) ?? name, value] as const],
    ),
  );
}

/**
 * The id of a deployed resource, by which other resources refer to it. Undefined if it isn't known. An ARN of API Gateway
 * ends in it (`arn:aws:apigateway:REGION::/restapis/ID`).
 */
export function idIn({ id, arn }: Properties): string | undefined {
  if (typeof id === "string" && !isUnknown(id)) return id;
  return typeof arn === "string" && !isUnknown(arn) ? arn.split("/").pop() : undefined;
}

/** The ids of what comes with a deployed resource: the root of a REST API. */
export function innerIdsIn({ rootResourceId }: Properties): readonly string[] {
  return typeof rootResourceId === "string" && !isUnknown(rootResourceId) ? [rootResourceId] : [];
}
