import type {
  AuthPolicyArgs,
  ServiceArgs,
  ServiceNetworkArgs,
  ServiceNetworkServiceAssociationArgs,
} from "@pulumi/aws/vpclattice";
import { type Resource, type ResourceOf, resourceType, type Stack } from "../../stack";
import { type Authentication, type Endpoint, withinNetwork } from "../endpoint";

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
 * Every service of VPC Lattice. Where it has no authentication of its own, that of all the networks it stands in will
 * do: a request is authorized by both. No network of VPC Lattice is the internet.
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
  if (asksForIam(service)) return { verdict: "authenticated", because: "asks for IAM" };
  const networks = networksOf(stack, service);
  const unguarded = networks.filter((network) => !network || !asksForIam(network));
  if (networks.length > 0 && unguarded.length === 0) {
    return { verdict: "authenticated", because: "stands in service networks that ask for IAM" };
  }
  if (service.word("authType").kind === "unknown") {
    return {
      verdict: "undetermined",
      because: "has an authType that is not known before the deployment: write it as a plain string",
    };
  }
  const named = unguarded.find((network) => network !== undefined);
  return {
    verdict: "open",
    because: named
      ? `has authType NONE, and its service network "${named.name}" doesn't ask for IAM either`
      : "has authType NONE, and no service network in this stack is seen to ask for IAM in its place",
  };
}

/** The networks that a service is associated with; undefined for one that isn't in this stack, or can't be told. */
function networksOf(stack: Stack, service: Service): readonly (Network | undefined)[] {
  return stack
    .of(ServiceAssociation)
    .filter((association) => {
      const its = stack.target(association, "serviceIdentifier", LatticeService);
      return its.kind === "found" && its.resource.urn === service.urn;
    })
    .map((association) => {
      const network = stack.target(association, "serviceNetworkIdentifier", ServiceNetwork);
      return network.kind === "found" ? network.resource : undefined;
    });
}

/** Absent is NONE. */
function asksForIam(asked: Service | Network): boolean {
  const type = asked.word("authType");
  return type.kind === "known" && type.value !== "NONE";
}

/** A service or a network whose auth policy does nothing, since nobody is asked who they are. */
export interface InactivePolicy {
  readonly on: Resource;
  readonly policy: string;
}

/** @see https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_PutAuthPolicy.html */
export function inactivePolicies(stack: Stack): readonly InactivePolicy[] {
  return stack
    .of(AuthPolicy)
    .flatMap((policy) =>
      [
        stack.target(policy, "resourceIdentifier", LatticeService),
        stack.target(policy, "resourceIdentifier", ServiceNetwork),
      ].flatMap((target) =>
        target.kind === "found" && !asksForIam(target.resource)
          ? [{ on: target.resource, policy: policy.name }]
          : [],
      ),
    );
}
