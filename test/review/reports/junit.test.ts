import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Reported } from "../../../review/src/preview";
import { junitFailure, junitReport } from "../../../review/src/reports/junit";
import { xmlDocument } from "../../../review/src/reports/xml";
import { advice, exempted, pack, result, used, violation } from "./given";
import { type Node, parsed } from "./xml-document";

const place = { folder: "infra/", projectFile: "Pulumi.yaml" };

const enabledPolicies = ["http-route-requires-authorization", "api-is-documented", "stack-has-an-owner"].map(
  (name) => ({ name, level: "mandatory" as const, severity: undefined }),
);
const report = (of: Partial<Reported> = {}) =>
  parsed(junitReport({ ...result({ packs: [pack({ enabledPolicies })] }), ...of }, place));

/** `NAME: OUTCOME MESSAGE` of each case of a suite. */
const casesOf = ({ children }: Node) =>
  children.map(({ attributes, children: [outcome] }) =>
    outcome === undefined
      ? `${attributes.name}: passed`
      : `${attributes.name}: ${outcome.name} ${outcome.attributes.message}`,
  );
const source = { file: "index.ts", line: 14 };

describe("a suite", () => {
  test("has a case for each policy of the pack that was asked", () => {
    const root = report({
      violations: [violation({ source }), violation({ name: "second" }), advice],
      exitCode: 1,
    });
    expect(root.attributes).toEqual({
      ...{ name: "customers (prod)", tests: "4", failures: "1", errors: "0", skipped: "1" },
    });
    const [preview, guardrails] = root.children as [Node, Node];
    expect(casesOf(preview)).toEqual(["everything was judged: passed"]);
    expect(guardrails.attributes).toEqual({
      ...{ name: "guardrails@v1.2.3", tests: "3", failures: "1", errors: "0", skipped: "1" },
    });
    expect(casesOf(guardrails)).toEqual([
      "http-route-requires-authorization: failure HTTP API routes require authorization.: lookup (infra/index.ts:14), second",
      "api-is-documented: skipped Describe it.: lookup",
      "stack-has-an-owner: passed",
    ]);
    const [failed] = guardrails.children;
    expect(failed?.attributes).toEqual({
      ...{ classname: "guardrails", name: "http-route-requires-authorization", file: "infra/index.ts" },
    });
    expect(failed?.children[0]?.attributes.type).toBe("mandatory");
    expect(failed?.children[0]?.text).toBe(
      `[mandatory] lookup (infra/index.ts:14)\n${violation().message}\n\n[mandatory] second\n${violation().message}`,
    );
  });

  test("also has one for a policy that its pack doesn't list", () => {
    const [, guardrails] = report({ violations: [violation({ policy: "late" })] }).children as [Node, Node];
    expect(casesOf(guardrails).at(-1)).toMatch(/^late: failure /);
  });

  test("has an error for a policy that wasn't run", () => {
    const packs = [
      pack({ enabledPolicies, notRun: ["stack-has-an-owner"], notJudged: "1 stack rule wasn't run." }),
    ];
    const [preview, guardrails] = report({ packs, problems: ["No answer."], exitCode: 2 }).children as [
      Node,
      Node,
    ];
    expect(casesOf(preview)).toEqual(["everything was judged: error No answer."]);
    expect(preview.children[0]?.children[0]?.text).toBe("No answer.\n1 stack rule wasn't run.");
    expect(casesOf(guardrails).at(-1)).toBe("stack-has-an-owner: error 1 stack rule wasn't run.");
  });

  test("has what an exception covers as a skipped case, with its reason, owner and days left", () => {
    const exceptions = [used("GET /health", { daysLeft: 64, source }), exempted(undefined)];
    const [, guardrails] = report({ exceptions }).children as [Node, Node];
    const until = '"load balancer health probe, returns no data", team-edge, until 2027-01-31';
    expect(casesOf(guardrails).slice(3)).toEqual([
      `http-route-requires-authorization: GET /health of health, covered by publicAccess[0] of "customers": skipped ${until} (64 days left)`,
      `http-route-requires-authorization: "health" of health, covered by exemptions[0]: skipped ${until}`,
    ]);
    expect(guardrails.children[3]?.attributes.file).toBe("infra/index.ts");
    expect(guardrails.children[3]?.children[0]?.text).toBe(`${until} (64 days left)`);
  });

  test("of a failure has an error", () => {
    const root = parsed(junitFailure("There is no folder nowhere."));
    expect(root.attributes).toMatchObject({ tests: "1", errors: "1" });
    expect(root.children.flatMap(casesOf)).toEqual([
      "everything was judged: error There is no folder nowhere.",
    ]);
  });
});

describe("XML holds any text", () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom("]]>", "<!--", "&amp;", "\0", "\u001b[31m", "\uFFFE", "\r", "\n", "\t", '"'),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    maxLength: 12,
  });
  /** What XML 1.0 can't hold is replaced, and nothing else. */
  const held = (given: string) =>
    [...given]
      .map((character) =>
        /[^\P{Cc}\t\n\r\x7f-\x9f]|[\p{Cs}\ufffe\uffff]/u.test(character) ? "\uFFFD" : character,
      )
      .join("");

  test("in an attribute and in an element", () => {
    fc.assert(
      fc.property(text, text, (attribute, content) => {
        const root = parsed(xmlDocument({ name: "a", attributes: { b: attribute }, content: [content] }));
        expect([root.attributes.b, root.text]).toEqual([held(attribute), held(content)]);
      }),
    );
  });

  test("so any report is well-formed", () => {
    fc.assert(
      fc.property(text, text, text, (message, name, reason) => {
        const root = report({
          violations: [violation({ message, name, source: { file: name, line: 1 } })],
          exceptions: [used(reason, { reason, owner: name })],
          problems: [message],
        });
        expect(root.children.flatMap(({ children }) => children)).toHaveLength(5);
      }),
    );
  });
});
