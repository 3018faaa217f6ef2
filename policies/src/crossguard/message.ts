import { shortened } from "../reading/text/shortened";
import type { Opening, Rule, WayOut } from "../rules/rule";
import type { Resource } from "../stack";
import { argumentLines } from "./component-arguments";

const listedOpenings = 10;
const maxWordLength = 200;
const maxLineLength = 1000;
/** Code that is cut off can't be pasted. */
const maxCodeLength = 4000;

/**
 * The text of a violation below its title: what is wrong here, the fix, the page. The CLI prints a policy's
 * description before it, and neither its `url` nor its `remediationSteps`. No property value is printed but the
 * words of the API model: an authorization type, a method, a path, a route key, a resource's name.
 */
export function messageOf(
  rule: Rule,
  subject: Resource,
  found: {
    readonly openings: readonly Opening[];
    readonly sentence: string | undefined;
    readonly fix: string | undefined;
    readonly notes: readonly string[];
    readonly waysOut: readonly WayOut[];
    readonly page: string;
  },
): string {
  const lines = [
    ...(found.sentence === undefined ? [] : [found.sentence]),
    ...openingLines(subject, found.openings),
    ...found.notes,
  ].map((line) => printable(shortened(line, maxLineLength)));
  // A rule's own fix is code of several lines, and holds nothing of the program.
  const fix = found.fix === undefined ? rule.fix : printable(shortened(found.fix, maxCodeLength));
  return [
    ...lines,
    `Fix: ${fix}`,
    ...found.waysOut.flatMap(wayOutLines).map((line) => printable(shortened(line, maxCodeLength))),
    ...formLines(subject, [...lines, fix].join("\n")),
    ...argumentLines(subject, fix).map((line) => printable(shortened(line, maxLineLength))),
    found.page,
  ].join("\n");
}

function openingLines(subject: Resource, openings: readonly Opening[]): string[] {
  const [first, ...others] = openings;
  if (!first) return [];
  const line = (opening: Opening) => `${nameOf(subject, opening)} ${opening.what}`;
  if (others.length === 0) return [`${line(first)}.`];
  const listed = openings.slice(0, listedOpenings).map((opening) => `    ${line(opening)}`);
  const more = openings.length - listedOpenings;
  return [
    `${openings.length} operations of "${subject.name}" let anyone in:`,
    ...listed,
    ...(more > 0 ? [`    and ${more} more`] : []),
  ];
}

/** `GET /customers`, or the resource's name where the route isn't known or is only a method or `$default`. */
function nameOf(subject: Resource, { route }: Opening): string {
  if (route === undefined) return `"${subject.name}"`;
  return route.includes("/") ? word(route) : `${word(route)} of "${subject.name}"`;
}

function wayOutLines({ when, write }: WayOut): string[] {
  return write === undefined ? [`  or, ${when}.`] : [`  or, ${when}:`, `    ${write}`];
}

/** The text speaks in the words of the provider aws; where the program wrote another form, what these are called there. */
function formLines({ written }: Resource, text: string): string[] {
  if (!written) return [];
  const [provider = ""] = written.type.split(":");
  const renamed = Object.entries(written.names).filter(([name]) => new RegExp(`\\b${name}\\b`).test(text));
  const names = renamed.map(([name, theirs]) => `${name} is ${theirs}`);
  return names.length === 0 ? [] : [`  In ${provider}, ${names.join(", ")}.`];
}

function word(text: string): string {
  return shortened(text, maxWordLength);
}

/** A path or a name comes from the program: nothing in it may start a line of its own or reach the terminal as a control. */
function printable(line: string): string {
  return line.replace(/[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}]/gu, "\uFFFD");
}
