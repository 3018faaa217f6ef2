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
  {
    type: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    name: "only",
    properties: { roleName: UNKNOWN, policyArns: [UNKNOWN] },
    dependencies: { roleName: ["guest"], policyArns: ["calls"] },
  },
  poolRoles({ unauthenticated: UNKNOWN }, "guest"),
];
/** Guests of a pool that another stack holds. */
const elsewhere = guestsWho(may("execute-api:Invoke"))
  .filter(({ name }) => name !== "visitors")
  .map((given) =>
    given.name === "roles"
      ? {
          ...given,
          properties: { ...given.properties, identityPoolId: "eu-west-1:a1b2c3" },
          dependencies: { roles: ["guest"] },
        }
      : given,
  );

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
  {
    situation: "guests of a pool of another stack who may call",
    resources: elsewhere,
    on: "roles",
    reported: "advisory",
    endsWithout: ["identityPoolId", "roles"],
  },
  ...["calls", "one", "several", "only"].map((on) => ({
    situation: `guests who may call, by a policy that is attached: ${on}`,
    resources: attached,
    on,
    endsWithout: ["policy"],
  })),
];
