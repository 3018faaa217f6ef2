/**
 * A text of which GitHub Actions takes no line for a command. It looks for `::` at the start of a line, after spaces, and for `##[`
 * anywhere (actions/runner src/Runner.Common/ActionCommand.cs).
 */
export function withoutCommands(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, "$1: ").replaceAll("##[", "# #[");
}

/** The same for JSON, whose content stays as it is. */
export function jsonWithoutCommands(json: string): string {
  return json.replaceAll("##[", "##\\u005b");
}
