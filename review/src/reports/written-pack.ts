import type { InitResult } from "../init";
import type { Line } from "./layout";

/** What `init` wrote, what it left alone, and what comes next. */
export function writtenPackReport(result: InitResult): readonly Line[] {
  const { files, byHand, next, lockFile, source } = result;
  const those = (outcome: string) => [...files].filter(([, one]) => one === outcome).map(([path]) => path);
  const [written, same, differing] = [those("written"), those("same"), those("differs")];
  return [
    ...part("Written:", written),
    ...part("Already there, as it would be written now:", same),
    ...part("Left as it is, because it is there already and differs:", differing),
    ...(differing.length > 0
      ? [line("To have such a file written anew, move it away and run this again."), blank]
      : []),
    ...(byHand ? [...part(`To add to ${byHand.file}, which is there already:`, byHand.lines)] : []),
    ...(source.kind === "unknown" ? [line(beforeInstalling(source.toNameIn)), blank] : []),
    ...part("Next:", next),
    line(`Commit what was written, and ${lockFile}, which the first command writes.`),
    ...(source.kind === "registry"
      ? [line(`The packages of api-guardrails come from the registry that ${source.namedIn} names.`)]
      : []),
  ];
}

const blank: Line = { text: "", indent: 0 };
const line = (text: string): Line => ({ text, indent: 0 });

function part(heading: string, lines: readonly string[]): readonly Line[] {
  if (lines.length === 0) return [];
  return [line(heading), ...lines.map((text): Line => ({ text, indent: 2, isVerbatim: true })), blank];
}

/** Comes before the command that installs: a package manager runs what it finds under a name. */
function beforeInstalling(settings: string): string {
  return `Before you install: nothing in the repository names a registry for the scope @api-guardrails. The public one doesn't have these packages yet, and one there under their names isn't ours. Name yours in ${settings}, or give tarballs with --from.`;
}
