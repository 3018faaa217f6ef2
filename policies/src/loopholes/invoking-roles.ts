import type { FunctionArgs } from "@pulumi/aws/lambda";
import { Deployment, Stage, StageV2 } from "../endpoints/api-gateway/stage";
import { endpointTypes } from "../endpoints/endpoints";
import {
  boundaryOf,
  type Held,
  namesRole,
  permissionsOf,
  type RolePermissions,
  type RoleResource,
  roleTypes,
} from "../endpoints/iam/role";
import { LambdaPermission } from "../endpoints/lambda/lambda-permission";
import { accessOf } from "../reading/iam/policy-access";
import type { Policy, Statement } from "../reading/iam/statement";
import { type ResourceType, resourceType, type Seen, type Stack } from "../stack";

const LambdaFunction = resourceType<FunctionArgs>("aws:lambda/function:Function");

/** What a policy that lets its holder call something was made of. */
const calledTypes: readonly ResourceType<never>[] = [
  ...endpointTypes,
  Stage,
  StageV2,
  Deployment,
  LambdaFunction,
];

/** The types whose inputs `invocationsBy` reads. */
export const invokingRoleTypes: readonly ResourceType<never>[] = [
  ...roleTypes,
  LambdaFunction,
  LambdaPermission,
];

/** Actions that call an endpoint, by the service as ARNs name it. */
type Invocations = Readonly<Record<string, readonly string[]>>;

/** The actions by which callers who sign call what this pack protects. */
export const everyInvocation: Invocations = {
  "execute-api": ["execute-api:Invoke", "execute-api:ManageConnections"],
  lambda: ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction", "lambda:InvokeAsync"],
  appsync: ["appsync:GraphQL", "appsync:EventConnect", "appsync:EventPublish", "appsync:EventSubscribe"],
  "bedrock-agentcore": ["bedrock-agentcore:InvokeAgentRuntime*", "bedrock-agentcore:InvokeGateway"],
  "vpc-lattice": ["vpc-lattice-svcs:Invoke"],
  es: ["es:ESHttp*"],
};

/**
 * The actions that Amazon Cognito's session policy leaves to guests in the enhanced flow.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
 */
export const enhancedFlowInvocations: Invocations = {
  "execute-api": everyInvocation["execute-api"] ?? [],
  lambda: everyInvocation.lambda ?? [],
  appsync: everyInvocation.appsync ?? [],
};

/** What a role may call. */
export type RoleInvocations =
  | { readonly kind: "none" }
  /** The services, in the words of their actions. */
  | { readonly kind: "some"; readonly services: readonly string[] }
  /** A policy is unknown before the deployment. If it was made of what can be called, it is there to call it. */
  | { readonly kind: "unknown"; readonly isMadeOfEndpoints: boolean }
  /** A policy is another stack's, so that nothing shows what it allows. */
  | { readonly kind: "elsewhere" }
  /** Completes a sentence that starts with the policy. */
  | { readonly kind: "unreadable"; readonly because: string };

/** Which of these actions a role's policies allow, on anything. */
export function invocationsBy(stack: Stack, role: RoleResource, asked: Invocations): RoleInvocations {
  const permissions = permissionsOf(stack, role);
  const boundary = boundaryOf(stack, role);
  const unreadable = documentsIn(permissions).find(({ document }) => document.kind === "unreadable");
  const services = Object.keys(asked).filter((service) => {
    const actions = asked[service] ?? [];
    const isAllowed = (given: readonly RolePermissions[]) => allows(given, service, actions) === true;
    const isGranted = isAllowed(permissions) || (service === "lambda" && isNamedByFunction(stack, role));
    return isGranted && (boundary?.kind !== "document" || isAllowed([boundary]));
  });
  if (services.length > 0) {
    // What a boundary leaves of it is for another stack to say.
    return boundary?.kind === "elsewhere" ? { kind: "elsewhere" } : { kind: "some", services };
  }
  if (unreadable?.document.kind === "unreadable") {
    return { kind: "unreadable", because: unreadable.document.because };
  }
  const undecided = documentsIn(permissions).filter((one) =>
    Object.entries(asked).some(([service, actions]) => allows([one], service, actions) === "unknown"),
  );
  if (undecided.length > 0) {
    return {
      kind: "unknown",
      isMadeOfEndpoints: undecided.some(({ holder }) => isMadeOfEndpoints(stack, holder)),
    };
  }
  return permissions.some(({ kind }) => kind === "elsewhere") ? { kind: "elsewhere" } : { kind: "none" };
}

/**
 * Whether the policy of a function names a role. Within an account that suffices, whatever the role's own policies say.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html
 */
function isNamedByFunction(stack: Stack, role: RoleResource): boolean {
  return stack.of(LambdaPermission).some((permission) => {
    const action = permission.word("action");
    const mayInvoke = action.kind !== "known" || /^(LAMBDA:(\*|INVOKE.*)|\*)$/.test(action.value);
    return mayInvoke && namesRole(stack, permission, "principal", role);
  });
}

function documentsIn(permissions: readonly RolePermissions[]) {
  return permissions.flatMap((permission) => (permission.kind === "document" ? [permission] : []));
}

function isMadeOfEndpoints(stack: Stack, { resource, property }: Held): boolean {
  return calledTypes.some(
    (type) =>
      stack.madeOf(
        resource as Parameters<typeof stack.madeOf>[0],
        property as never,
        type as ResourceType<unknown>,
      ).length > 0,
  );
}

/** Whether policies together allow one of the actions of a service. An unknown policy counts where no other does. */
function allows(
  permissions: readonly RolePermissions[],
  service: string,
  actions: readonly string[],
): boolean | "unknown" {
  const documents = documentsIn(permissions).map(({ document }) => document);
  const statements = documents.flatMap((document) =>
    document.kind === "read" ? statementsAbout(document.policy, service) : [],
  );
  const access = accessOf({ statements }, { caller: "insider", actions });
  if (access.kind === "allowed") return true;
  return access.kind === "unknown" || documents.some(({ kind }) => kind === "unknown") ? "unknown" : false;
}

/** A policy without the resources of other services: what may be done to a bucket is no call of an API. */
function statementsAbout({ statements }: Policy, service: string): readonly Seen<Statement>[] {
  return statements.flatMap((statement): readonly Seen<Statement>[] => {
    if (statement.kind !== "known" || statement.value.resources.isNegated) return [statement];
    const { resources } = statement.value;
    const listed = resources.listed.filter(
      (resource) => resource.kind !== "known" || isOf(service, resource.value),
    );
    if (listed.length === 0) return [];
    return [{ ...statement, value: { ...statement.value, resources: { ...resources, listed } } }];
  });
}

function isOf(service: string, resource: string): boolean {
  const [, , named] = resource.split(":");
  return named === undefined ? /[*?]/.test(resource) : named === service || /[*?$]/.test(named);
}
