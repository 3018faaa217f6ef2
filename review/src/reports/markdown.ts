/** A text in which nothing is Markdown, on one line. GitHub ignores a backslash before a mention, so a comment stands in it. */
export function escaped(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]<>#|~&]/g, "\\$&")
    .replaceAll("@", "@<!-- -->");
}

/** A text as code, on one line. A bar ends a cell even there. */
export function code(text: string): string {
  const plain = text.replace(/\s+/g, " ").replaceAll("|", "\\|");
  return plain.includes("`") ? `\`\` ${plain.replaceAll("``", "` `")} \`\`` : `\`${plain}\``;
}
