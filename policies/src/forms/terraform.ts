import { isRecord, isUnknown, type RawRecord } from "../stack";
import { terraformNames } from "./terraform-names";

/**
 * A resource of HashiCorp's provider aws that Pulumi runs: in a Terraform module, or through a bridge that a program adds
 * itself. The provider aws of Pulumi comes from the same schema, so types and properties only differ in their names.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/providers/any-terraform-provider/
 * @see https://www.pulumi.com/docs/iac/using-pulumi/extending-pulumi/use-terraform-module/
 */
export interface TerraformForm {
  /** The token of the same resource type in the provider aws. */
  readonly token: string;
  /** A module shows Terraform's own names, and each block as a list. The bridge translates both. */
  readonly shows: "module" | "bridge";
}

/** The form of such a resource. Undefined for every other one, also of another Terraform provider. */
export function terraformForm(type: string): TerraformForm | undefined {
  const ofModule = /^[^:]+:tf:aws_([a-z0-9_]+)$/.exec(type)?.[1];
  if (ofModule) return { token: tokenOf(ofModule), shows: "module" };
  // Pulumi's own provider aws has no resource type in the module index.
  const bridged = /^aws:index\/([a-z][A-Za-z0-9]*):[A-Z]/.exec(type)?.[1];
  return bridged ? { token: tokenOf(inSnakeCase(bridged)), shows: "bridge" } : undefined;
}

/** Whether a Terraform module holds the resource. A program can't change it there, nor give it another parent. */
export function isOfTerraformModule(type: string): boolean {
  return terraformForm(type)?.shows === "module";
}

/** Types whose token in the provider aws doesn't follow from their name. */
const irregularTokens: ReadonlyMap<string, string> = new Map([
  ["lb", "lb/loadBalancer"],
  ["alb", "alb/loadBalancer"],
  ["elb", "elb/loadBalancer"],
  ["instance", "ec2/instance"],
  ["security_group", "ec2/securityGroup"],
  ["security_group_rule", "ec2/securityGroupRule"],
  ["cloudcontrolapi_resource", "cloudcontrol/resource"],
  ["appsync_graphql_api", "appsync/graphQLApi"],
  ["cognito_identity_pool_roles_attachment", "cognito/identityPoolRoleAttachment"],
  ["serverlessapplicationrepository_cloudformation_stack", "serverlessrepository/cloudFormationStack"],
]);

/** What a type's name starts with, where the module in the provider aws isn't its first word. */
const irregularModules: readonly (readonly [prefix: string, module: string])[] = [
  ["api_gateway_", "apigateway/"],
  ["bedrockagentcore_", "bedrock/agentcore_"],
  ["elastic_beanstalk_", "elasticbeanstalk/"],
];

/** @param name a type's name in Terraform without `aws_`: `apigatewayv2_route` */
function tokenOf(name: string): string {
  const module = irregularModules.find(([prefix]) => name.startsWith(prefix));
  const path = module ? `${module[1]}${name.slice(module[0].length)}` : name.replace("_", "/");
  const file = irregularTokens.get(name) ?? inCamelCase(path);
  const type = file.split("/").at(-1) ?? "";
  return `aws:${file}:${type.charAt(0).toUpperCase()}${type.slice(1)}`;
}

/** The properties as Pulumi's provider aws has them. */
export function propertiesOfTerraform(form: TerraformForm, properties: RawRecord): RawRecord {
  return blockOf(form, properties);
}

/** The name that a property has in Pulumi's provider aws. */
export function nameOfTerraform({ token, shows }: TerraformForm, name: string): string {
  const camel = shows === "module" ? inCamelCase(name) : name;
  const { renamed = {}, lists = {}, blocks = {} } = terraformNames.get(token) ?? {};
  for (const names of [renamed, lists, blocks]) if (Object.hasOwn(names, camel)) return names[camel] ?? camel;
  return camel;
}

function blockOf(form: TerraformForm, block: RawRecord): RawRecord {
  return Object.fromEntries(
    Object.entries(block).map(([name, value]) => {
      const ours = nameOfTerraform(form, name);
      return [ours, convertedValue(form, ours, value)];
    }),
  );
}

function convertedValue(form: TerraformForm, name: string, value: unknown): unknown {
  const { lists = {}, blocks = {}, single = [] } = terraformNames.get(form.token) ?? {};
  const nested = (one: unknown) => (isRecord(one) ? blockOf(form, one) : one);
  if (Array.isArray(value)) {
    if (single.includes(name)) return value.length === 1 ? value[0] : value;
    const isBlock = value.every((one) => isRecord(one) || isUnknown(one) || one === null);
    if (!isBlock || Object.values(lists).includes(name)) return value.map(nested);
    const isFlat = form.shows === "module" || Object.values(blocks).includes(name);
    if (!isFlat || value.length > 1) return value.map(nested);
    // Terraform shows a block that isn't there as an empty list.
    return value.length === 1 ? nested(value[0]) : undefined;
  }
  // In a module, what is in no list is a map, whose keys are the program's own: tags, triggers, parameters.
  return form.shows === "bridge" && isRecord(value) && !isMap(name) ? blockOf(form, value) : value;
}

function isMap(name: string): boolean {
  return /^(tags|tagsAll|triggers|variables|parameters|.*Parameters|.*Templates|.*Variables)$/.test(name);
}

function inCamelCase(snake: string): string {
  return snake.replace(/_([a-z0-9])/g, (_underscore, first: string) => first.toUpperCase());
}

function inSnakeCase(camel: string): string {
  return camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
