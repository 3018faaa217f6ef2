import { anonymousPrincipal, runSimulation } from "@cloud-copilot/iam-simulate";
import type { Stranger } from "../../../policies/src/reading/iam/policy-caller";
import { owner, type RandomPolicy, type Request } from "./policy-requests";

/** Somebody of another account may do everything, as far as it is theirs to say. */
const everything = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } };

/**
 * The answer of a library that simulates IAM to one request, with the caller's own policies out of the way: whether the
 * resource policy lets it in.
 */
export async function libraryAllows(policy: object, caller: Stranger, request: Request): Promise<boolean> {
  const { action, resource, context } = request;
  const principals = {
    anonymous: anonymousPrincipal,
    account: context["aws:principalarn"] ?? "",
    service: "events.amazonaws.com",
  };
  const simulated = await runSimulation(
    {
      request: {
        principal: principals[caller],
        action,
        resource: { resource, accountId: owner["aws:resourceaccount"] ?? "" },
        contextVariables: { ...context, ...owner },
      },
      identityPolicies: caller === "account" ? [{ name: "everything", policy: everything }] : [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: policy,
    },
    {},
  );
  if (simulated.resultType === "error") throw new Error(JSON.stringify(simulated.errors));
  return simulated.overallResult === "Allowed";
}

/**
 * The same policy without what the library reads otherwise than AWS does: every address as two halves, one address as a
 * range of one.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
export function spelledForLibrary(policy: RandomPolicy): object {
  return JSON.parse(
    JSON.stringify(policy)
      .replaceAll('"0.0.0.0/0"', '"0.0.0.0/1","128.0.0.0/1"')
      .replaceAll('"198.51.100.7"', '"198.51.100.7/32"'),
  );
}
