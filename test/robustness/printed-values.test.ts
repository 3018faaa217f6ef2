import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type GuardrailsArgs, rules } from "../../policies/src";
import { analyze, type Given, levelsOfAll, UNKNOWN } from "../policies/analyze";
import { declaration, exemption, functionUrl, publicAccess, route, under } from "../policies/resources";
import type { Registration } from "./pack";
import { closed, open } from "./subjects";
import { closedStacks, openStacks } from "./subjects/stacks";

/** A pack can't tell a secret from any other value: the SDK shows it the plain text. */
const value = "hunter2";
/** The same as a number: low enough for every limit to be broken, and nobody's own. */
const number = 7.5309;

/** The words of the API model and a log's retention, which are all that a message may repeat: by type and property. */
const printed: readonly string[] = [
  "aws:apigatewayv2/route:Route routeKey",
  "aws-native:apigatewayv2:Route routeKey",
  "aws:apigatewayv2/stage:Stage routeSettings.*.routeKey",
  "aws-apigateway:index:RestAPI routes.*.path",
  "aws:lb/listenerRule:ListenerRule conditions.*.pathPattern.values.*",
  "api-guardrails:index:PublicAccess routes.*",
  "aws:cloudwatch/logGroup:LogGroup retentionInDays",
];

interface Subject {
  readonly given: readonly Given[];
  readonly args: GuardrailsArgs;
}

const nameOf = (urn: string): string => urn.split("::").at(-1) ?? "";
const givenAs = ({ name = "subject", parent, propertyDependencies = {}, ...rest }: Registration): Given => ({
  ...rest,
  name,
  ...(parent !== undefined && { parent: nameOf(parent) }),
  dependencies: Object.fromEntries(
    Object.entries(propertyDependencies).map(([property, urns]) => [property, urns.map(nameOf)]),
  ),
});
const url = "function-url-requires-iam";
const subjects: readonly Subject[] = [
  ...[...open, ...closed].map((subject) => ({ given: [givenAs(subject)], args: {} })),
  ...[...openStacks, ...closedStacks].map(({ rule, options, resources }) => ({
    given: resources.map(givenAs),
    args: options ? { options: { [rule]: options } } : {},
  })),
  // Exceptions, of which none covers what it is about.
  ...[{}, { owner: "" }, { reason: "short" }, { reviewBy: "2020-01-01" }, { reviewBy: UNKNOWN }].flatMap(
    (changed) => [
      {
        given: [
          { ...publicAccess("public", []), properties: declaration(["GET /orders"], changed) },
          under("public", route("orders", "GET /orders")),
        ],
        args: {},
      },
      { given: [functionUrl("url")], args: { exemptions: [exemption(url, "url", changed)] } },
      { given: [functionUrl("url")], args: { exemptions: [exemption(url, "none", changed)] } },
      {
        given: [functionUrl("url")],
        args: { exemptions: [exemption(url, "url", { routes: ["GET /orders"], ...changed })] },
      },
    ],
  ),
];

type Path = readonly string[];
const inDocument = "(document)";

/** The places of all texts and numbers in a value, those in a document among them. */
function* textsIn(given: unknown, path: Path = []): Iterable<Path> {
  if (typeof given === "string" || typeof given === "number") yield path;
  const content = typeof given === "string" ? documentIn(given) : given;
  if (typeof content !== "object" || content === null) return;
  const inside = content === given ? path : [...path, inDocument];
  for (const [name, inner] of Object.entries(content)) yield* textsIn(inner, [...inside, name]);
}

function documentIn(text: string): unknown {
  if (!/^\s*[[{]|\n/.test(text)) return undefined;
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function changedAt(given: unknown, [name, ...path]: Path, change: (text: string) => string): unknown {
  if (name === undefined) return typeof given === "number" ? number : change(String(given));
  if (name === inDocument) return JSON.stringify(changedAt(documentIn(String(given)), path, change));
  if (Array.isArray(given)) {
    return given.map((inner, index) => (String(index) === name ? changedAt(inner, path, change) : inner));
  }
  const fields = given as Readonly<Record<string, unknown>>;
  return { ...fields, [name]: changedAt(fields[name], path, change) };
}

const changes: readonly ((text: string) => string)[] = [() => value, (text) => text + value];

/** How a text's place is named, whatever its index in a list. */
const placeOf = (what: string, path: Path) =>
  `${what} ${path.map((name) => name.replace(/^\d+$/, "*")).join(".")}`;

/** Properties that nothing depends on. */
const beside = { name: value, description: value, comment: [value], tags: { note: value } };

/** Each of a subject's texts by its place, and the subject with another text there; and with other properties. */
function* variantsOf({ given, args }: Subject): Iterable<Subject & { readonly place: string }> {
  yield {
    given: given.map((resource) => ({ ...resource, properties: { ...beside, ...resource.properties } })),
    args,
    place: "beside",
  };
  for (const change of changes) {
    for (const [index, { type, properties = {} }] of given.entries()) {
      for (const path of textsIn(properties)) {
        const changed = changedAt(given, [String(index), "properties", ...path], change);
        yield { given: changed as readonly Given[], args, place: placeOf(type, path) };
      }
    }
    const { exemptions: before = [] } = args;
    for (const path of textsIn(before)) {
      const exemptions = changedAt(before, path, change) as typeof before;
      yield { given, args: { ...args, exemptions }, place: placeOf("exemptions", path).replace(" ", ".") };
    }
  }
}

/** An alarm stands beside the subjects of many rules: after that many, a text of it has been read in every way. */
const mostOfAPlace = 20;

describe("a text anywhere in a property or an exemption", () => {
  const tried = new Map<string, number>();
  const spoke = new Set<string>();
  const repeated = new Map<string, string>();
  beforeAll(async () => {
    for (const subject of subjects) {
      for (const { given, args, place } of variantsOf(subject)) {
        const times = tried.get(place) ?? 0;
        if (times === mostOfAPlace) continue;
        tried.set(place, times + 1);
        for (const { rule, message } of await analyze(given, { ...args, levels: levelsOfAll }, "server")) {
          spoke.add(rule);
          if (message.includes(value) || message.includes(String(number))) repeated.set(place, message);
        }
      }
    }
  }, 300_000);

  test("is repeated by no message, other than the words of the API model", () => {
    expect([...repeated.keys()].filter((place) => !printed.includes(place))).toEqual([]);
  });

  test("is repeated where it is such a word: else the list above is too long", () => {
    expect(printed.filter((place) => !repeated.has(place))).toEqual([]);
  });

  test("is tried in what every rule speaks of", () => {
    expect(rules.map(({ id }) => id).filter((id) => !spoke.has(id))).toEqual([]);
    expect(tried.size).toBeGreaterThan(150);
  });
});
