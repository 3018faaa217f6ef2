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

/** What decides the policy of an API. */
export interface Policed {
  readonly lockdown?: Lockdown | undefined;
  readonly endpoint?: PrivateEndpoint | undefined;
  readonly resourcePolicy?: ResourcePolicyArgs | undefined;
  readonly routes: readonly EffectiveAuthorization[];
  readonly answersPreflights: boolean;
}

/**
 * The resource policy of an API. Every API has one, so that a lockdown can change it in place.
 *
 * @param headline the first line of an error
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

/** What the policy needs to know about the routes. */
function policedRoutes({ routes, answersPreflights, ...policed }: Policed): PolicedRoutes {
  const has = (authorization: string) => routes.some(({ type }) => type === authorization);
  const preflights = answersPreflights ? ["OPTIONS/*"] : [];
  // Sorted, so that reordering the routes changes nothing.
  const plain = [...new Set([...routesToAllow(routes).map(invokedResource), ...preflights])].sort();
  // API Gateway treats a path with a slash at the end like the path without it.
  const exact = plain.flatMap((route) => (/[/*]$/.test(route) ? [route] : [route, `${route}/`]));
  const elsewhere = has("CUSTOM") ? plain : "all";
  const restricted = restrictedTo(policed.resourcePolicy, policed.endpoint);
  return {
    haveIam: has("AWS_IAM"),
    allowed: plain.length === 0 || hasRoomFor(exact, restricted) ? exact : elsewhere,
  };
}

/** Values that arrive later are checked then: a range that is too wide would restrict nobody. */
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
