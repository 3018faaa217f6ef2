import { shortened } from "../reading/text/shortened";
import type { Opening, Rule, WayOut } from "../rules/rule";
import type { Resource } from "../stack";
import { argumentLines } from "./component-arguments";

const listedOpenings = 10;
const maxWordLength = 200;
const maxLineLength = 1000;
/** Longer than any fix of ours: truncated code can't be pasted. */
const maxCodeLength = 4000;

/**
 * The text of a violation below its title: what is wrong here, the fix, the page. The CLI prints a policy's description
 * before it; it prints neither its `url` nor its `remediationSteps`. The text contains no property values, except for words of
 * the API model: an authorization type, a method, a path, a route key, a resource's name.
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
    ...templateLines(subject),
    ...found.notes,
  ].map((line) => printable(shortened(line, maxLineLength)));
  // A rule's own fix may have several lines, and contains nothing from the program.
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

/** `GET /customers`, or with the resource's name if the route is unknown, only a method, or `$default`. */
function nameOf(subject: Resource, { route }: Opening): string {
  if (route === undefined) return `"${subject.name}"`;
  return route.includes("/") ? word(route) : `${word(route)} of "${subject.name}"`;
}

function wayOutLines({ when, write }: WayOut): string[] {
  return write === undefined ? [`  or, ${when}.`] : [`  or, ${when}:`, `    ${write}`];
}

/** Where in a template it stands: the violation is on the resource that brings the template. */
function templateLines({ template, written }: Resource): string[] {
  if (!template) return [];
  const { holder, logicalId } = template;
  if (holder.name === logicalId) return [`It is the ${written?.type} that "${holder.name}" holds.`];
  return [`It is ${logicalId}, an ${written?.type}, in the template of "${holder.name}".`];
}

/** The text uses the provider aws's names. If the program wrote another form, these lines translate them. */
function formLines({ written, template }: Resource, text: string): string[] {
  if (!written) return [];
  const provider = template ? "CloudFormation" : written.type.split(":")[0];
  const renamed = Object.entries(written.names).filter(([name]) => new RegExp(`\\b${name}\\b`).test(text));
  const names = renamed.map(([name, theirs]) => `${name} is ${template ? capitalized(theirs) : theirs}`);
  return names.length === 0 ? [] : [`  In ${provider}, ${names.join(", ")}.`];
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function word(text: string): string {
  return shortened(text, maxWordLength);
}

/** Paths and names come from the program: none may start a new line or reach the terminal as a control character. */
function printable(line: string): string {
  return line.replace(/[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}]/gu, "\uFFFD");
}
