import { describe, expect, test } from "vitest";
import { latticeEndpoints } from "../../../policies/src/endpoints/lattice/lattice-service";
import type { TestedResource } from "../../../policies/src/testing";
import { UNKNOWN } from "../../unknown";
import { stackFrom } from "../stack-from";

const of = (type: string, name: string, authType: unknown): TestedResource => ({
  type: `aws:vpclattice/${type}`,
  name,
  properties: { authType },
});
const service = (authType: unknown) => of("service:Service", "orders", authType);
const network = (authType: unknown, name = "network") => of("serviceNetwork:ServiceNetwork", name, authType);
const joins = (to: string | undefined, from: string | undefined = "orders"): TestedResource => ({
  type: "aws:vpclattice/serviceNetworkServiceAssociation:ServiceNetworkServiceAssociation",
  name: `to ${to} from ${from}`,
  properties: { serviceIdentifier: UNKNOWN, serviceNetworkIdentifier: UNKNOWN },
  dependencies: {
    serviceIdentifier: [from],
    ...(to !== undefined && { serviceNetworkIdentifier: [to] }),
  },
});
const iam = "AWS_IAM";

describe("who may call a service of VPC Lattice", () => {
  test.each<[what: string, resources: readonly TestedResource[], verdict: string, says: string]>([
    ["who signs", [service(iam)], "authenticated", "requires IAM"],
    [
      "whoever is in the network",
      [service("NONE")],
      "restricted",
      "no service network in this stack requires IAM",
    ],
    ["whoever is in it by default", [service(undefined)], "restricted", "has authType NONE"],
    ["who nobody knows", [service(UNKNOWN)], "undetermined", "authType"],
    [
      "who signs to the network",
      [service("NONE"), network(iam), joins("network")],
      "authenticated",
      "in service networks that require IAM",
    ],
    [
      "who signs to the network, or to what isn't known",
      [service(UNKNOWN), network(iam), joins("network")],
      "authenticated",
      "in service networks",
    ],
    [
      "whoever is in an open network",
      [service("NONE"), network("NONE"), joins("network")],
      "restricted",
      'service network "network" doesn\'t require IAM either',
    ],
    [
      "whoever is in one of two networks",
      [service("NONE"), network(iam), network("NONE", "open"), joins("network"), joins("open")],
      "restricted",
      'service network "open"',
    ],
    [
      "whoever is in a network elsewhere, or in an open one",
      [service("NONE"), network("NONE", "open"), joins(undefined), joins("open")],
      "restricted",
      'service network "open"',
    ],
    [
      "whoever is in a network elsewhere",
      [service("NONE"), network(iam), joins("network"), joins(undefined)],
      "restricted",
      "no service network in this stack",
    ],
    [
      "whoever is in a network that isn't known",
      [service("NONE"), network(UNKNOWN), joins("network")],
      "restricted",
      'service network "network"',
    ],
    [
      "whoever is in the network of another service",
      [service("NONE"), of("service:Service", "others", iam), network(iam), joins("network", "others")],
      "restricted",
      "no service network in this stack",
    ],
  ])("%s", (_what, resources, verdict, says) => {
    const [endpoint] = latticeEndpoints(stackFrom(...resources));
    expect(endpoint?.authentication).toEqual({ verdict, because: expect.stringContaining(says) });
    expect(endpoint?.mayServeAnyone).toBe(true);
  });
});
