import type { ResourceArgs as CloudControlArgs } from "@pulumi/aws/cloudcontrol";
import type {
  StackArgs,
  StackInstancesArgs,
  StackSetArgs,
  StackSetInstanceArgs,
} from "@pulumi/aws/cloudformation";
import type { CloudFormationStackArgs } from "@pulumi/aws/serverlessrepository";
import type { ProvisionedProductArgs } from "@pulumi/aws/servicecatalog";
import {
  dependenciesIn,
  forms,
  nestsTemplate,
  propertiesIn,
  readTemplate,
  type Template,
  type TemplateResource,
  unreadPart,
} from "../../forms";
import { readDocumentText } from "../../reading/text/document-text";
import {
  isRecord,
  isUnknown,
  known,
  knownValue,
  own,
  qualifiedTypeOf,
  type Resource,
  type ResourceOf,
  resource,
  resourceType,
  type Seen,
  type Stack,
  type StackMember,
  stackOf,
  unknown,
} from "../../stack";
import { endpointTypes } from "../endpoints";
import { templateWithin } from "./nested-template";

export const CloudFormationStack = resourceType<StackArgs>("aws:cloudformation/stack:Stack", {
  templateBody: "document",
  parameters: "deciding word",
});
export const CloudFormationStackSet = resourceType<StackSetArgs>("aws:cloudformation/stackSet:StackSet", {
  templateBody: "document",
  parameters: "deciding word",
});
const StackSetInstance = resourceType<StackSetInstanceArgs>(
  "aws:cloudformation/stackSetInstance:StackSetInstance",
  { stackSetName: "reference", parameterOverrides: "deciding word" },
);
const StackInstances = resourceType<StackInstancesArgs>("aws:cloudformation/stackInstances:StackInstances", {
  stackSetName: "reference",
  parameterOverrides: "deciding word",
});
export const CloudControlResource = resourceType<CloudControlArgs>("aws:cloudcontrol/resource:Resource", {
  typeName: "document",
  desiredState: "document",
});
export const ServerlessApplication = resourceType<CloudFormationStackArgs>(
  "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
);
export const ProvisionedProduct = resourceType<ProvisionedProductArgs>(
  "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
);

/** The types that bring CloudFormation resources into a program. */
export const templateTypes = [CloudFormationStack, CloudFormationStackSet, CloudControlResource] as const;

/** What a template holds that isn't known before the deployment, or that can't be read. */
export interface UnknownPart {
  /** Undefined for the template as a whole. */
  readonly logicalId: string | undefined;
  /** Completes a sentence that starts with it. */
  readonly because: string;
}

/** The template, or the state, of a resource, as far as it can be read. */
export type TemplateContents =
  | {
      readonly kind: "read";
      /** Stacks of the template and of those that are nested in it: one for each way that conditions may turn out. */
      readonly stacks: readonly Stack[];
      /** Parts that may hold endpoints, and that aren't known or can't be read. */
      readonly unknown: readonly UnknownPart[];
      /** Parts that are defined elsewhere, or that a macro creates. */
      readonly unread: readonly string[];
      /** Whether the engine knows all that the program hands over: what is unknown then, only CloudFormation computes. */
      readonly isFinal: boolean;
    }
  /** Not known before the deployment. */
  | { readonly kind: "unknown" }
  /** Completes a sentence that starts with the template. */
  | { readonly kind: "unreadable"; readonly because: string };

/** Reads the template, or the state, of a resource. Undefined if the resource contains none. */
export function contentsOf(given: Resource): TemplateContents | undefined {
  if (CloudControlResource.is(given)) return contentsOfState(given);
  if (!CloudFormationStack.is(given) && !CloudFormationStackSet.is(given)) return undefined;
  const stack = given as ResourceOf<typeof CloudFormationStack>;
  return contentsWith(
    stack,
    stack,
    stack.written && hasOverrides(stack) ? unknown : stack.value("parameters"),
  );
}

/** The types that give the template of a stack set values of its parameters. */
export const overridingTypes = [StackSetInstance, StackInstances] as const;

/** Whether a resource is an instance of a stack set. */
export function isStackSetInstance(
  resource: Resource,
): resource is ResourceOf<(typeof overridingTypes)[number]> {
  return overridingTypes.some((type) => type.is(resource));
}

/**
 * The template of a stack set with the values that an instance gives its parameters. Undefined if the instance gives none,
 * or belongs to another stack set as far as the names tell.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stackinstances-override.html
 */
export function overriddenContents(
  instance: ResourceOf<(typeof overridingTypes)[number]>,
  set: ResourceOf<typeof CloudFormationStackSet>,
): TemplateContents | undefined {
  if (!instance.isSet("parameterOverrides")) return undefined;
  const [named, name] = [knownValue(instance.text("stackSetName")), knownValue(set.text("name"))];
  if (named !== undefined && name !== undefined && named !== name) return undefined;
  const [given, overrides] = [set.value("parameters"), instance.value("parameterOverrides")];
  const [own, over] = [knownValue(given) ?? {}, knownValue(overrides)];
  const isKnown = given.kind !== "unknown" && isRecord(own) && isRecord(over);
  return contentsWith(instance, set, isKnown ? known({ ...own, ...over }) : unknown);
}

function contentsWith(
  holder: Resource,
  stack: Resource<{ templateBody: string }>,
  parameters: Seen<unknown>,
): TemplateContents | undefined {
  if (!stack.isSet("templateBody")) return undefined;
  const body = stack.value("templateBody");
  if (body.kind !== "known") return { kind: "unknown" };
  const given = parameters.kind === "absent" ? {} : knownValue(parameters);
  const template = readTemplate(body.value, { parameters: isRecord(given) ? given : undefined });
  if (template.kind !== "read") return template;
  const isFinal = !holdsUnknown(body.value) && !holdsUnknown(knownValue(parameters));
  return contentsOfTemplate({ holder, path: "", isFinal }, template);
}

/** Whether a stack set of aws-native lists instances of its own, of which some give parameters another value. */
function hasOverrides({ properties }: Resource): boolean {
  const groups = own(properties, "stackInstancesGroup");
  if (!Array.isArray(groups)) return groups !== undefined;
  return groups.some((group) => !isRecord(group) || own(group, "parameterOverrides") !== undefined);
}

function holdsUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsUnknown);
  return isRecord(value) ? Object.values(value).some(holdsUnknown) : isUnknown(value);
}

/** Whether a resource of the type may have endpoints. An authorizer or a user pool has none. */
function mayExpose(type: string): boolean {
  const token = forms.get(type)?.token;
  return (
    type.startsWith("AWS::Serverless::") ||
    nestsTemplate(type) ||
    endpointTypes.some((endpoint) => endpoint.token === token)
  );
}

/** @see https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-operations-create.html */
function contentsOfState(given: ResourceOf<typeof CloudControlResource>): TemplateContents | undefined {
  const type = given.text("typeName");
  const state = given.value("desiredState");
  if (type.kind === "unknown") return { kind: "unknown" };
  const typeName = knownValue(type);
  if (typeName === undefined) return undefined;
  if (!forms.has(typeName) && !mayExpose(typeName)) {
    const part = unreadPart(typeName, {});
    return part === undefined
      ? undefined
      : { kind: "read", stacks: [], unknown: [], unread: [part], isFinal: true };
  }
  if (state.kind !== "known") {
    return mayExpose(typeName)
      ? { kind: "unknown" }
      : { kind: "read", stacks: [], unknown: [], unread: [], isFinal: false };
  }
  const text = typeof state.value === "string" ? readDocumentText(state.value) : undefined;
  if (text?.kind === "unreadable") return text;
  const properties = text ? text.value : state.value;
  if (!isRecord(properties)) return { kind: "unreadable", because: "is no JSON object" };
  const part = unreadPart(typeName, properties);
  const isFinal = !holdsUnknown(properties);
  return contentsOfTemplate(
    { holder: given, path: "", isFinal },
    {
      kind: "read",
      possible: [
        [{ logicalId: given.name, type: typeName, properties, written: properties, references: {} }],
      ],
      unread: part === undefined ? [] : [part],
      unknownParts: [],
    },
  );
}

interface Place {
  readonly holder: Resource;
  /** The logical ids of the resources that hold this template, each with a dot after it. */
  readonly path: string;
  readonly isFinal: boolean;
}

function contentsOfTemplate(
  place: Place,
  template: Extract<Template, { kind: "read" }>,
): Extract<TemplateContents, { kind: "read" }> {
  const nested = template.possible.flatMap((resources) =>
    resources.flatMap((resource) => nestedContents(place, resource)),
  );
  return {
    kind: "read",
    stacks: [
      ...template.possible.map((resources) => stackOfTemplate(place, resources)),
      ...nested.flatMap(({ stacks }) => stacks ?? []),
    ],
    unknown: [
      ...template.unknownParts
        .filter(({ type }) => type === undefined || mayExpose(type))
        .map(({ logicalId }) => ({
          logicalId: `${place.path}${logicalId}`,
          because: computedByCloudFormation("part"),
        })),
      ...nested.flatMap(({ unknown }) => unknown ?? []),
    ],
    unread: [...template.unread, ...nested.flatMap(({ unread }) => unread ?? [])],
    isFinal: place.isFinal,
  };
}

/** The evidence for something that is never known before the deployment. */
function computedByCloudFormation(what: string): string {
  return `has a ${what} that only CloudFormation computes, during the deployment, so it can't be read`;
}

/** The template inside a resource of another template. */
function nestedContents(
  place: Place,
  resource: TemplateResource,
): readonly Partial<Extract<TemplateContents, { kind: "read" }>>[] {
  const template = templateWithin(resource);
  const logicalId = `${place.path}${resource.logicalId}`;
  if (!template) return [];
  if (template.kind === "unknown") {
    return [{ unknown: [{ logicalId, because: computedByCloudFormation("template") }] }];
  }
  if (template.kind === "unreadable") {
    return [{ unknown: [{ logicalId, because: `has a template that ${template.because}` }] }];
  }
  const contents = contentsOfTemplate({ ...place, path: `${logicalId}.` }, template);
  return [{ ...contents, unread: contents.unread.map((part) => `${part} of ${resource.logicalId}`) }];
}

/** A template as a stack: its resources in the words of the provider aws, with what leads from one to another. */
function stackOfTemplate({ holder, path, isFinal }: Place, resources: readonly TemplateResource[]): Stack {
  const holderType = qualifiedTypeOf(holder.urn);
  const urnIn = (token: string, logicalId: string) =>
    `urn:pulumi:${holder.stack}::${holder.project}::${holderType}$${token}::${holder.name}.${path}${logicalId}`;
  const urns = new Map(
    resources.map(({ logicalId, type }) => [logicalId, urnIn(forms.get(type)?.token ?? type, logicalId)]),
  );
  const members = resources.flatMap(({ logicalId, type, properties, references }): readonly StackMember[] => {
    const form = forms.get(type);
    if (!form) return [];
    const dependencies = Object.entries(references).map(([name, ids]) => [
      withSmallLetter(name),
      ids.flatMap((id) => urns.get(id) ?? []),
    ]);
    return [
      {
        resource: resource({
          urn: urnIn(form.token, logicalId),
          type: form.token,
          name: logicalId,
          parent: holder.urn,
          properties: propertiesIn(form, inSmallLetters(properties)),
          written: { type, schema: "CloudFormation", names: { ...form.names, ...form.words } },
          template: { holder, logicalId: `${path}${logicalId}`, isFinal },
        }),
        id: undefined,
        propertyDependencies: dependenciesIn(form, Object.fromEntries(dependencies)),
      },
    ];
  });
  return stackOf(members);
}

/** Properties with a document in another language, or with the keys of routes, whose names stay as they are. */
const documents: ReadonlySet<string> = new Set([
  ...["accessPolicies", "assumeRolePolicyDocument", "body", "policy", "policyDocument", "resourcePolicy"],
  "routeSettings",
]);
/** The same where a resource has it itself. Within a rule of a web ACL, a statement is no document. */
const documentsOfResources: ReadonlySet<string> = new Set([...documents, "statement"]);

/** CloudFormation's property names begin with a capital letter, on every level. */
function inSmallLetters(
  properties: Readonly<Record<string, unknown>>,
  verbatim: ReadonlySet<string> = documentsOfResources,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const small = withSmallLetter(name);
      return [small, verbatim.has(small) ? value : deepInSmallLetters(value)];
    }),
  );
}

function deepInSmallLetters(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(deepInSmallLetters);
  return isRecord(value) ? inSmallLetters(value, documents) : value;
}

/** `WebACLId` is `webAclId` and `ProviderARNs` is `providerArns`, as aws-native writes them. */
function withSmallLetter(name: string): string {
  const words = name.replace(
    /[A-Z]{2,}(?=[A-Z][a-z]|s(?:[A-Z]|$)|[^A-Za-z]|$)/g,
    (acronym) => acronym.charAt(0) + acronym.slice(1).toLowerCase(),
  );
  return words.charAt(0).toLowerCase() + words.slice(1);
}
