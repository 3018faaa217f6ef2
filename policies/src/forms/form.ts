/**
 * The form of a resource type in CloudFormation's schema, which CloudFormation templates, Cloud Control and the provider
 * aws-native share: how it maps to the same type in the provider aws. It covers the properties that the rules read.
 */
export interface Form {
  /** The token of the same resource type in the provider aws. */
  readonly token: string;
  /** Its token in the provider aws-native, if the type's name doesn't imply it; false if it has none. */
  readonly native?: string | false;
  /** Properties whose names differ: from the name in the provider aws to CloudFormation's, with a small first letter. */
  readonly names: Readonly<Record<string, string>>;
  /** Other words that messages translate: names inside a property, or a property with its value. */
  readonly words?: Readonly<Record<string, string>>;
  /** The output with the id that other resources refer to. */
  readonly id?: string;
  /** A property whose parts the provider aws has on the outside. */
  readonly within?: string;
  /** These parts, from the name in the provider aws to CloudFormation's: if what holds them is unknown, each of them is. */
  readonly parts?: Readonly<Record<string, string>>;
  /** Converts the values of properties that are written differently. Only called with known values. */
  readonly values?: Readonly<Record<string, (value: unknown) => unknown>>;
}
