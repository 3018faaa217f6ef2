import type { RawRecord } from "../stack";

/** One resource of a template, with what can be worked out of its intrinsic functions. */
export interface TemplateResource {
  readonly logicalId: string;
  /** For instance `AWS::ApiGateway::Method`. */
  readonly type: string;
  /** What depends on another resource, on the account or on a condition is unknown. */
  readonly properties: RawRecord;
  /** As the template has them, intrinsic functions and all. */
  readonly written: RawRecord;
  /** For each property, the logical ids that its value refers to. */
  readonly references: Readonly<Record<string, readonly string[]>>;
}
