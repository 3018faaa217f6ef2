import { type Given, UNKNOWN } from "./analyze";

export const latticeService = (name: string, properties: object = {}): Given => ({
  type: "aws:vpclattice/service:Service",
  name,
  properties: { ...properties },
});

export const serviceNetwork = (name: string, properties: object = {}): Given => ({
  type: "aws:vpclattice/serviceNetwork:ServiceNetwork",
  name,
  properties: { ...properties },
});

/** @param network its name; without it, a network that the stack doesn't hold */
export const serviceAssociation = (name: string, service: string, network?: string): Given => ({
  type: "aws:vpclattice/serviceNetworkServiceAssociation:ServiceNetworkServiceAssociation",
  name,
  properties: {
    serviceIdentifier: UNKNOWN,
    serviceNetworkIdentifier: network === undefined ? "sn-0a1b2c3d4e5f6a7b8" : UNKNOWN,
  },
  dependencies: {
    serviceIdentifier: [service],
    ...(network !== undefined && { serviceNetworkIdentifier: [network] }),
  },
});

/** @param on the name of the service or network */
export const authPolicy = (name: string, on: string): Given => ({
  type: "aws:vpclattice/authPolicy:AuthPolicy",
  name,
  properties: { resourceIdentifier: UNKNOWN, policy: UNKNOWN },
  dependencies: { resourceIdentifier: [on] },
});
