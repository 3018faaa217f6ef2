import { iamRole, may, rolePolicy, trustOf } from "../role-resources";
import type { UnknownRow } from "../unknown-row";

const resources = [
  iamRole("caller", trustOf({ AWS: "*" })),
  rolePolicy("calls", "caller", may("execute-api:Invoke")),
];

export const rows: readonly UnknownRow[] = [
  { situation: "a role for everybody", resources, on: "caller", endsWithout: ["assumeRolePolicy"] },
  {
    situation: "the policy of such a role",
    resources,
    on: "calls",
    endsWithout: ["policy"],
  },
];
