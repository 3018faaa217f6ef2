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

/** The types that bring CloudFormation resources into a program. */
export const templateTypes = [CloudFormationStack, CloudFormationStackSet, CloudControlResource] as const;

type Templated = ResourceOf<(typeof templateTypes)[number]>;

/** A template, judged by its endpoints. */
export type JudgedTemplate = JudgedDocument & {
  /** Parts that are defined elsewhere, or that a macro creates. */
  readonly unread?: readonly string[];
};

/** Reads and judges the template, or the state, of a resource. Undefined if the resource doesn't contain it. */
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
  return documentOfTemplate(judged, !holdsUnknown(body.value) && !holdsUnknown(knownValue(parameters)));
}

/**
 * The parts of a template that the engine doesn't know yet are judged before the resource is created. If the engine knows
 * the whole input, only CloudFormation computes the other unknown values, during the deployment. Those are never visible
 * to us, so they are operations of this document.
 */
function documentOfTemplate(
  { operations, unknown, unread }: JudgedResources,
  isInputKnown: boolean,
): JudgedTemplate {
  return isInputKnown
    ? { kind: "read", isPartlyUnknown: false, operations: [...operations, ...unknown], unread }
    : { kind: "read", isPartlyUnknown: unknown.length > 0, operations, unread };
}

function unknownOperation(because: string, logicalId: string): JudgedOperation {
  const authentication = { verdict: "undetermined", because } as const;
  return within({ route: undefined, isUnknown: false, authentication }, logicalId);
}

/** The evidence for something that is never known before the deployment. */
function computedByCloudFormation(what: string): string {
  return `has a ${what} that only CloudFormation computes, during the deployment, so it can't be read`;
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
  return documentOfTemplate(judged, !holdsUnknown(properties));
}

interface JudgedResources {
  readonly operations: readonly JudgedOperation[];
  /** What isn't known of them, besides the operations. */
  readonly unknown: readonly JudgedOperation[];
  /** Parts that are defined elsewhere, or that a macro creates. */
  readonly unread: readonly string[];
}

function judgeTemplate(subject: Resource, template: Extract<Template, { kind: "read" }>): JudgedResources {
  const judged = judge(subject, template.resources);
  const nested = template.resources.flatMap((resource) => judgeWithin(subject, resource));
  const unknownParts = template.unknownParts
    .filter(({ type }) => type === undefined || mayExpose(type))
    .map(({ logicalId }) => unknownOperation(computedByCloudFormation("part"), logicalId));
  return {
    operations: [judged, ...nested].flatMap(({ operations }) => operations),
    unknown: [...unknownParts, ...[judged, ...nested].flatMap(({ unknown }) => unknown)],
    unread: [...template.unread, ...nested.flatMap(({ unread }) => unread)],
  };
}

/** Judges the template inside a resource of another template. */
function judgeWithin(subject: Resource, resource: TemplateResource): readonly JudgedResources[] {
  const template = templateWithin(resource);
  const { logicalId } = resource;
  if (!template) return [];
  if (template.kind === "unknown") {
    return [
      {
        operations: [],
        unknown: [unknownOperation(computedByCloudFormation("template"), logicalId)],
        unread: [],
      },
    ];
  }
  if (template.kind === "unreadable") {
    const unreadable = unknownOperation(`has a template that ${template.because}`, logicalId);
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
      // A load balancer has to authenticate only if the organization says so, which no template shows.
      .filter((endpoint) => !endpoint.mayServeAnyone)
      .map(({ route, authentication, resource }) =>
        within({ route, authentication, isUnknown: false }, resource.name),
      ),
  };
}

/** The parts of a document that aren't known before the deployment. `endpointsOf` leaves them out. */
function unknownOf(documented: Resource): readonly JudgedOperation[] {
  const document = documentOf(documented);
  if (document?.kind === "unknown")
    return [unknownOperation(computedByCloudFormation("body"), documented.name)];
  if (document?.kind !== "read") return [];
  return [
    ...(document.isPartlyUnknown
      ? [unknownOperation(computedByCloudFormation("body with a part"), documented.name)]
      : []),
    ...document.operations
      .filter(({ isUnknown }) => isUnknown)
      .map((operation) => within({ ...operation, isUnknown: false }, documented.name)),
  ];
}

/** Properties with a document in another language, whose names stay as they are. */
const documents: ReadonlySet<string> = new Set([
  ...["accessPolicies", "assumeRolePolicyDocument", "body", "policy", "policyDocument", "resourcePolicy"],
  "statement",
]);

/** CloudFormation's property names begin with a capital letter, on every level. */
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

/** `WebACLId` is `webAclId`, as aws-native writes it. */
function withSmallLetter(name: string): string {
  const words = name.replace(
    /[A-Z]{2,}(?=[A-Z][a-z]|[^A-Za-z]|$)/g,
    (acronym) => acronym.charAt(0) + acronym.slice(1).toLowerCase(),
  );
  return words.charAt(0).toLowerCase() + words.slice(1);
}
