import type { ResourceArgs as CloudControlArgs } from "@pulumi/aws/cloudcontrol";
import type { StackArgs, StackSetArgs } from "@pulumi/aws/cloudformation";
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
  knownValue,
  type Resource,
  type ResourceOf,
  resource,
  resourceType,
  type StackMember,
  stackOf,
} from "../../stack";
import { documentOf, type JudgedDocument, type JudgedOperation } from "../api-gateway/document";
import { endpointsOf, endpointTypes } from "../endpoints";
import { templateWithin } from "./nested-template";

export const CloudFormationStack = resourceType<StackArgs>("aws:cloudformation/stack:Stack", {
  templateBody: "document",
  parameters: "deciding word",
});
export const CloudFormationStackSet = resourceType<StackSetArgs>("aws:cloudformation/stackSet:StackSet", {
  templateBody: "document",
  parameters: "deciding word",
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

/** The types that bring resources of CloudFormation's into a program. */
export const templateTypes = [CloudFormationStack, CloudFormationStackSet, CloudControlResource] as const;

type Templated = ResourceOf<(typeof templateTypes)[number]>;

/** What a template says, judged as its endpoints would be. */
export type JudgedTemplate = JudgedDocument & {
  /** Parts that stand elsewhere, or that a macro makes. */
  readonly unread?: readonly string[];
};

/** Reads and judges the template, or the state, that a resource brings. Undefined where it brings none in plain sight. */
export function templateOf(given: Templated): JudgedTemplate | undefined {
  if (CloudControlResource.is(given)) return cloudControlState(given);
  const stack = given as ResourceOf<typeof CloudFormationStack>;
  if (!stack.isSet("templateBody")) return undefined;
  const body = stack.value("templateBody");
  const parameters = stack.value("parameters");
  if (body.kind !== "known") return { kind: "unknown" };
  const template = readTemplate(body.value, {
    parameters:
      parameters.kind === "absent"
        ? {}
        : parameters.kind === "known" && isRecord(parameters.value)
          ? parameters.value
          : undefined,
  });
  if (template.kind !== "read") return template;
  const judged = judgeTemplate(stack, template);
  return decided(judged, !holdsUnknown(body.value) && !holdsUnknown(knownValue(parameters)));
}

/**
 * What isn't known of a template is read before the resource is created, when the engine knows it. Where it knows all that
 * the program hands over, CloudFormation alone works the rest out, in the deployment: that is never read.
 */
function decided({ operations, unknown, unread }: JudgedResources, isHandedOver: boolean): JudgedTemplate {
  return isHandedOver
    ? { kind: "read", isPartlyUnknown: false, operations: [...operations, ...unknown], unread }
    : { kind: "read", isPartlyUnknown: unknown.length > 0, operations, unread };
}

function undetermined(because: string, logicalId: string): JudgedOperation {
  const authentication = { verdict: "undetermined", because } as const;
  return within({ route: undefined, isUnknown: false, authentication }, logicalId);
}

/** Completes a sentence about a part that nobody can tell before the deployment. */
function workedOut(what: string): string {
  return `has a ${what} that CloudFormation works out in the deployment, where it can't be read`;
}

function holdsUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsUnknown);
  return isRecord(value) ? Object.values(value).some(holdsUnknown) : isUnknown(value);
}

/** Whether anything of a type could let somebody in: an authorizer or a user pool by itself is no way in. */
function mayExpose(type: string): boolean {
  const token = forms.get(type)?.token;
  return (
    type.startsWith("AWS::Serverless::") ||
    nestsTemplate(type) ||
    endpointTypes.some((endpoint) => endpoint.token === token)
  );
}

/** @see https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-operations-create.html */
function cloudControlState(given: ResourceOf<typeof CloudControlResource>): JudgedTemplate | undefined {
  const type = given.text("typeName");
  const state = given.value("desiredState");
  if (type.kind === "unknown") return { kind: "unknown" };
  const typeName = knownValue(type);
  if (typeName === undefined) return undefined;
  if (!mayExpose(typeName)) {
    const part = unreadPart(typeName, {});
    return part === undefined
      ? undefined
      : { kind: "read", operations: [], isPartlyUnknown: false, unread: [part] };
  }
  if (state.kind !== "known") return { kind: "unknown" };
  const text = typeof state.value === "string" ? readDocumentText(state.value) : undefined;
  if (text?.kind === "unreadable") return text;
  const properties = text ? text.value : state.value;
  if (!isRecord(properties)) return { kind: "unreadable", because: "is no JSON object" };
  const resource = { logicalId: given.name, type: typeName, properties, written: properties, references: {} };
  const part = unreadPart(typeName, properties);
  const judged = judgeTemplate(given, {
    kind: "read",
    resources: [resource],
    unread: part === undefined ? [] : [part],
    unknownParts: [],
  });
  return decided(judged, !holdsUnknown(properties));
}

interface JudgedResources {
  readonly operations: readonly JudgedOperation[];
  /** What nobody can tell of them, as far as it isn't among the operations. */
  readonly unknown: readonly JudgedOperation[];
  /** Parts that stand elsewhere, or that a macro makes. */
  readonly unread: readonly string[];
}

function judgeTemplate(subject: Resource, template: Extract<Template, { kind: "read" }>): JudgedResources {
  const judged = judge(subject, template.resources);
  const nested = template.resources.flatMap((resource) => judgeWithin(subject, resource));
  const unknownParts = template.unknownParts
    .filter(({ type }) => type === undefined || mayExpose(type))
    .map(({ logicalId }) => undetermined(workedOut("part"), logicalId));
  return {
    operations: [judged, ...nested].flatMap(({ operations }) => operations),
    unknown: [...unknownParts, ...[judged, ...nested].flatMap(({ unknown }) => unknown)],
    unread: [...template.unread, ...nested.flatMap(({ unread }) => unread)],
  };
}

/** The template that stands in a resource of another one. */
function judgeWithin(subject: Resource, resource: TemplateResource): readonly JudgedResources[] {
  const template = templateWithin(resource);
  const { logicalId } = resource;
  if (!template) return [];
  if (template.kind === "unknown") {
    return [{ operations: [], unknown: [undetermined(workedOut("template"), logicalId)], unread: [] }];
  }
  if (template.kind === "unreadable") {
    const unreadable = undetermined(`has a template that ${template.because}`, logicalId);
    return [{ operations: [unreadable], unknown: [], unread: [] }];
  }
  const judged = judgeTemplate(subject, template);
  return [
    {
      operations: judged.operations.map((operation) => within(operation, logicalId)),
      unknown: judged.unknown.map((operation) => within(operation, logicalId)),
      unread: judged.unread.map((part) => `${part} of ${logicalId}`),
    },
  ];
}

function within(operation: JudgedOperation, logicalId: string): JudgedOperation {
  const { authentication } = operation;
  return {
    ...operation,
    authentication: { ...authentication, because: `${authentication.because}, in ${logicalId}` },
  };
}

function judge(subject: Resource, resources: readonly TemplateResource[]): Omit<JudgedResources, "unread"> {
  const urnIn = (token: string, logicalId: string) =>
    `urn:pulumi:${subject.stack}::${subject.project}::${token}::${logicalId}`;
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
          properties: propertiesIn(form, inSmallLetters(properties)),
        }),
        id: undefined,
        propertyDependencies: dependenciesIn(form, Object.fromEntries(dependencies)),
      },
    ];
  });
  return {
    unknown: members.flatMap(({ resource }) => unknownOf(resource)),
    operations: endpointsOf(stackOf(members))
      // What has to authenticate only where an organization says so is no finding by itself.
      .filter((endpoint) => !endpoint.mayServeAnyone)
      .map(({ route, authentication, resource }) =>
        within({ route, authentication, isUnknown: false }, resource.name),
      ),
  };
}

/** What a document doesn't tell before the deployment: none of it is an endpoint until then. */
function unknownOf(documented: Resource): readonly JudgedOperation[] {
  const document = documentOf(documented);
  if (document?.kind === "unknown") return [undetermined(workedOut("body"), documented.name)];
  if (document?.kind !== "read") return [];
  return [
    ...(document.isPartlyUnknown ? [undetermined(workedOut("body with a part"), documented.name)] : []),
    ...document.operations
      .filter(({ isUnknown }) => isUnknown)
      .map((operation) => within({ ...operation, isUnknown: false }, documented.name)),
  ];
}

/** Documents of another language, which keep their own names. */
const documents: ReadonlySet<string> = new Set(["body", "policy"]);

/** CloudFormation's names begin with a capital letter, on every level. */
function inSmallLetters(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const small = withSmallLetter(name);
      return [small, documents.has(small) ? value : deepInSmallLetters(value)];
    }),
  );
}

function deepInSmallLetters(value: unknown): unknown {
  if (isUnknown(value)) return value;
  if (Array.isArray(value)) return value.map(deepInSmallLetters);
  return isRecord(value) ? inSmallLetters(value) : value;
}

function withSmallLetter(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
