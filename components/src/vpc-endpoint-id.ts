import { arrivesLater } from "./input-problems";

/** Whether a value is the id of a VPC endpoint, or arrives later. */
export function isVpcEndpointId(id: unknown): boolean {
  return arrivesLater(id) || (typeof id === "string" && /^vpce-[0-9a-z]+$/.test(id));
}
