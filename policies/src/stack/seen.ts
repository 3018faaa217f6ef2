/**
 * One value as a policy can see it. Told apart by `kind`; never comparable with a literal, so that an
 * unknown can't slip through a comparison such as `type === "NONE"`.
 */
export type Seen<T> = Known<T> | Absent | Unknown;

/** The value is there and has the type it was read as. */
export interface Known<T> {
  readonly kind: "known";
  readonly value: T;
}

/** Nothing is set: the provider's default applies. */
export interface Absent {
  readonly kind: "absent";
}

/** Not known before the deployment, or of a type it can't have. */
export interface Unknown {
  readonly kind: "unknown";
}

export const absent: Absent = { kind: "absent" };
export const unknown: Unknown = { kind: "unknown" };

export function known<T>(value: T): Known<T> {
  return { kind: "known", value };
}

/** The value if it is known, else undefined. For questions in which absent and unknown are answered alike. */
export function knownValue<T>(seen: Seen<T>): T | undefined {
  return seen.kind === "known" ? seen.value : undefined;
}

/** The elements of a list that are known. For questions in which the others are answered as if they weren't there. */
export function knownElements<T>(seen: Seen<readonly Seen<T>[]>): readonly T[] {
  return (knownValue(seen) ?? []).flatMap((element) => (element.kind === "known" ? [element.value] : []));
}

/**
 * What the engine puts in place of a value that isn't known before the deployment: one string for each type.
 * Source: pulumi/pulumi `sdk/go/common/resource/plugin/rpc.go`, the same strings as in @pulumi/policy's proxy.
 */
const unknownSentinels: ReadonlySet<unknown> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9", // string, and nearly every unknown whatever its type
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

/** Stands for something unknown in a raw property, as the engine writes it. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a raw property value stands for something unknown. */
export function isUnknown(value: unknown): boolean {
  return unknownSentinels.has(value);
}
