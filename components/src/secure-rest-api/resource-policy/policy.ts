import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkedOnArrival, type InputProblem } from "../../input-problems";
import type { Lockdown } from "../../lockdown";
import { invokedResource } from "../../routes/route-key";
import type { EffectiveAuthorization } from "../effective-authorizations";
import { type PrivateEndpoint, vpcEndpointIdsProblems } from "../private-endpoint";
import { accountsProblems, ipRangesProblems, organizationProblems, type ResourcePolicyArgs } from "./args";
import { hasRoomFor, restrictedTo, routesToAllow } from "./room";
import {
  denyEverybody,
  type PolicedRoutes,
  type PolicyDocument,
  policyDocument,
  type Restrictions,
  restrictingStatements,
} from "./statements";

/** What of an API decides its policy. */
export interface Policed {
  readonly lockdown?: Lockdown | undefined;
  readonly endpoint?: PrivateEndpoint | undefined;
  readonly resourcePolicy?: ResourcePolicyArgs | undefined;
  readonly routes: readonly EffectiveAuthorization[];
  readonly answersPreflights: boolean;
}

/**
 * An API's resource policy. There always is one, so that a lockdown changes it in place.
 *
 * @param headline how errors begin
 */
export function resourcePolicyOf(
  policed: Policed,
  headline: string,
  parent: pulumi.Resource,
): PolicyDocument {
  if (policed.lockdown === "deny") return policyDocument(denyEverybody);
  const home = {
    partition: aws.getPartitionOutput({}, { parent }).partition,
    accountId: aws.getCallerIdentityOutput({}, { parent }).accountId,
  };
  return policyDocument(
    restrictingStatements(policedRoutes(policed), restrictionsOf(policed, headline), home),
  );
}

/** How the routes are authorized, as the policy has to know it. */
function policedRoutes({ routes, answersPreflights, ...policed }: Policed): PolicedRoutes {
  const has = (authorization: string) => routes.some(({ type }) => type === authorization);
  const preflights = answersPreflights ? ["OPTIONS/*"] : [];
  // In an order of their own, so that another order of the routes changes nothing.
  const plain = [...new Set([...routesToAllow(routes).map(invokedResource), ...preflights])].sort();
  // API Gateway takes a path with a slash at the end for the one without.
  const exact = plain.flatMap((route) => (/[/*]$/.test(route) ? [route] : [route, `${route}/`]));
  const elsewhere = has("CUSTOM") ? plain : "all";
  const restricted = restrictedTo(policed.resourcePolicy, policed.endpoint);
  return {
    haveIam: has("AWS_IAM"),
    allowed: plain.length === 0 || hasRoomFor(exact, restricted) ? exact : elsewhere,
  };
}

/** What arrives later is checked when it does: a range that holds everybody would restrict nobody. */
function restrictionsOf({ endpoint, resourcePolicy }: Policed, headline: string): Restrictions {
  const { ipRanges, accounts, organizationId } = resourcePolicy ?? {};
  const isPrivate = endpoint !== undefined;
  const checked = (value: pulumi.Input<string>, problemsOf: (value: string) => readonly InputProblem[]) =>
    checkedOnArrival(pulumi.output(value), headline, problemsOf);
  return {
    vpcEndpointIds: endpoint?.vpcEndpointIds.map((id) =>
      checked(id, (arrived) => vpcEndpointIdsProblems([arrived], "endpoint.vpcEndpointIds")),
    ),
    ipRanges: ipRanges?.map((range) =>
      checked(range, (arrived) => ipRangesProblems([arrived], isPrivate, "resourcePolicy.ipRanges")),
    ),
    accounts: accounts?.map((account) =>
      checked(account, (arrived) => accountsProblems([arrived], "resourcePolicy.accounts")),
    ),
    organizationId:
      organizationId &&
      checked(organizationId, (arrived) => organizationProblems(arrived, "resourcePolicy.organizationId")),
  };
}
