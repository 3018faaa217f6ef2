/**
 * A resource type of CloudFormation's schema, as CloudFormation templates, Cloud Control and the provider aws-native know
 * it, told in the words of the provider aws. What the rules read of the type is there under both names.
 */
export interface Form {
  /** The token of the same resource type in the provider aws. */
  readonly token: string;
  /** Its token in the provider aws-native, where that isn't made of the type's name; false where it has none. */
  readonly native?: string | false;
  /** Properties whose names differ: the one of the provider aws, and CloudFormation's with a small first letter. */
  readonly names: Readonly<Record<string, string>>;
  /** What a message calls otherwise, besides: names within a property, or a property with the value that is meant. */
  readonly words?: Readonly<Record<string, string>>;
  /** The output that holds the id, by which other resources name it. */
  readonly id?: string;
  /** Properties whose values are written otherwise. They are known here. */
  readonly values?: Readonly<Record<string, (value: unknown) => unknown>>;
}
