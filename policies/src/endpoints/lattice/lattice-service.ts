import type {
  AuthPolicyArgs,
  ServiceArgs,
  ServiceNetworkArgs,
  ServiceNetworkServiceAssociationArgs,
} from "@pulumi/aws/vpclattice";
import { type ResourceOf, resourceType, type Stack } from "../../stack";
import { type Authentication, type Endpoint, unknownProperty, withinNetwork } from "../endpoint";
import { foundAt, leadsTo } from "../target";

export const LatticeService = resourceType<ServiceArgs>("aws:vpclattice/service:Service", {
  authType: "deciding word",
});
export const ServiceNetwork = resourceType<ServiceNetworkArgs>(
  "aws:vpclattice/serviceNetwork:ServiceNetwork",
  { authType: "deciding word" },
);
const ServiceAssociation = resourceType<ServiceNetworkServiceAssociationArgs>(
  "aws:vpclattice/serviceNetworkServiceAssociation:ServiceNetworkServiceAssociation",
  { serviceIdentifier: "reference", serviceNetworkIdentifier: "reference" },
);
export const AuthPolicy = resourceType<AuthPolicyArgs>("aws:vpclattice/authPolicy:AuthPolicy", {
  resourceIdentifier: "reference",
  policy: "document",
});

export const latticeTypes = [LatticeService, ServiceNetwork, ServiceAssociation, AuthPolicy] as const;

type Service = ResourceOf<typeof LatticeService>;
type Network = ResourceOf<typeof ServiceNetwork>;

/**
 * Every service of VPC Lattice. VPC Lattice authorizes a request both for the service and for its network, so a service
 * without authentication is authenticated if all of its networks are. The internet reaches none of these networks.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
 */
export function latticeEndpoints(stack: Stack): Endpoint[] {
  return stack.of(LatticeService).map((service) => ({
    resource: service,
    route: "$default",
    authentication: withinNetwork(serviceAuthentication(stack, service)),
    mayServeAnyone: true,
  }));
}

function serviceAuthentication(stack: Stack, service: Service): Authentication {
  if (requiresIam(service)) return { verdict: "authenticated", because: "requires IAM" };
  const networks = networksOf(stack, service);
  const unguarded = networks.filter((network) => !network || !requiresIam(network));
  if (networks.length > 0 && unguarded.length === 0) {
    return { verdict: "authenticated", because: "is in service networks that require IAM" };
  }
  if (service.word("authType").kind === "unknown") {
    return {
      verdict: "undetermined",
      because: unknownProperty("authType"),
    };
  }
  const named = unguarded.find((network) => network !== undefined);
  return {
    verdict: "open",
    because: named
      ? `has authType NONE, and its service network "${named.name}" doesn't require IAM either`
      : "has authType NONE, and no service network in this stack requires IAM in its place",
  };
}

/** The networks of a service. Undefined for one that isn't in this stack, or that the stack doesn't show. */
function networksOf(stack: Stack, service: Service): readonly (Network | undefined)[] {
  return stack
    .of(ServiceAssociation)
    .filter((association) => leadsTo(stack.target(association, "serviceIdentifier", LatticeService), service))
    .map((association) => foundAt(stack.target(association, "serviceNetworkIdentifier", ServiceNetwork)));
}

/** Absent is NONE. */
export function requiresIam(resource: Service | Network): boolean {
  const type = resource.word("authType");
  return type.kind === "known" && type.value !== "NONE";
}
