/** Sorts `route-2` before `route-10`, whatever the machine's language is. */
export const naturalOrder = new Intl.Collator("en", { numeric: true });
