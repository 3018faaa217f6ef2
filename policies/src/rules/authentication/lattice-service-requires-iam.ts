import { letsAnyoneIn } from "../../endpoints/endpoint";
import {
  AuthPolicy,
  LatticeService,
  latticeEndpoints,
  latticeTypes,
  requiresIam,
  ServiceNetwork,
} from "../../endpoints/lattice/lattice-service";
import { foundAt } from "../../endpoints/target";
import type { Resource, Stack } from "../../stack";
import { nist, owasp, soc2 } from "../controls";
import { acceptanceOf, acceptPrivateNetworks } from "../options";
import { stackRule } from "../rule";

export const latticeServiceRequiresIam = stackRule({
  id: "lattice-service-requires-iam",
  theme: "authentication",
  title: "VPC Lattice services require IAM",
  severity: "high",
  level: "advisory",
  because: "the internet doesn't reach it",
  controls: [owasp("API2:2023"), nist("AC-3"), nist("IA-9"), soc2("CC6.1")],
  why: "A service of VPC Lattice answers every workload in the VPCs that its networks reach, unless the service or each of those networks requires IAM. Without that, an auth policy is inactive, however strict it reads.",
  fix: 'authType: "AWS_IAM"   // on the Service, with an aws.vpclattice.AuthPolicy that says who may call it',
  exceptionIf: "every workload in the VPCs of the service's networks may call it",
  links: [
    "https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html",
    "https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_PutAuthPolicy.html",
  ],
  kinds: {
    "no-authorization":
      "Neither the service nor every one of its networks requires IAM, as far as this stack shows.",
    "inactive-policy":
      "An auth policy is attached to a service or a network that doesn't require IAM, so it does nothing.",
  },
  examples: {
    bad: `new aws.vpclattice.Service("unsigned-orders", { authType: "NONE" });`,
    good: `const orders = new aws.vpclattice.Service("orders", { authType: "AWS_IAM" });
new aws.vpclattice.AuthPolicy("orders", {
    resourceIdentifier: orders.arn,
    policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { AWS: role.arn }, Action: "vpc-lattice-svcs:Invoke", Resource: "*" }],
    }),
});`,
  },
  options: { acceptPrivateNetworks },
  stackResources: latticeTypes,
  *checkStack(stack, { options }) {
    const inactive = inactivePolicies(stack);
    const open = latticeEndpoints(stack).filter(({ authentication }) =>
      letsAnyoneIn(authentication, acceptanceOf(options)),
    );
    for (const { resource, route, authentication } of open) {
      const own = inactive.find(({ on }) => on.urn === resource.urn);
      const policy = own ? `; its auth policy "${own.policy}" is inactive` : "";
      yield {
        kind: "no-authorization",
        resource,
        openings: [{ route, what: authentication.because + policy }],
      };
    }
    for (const { on, policy } of inactive) {
      if (open.some(({ resource }) => resource.urn === on.urn)) continue;
      yield {
        kind: "inactive-policy",
        resource: on,
        sentence: `"${on.name}" isn't known to require IAM, and without that its auth policy "${policy}" is inactive.`,
      };
    }
  },
});

/** A service or a network whose auth policy does nothing, because it doesn't require IAM. */
interface InactivePolicy {
  readonly on: Resource;
  readonly policy: string;
}

/** @see https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_PutAuthPolicy.html */
function inactivePolicies(stack: Stack): readonly InactivePolicy[] {
  return stack
    .of(AuthPolicy)
    .flatMap((policy) =>
      [
        foundAt(stack.target(policy, "resourceIdentifier", LatticeService)),
        foundAt(stack.target(policy, "resourceIdentifier", ServiceNetwork)),
      ].flatMap((on) => (on && !requiresIam(on) ? [{ on, policy: policy.name }] : [])),
    );
}
