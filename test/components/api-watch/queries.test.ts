import { describe, expect, test } from "vitest";
import { type ApiKind, accessLogFormat, apiKinds } from "../../../components/src/access-log/format";
import { incidentQueries } from "../../../components/src/api-watch/queries";

/** What a query's words can be besides fields of the log and names that the query itself gives. */
const commands = ["fields", "filter", "stats", "sort", "limit"];
const operators = ["by", "as", "and", "or", "like", "asc", "desc"];
const functions = ["count", "count_distinct", "sum", "earliest", "latest", "bin", "strcontains", "substr"];

/** Whole queries: of a kind of API, with its log's fields. */
const queries = apiKinds.flatMap((kind) =>
  Object.entries(incidentQueries(kind)).map(([name, query]): [ApiKind, string, string] => [
    kind,
    name,
    query,
  ]),
);

const commandsOf = (query: string) =>
  query
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join("\n");

describe.each(queries)("%s %s", (kind, _, query) => {
  test("uses only fields of the log", () => {
    const text = commandsOf(query)
      .replace(/"[^"]*"/g, "")
      .replace(/ \/[^/]*\//g, "");
    const given = [...text.matchAll(/ as (\w+)/g)].map(([, name]) => name);
    const words = text.match(/\b[A-Za-z_]\w*/g) ?? [];
    const known = [
      ...Object.keys(JSON.parse(accessLogFormat(kind))),
      ...given,
      ...commands,
      ...operators,
      ...functions,
    ];
    expect(words.filter((word) => !known.includes(word))).toEqual([]);
  });

  test("gives no result the name of a field, which a later command would confuse", () => {
    const fields = Object.keys(JSON.parse(accessLogFormat(kind)));
    const given = [...commandsOf(query).matchAll(/ as (\w+)/g)].map(([, name]) => name);
    expect(given.filter((name) => fields.includes(name ?? ""))).toEqual([]);
  });

  test("starts with a sentence about its purpose, followed by one command on each line", () => {
    const [comment, ...lines] = query
      .split("\n")
      .filter((line, index) => index === 0 || !line.startsWith("#"));
    expect(comment).toMatch(/^# [A-Z]/);
    lines.forEach((line, index) => {
      expect(line).toMatch(index === 0 ? /^(fields|filter|stats) / : /^\| (fields|filter|stats|sort|limit) /);
      const opened = line.split("(").length;
      expect(line.split(")").length).toBe(opened);
    });
    expect(query.length).toBeLessThan(10_000);
  });
});

test.each(apiKinds)("every kind has the questions of the first hour: %s", (kind) => {
  const names = Object.keys(incidentQueries(kind));
  expect(names).toEqual(
    expect.arrayContaining([
      "who-called-what",
      "refused-callers",
      "throttled-requests",
      "refused-then-answered",
      "many-addresses",
      "volume-by-day",
      "before-and-after",
    ]),
  );
  expect(names.some((name) => name.endsWith("-without-identity"))).toBe(true);
});
