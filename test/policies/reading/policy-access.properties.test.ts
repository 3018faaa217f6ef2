import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPolicy } from "../../../policies/src/reading/iam/policy";
import { accessOf } from "../../../policies/src/reading/iam/policy-access";
import type { Stranger } from "../../../policies/src/reading/iam/policy-caller";
import { UNKNOWN } from "../analyze";
import { isAllowed, isSimple, queue, randomPolicy, requestsOf } from "./policy-requests";
import { placesIn, withUnknownAt } from "./unknown-places";

const callers: readonly Stranger[] = ["anonymous", "account", "service"];
function answer(document: unknown, caller: Stranger): string {
  const read = readPolicy(document);
  if (read.kind !== "read") return read.kind;
  return accessOf(read.policy, { caller, actions: ["sqs:*"], resource: queue }).kind;
}

describe("held against single requests, the answer for all of them", () => {
  test.each(callers)("overlooks nobody who gets in: %s", (caller) => {
    fc.assert(
      fc.property(randomPolicy, (policy) => {
        const getsIn = requestsOf(caller, policy).some((request) => isAllowed(policy, request));
        if (getsIn) expect(answer(policy, caller)).toBe("allowed");
      }),
      { numRuns: 3000 },
    );
  });

  test.each(callers)("suspects nobody who doesn't: %s", (caller) => {
    fc.assert(
      fc.property(randomPolicy.filter(isSimple), (policy) => {
        if (answer(policy, caller) !== "allowed") return;
        expect(requestsOf(caller, policy).some((request) => isAllowed(policy, request))).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

describe.each(callers)("what isn't known: %s", (caller) => {
  test("changes an answer to unknown, and to nothing else", () => {
    fc.assert(
      fc.property(randomPolicy, fc.nat(), (policy, index) => {
        const places = placesIn(policy);
        const place = places[index % places.length] ?? [];
        expect([answer(policy, caller), "unknown"]).toContain(answer(withUnknownAt(policy, place), caller));
      }),
      { numRuns: 5000 },
    );
  });

  test("a Deny more lets nobody in", () => {
    fc.assert(
      fc.property(randomPolicy, randomPolicy, (policy, other) => {
        const denies = other.Statement.map((statement) => ({ ...statement, Effect: "Deny" }));
        const more = { ...policy, Statement: [...policy.Statement, ...denies] };
        if (answer(policy, caller) === "denied") expect(answer(more, caller)).toBe("denied");
        if (answer(more, caller) === "allowed") expect(answer(policy, caller)).toBe("allowed");
      }),
      { numRuns: 2000 },
    );
  });

  test("an Allow more keeps nobody out", () => {
    fc.assert(
      fc.property(randomPolicy, randomPolicy, (policy, other) => {
        const allows = other.Statement.map((statement) => ({ ...statement, Effect: "Allow" }));
        const more = { ...policy, Statement: [...policy.Statement, ...allows] };
        if (answer(policy, caller) === "allowed") expect(answer(more, caller)).toBe("allowed");
      }),
      { numRuns: 2000 },
    );
  });
});

describe("ranges of addresses", () => {
  const range = fc
    .tuple(fc.constantFrom("3.0.0.0", "10.0.0.0", "172.0.0.0", "203.0.0.0"), fc.integer({ min: 2, max: 12 }))
    .map(([network, prefix]) => ({ network, prefix }));
  const written = ({ network, prefix }: { readonly network: string; readonly prefix: number }) =>
    `${network}/${prefix}`;
  /** The same addresses in 2, 4, 8 ... ranges, none of which is whole. */
  const inParts = (
    { network, prefix }: { readonly network: string; readonly prefix: number },
    depth: number,
  ) =>
    Array.from({ length: 1 << depth }, (_, index) => {
      const octets = network.split(".").map(Number);
      const all = ((octets[0] ?? 0) << 24) >>> 0;
      const first = prefix === 0 ? 0 : (all >>> (32 - prefix)) * 2 ** (32 - prefix);
      const at = first + index * 2 ** (32 - prefix - depth);
      return `${[24, 16, 8, 0].map((shift) => Math.floor(at / 2 ** shift) % 256).join(".")}/${prefix + depth}`;
    });
  const allowFrom = (...lists: readonly (readonly string[])[]) => ({
    Version: "2012-10-17",
    Statement: lists.map((ranges) => ({
      ...{ Effect: "Allow", Principal: "*", Action: "sqs:*", Resource: "*" },
      Condition: { IpAddress: { "aws:SourceIp": ranges } },
    })),
  });

  test("mean the same whole, in parts, twice and over several statements", () => {
    fc.assert(
      fc.property(
        fc.array(range, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 7 }),
        (ranges, depth) => {
          const whole = ranges.map(written);
          const parts = ranges.flatMap((each) => inParts(each, depth));
          const expected = answer(allowFrom(whole), "anonymous");
          expect(answer(allowFrom(parts), "anonymous")).toBe(expected);
          expect(answer(allowFrom([...parts, ...whole].reverse()), "anonymous")).toBe(expected);
          expect(answer(allowFrom(...parts.map((part) => [part])), "anonymous")).toBe(expected);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("nothing throws", () => {
  const words = fc.constantFrom(
    ...["Version", "Statement", "Effect", "Allow", "Deny", "Principal", "AWS", "*", "Action", "NotAction"],
    ...["Condition", "IpAddress", "StringLike", "Null", "aws:SourceIp", "0.0.0.0/0", "::/0", "1.2.3.4/99"],
    ...["__proto__", "constructor", "hasOwnProperty", `\${aws:SourceVpc}`, "${", UNKNOWN],
  );
  const { document } = fc.letrec((tie) => ({
    document: fc.oneof(
      { depthSize: "small" },
      words,
      fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<unknown>,
      fc.array(tie("document"), { maxLength: 3 }),
      fc.dictionary(words, tie("document"), { maxKeys: 6 }),
    ),
  }));

  test.each(callers)("for any document: %s", (caller) => {
    fc.assert(
      fc.property(document, (raw) => {
        const answers = ["allowed", "denied", "unknown", "unreadable"];
        expect(answers).toContain(answer(raw, caller));
        expect(answers).toContain(answer(JSON.stringify(raw), caller));
      }),
      { numRuns: 3000 },
    );
  });

  test.each(callers)("for a policy of which any part is anything: %s", (caller) => {
    fc.assert(
      fc.property(randomPolicy, fc.nat(), document, (policy, index, anything) => {
        const places = placesIn(policy);
        const place = places[index % places.length] ?? [];
        const text = JSON.stringify(withUnknownAt(policy, place));
        const changed: unknown = JSON.parse(
          text.replace(JSON.stringify(UNKNOWN), () => JSON.stringify(anything)),
        );
        expect(["allowed", "denied", "unknown", "unreadable"]).toContain(answer(changed, caller));
      }),
      { numRuns: 3000 },
    );
  });
});
