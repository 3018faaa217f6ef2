import { BlockList, isIP } from "node:net";

/** A range this wide or wider restricts nobody: anybody can rent an address in it. */
const widestNarrowPrefix = { 4: 8, 6: 16 } as const;

/** Ranges that no request from the internet comes from. RFC 1918, 6598, 1122, 3927, 4193 and 4291. */
const privateRanges = new BlockList();
for (const [network, prefix] of [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
] as const) {
  privateRanges.addSubnet(network, prefix, "ipv4");
}
for (const [network, prefix] of [
  ["fc00::", 7],
  ["fe80::", 10],
  ["::1", 128],
] as const) {
  privateRanges.addSubnet(network, prefix, "ipv6");
}

/** A range of addresses. */
export interface AddressRange {
  readonly version: 4 | 6;
  readonly network: string;
  readonly prefix: number;
}

/** Reads CIDR notation, or one address. Undefined if the text is neither, and so matches nothing. */
export function addressRange(text: string): AddressRange | undefined {
  const [network = "", prefixText, ...rest] = text.split("/");
  const version = isIP(network);
  if (version === 0 || rest.length > 0) return undefined;
  const most = version === 4 ? 32 : 128;
  if (prefixText === undefined) return { version: version as 4 | 6, network, prefix: most };
  const prefix = /^\d{1,3}$/.test(prefixText) ? Number(prefixText) : Number.NaN;
  return prefix <= most ? { version: version as 4 | 6, network, prefix } : undefined;
}

/** Whether anybody on the internet can get an address in a range. */
export function holdsAnyone({ version, network, prefix }: AddressRange): boolean {
  if (prefix > widestNarrowPrefix[version]) return false;
  return prefix === 0 || !privateRanges.check(network, version === 4 ? "ipv4" : "ipv6");
}
