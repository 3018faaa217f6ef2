import type { RawRecord } from "../stack";

/** A resource of a template. Its intrinsic functions are resolved as far as possible. */
export interface TemplateResource {
  readonly logicalId: string;
  /** For instance `AWS::ApiGateway::Method`. */
  readonly type: string;
  /** A value that depends on another resource, on the account or on a condition is unknown. */
  readonly properties: RawRecord;
  /** The properties as the template has them, with their intrinsic functions. */
  readonly written: RawRecord;
  /** The logical ids to which the value of each property refers. */
  readonly references: Readonly<Record<string, readonly string[]>>;
}
