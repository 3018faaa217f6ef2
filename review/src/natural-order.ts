/** `route-2` before `route-10`, whatever the language of the machine. */
export const naturalOrder = new Intl.Collator("en", { numeric: true });
