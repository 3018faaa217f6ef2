import { isIP } from "node:net";

/** Ranges that no request from the internet comes from. RFC 1918, 6598, 1122, 3927, 4193 and 4291. */
const privateRanges: readonly string[] = [
  ...["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"],
  ...["fc00::/7", "fe80::/10", "::1/128"],
];

const bits = { 4: 32, 6: 128 } as const;

/**
 * Ranges that hold this many addresses of the internet restrict nobody: anybody can rent one of them. It is what is left of
 * a range of the prefix 8, or 16 for IPv6, if a quarter of it is private, as of 100.0.0.0/8.
 */
const widest = { 4: 3n << 22n, 6: 3n << 110n } as const;

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

/** Whether anybody on the internet can get an address in one of the ranges: a hundred narrow ranges are a wide one. */
export function holdAnyone(ranges: readonly AddressRange[]): boolean {
  return ([4, 6] as const).some((version) => sizeOf(publicPart(version, ranges)) >= widest[version]);
}

/** Whether every address on the internet is in one of the ranges. */
export function holdEveryone(ranges: readonly AddressRange[]): boolean {
  return ([4, 6] as const).every((version) => {
    const united = unite(spansOf(version, ranges));
    return sizeOf(united) === 1n << BigInt(bits[version]);
  });
}

/** The first and the last address, as numbers. */
interface Span {
  readonly first: bigint;
  readonly last: bigint;
}

const privateSpans = {
  4: unite(
    spansOf(
      4,
      privateRanges.flatMap((text) => addressRange(text) ?? []),
    ),
  ),
  6: unite(
    spansOf(
      6,
      privateRanges.flatMap((text) => addressRange(text) ?? []),
    ),
  ),
} as const;

function publicPart(version: 4 | 6, ranges: readonly AddressRange[]): readonly Span[] {
  return privateSpans[version].reduce<readonly Span[]>(
    (spans, hole) => spans.flatMap((span) => without(span, hole)),
    unite(spansOf(version, ranges)),
  );
}

function spansOf(version: 4 | 6, ranges: readonly AddressRange[]): readonly Span[] {
  return ranges
    .filter((range) => range.version === version)
    .map(({ network, prefix }) => {
      const host = BigInt(bits[version] - prefix);
      const first = (numberOf(version, network) >> host) << host;
      return { first, last: first + (1n << host) - 1n };
    });
}

/** Spans without overlaps, in order. */
function unite(spans: readonly Span[]): readonly Span[] {
  const united: Span[] = [];
  for (const span of [...spans].sort((one, other) => (one.first < other.first ? -1 : 1))) {
    const before = united.at(-1);
    if (before && span.first <= before.last) {
      united[united.length - 1] = { ...before, last: before.last > span.last ? before.last : span.last };
    } else united.push(span);
  }
  return united;
}

function without(span: Span, hole: Span): readonly Span[] {
  if (hole.last < span.first || span.last < hole.first) return [span];
  const before = { first: span.first, last: hole.first - 1n };
  const after = { first: hole.last + 1n, last: span.last };
  return [before, after].filter(({ first, last }) => first <= last);
}

function sizeOf(spans: readonly Span[]): bigint {
  return spans.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
}

/** An address as a number. An IPv6 address may leave zeros out (`::`), and may end as an IPv4 address does. */
function numberOf(version: 4 | 6, address: string): bigint {
  if (version === 4) return joined(address.split(".").map(Number), 8n);
  const [plain = ""] = address.split("%");
  const dotted = /\d+(?:\.\d+){3}$/.exec(plain)?.[0];
  const tail = dotted === undefined ? 0n : numberOf(4, dotted);
  const written =
    dotted === undefined
      ? plain
      : `${plain.slice(0, -dotted.length)}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`;
  const [left = [], right] = written.split("::").map((half) =>
    half
      .split(":")
      .filter((group) => group !== "")
      .map((group) => Number.parseInt(group, 16)),
  );
  const zeros = right === undefined ? [] : Array<number>(8 - left.length - right.length).fill(0);
  return joined([...left, ...zeros, ...(right ?? [])], 16n);
}

function joined(groups: readonly number[], width: bigint): bigint {
  return groups.reduce((number, group) => (number << width) | BigInt(group), 0n);
}
