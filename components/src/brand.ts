/**
 * Marks the values that decide who may call a route, so that only this package can create them. The symbol is registered
 * by name, so two copies of the package in one program accept each other's values.
 */
export function brandOf(what: string): symbol {
  return Symbol.for(`@api-guardrails/components/${what}`);
}

/** Marks a value and freezes it. A copy by spread or by JSON has no mark, so nobody can change a value after it was checked. */
export function branded<Value extends object>(brand: symbol, value: Value): Value {
  return Object.freeze(Object.defineProperty(value, brand, { value: true }));
}

export function isBranded(brand: symbol, value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, brand);
}
