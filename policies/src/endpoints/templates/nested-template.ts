import { nestsTemplate, readTemplate, type Template, type TemplateResource } from "../../forms";
import { isRecord, isUnknown, type RawRecord } from "../../stack";

/**
 * The template inside a resource of another template. Undefined if the resource doesn't contain one.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stackset.html
 */
export function templateWithin({ type, properties }: TemplateResource): Template | undefined {
  if (!nestsTemplate(type) || properties.TemplateBody === undefined) return undefined;
  return readTemplate(properties.TemplateBody, { parameters: parametersFor(properties) });
}

/** The parameters of a nested template. Undefined if they aren't known: the instances of a stack set may override them. */
function parametersFor({ Parameters: given, StackInstancesGroup: groups }: RawRecord): RawRecord | undefined {
  const isOverridden = Array.isArray(groups)
    ? groups.some((group) => !isRecord(group) || group.ParameterOverrides !== undefined)
    : groups !== undefined;
  if (isOverridden) return undefined;
  if (given === undefined || isRecord(given)) return given ?? {};
  if (!Array.isArray(given)) return undefined;
  const isReadable = given.every(
    (parameter) =>
      isRecord(parameter) && typeof parameter.ParameterKey === "string" && !isUnknown(parameter.ParameterKey),
  );
  return isReadable
    ? Object.fromEntries(given.map(({ ParameterKey, ParameterValue }) => [ParameterKey, ParameterValue]))
    : undefined;
}
