import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Rule, rules } from "../../policies/src";
import { readDeclarations } from "../../policies/src/reading/exceptions/declaration";
import { resource, type StackMember, stackOf } from "../../policies/src/stack";
import { analyze, type Given, levelsAround, type Reported, secret, today, UNKNOWN, urnOf } from "./analyze";
import { readsOfTypes } from "./declared-types";
import { exemption, route } from "./resources";
import type { UnknownRow as Row } from "./unknown-row";

/** The rows stand beside the test of each rule, in `rules/RULE.unknowns.ts`. */
const rows: Readonly<Record<string, readonly Row[]>> = Object.fromEntries(
  await Promise.all(
    readdirSync(resolve("test/policies/rules"))
      .filter((file) => file.endsWith(".unknowns.ts"))
      .map(async (file) => [
        file.replace(".unknowns.ts", ""),
        (await import(resolve("test/policies/rules", file))).rows as readonly Row[],
      ]),
  ),
);

const named = (row: Row): Given => {
  const found = row.resources.find(({ name }) => name === row.on);
  if (!found) throw new Error(`${row.situation} has no "${row.on}"`);
  return found;
};
/** Of the resource that a row changes, what anybody reads there. */
const readsOf = (rule: Rule, row: Row): Readonly<Record<string, string>> => ({
  ...readsOfTypes[named(row).type],
  ...(rule.resources.some((type) => type.is(resource({ urn: "", type: named(row).type, properties: {} }))) &&
    rule.reads),
  ...row.reads,
});
const setIn = (rule: Rule, row: Row) =>
  Object.keys(readsOf(rule, row)).filter((name) => Object.hasOwn(named(row).properties ?? {}, name));
const changed = (row: Row, properties: Readonly<Record<string, unknown>>): readonly Given[] =>
  row.resources.map((given) => (given.name === row.on ? { ...given, properties } : given));

const all: readonly (readonly [name: string, rule: Rule, row: Row])[] = rules.flatMap((rule) =>
  (rows[rule.id] ?? []).map((row) => [`${rule.id}: ${row.situation}`, rule, row] as const),
);

const removed = Symbol("removed");
interface Replacement {
  readonly name: string;
  /**
   * `unknown`: can't be read. `absent`: nothing is there. `same`: means what it meant.
   * `anything`: a value like any other, of which only that nothing throws is asked.
   */
  readonly means: "unknown" | "absent" | "same" | "anything";
  readonly value: unknown;
}

const sentinels = [
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  UNKNOWN,
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

function replacements(value: unknown): readonly Replacement[] {
  const replacement = (means: Replacement["means"], name: string, to: unknown): Replacement => ({
    name,
    means,
    value: to,
  });
  return [
    replacement("absent", "absent", removed),
    replacement("absent", "null", null),
    replacement("absent", "a secret null", secret(null)),
    ...(typeof value === "string" ? [replacement("absent", "an empty text", "")] : []),
    // All of them are told apart in one place (test/policies/stack); here one stands for them.
    replacement("unknown", "unknown", UNKNOWN),
    replacement("unknown", "a secret that is unknown", secret(UNKNOWN)),
    replacement("unknown", "a list that holds an unknown", [UNKNOWN]),
    replacement("unknown", "an object that holds an unknown", { value: UNKNOWN }),
    replacement(
      "unknown",
      "an object with a prototype",
      JSON.parse('{"__proto__": {"type": "JWT"}, "constructor": 1}'),
    ),
    ...(typeof value === "number" ? [] : [replacement("unknown", "a number", 42)]),
    replacement("unknown", "a list", ["AWS_IAM"]),
    replacement("unknown", "an object", { type: "AWS_IAM" }),
    ...(typeof value === "boolean" ? [] : [replacement("unknown", "a boolean", true)]),
    ...(typeof value === "string" ? [] : [replacement("unknown", "a text", "AWS_IAM")]),
    ...nestedPaths(value).map((path) =>
      replacement("unknown", `unknown at ${path.join(".")}`, replacedAt(value, path)),
    ),
    replacement("same", "a secret", secret(value)),
    ...(typeof value === "string" ? [replacement("same", "another case", swappedCase(value))] : []),
    ...["__proto__", "constructor", "hasOwnProperty"].map((name) => replacement("anything", name, name)),
    replacement("anything", "the words of an object's members", { constructor: { prototype: UNKNOWN } }),
  ];
}

function nestedPaths(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [key],
    ...nestedPaths(inner).map((path) => [key, ...path]),
  ]);
}

function replacedAt(value: unknown, [key = "", ...path]: readonly string[]): unknown {
  const inner = (value as Record<string, unknown>)[key];
  const to = path.length === 0 ? UNKNOWN : replacedAt(inner, path);
  return Array.isArray(value)
    ? value.map((element, index) => (String(index) === key ? to : element))
    : { ...(value as object), [key]: to };
}

function swappedCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

function withReplaced(
  properties: Readonly<Record<string, unknown>>,
  replaced: Readonly<Record<string, Replacement>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) => {
      const to = Object.hasOwn(replaced, name) ? replaced[name]?.value : value;
      return to === removed ? [] : [[name, to]];
    }),
  );
}

const ownLevel = (rule: Rule) => ({ ...levelsAround(rule.id), [rule.id]: rule.level });

/** What is reported of resources in place of a row's own. */
const analyzeAs = (
  rule: Rule,
  { options }: Row,
  resources: readonly Given[],
  half: "both" | "resources" | "server" = "server",
) =>
  analyze(resources, { levels: ownLevel(rule), ...(options && { options: { [rule.id]: options } }) }, half);

/** What is reported of a row before anything is replaced: many cases compare with it, so it is analyzed once. */
const ofRow = new Map<Row, Partial<Record<"resources" | "server", ReturnType<typeof analyze>>>>();
const analyzedRow = (rule: Rule, row: Row, half: "resources" | "server") => {
  const analyses = ofRow.get(row) ?? {};
  ofRow.set(row, analyses);
  analyses[half] ??= analyzeAs(rule, row, row.resources, half);
  return analyses[half];
};

const loudness = (reported: readonly Reported[]): number =>
  reported.some(({ level }) => level === "mandatory") ? 2 : reported.length > 0 ? 1 : 0;

/** How loud it has to be at least, once these are replaced. */
function expectedLoudness(rule: Rule, row: Row, replaced: Readonly<Record<string, Replacement>>): number {
  const asBefore = row.reported === "advisory" ? 1 : row.reported === "silent" ? 0 : 2;
  return Math.min(
    ...Object.entries(replaced).map(([name, { means, name: how }]) => {
      const isOtherCase = how === "another case" && row.caseMatters?.includes(name);
      if (means === "anything" || isOtherCase) return 0;
      if (means === "same") return readsOf(rule, row)[name] === "document" ? Math.min(asBefore, 1) : asBefore;
      if (means === "absent" && row.endsWithout?.includes(name)) return 0;
      switch (readsOf(rule, row)[name]) {
        case "presence":
        case "deciding word":
          return row.reported === "advisory" ? 1 : row.reported === "silent" && !rule.reads[name] ? 0 : 2;
        case "document":
          return 1;
        default:
          return 0;
      }
    }),
  );
}

/** A row's resources as a rule is shown them, without the protocol between. */
function membersOf(
  row: Row,
  propertiesOf: (given: Given) => Readonly<Record<string, unknown>> = ({ properties = {} }) => properties,
): readonly StackMember[] {
  const urn = (name: string) => {
    const given = row.resources.find((other) => other.name === name);
    return given ? urnOf(given, row.resources) : "";
  };
  return row.resources.map((given) => ({
    resource: resource({
      urn: urn(given.name),
      type: given.type,
      parent: given.parent === undefined ? undefined : urn(given.parent),
      ignoreChanges: given.ignoreChanges,
      properties: propertiesOf(given),
    }),
    id: undefined,
    propertyDependencies: Object.fromEntries(
      Object.entries(given.dependencies ?? {}).map(([property, names]) => [property, names.map(urn)]),
    ),
  }));
}

/** What a rule finds by itself, before any exception. */
function judged(
  rule: Rule,
  { options = {} }: Row,
  members: readonly StackMember[],
  half: "check" | "checkStack",
) {
  const calendar = { today, maxReviewDays: 180 };
  const context: Parameters<NonNullable<Rule["check"]>>[1] = {
    options,
    isCalled: () => false,
    registeredBefore: () => [],
    maxReviewDays: () => 180,
    wasAnalyzed: () => true,
    declarationsOf: (component) => readDeclarations(component, calendar),
    exemptions: () => [],
  };
  if (half === "checkStack") return [...(rule.checkStack?.(stackOf(members), context) ?? [])];
  return members
    .filter((member) => rule.resources.some((type) => type.is(member.resource)))
    .flatMap((member) => [...(rule.check?.(member.resource, context) ?? [])]);
}

describe("the table", () => {
  test("has every rule", () => {
    const withoutProperties = ["exemption-is-current"];
    expect(Object.keys(rows).sort()).toEqual(
      rules
        .map(({ id }) => id)
        .filter((id) => !withoutProperties.includes(id))
        .sort(),
    );
  });

  test.each(all)("reports, before anything is replaced: %s", async (_name, rule, row) => {
    const reported = await analyzeAs(rule, row, row.resources, "both");
    if (row.reported === "silent") return expect(reported).toEqual([]);
    expect(reported).toContainEqual(expect.objectContaining({ rule: rule.id }));
    for (const { level } of reported) expect(level).toBe(row.reported ?? "mandatory");
  });

  test.each(rules.map((rule) => [rule.id, rule] as const))("sets what is read by %s", (_id, rule) => {
    const set = (rows[rule.id] ?? []).flatMap((row) => setIn(rule, row));
    expect([...new Set(set)]).toEqual(expect.arrayContaining(Object.keys(rule.reads)));
  });

  /** The names that a rule really asks a resource for, by its type. */
  function asked(rule: Rule, half: "check" | "checkStack"): ReadonlyMap<string, ReadonlySet<string>> {
    const names = new Map<string, Set<string>>();
    for (const row of rows[rule.id] ?? []) {
      const members = membersOf(row, ({ type, properties }) => {
        const ofType = names.get(type) ?? new Set();
        names.set(type, ofType);
        return new Proxy(
          { ...properties },
          {
            getOwnPropertyDescriptor: (target, name) => {
              ofType.add(String(name));
              return Reflect.getOwnPropertyDescriptor(target, name);
            },
          },
        );
      });
      judged(rule, row, members, half);
    }
    return names;
  }

  test.each(rules.map((rule) => [rule.id, rule] as const))(
    "names all that the check reads: %s",
    (_id, rule) => {
      const names = new Set([...asked(rule, "check").values()].flatMap((ofType) => [...ofType]));
      expect([...names].sort()).toEqual(Object.keys(rule.reads).sort());
    },
  );

  test.each(rules.filter((rule) => rule.checkStack).map((rule) => [rule.id, rule] as const))(
    "names all that the stack half reads: %s",
    (_id, rule) => {
      for (const [type, names] of asked(rule, "checkStack")) {
        const known = { ...readsOfTypes[type], ...rule.reads };
        expect(Object.keys(known), type).toEqual(expect.arrayContaining([...names]));
      }
    },
  );
});

describe("one property replaced", () => {
  const cases = all.flatMap(([name, rule, row]) =>
    setIn(rule, row).map((property) => [`${name}: ${property}`, rule, row, property] as const),
  );

  test.each(cases)("%s", async (_name, rule, row, property) => {
    const { properties = {} } = named(row);
    const before = await analyzedRow(rule, row, "server");
    for (const replacement of replacements(properties[property])) {
      const replaced = { [property]: replacement };
      const resources = changed(row, withReplaced(properties, replaced));
      const reported = await analyzeAs(rule, row, resources);
      const at = `${property} is ${replacement.name}`;
      expect(loudness(reported), at).toBeGreaterThanOrEqual(expectedLoudness(rule, row, replaced));
      if (replacement.name === "a secret") expect(reported, at).toEqual(before);
    }
  });

  test.each(cases)("and put back, in the same run: %s", async (_name, rule, row, property) => {
    const { properties = {} } = named(row);
    const replaced = changed(row, { ...properties, [property]: UNKNOWN });
    const judgedAlone = await analyzedRow(rule, row, "resources");
    const again = await analyzeAs(rule, row, [...replaced, ...row.resources], "resources");
    for (const finding of judgedAlone) expect(again).toContainEqual(finding);
  });

  // The protocol's own conversion loses such a name; sources that don't pass it don't.
  test.each(cases)("with its value in the prototype only: %s", (_name, rule, row, property) => {
    const { properties = {} } = named(row);
    const rest = withReplaced(properties, {
      [property]: { name: "absent", means: "absent", value: removed },
    });
    const closing = { [property]: property === "target" ? "" : "AWS_IAM", constructor: UNKNOWN };
    const inherited = Object.assign(Object.create(closing), rest);
    for (const half of ["check", "checkStack"] as const) {
      const sentences = (changedProperties: Readonly<Record<string, unknown>>) =>
        judged(rule, row, membersOf({ ...row, resources: changed(row, changedProperties) }), half).map(
          ({ openings, sentence }) => [openings?.map(({ route, what }) => [route, what]), sentence],
        );
      expect(sentences(inherited)).toEqual(sentences(rest));
    }
  });
});

describe("several properties replaced at once", () => {
  test.each(all)("%s", async (_name, rule, row) => {
    const { properties = {} } = named(row);
    const names = setIn(rule, row);
    const oneOf = (name: string) => fc.constantFrom(...replacements(properties[name]));
    const some = fc
      .record(Object.fromEntries(names.map((name) => [name, oneOf(name)])), { requiredKeys: [] })
      .filter((replaced) => Object.keys(replaced).length > 0);
    await fc.assert(
      fc.asyncProperty(some, async (replaced) => {
        const reported = await analyzeAs(
          rule,
          row,
          changed(row, withReplaced(properties, replaced as Record<string, Replacement>)),
        );
        expect(loudness(reported)).toBeGreaterThanOrEqual(
          expectedLoudness(rule, row, replaced as Record<string, Replacement>),
        );
      }),
      { numRuns: 30 },
    );
  });

  test.each(all)("any values at all throw nothing: %s", async (_name, rule, row) => {
    const { properties = {} } = named(row);
    const anything = fc.oneof(
      fc.constantFrom(...sentinels, secret(UNKNOWN), "__proto__", "constructor", "NONE", "AWS_IAM"),
      fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
    );
    const values = fc.record(Object.fromEntries(setIn(rule, row).map((name) => [name, anything])));
    await fc.assert(
      fc.asyncProperty(values, async (given) => {
        for (const { message } of await analyzeAs(rule, row, changed(row, { ...properties, ...given }))) {
          expect(message).not.toContain("can't run policy");
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe("what the configuration holds", () => {
  const open = route("health", "GET /health");
  const rule = "http-route-requires-authorization";

  test("an exemption of which any field is something else exempts nothing, and throws nothing", async () => {
    const fields = Object.keys(exemption(rule, "health", { routes: ["GET /health"] }));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fields), fc.jsonValue(), async (field, value) => {
        fc.pre(value !== undefined);
        const given = exemption(rule, "health", { routes: ["GET /health"], [field]: value });
        const isSound = (field === "owner" || field === "reason") && typeof value === "string";
        const reported = await analyze([open], { exemptions: [given] });
        if (!isSound) expect(loudness(reported)).toBe(2);
      }),
    );
  });

  test("a list of anything throws nothing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (exemptions) => {
        const options = { "exemption-is-current": { exemptions } };
        expect(loudness(await analyze([open], { options }))).toBe(2);
      }),
    );
  });
});
