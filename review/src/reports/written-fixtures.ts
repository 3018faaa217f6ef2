import { basename } from "node:path";
import type { WrittenFixtures } from "../preview";
import type { Line } from "./layout";

/** What `--write-fixtures` did, and what is left to do. */
export function writtenReport({
  file,
  added,
  toFillIn,
  problems,
  isNamedInSettings,
}: WrittenFixtures): readonly Line[] {
  const name = basename(file);
  const next = isNamedInSettings
    ? "Then run the preview again."
    : `Then run the preview with --fixtures ${file}, or name the file in api-guardrails.yaml: fixtures: ${name}`;
  return [
    heading(
      added.length > 0 ? `Written into ${file}:` : `Nothing is missing in ${file} that the program asks for.`,
    ),
    ...added.map(item),
    ...(toFillIn.length > 0
      ? [
          blank,
          heading("To fill in:"),
          ...toFillIn.map(({ place, what }) => item(`${place}: ${what}`)),
          blank,
          heading(`Nothing was judged. A preview refuses the file until this is filled in. ${next}`),
        ]
      : []),
    ...(problems.length > 0
      ? [blank, heading("Not seen:"), ...problems.map((sentence) => item(`! ${sentence}`))]
      : []),
  ];
}

const blank: Line = { text: "", indent: 0 };
const heading = (text: string): Line => ({ text, indent: 0 });
const item = (text: string): Line => ({ text, indent: 4, hang: 2 });
