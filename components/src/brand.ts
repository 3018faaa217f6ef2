/**
 * A mark on the values that decide who may call a route, so that only the functions of this package make them. The
 * symbol is registered by name: two copies of the package in one program know each other's values.
 */
export function brandOf(what: string): symbol {
  return Symbol.for(`@api-guardrails/components/${what}`);
}

/** Marks a value and freezes it. A spread or a JSON copy of it has no mark: what was checked is what is used. */
export function branded<Value extends object>(brand: symbol, value: Value): Value {
  return Object.freeze(Object.defineProperty(value, brand, { value: true }));
}

export function isBranded(brand: symbol, value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, brand);
}
