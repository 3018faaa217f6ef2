import {
  admitsGuests,
  allowsClassicFlow,
  attachedElsewhere,
  guestRoles,
  IdentityPool,
  type IdentityPoolResource,
  IdentityPoolRoles,
} from "../../endpoints/cognito/identity-pool";
import { endpointTypes } from "../../endpoints/endpoints";
import type { RoleResource } from "../../endpoints/iam/role";
import {
  enhancedFlowInvocations,
  everyInvocation,
  invocationsBy,
  invokingRoleTypes,
  type RoleInvocations,
} from "../../loopholes/invoking-roles";
import type { Stack } from "../../stack";
import { calledServices } from "../called-services";
import { fsbp, nist, owasp, pci, soc2 } from "../controls";
import { unknownDocuments } from "../options";
import { type Context, type Finding, stackRule } from "../rule";
import { loweredWhileUnknown } from "../unknown-documents";

const pool = (name: string, action: string) => `const visitors = new aws.cognito.IdentityPool("${name}", {
    identityPoolName: "${name}",
    allowUnauthenticatedIdentities: true,
});
const visitor = new aws.iam.Role("${name}-visitor", {
    assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{
            Effect: "Allow",
            Principal: { Federated: "cognito-identity.amazonaws.com" },
            Action: "sts:AssumeRoleWithWebIdentity",
            Condition: { "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "unauthenticated" } },
        }],
    }),
});
new aws.iam.RolePolicy("${name}-visitor", {
    role: visitor.id,
    policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "${action}", Resource: "*" }],
    }),
});
new aws.cognito.IdentityPoolRoleAttachment("${name}", {
    identityPoolId: visitors.id,
    roles: { unauthenticated: visitor.arn },
});`;

export const identityPoolForbidsGuests = stackRule({
  id: "identity-pool-forbids-guests",
  // Guests have proved nothing, so an API that they may call is open. That is what the theme asks, and not who users are; and
  // the baseline runs it.
  theme: "authentication",
  title: "Guests of an identity pool call no API",
  severity: "critical",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API2:2023"), nist("AC-3"), nist("AC-14"), pci("7.3.3"), soc2("CC6.1"), fsbp("Cognito.2")],
  why: "An identity pool with guests gives AWS credentials to anyone who asks, without a login. They sign requests like any other caller, so an API that requires IAM lets them in if their role may call it. The session policy that Cognito adds in the enhanced flow keeps them from most services, but not from API Gateway, Lambda and AppSync. In the classic flow it keeps them from nothing.",
  fix: "allowUnauthenticatedIdentities: false   // or take execute-api:Invoke, lambda:InvokeFunction, lambda:InvokeFunctionUrl and appsync:GraphQL from the guests' role",
  exceptionIf:
    "what the guests' role may call is meant for everybody, and limits by itself what a caller can do",
  links: [
    "https://docs.aws.amazon.com/cognito/latest/developerguide/identity-pools.html",
    "https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html",
    "https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flow.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cognito-controls.html#cognito-2",
  ],
  kinds: {
    "guests-call": "The role of the pool's guests may call APIs or functions.",
    "unreadable-document":
      "A policy of the guests' role can't be read, so nothing shows that it keeps them out.",
    "unknown-document": "A policy of the guests' role is unknown before the deployment.",
    "role-elsewhere": "The pool has guests, and the stack doesn't show what their role may call.",
    "pool-elsewhere":
      "The guests of a pool of another stack get a role that may call APIs or functions. Nothing shows whether that pool has guests.",
    "classic-flow":
      "The pool has guests and allows the classic flow, in which they may assume every role that trusts them.",
  },
  liesOutside: ["role-elsewhere", "pool-elsewhere"],
  examples: { bad: pool("visitors", "execute-api:Invoke"), good: pool("measured", "rum:PutRumEvents") },
  options: { unknownDocuments },
  stackResources: [IdentityPool, IdentityPoolRoles, ...invokingRoleTypes, ...endpointTypes],
  *checkStack(stack, { options }) {
    for (const pool of stack.of(IdentityPool)) {
      if (!admitsGuests(pool)) continue;
      const findings = [...guestFindings(stack, pool, options)];
      yield* findings;
      if (findings.length === 0 && allowsClassicFlow(pool)) yield classicFlow(pool);
    }
    yield* ofPoolsElsewhere(stack);
  },
});

type Kind =
  | "guests-call"
  | "unreadable-document"
  | "unknown-document"
  | "role-elsewhere"
  | "pool-elsewhere"
  | "classic-flow";

/** Neither stack shows everything: the pool's has no role, and this one has no pool. */
function* ofPoolsElsewhere(stack: Stack): Iterable<Finding<Kind>> {
  for (const { attachment, roles } of attachedElsewhere(stack)) {
    for (const role of roles) {
      const invocations = invocationsBy(stack, role, enhancedFlowInvocations);
      if (invocations.kind !== "some") continue;
      yield {
        kind: "pool-elsewhere",
        resource: attachment,
        sentence: `"${attachment.name}" gives the guests of an identity pool of another stack the role "${role.name}", which may call ${calledServices(invocations.services)}. If that pool has guests, anyone may, without a login.`,
        fix: "roles: { authenticated: role.arn }   // without unauthenticated; or take what calls APIs from the guests' role",
        lowered: "lesser finding",
      };
    }
  }
}

/** In the classic flow, roles that this stack doesn't hold may trust the pool's guests, and nothing narrows any of them. */
function classicFlow(pool: IdentityPoolResource): Finding<Kind> {
  return {
    kind: "classic-flow",
    resource: pool,
    sentence: `"${pool.name}" gives credentials to guests, and allows the classic flow: there they may assume every role that trusts them, in other stacks too, and no session policy of Cognito's narrows it.`,
    fix: "allowClassicFlow: false   // the application then calls GetCredentialsForIdentity, not AssumeRoleWithWebIdentity",
    lowered: "lesser finding",
  };
}

function* guestFindings(
  stack: Stack,
  pool: IdentityPoolResource,
  options: Context["options"],
): Iterable<Finding<Kind>> {
  const asked = allowsClassicFlow(pool) ? everyInvocation : enhancedFlowInvocations;
  const { certain, possible, isElsewhere } = guestRoles(stack, pool);
  for (const role of certain) {
    const finding = certainFinding(pool, role, invocationsBy(stack, role, asked), options);
    if (finding) yield finding;
  }
  const mayCall = possible.filter((role) => invocationsBy(stack, role, asked).kind !== "none");
  if (mayCall.length === possible.length) {
    const [role] = mayCall;
    const finding = role && certainFinding(pool, role, invocationsBy(stack, role, asked), options);
    if (finding) yield finding;
  } else if (mayCall.length > 0) {
    yield {
      kind: "unknown-document",
      resource: pool,
      sentence: `"${pool.name}" gives credentials to guests, and one of its roles may call APIs. Which of them is the guests' is not known before the deployment.`,
      lowered: "lesser finding",
    };
  }
  if (isElsewhere) {
    yield {
      kind: "role-elsewhere",
      resource: pool,
      sentence: `"${pool.name}" gives credentials to guests, and this stack doesn't hold their role. Nothing shows here what they may call.`,
      fix: "allowUnauthenticatedIdentities: false   // or make sure that the guests' role may call no API",
      lowered: "lesser finding",
    };
  }
}

function certainFinding(
  pool: IdentityPoolResource,
  role: RoleResource,
  invocations: RoleInvocations,
  options: Context["options"],
): Finding<Kind> | undefined {
  const guests = `"${pool.name}" gives credentials to guests`;
  switch (invocations.kind) {
    case "none":
      return undefined;
    case "some":
      return {
        kind: "guests-call",
        resource: pool,
        sentence: `${guests}, and their role "${role.name}" may call ${calledServices(invocations.services)}: anyone may, without a login.`,
      };
    case "unreadable":
      return {
        kind: "unreadable-document",
        resource: pool,
        sentence: `${guests}, and a policy of their role "${role.name}" ${invocations.because}. Nothing shows that it keeps them from calling APIs.`,
      };
    case "unknown":
      return invocations.isMadeOfEndpoints
        ? {
            kind: "guests-call",
            resource: pool,
            sentence: `${guests}, and a policy of their role "${role.name}" is made of what can be called: an API or a function. It is not known before the deployment.`,
          }
        : {
            kind: "unknown-document",
            resource: pool,
            sentence: `${guests}, and a policy of their role "${role.name}" is not known before the deployment. Whether they may call APIs is checked as soon as it is known.`,
            fix: "to have it checked at preview, keep unknown values out of the policy: write ARNs with names that the program chooses",
            ...loweredWhileUnknown(options),
          };
    case "elsewhere":
      return {
        kind: "role-elsewhere",
        resource: pool,
        sentence: `${guests}, and this stack doesn't hold every policy of their role "${role.name}". Nothing shows here what they may call.`,
        fix: "allowUnauthenticatedIdentities: false   // or make sure that the guests' role may call no API",
        lowered: "lesser finding",
      };
  }
}
