import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPolicy } from "../../../policies/src/reading/iam/policy";
import { accessOf } from "../../../policies/src/reading/iam/policy-access";
import type { Stranger } from "../../../policies/src/reading/iam/policy-caller";
import { libraryAllows, spelledForLibrary } from "./policy-library";
import { isAllowed, queue, type Request, randomPolicy, requestsOf } from "./policy-requests";
import { placesIn, withUnknownAt } from "./unknown-places";

/**
 * The evaluator, and the requests that its own tests hold it against, beside a library that somebody else wrote:
 * https://github.com/cloud-copilot/iam-simulate
 */

const callers: readonly Stranger[] = ["anonymous", "account", "service"];

function answer(document: unknown, caller: Stranger): string {
  const read = readPolicy(document);
  if (read.kind !== "read") return read.kind;
  return accessOf(read.policy, { caller, actions: ["sqs:*"], resource: queue }).kind;
}

/** A few of a caller's requests, from anywhere among them. */
const someOf = (requests: readonly Request[], seeds: readonly number[]): readonly Request[] =>
  [...new Set(seeds.map((seed) => requests[seed % requests.length]))].flatMap((request) => request ?? []);
const seeds = fc.array(fc.nat(), { minLength: 8, maxLength: 8 });

describe.each(callers)("a library of IAM: %s", (caller) => {
  test("answers single requests as our own reference does", async () => {
    await fc.assert(
      fc.asyncProperty(randomPolicy, seeds, async (policy, chosen) => {
        for (const request of someOf(requestsOf(caller, policy), chosen)) {
          const library = await libraryAllows(spelledForLibrary(policy), caller, request);
          expect({ request, allowed: isAllowed(policy, request) }).toEqual({ request, allowed: library });
        }
      }),
      { numRuns: 250 },
    );
  });

  test("lets in nobody whom the evaluator overlooks", async () => {
    await fc.assert(
      fc.asyncProperty(randomPolicy, seeds, async (policy, chosen) => {
        if (answer(policy, caller) === "allowed") return;
        for (const request of someOf(requestsOf(caller, policy), chosen)) {
          expect(await libraryAllows(spelledForLibrary(policy), caller, request)).toBe(false);
        }
      }),
      { numRuns: 250 },
    );
  });

  test("lets somebody in wherever the evaluator says so, with any part of the policy unknown", async () => {
    const runs = { all: 0, confirmed: 0 };
    await fc.assert(
      fc.asyncProperty(randomPolicy, fc.nat(), async (policy, index) => {
        runs.all += 1;
        const places = placesIn(policy);
        const unknown = withUnknownAt(policy, places[index % places.length] ?? []);
        if (answer(unknown, caller) !== "allowed") return;
        // Our own reference only finds the request; what isn't simple may have none.
        const request = requestsOf(caller, policy).find((candidate) => isAllowed(policy, candidate));
        if (!request) return;
        runs.confirmed += 1;
        expect(await libraryAllows(spelledForLibrary(policy), caller, request)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
    expect(runs.confirmed / runs.all).toBeGreaterThan(0.05);
  });

  test("lets in nobody where the evaluator says so with any part of the policy unknown", async () => {
    await fc.assert(
      fc.asyncProperty(randomPolicy, fc.nat(), seeds, async (policy, index, chosen) => {
        const places = placesIn(policy);
        if (answer(withUnknownAt(policy, places[index % places.length] ?? []), caller) !== "denied") return;
        for (const request of someOf(requestsOf(caller, policy), chosen)) {
          expect(await libraryAllows(spelledForLibrary(policy), caller, request)).toBe(false);
        }
      }),
      { numRuns: 250 },
    );
  });
});

/**
 * Where the library says otherwise than AWS: an address with the prefix 0 is every address of its version, and an address of
 * the other version is none that is listed. `spelledForLibrary` avoids both differences; once the versions agree, it can go.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
describe("the library is mistaken", () => {
  test.each([
    ["0.0.0.0/0 holds no address but 0.0.0.0", "IpAddress", "0.0.0.0/0", "8.8.4.4"],
    ["an IPv6 address is not outside of an IPv4 address", "NotIpAddress", "198.51.100.7", "2600:1f18::1"],
  ])("%s", async (_situation, operator, range, address) => {
    const policy = {
      Version: "2012-10-17" as const,
      Statement: [
        {
          ...{ Effect: "Allow", Principal: "*", Action: ["sqs:*"], Resource: [queue] },
          Condition: { [operator]: { "aws:SourceIp": [range] } },
        },
      ],
    };
    const request = { action: "sqs:SendMessage", resource: queue, context: { "aws:sourceip": address } };
    expect(answer(policy, "anonymous")).toBe("allowed");
    expect(isAllowed(policy, request)).toBe(true);
    expect(await libraryAllows(policy, "anonymous", request)).toBe(false);
    expect(await libraryAllows(spelledForLibrary(policy), "anonymous", request)).toBe(true);
  });
});
