/** What kind of value an output or a result is, as the SDK declares it. */
export type Shape =
  | { readonly kind: "text" }
  | { readonly kind: "number" }
  | { readonly kind: "boolean" }
  | { readonly kind: "list"; readonly element: Shape }
  | { readonly kind: "record"; readonly fields: Fields }
  /** An object with keys of any name. */
  | { readonly kind: "map" }
  /** A type that isn't read here: `any`, an asset, another resource. */
  | { readonly kind: "unknown" };

/** The shape of each property. */
export type Fields = Readonly<Record<string, Field>>;

export interface Field {
  readonly shape: Shape;
  /** Whether the property may be absent. */
  readonly isOptional: boolean;
}
