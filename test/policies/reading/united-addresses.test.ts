import { expect, test } from "vitest";
import { readPolicy } from "../../../policies/src/reading/iam/policy";
import { withUnitedAddresses } from "../../../policies/src/reading/iam/united-addresses";
import { knownValue } from "../../../policies/src/stack";
import { UNKNOWN } from "../../unknown";

type Part = Readonly<Record<string, unknown>>;

const from = (addresses: unknown, others: Part = {}): Part => ({
  Condition: { IpAddress: { "aws:SourceIp": addresses, ...others } },
});
const allow = (changed: Part): Part => ({ Effect: "Allow", Principal: "*", Action: "sqs:*", ...changed });

/** The addresses of each statement; `?` for what isn't known. */
function united(...statements: readonly unknown[]): readonly (readonly string[])[] {
  const read = readPolicy({ Version: "2012-10-17", Statement: statements });
  if (read.kind !== "read") throw new Error(`a policy that ${JSON.stringify(read)}`);
  return withUnitedAddresses(read.policy).statements.map((statement) =>
    (knownValue(statement)?.conditions ?? []).flatMap((condition) =>
      (knownValue(condition)?.values ?? []).map((value) => knownValue(value) ?? "?"),
    ),
  );
}

test("the first of several Allows has the addresses of all, and the others keep their own", () => {
  expect(
    united(allow(from(["a", "b"])), allow({ Action: "*" }), allow(from("c")), allow(from(UNKNOWN))),
  ).toEqual([["a", "b", "c", "?"], [], ["c"], ["?"]]);
});

test.each<readonly [situation: string, other: unknown, addresses: readonly string[]]>([
  ["has another action", allow({ ...from("b"), Action: "*" }), ["b"]],
  ["is of another principal", allow({ ...from("b"), Principal: { AWS: "123456789012" } }), ["b"]],
  ["has another condition, too", allow(from("b", { "aws:VpcSourceIp": "c" })), ["b", "c"]],
  [
    "has two conditions of addresses",
    allow({ Condition: { ...(from("b").Condition as Part), IpAddressIfExists: { "aws:SourceIp": "c" } } }),
    ["b", "c"],
  ],
  ["denies", allow({ ...from("b"), Effect: "Deny" }), ["b"]],
  ["has an effect that isn't known", allow({ ...from("b"), Effect: UNKNOWN }), ["b"]],
  ["has conditions that aren't known", allow({ Condition: UNKNOWN }), []],
  ["is about another key", allow({ Condition: { IpAddress: { "aws:VpcSourceIp": "b" } } }), ["b"]],
  ["leaves addresses out", allow({ Condition: { NotIpAddress: { "aws:SourceIp": "b" } } }), ["b"]],
  ["isn't known", UNKNOWN, []],
])("a statement stays as it is that %s", (_situation, other, addresses) => {
  expect(united(allow(from("a")), other)).toEqual([["a"], addresses]);
});

test("denials aren't united", () => {
  const deny = (addresses: string) => allow({ ...from(addresses), Effect: "Deny" });
  expect(united(deny("a"), deny("b"))).toEqual([["a"], ["b"]]);
});

test("values of another key aren't united", () => {
  const through = (address: string) => allow({ Condition: { IpAddress: { "aws:VpcSourceIp": address } } });
  expect(united(through("a"), through("b"))).toEqual([["a"], ["b"]]);
});

test("a condition that isn't known stays beside the addresses", () => {
  const both = (addresses: string) => ({ IpAddress: { "aws:SourceIp": addresses }, [UNKNOWN]: { a: "b" } });
  expect(united(allow({ Condition: both("a") }), allow({ Condition: both("b") }))).toEqual([
    ["a", "b"],
    ["b"],
  ]);
});
