/** The page of the rule behind a violation, as our pack's messages end with it: `rules/RULE.md#KIND`. */
export interface RulePage {
  readonly page: string;
  /** The stable name of the kind of finding; undefined if the page is the whole rule's. */
  readonly kind: string | undefined;
}

/** The page that a line names; undefined if it is no page of that policy. */
export function rulePageIn(line: string, policy: string): RulePage | undefined {
  const [page = "", kind, ...others] = line.split("#");
  if (others.length > 0 || /\s/.test(line)) return undefined;
  return page.split("/").at(-1) === `${policy}.md` ? { page: line, kind } : undefined;
}

/** The kind of finding that a message is about; undefined if it isn't written as our pack's. */
export function kindOfFinding(message: string, policy: string): string | undefined {
  return rulePageIn(message.split("\n").at(-1) ?? "", policy)?.kind;
}
