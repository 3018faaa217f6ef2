import { UNKNOWN } from "../analyze";
import {
  customerPolicy,
  guestsWho,
  iamRole,
  identityPool,
  may,
  poolRoles,
  trustedBy,
} from "../role-resources";
import type { UnknownRow } from "../unknown-row";

const guests = guestsWho(may("es:*"), {
  pool: { allowClassicFlow: true },
  role: {
    name: "visitor",
    managedPolicyArns: [],
    inlinePolicies: [{ name: "calls", policy: JSON.stringify(may("es:*")) }],
  },
});
const attached = [
  identityPool(),
  iamRole("guest", trustedBy("unauthenticated")),
  customerPolicy("calls", may("lambda:*")),
  {
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    name: "one",
    properties: { role: UNKNOWN, policyArn: UNKNOWN },
    dependencies: { role: ["guest"], policyArn: ["calls"] },
  },
  {
    type: "aws:iam/policyAttachment:PolicyAttachment",
    name: "several",
    properties: { roles: [UNKNOWN], policyArn: UNKNOWN },
    dependencies: { roles: ["guest"], policyArn: ["calls"] },
  },
  poolRoles({ unauthenticated: UNKNOWN }, "guest"),
];

export const rows: readonly UnknownRow[] = [
  ...["visitors", "roles"].map((on) => ({
    situation: `guests who may call: ${on}`,
    resources: guests,
    on,
    endsWithout: ["allowUnauthenticatedIdentities", "allowClassicFlow", "roles"],
  })),
  {
    situation: "guests who may call, by a policy of their role",
    resources: guestsWho(may("execute-api:Invoke")),
    on: "guest-calls",
    endsWithout: ["policy"],
  },
  ...["calls", "one", "several"].map((on) => ({
    situation: `guests who may call, by a policy that is attached: ${on}`,
    resources: attached,
    on,
    endsWithout: ["policy"],
  })),
];
