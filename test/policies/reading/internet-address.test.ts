import { describe, expect, test } from "vitest";
import {
  type AddressRange,
  addressRange,
  holdAnyone,
  holdEveryone,
} from "../../../policies/src/reading/iam/internet-address";

function ranges(texts: readonly string[]): readonly AddressRange[] {
  return texts.map((text) => {
    const range = addressRange(text);
    if (!range) throw new Error(`${text} is a range`);
    return range;
  });
}

describe("a range", () => {
  test.each([
    ["10.0.0.0/8", { version: 4, network: "10.0.0.0", prefix: 8 }],
    ["0.0.0.0/0", { version: 4, network: "0.0.0.0", prefix: 0 }],
    ["10.1.2.3/32", { version: 4, network: "10.1.2.3", prefix: 32 }],
    ["10.1.2.3", { version: 4, network: "10.1.2.3", prefix: 32 }],
    ["2001:db8::/32", { version: 6, network: "2001:db8::", prefix: 32 }],
    ["2001:db8::1/128", { version: 6, network: "2001:db8::1", prefix: 128 }],
    ["2001:db8::1", { version: 6, network: "2001:db8::1", prefix: 128 }],
  ])("is %s", (text, range) => expect(addressRange(text)).toEqual(range));

  test.each([
    ...["", "*", "office", "10.0.0", "10.0.0.256", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/a8", "10.0.0.0/8a"],
    ...["10.0.0.0/-1", "10.0.0.0/0008", "10.0.0.0/8/8", "office/8", "2001:db8::/129", "2001:db8/32"],
  ])('isn\'t "%s"', (text) => expect(addressRange(text)).toBeUndefined());
});

/** The fewest addresses that anybody can get one of, and where this test takes them from. */
const versions = {
  4: { bits: 32, fewest: 3n << 22n, from: 4n << 24n },
  6: { bits: 128, fewest: 3n << 110n, from: 0x2600n << 112n },
} as const;

/** Ranges of exactly so many addresses of the internet. */
function rangesOf(version: 4 | 6, count: bigint): readonly AddressRange[] {
  const { bits, from } = versions[version];
  const sizes = Array.from({ length: bits }, (_, prefix) => bits - 1 - prefix).filter(
    (size) => (count >> BigInt(size)) & 1n,
  );
  let next = from;
  return ranges(
    sizes.map((size) => {
      const text = `${written(version, next)}/${bits - size}`;
      next += 1n << BigInt(size);
      return text;
    }),
  );
}

function written(version: 4 | 6, address: bigint): string {
  const [parts, width, radix, separator] = version === 4 ? [4, 8n, 10, "."] : [8, 16n, 16, ":"];
  return Array.from({ length: parts }, (_, index) =>
    ((address >> (width * BigInt(parts - 1 - index))) & ((1n << width) - 1n)).toString(radix),
  ).join(separator);
}

describe("the addresses of the internet in", () => {
  test.each<readonly [texts: readonly string[], count: bigint]>([
    [[], 0n],
    [["203.0.113.7"], 1n],
    [["203.0.113.7", "203.0.113.7"], 1n],
    [["203.0.113.7/24"], 256n],
    [["203.0.113.0/24", "203.0.113.64/26"], 256n],
    [["203.0.113.64/26", "203.0.113.0/24"], 256n],
    [["203.0.113.0/24", "203.0.113.0/25"], 256n],
    [["203.0.113.0/25", "203.0.113.0/24"], 256n],
    [["203.0.113.0/25", "203.0.113.128/25"], 256n],
    [["203.0.113.0/31", "203.0.112.0/24"], 258n],
    [["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"], 0n],
    [["10.1.0.0/16"], 0n],
    [["10.0.0.0", "10.255.255.255"], 0n],
    [["9.255.255.255", "11.0.0.0"], 2n],
    [["172.0.0.0/11"], 1n << 20n],
    [["172.15.255.255", "172.32.0.0"], 2n],
    [["192.168.0.0/15"], 1n << 16n],
    [["192.167.255.255", "192.169.0.0"], 2n],
    [["100.0.0.0/9"], 1n << 22n],
    [["100.63.255.255", "100.128.0.0"], 2n],
    [["126.255.255.255", "128.0.0.0"], 2n],
    [["169.254.0.0/15"], 1n << 16n],
    [["169.253.255.255", "169.255.0.0"], 2n],
  ])("%j are %d", (texts, count) => expectCount(4, texts, count));

  test.each<readonly [texts: readonly string[], count: bigint]>([
    [["2001:db8::1"], 1n],
    [["2001:db8::/112"], 1n << 16n],
    [["fc00::/7", "fe80::/10", "::1"], 0n],
    [["fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "fe00::"], 2n],
    [["fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "fec0::"], 2n],
    [["::", "::2"], 2n],
    [["::/126"], 3n],
    // One address each, written in several ways.
    [
      ["2001:db8::1", "2001:0DB8:0:0:0:0:0:1", "2001:db8:0::0:1", "2001:db8::0.0.0.1", "2001:db8::1%eth0"],
      1n,
    ],
    [["1:2:3:4:5:6:cb00:7107", "1:2:3:4:5:6:203.0.113.7"], 1n],
    [["::ffff:cb00:7107", "::ffff:203.0.113.7", "0:0:0:0:0:ffff:203.0.113.7"], 1n],
    [["1:2:3::", "1:2:3:0:0:0:0:0"], 1n],
    [["::0.0.0.1"], 0n],
    [["::10.20.30.40", "::a14:1e28"], 1n],
  ])("%j are %d", (texts, count) => expectCount(6, texts, count));

  function expectCount(version: 4 | 6, texts: readonly string[], count: bigint): void {
    const { fewest } = versions[version];
    const beside = (others: bigint) => holdAnyone([...rangesOf(version, others), ...ranges(texts)]);
    expect([beside(fewest - count), beside(fewest - count - 1n)]).toEqual([true, false]);
  }
});

describe("anybody has an address in", () => {
  test.each([
    ["everywhere", ["0.0.0.0/0"], true],
    ["everywhere in IPv6", ["::/0"], true],
    ["a range of which a quarter is private", ["100.0.0.0/8"], true],
    ["half such a range", ["3.0.0.0/9"], false],
    ["a wide range beside a narrow one within it", ["3.0.0.0/8", "3.1.0.0/16"], true],
    ["a wide range beside a private one", ["100.0.0.0/8", "10.1.0.0/16"], true],
    ["nowhere", [], false],
  ])("%s: %j %s", (_situation, texts, expected) => expect(holdAnyone(ranges(texts))).toBe(expected));
});

describe("everybody's address is in", () => {
  test.each([
    ["everywhere", ["0.0.0.0/0", "::/0"], true],
    [
      "everywhere, in overlapping parts",
      ["0.0.0.0/1", "64.0.0.0/2", "128.0.0.0/1", "::/1", "8000::/1"],
      true,
    ],
    ["IPv4", ["0.0.0.0/0"], false],
    ["IPv6", ["::/0"], false],
    ["half of IPv4, and IPv6", ["0.0.0.0/1", "::/0"], false],
    ["IPv4, and half of IPv6", ["0.0.0.0/0", "::/1"], false],
    ["half of IPv4 twice, and IPv6", ["0.0.0.0/1", "0.0.0.0/1", "::/0"], false],
    ["nowhere", [], false],
  ])("%s: %j %s", (_situation, texts, expected) => expect(holdEveryone(ranges(texts))).toBe(expected));
});
