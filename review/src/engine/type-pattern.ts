/** Whether a text is a resource type (`acme:index:Api`), or all types of a module (`acme:index:*`). */
export function isTypePattern(text: string): boolean {
  return /^[^\s:*]+:[^\s:*]+:(?:[^\s:*]+|\*)$/.test(text);
}

/** Whether a type is the one that a pattern names. A trailing `*` stands for every type of the module. */
export function matchesType(pattern: string, type: string): boolean {
  return pattern.endsWith(":*") ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}
