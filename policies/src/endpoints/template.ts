import type { ResourceArgs as CloudControlArgs } from "@pulumi/aws/cloudcontrol";
import type { StackArgs, StackSetArgs } from "@pulumi/aws/cloudformation";
import type { CloudFormationStackArgs } from "@pulumi/aws/serverlessrepository";
import { dependenciesIn, forms, propertiesIn, readTemplate, type TemplateResource } from "../forms";
import { readDocumentText } from "../reading";
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
} from "../stack";
import { documentOf, type JudgedDocument } from "./document";
import { endpointsOf, endpointTypes } from "./endpoints";

export const CloudFormationStack = resourceType<StackArgs>("aws:cloudformation/stack:Stack");
export const CloudFormationStackSet = resourceType<StackSetArgs>("aws:cloudformation/stackSet:StackSet");
export const CloudControlResource = resourceType<CloudControlArgs>("aws:cloudcontrol/resource:Resource");
export const ServerlessApplication = resourceType<CloudFormationStackArgs>(
  "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
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
  const judged = judge(stack, template.resources);
  const isPartlyUnknown = judged.isPartlyUnknown || template.isPartlyUnknown;
  return { ...judged, isPartlyUnknown, unread: template.unread };
}

/** @see https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-operations-create.html */
function cloudControlState(given: ResourceOf<typeof CloudControlResource>): JudgedTemplate | undefined {
  const type = given.text("typeName");
  const state = given.value("desiredState");
  if (type.kind === "unknown") return { kind: "unknown" };
  const typeName = knownValue(type);
  const token = typeName === undefined ? undefined : forms.get(typeName)?.token;
  // An authorizer or a user pool by itself is no way in.
  if (typeName === undefined || !endpointTypes.some((endpoint) => endpoint.token === token)) return undefined;
  if (state.kind !== "known") return { kind: "unknown" };
  const text = typeof state.value === "string" ? readDocumentText(state.value) : undefined;
  if (text?.kind === "unreadable") return text;
  const properties = text ? text.value : state.value;
  if (!isRecord(properties)) return { kind: "unreadable", because: "is no JSON object" };
  return judge(given, [
    { logicalId: given.name, type: typeName, properties, written: properties, references: {} },
  ]);
}

function judge(
  subject: Resource,
  resources: readonly TemplateResource[],
): Extract<JudgedDocument, { kind: "read" }> {
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
        outputs: {},
        propertyDependencies: dependenciesIn(form, Object.fromEntries(dependencies)),
      },
    ];
  });
  const documents = members.map((member) => documentOf(member.resource));
  return {
    kind: "read",
    isPartlyUnknown: documents.some(
      (document) => document?.kind === "unknown" || (document?.kind === "read" && document.isPartlyUnknown),
    ),
    operations: endpointsOf(stackOf(members))
      // What has to authenticate only where an organization says so is no finding by itself.
      .filter((endpoint) => !endpoint.hasStackRule)
      .map((endpoint) => ({
        route: endpoint.route,
        isUnknown: false,
        authentication: {
          ...endpoint.authentication,
          because: `${endpoint.authentication.because}, in ${endpoint.resource.name}`,
        },
      })),
  };
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
