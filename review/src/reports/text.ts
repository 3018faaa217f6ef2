import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";
import type { PreviewResult, Violation } from "../preview";

/**
 * The result as `pulumi preview` prints it (pulumi/pulumi pkg/backend/display/progress.go).
 *
 * @param colors whether the output goes to a terminal that shows colours
 */
export function textReport(result: PreviewResult, colors: boolean): string {
  const paint = pc.createColors(colors);
  const lines = [`Previewing update (${result.project.stack}):`, ""];
  const output = result.output.trimEnd();
  if (output !== "")
    lines.push("Diagnostics:", `  ${paint.bold("program output:")}`, ...indented(output, 4), "");
  lines.push("Policies:");
  for (const pack of result.packs) {
    const violations = result.violations.filter(
      (violation) => violation.pack === pack.name && violation.version === pack.version,
    );
    const icon = violations.some(({ level }) => level === "mandatory")
      ? "❌"
      : violations.length > 0
        ? "⚠️ "
        : "✅";
    lines.push(`    ${icon} ${pack.name}@v${pack.version}`);
    for (const violation of violations) {
      const level = violation.level === "mandatory" ? paint.red("[mandatory]") : paint.yellow("[advisory]");
      const severity = violation.severity ? `  [severity: ${violation.severity}]` : "";
      lines.push(
        `        - ${level}${severity}  ${paint.bold(violation.policy)}  (${displayType(violation)}: ${violation.name})`,
      );
      lines.push(...indented(violation.message, 10));
    }
  }
  lines.push("");
  if (result.problems.length > 0) {
    lines.push(
      "Not seen:",
      ...result.problems.map((problem) => `    ${paint.yellow("!")} ${problem.replaceAll("\n", "\n      ")}`),
      "",
    );
  }
  if (result.exitCode === 1) {
    const count = result.violations.filter(({ level }) => level === "mandatory").length;
    lines.push(paint.red(`preview failed: ${count} mandatory ${count === 1 ? "violation" : "violations"}`));
  } else if (result.exitCode === 2) {
    lines.push(paint.yellow("preview incomplete: what wasn't seen wasn't judged"));
  } else {
    const created = result.resources.filter(({ type }) => !type.startsWith("pulumi:providers:")).length;
    lines.push("Resources:", `    ${paint.green(`+ ${created} to create`)}`);
  }
  const text = `${lines.join("\n")}\n`;
  // What the program printed and what a policy says may hold colours of their own.
  return colors ? text : stripVTControlCharacters(text);
}

/** `aws:apigatewayv2:Route` for the type `aws:apigatewayv2/route:Route`. */
function displayType({ type }: Violation): string {
  return type.replace(/\/\w+:/, ":");
}

function indented(text: string, by: number): string[] {
  return text.split("\n").map((line) => (line === "" ? "" : " ".repeat(by) + line));
}
