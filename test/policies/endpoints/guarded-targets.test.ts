import { describe, expect, test } from "vitest";
import { unguardedWay } from "../../../policies/src/endpoints/load-balancer/guarded-targets";
import { loadBalancerEndpointsOf } from "../../../policies/src/endpoints/load-balancer/load-balancer-endpoints";
import type { TestedResource } from "../../../policies/src/testing";
import { UNKNOWN } from "../../unknown";
import {
  anyone,
  authenticating,
  forwarding,
  listener,
  listenerRule,
  loadBalancer,
  targetGroup,
} from "../edge-resources";
import { stackFrom } from "../stack-from";

const guarding = [authenticating, forwarding];
const answering = { type: "fixed-response", fixedResponse: { contentType: "text/plain" } };
const entry = listener("entry", "edge", [answering]);
const path = (...values: readonly unknown[]) => ({ pathPattern: { values } });
const host = (...values: readonly unknown[]) => ({ hostHeader: { values } });
const header = (...values: readonly unknown[]) => ({ httpHeader: { httpHeaderName: "x-secret", values } });
const method = (...values: readonly unknown[]) => ({ httpRequestMethod: { values } });

/** Whether the endpoint of this name leads around a guard, and whether to a part of what it guards only. */
function told(name: string, ...resources: readonly TestedResource[]): string {
  const endpoints = loadBalancerEndpointsOf(
    stackFrom(anyone, targetGroup, loadBalancer("edge"), ...resources),
  );
  const endpoint = endpoints.find(({ resource }) => resource.name === name);
  if (!endpoint) throw new Error(`the case has an endpoint ${name}`);
  const way = unguardedWay(endpoint, endpoints);
  return way ? `around ${way.guard.resource.name}${way.isLimited ? ", in part" : ""}` : "no way around";
}

/** An open rule beside a guard, in this order. */
const rules = (
  open: unknown,
  guard: unknown,
  priorities: readonly [open: unknown, guard: unknown] = [1, 2],
  around: readonly TestedResource[] = [entry],
) => [
  ...around,
  listenerRule("open", "entry", [forwarding], open, { priority: priorities[0] }),
  listenerRule("guard", "entry", guarding, guard, { priority: priorities[1] }),
];

describe("whether an open rule leads to what another one guards", () => {
  const inPart = "around guard, in part";
  const around = "around guard";

  test.each<[what: string, open: unknown, guard: unknown, says: string]>([
    ["the same path", [path("/orders")], [path("/orders")], inPart],
    ["all paths", [path("/*")], [path("/orders")], around],
    ["all paths, without a slash", [path("*")], [path("/orders")], around],
    ["all paths, of one letter and more", [path("/?*")], [path("/orders")], around],
    ["paths that begin so", [path("/orders/*")], [path("/*")], inPart],
    ["paths that end so", [path("/*/orders")], [path("/*")], inPart],
    ["paths that end so, without a slash", [path("*.png")], [path("/*")], inPart],
    ["paths that aren't known", [{ pathPattern: { values: UNKNOWN } }], [path("/orders")], around],
    ["paths that nothing says", [{ pathPattern: {} }], [path("/orders")], around],
    ["paths of one letter", [path("/?")], [path("/orders")], inPart],
    ["any of two paths, of which one is all", [path("/a", "/*")], [path("/orders")], around],
    ["no condition", null, [path("/orders")], around],
    ["conditions that aren't known", UNKNOWN, [path("/orders")], around],
    ["a host", [host("example.com")], [path("/orders")], around],
    ["a header", [header("secret")], [path("/orders")], inPart],
    ["any value of a header", [header("*")], [path("/orders")], around],
    ["any value of a header, of three letters", [header("???")], [path("/orders")], around],
    ["an address", [{ sourceIp: { values: ["203.0.113.7/32"] } }], [path("/orders")], inPart],
    ["any address", [{ sourceIp: { values: ["0.0.0.0/0"] } }], [path("/orders")], around],
    ["what is no address", [{ sourceIp: { values: ["everywhere"] } }], [path("/orders")], around],
    ["a parameter", [{ queryStrings: [{ key: "key", value: "secret" }] }], [path("/orders")], inPart],
    ["any value of a parameter", [{ queryStrings: [{ key: "key", value: "*" }] }], [path("/orders")], around],
    [
      "any value of a parameter, of two letters",
      [{ queryStrings: [{ value: "??" }] }],
      [path("/orders")],
      around,
    ],
    ["a parameter that isn't known", [{ queryStrings: [{ value: UNKNOWN }] }], [path("/orders")], around],
    ["a path that isn't known", [path(UNKNOWN)], [path("/orders")], around],
    ["a path's expression", [{ pathPattern: { regexValues: ["^/orders$"] } }], [path("/orders")], inPart],
    ["an expression for all paths", [{ pathPattern: { regexValues: ["^/.*$"] } }], [path("/orders")], around],
    [
      "an expression for all paths in parentheses",
      [{ pathPattern: { regexValues: ["/(.+)"] } }],
      [path("/orders")],
      around,
    ],
    [
      "a short expression for all paths",
      [{ pathPattern: { regexValues: [".*"] } }],
      [path("/orders")],
      around,
    ],
    [
      "an expression that ends like that",
      [{ pathPattern: { regexValues: ["^/orders/.*$"] } }],
      [path("/orders")],
      inPart,
    ],
    [
      "an expression that begins like that",
      [{ pathPattern: { regexValues: ["^/.*/orders$"] } }],
      [path("/orders")],
      inPart,
    ],
  ])("%s", (_what, open, guard, says) => {
    expect(told("open", ...rules(open, guard))).toBe(says);
  });

  test.each<[what: string, open: unknown, guard: unknown, mayBoth: boolean]>([
    ["one path", [path("/a")], [path("/a")], true],
    ["two paths", [path("/a")], [path("/b")], false],
    ["a path within another", [path("/a")], [path("/a/a")], false],
    ["a path around another", [path("/a/a")], [path("/a")], false],
    ["a wildcard over what ends like it", [path("/a*b")], [path("/axb")], true],
    ["a path under a wildcard", [path("/a/b")], [path("/a/*")], true],
    ["a path beside a wildcard", [path("/b/b")], [path("/a/*")], false],
    ["a wildcard over a path", [path("/a/*")], [path("/a/b")], true],
    ["a wildcard beside a path", [path("/a/*")], [path("/b/b")], false],
    ["what ends otherwise", [path("/a/b.png")], [path("/a/*.json")], false],
    ["a wildcard that ends otherwise", [path("/a/*.png")], [path("/a/b.json")], false],
    ["wildcards of two beginnings", [path("/a/*")], [path("/b/*")], false],
    ["wildcards of two ends", [path("*.png")], [path("*.json")], false],
    ["wildcards that agree", [path("/a*")], [path("/ab*")], true],
    ["wildcards that agree, the other way round", [path("/ab*")], [path("/a*")], true],
    ["wildcards whose ends agree", [path("/*.tar.gz")], [path("/*.gz")], true],
    ["wildcards whose ends agree, the other way round", [path("/*.gz")], [path("/*.tar.gz")], true],
    ["a beginning, and an end", [path("/a/*")], [path("*.json")], true],
    ["two wildcards", [path("/axbxc")], [path("/a*b*c")], true],
    ["a question mark", [path("/ab")], [path("/a?")], true],
    ["one of two paths", [path("/x", "/a")], [path("/b", "/a")], true],
    ["one method", [method("GET")], [method("GET", "POST")], true],
    ["two methods", [method("GET")], [method("POST")], false],
    ["a method and any", [method("GET")], [path("/*")], true],
    ["any and a method", [path("/*")], [method("GET")], true],
    ["one host", [host("a.example.com")], [host("A.example.com")], true],
    ["two hosts", [host("a.example.com")], [host("b.example.com")], false],
    [
      "one of two hosts",
      [host("x.example.com", "a.example.com")],
      [host("b.example.com", "a.example.com")],
      true,
    ],
    ["a host under a wildcard", [host("a.example.com")], [host("*.example.com")], true],
    ["a host and any", [host("a.example.com")], [path("/*")], true],
    ["a host that isn't known", [host("a.example.com")], [host(UNKNOWN)], true],
    ["hosts that aren't known", [host("a.example.com")], [{ hostHeader: { values: UNKNOWN } }], true],
    [
      "a host's condition that isn't known",
      [host("a.example.com")],
      [{ hostHeader: UNKNOWN }, host("b.example.com")],
      true,
    ],
    [
      "a host's expression, beside another host",
      [host("a.example.com")],
      [{ hostHeader: { regexValues: ["^a"], values: ["b.example.com"] } }, host("c.example.com")],
      true,
    ],
    [
      "hosts that aren't known, beside another",
      [host("a.example.com")],
      [{ hostHeader: { values: UNKNOWN } }, host("b.example.com")],
      true,
    ],
    ["a host's conditions that aren't known", [host("a.example.com")], UNKNOWN, true],
    ["a host beside a path", [host("a.example.com"), path("/*")], [path("/*"), host("b.example.com")], false],
  ])("both may match: %s", (_what, open, guard, mayBoth) => {
    // Whoever comes by the open rule is past this guard, which is named where no other one is bypassed.
    const passed = listenerRule("passed", "entry", guarding, [path("/passed")], { priority: 1 });
    const found = told("open", ...rules(open, guard, [5, 9], [entry, passed]));
    expect(found.split(",")[0]).toBe(mayBoth ? "around guard" : "around passed");
  });
});

describe("whether an open rule gets only what a guard before it leaves", () => {
  const behind = "around guard, in part";
  const before = "around guard";
  const openListener = listener("entry", "edge", [forwarding]);

  test.each<[what: string, guard: unknown, priorities: readonly [unknown, unknown], says: string]>([
    ["the guard comes first", [path("/orders")], [2, 1], behind],
    ["the guard comes last", [path("/orders")], [1, 2], before],
    ["both have one place", [path("/orders")], [1, 1], before],
    ["the guard comes first, by a text", [path("/orders")], ["10", "9"], behind],
    ["the guard's place isn't known", [path("/orders")], [2, UNKNOWN], before],
    ["the open rule's place isn't known", [path("/orders")], [UNKNOWN, 1], before],
    ["the provider chooses the guard's place", [path("/orders")], [2, undefined], before],
    ["the provider chooses the open rule's place", [path("/orders")], [undefined, 1], before],
    ["the guard is for a host", [host("example.com")], [2, 1], behind],
    ["the guard is for a method", [method("POST")], [2, 1], behind],
    ["the guard is for who sends a header", [header("*")], [2, 1], before],
    ["the guard is for who sends a parameter", [{ queryStrings: [{ value: "x" }] }], [2, 1], before],
    ["the guard is for an address", [{ sourceIp: { values: ["10.0.0.0/8"] } }], [2, 1], before],
    ["the guard is for a path and a header", [path("/orders"), header("*")], [2, 1], before],
    ["a condition of the guard isn't known", [path("/orders"), UNKNOWN], [2, 1], before],
    ["the conditions of the guard aren't known", UNKNOWN, [2, 1], before],
  ])("%s", (_what, guard, priorities, says) => {
    expect(told("open", ...rules([path("/*")], guard, priorities))).toBe(says);
  });

  const rule = (name: string, list: readonly object[], of = "entry", priority = 1) =>
    listenerRule(name, of, list, [path("/*")], { priority });

  test.each<[what: string, name: string, resources: readonly TestedResource[], says: string]>([
    ["default actions behind a guard", "entry", [openListener, rule("guard", guarding)], behind],
    [
      "a rule before default actions that guard",
      "open",
      [listener("entry", "edge", guarding), rule("open", [forwarding])],
      "around entry",
    ],
    [
      "a rule of another listener",
      "open",
      [
        entry,
        listener("other", "edge", [answering]),
        rule("guard", guarding, "other"),
        rule("open", [forwarding], "entry", 2),
      ],
      before,
    ],
    [
      "a rule of a listener elsewhere",
      "open",
      [
        entry,
        rule("guard", guarding),
        listenerRule("open", undefined, [forwarding], [path("/*")], { priority: 2 }),
      ],
      before,
    ],
    [
      "default actions beside those of a listener that guards",
      "entry",
      [openListener, listener("other", "edge", guarding)],
      "around other",
    ],
    ["a guard itself", "guard", [openListener, rule("guard", guarding)], "no way around"],
    ["no guard", "entry", [openListener], "no way around"],
    [
      "a listener that passes certificates on",
      "entry",
      [
        listener("entry", "edge", [forwarding], { mutualAuthentication: { mode: "passthrough" } }),
        rule("guard", guarding),
      ],
      "no way around",
    ],
    [
      "a listener that asks for no certificate",
      "entry",
      [
        listener("entry", "edge", [forwarding], { mutualAuthentication: { mode: "off" } }),
        rule("guard", guarding),
      ],
      behind,
    ],
  ])("%s", (_what, name, resources, says) => {
    expect(told(name, ...resources)).toBe(says);
  });
});

describe("whether two endpoints have the same targets", () => {
  const forwardTo = (targetGroupArn: string) => ({ type: "forward", targetGroupArn });
  const weighted = (...arns: readonly string[]) => ({
    type: "forward",
    forward: { targetGroups: arns.map((arn) => ({ arn })) },
  });
  /** A rule whose targets aren't made of those of the stack. */
  const rule = (name: string, actions: readonly object[]): TestedResource => ({
    ...listenerRule(name, "entry", actions, [path("/*")]),
    dependencies: { listenerArn: ["entry"] },
  });

  test("one group of the stack isn't another", () => {
    const others: TestedResource = { ...targetGroup, name: "others" };
    const guard = listenerRule("guard", "entry", guarding, [path("/*")]);
    const ofOthers = { ...guard, dependencies: { ...guard.dependencies, actions: ["others"] } };
    const open = listenerRule("open", "entry", [forwarding], [path("/*")]);
    expect(told("open", others, entry, open, guard)).toBe("around guard");
    expect(told("open", others, entry, open, ofOthers)).toBe("no way around");
  });

  test.each<[what: string, open: object, guard: object, areSame: boolean]>([
    ["one ARN", forwardTo("arn:a"), forwardTo("arn:a"), true],
    ["two ARNs", forwardTo("arn:a"), forwardTo("arn:b"), false],
    ["one of several", weighted("arn:b", "arn:a"), forwardTo("arn:a"), true],
    ["one of several that are guarded", forwardTo("arn:a"), weighted("arn:b", "arn:a"), true],
    ["none of several", weighted("arn:b", "arn:c"), forwardTo("arn:a"), false],
    ["what isn't known", forwardTo(UNKNOWN), forwardTo(UNKNOWN), false],
    [
      "several that aren't known",
      { type: "forward", forward: UNKNOWN },
      { type: "forward", forward: UNKNOWN },
      false,
    ],
  ])("%s", (_what, open, guard, areSame) => {
    const found = told("open", entry, rule("open", [open]), rule("guard", [authenticating, guard]));
    expect(found).toBe(areSame ? "around guard" : "no way around");
  });
});
