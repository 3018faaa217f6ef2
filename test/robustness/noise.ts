import fc from "fast-check";
import { UNKNOWN } from "../unknown";

/** Stands in every text of the noise: where a message holds it, a property's text leaked. */
export const canary = "canary-7c1e";

/** One for each type, and for assets and archives; the engine's (pulumi/pulumi sdk/go/common/resource/plugin/rpc.go). */
const unknowns = [
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  UNKNOWN,
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

const signatureKey = "4dabf18193072939515e22adb298388d";
const assetSignature = "c44067f5952c0a294b673a41bacd8c17";
const archiveSignature = "0def7320c3a5731c473e5ecbe6d01bc7";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Marked as the protocol marks what JSON can't say. */
const signed = (signature: string, fields: object) => ({ [signatureKey]: signature, ...fields });

/** What the engine never shows to a pack, so that the SDK refuses it. */
export const refusedBySdk: readonly (readonly [what: string, value: object])[] = [
  ["an output", signed("d0e6a833031e9bbcd3f4e8bde6ca49a4", { value: "NONE", dependencies: [] })],
  [
    "a resource reference",
    signed("5cf8f73096256a8f31e491e813e4eb8e", { urn: "urn:pulumi:a::b::c::d", id: "" }),
  ],
  ["an asset without anything", signed(assetSignature, {})],
  ["an archive without anything", signed(archiveSignature, {})],
  ["an archive of texts", signed(archiveSignature, { assets: { a: "text" } })],
  ["a signature that nobody knows", signed("0".repeat(32), { value: "NONE" })],
  ["a signature that is no text", { [signatureKey]: { value: "NONE" } }],
];

/** Texts that a terminal, a file format or JavaScript takes for more than text. */
export const hostileTexts = [
  "\u001B[2K\u001B[1A",
  "\u001B]8;;https://example.com\u0007",
  "\u009B31m",
  "a\nFix: nothing",
  "a\r\nFix: nothing",
  "\u2028Fix: nothing",
  "\u202Egnp.exe",
  "\u200B",
  "\u0000",
  "\uD800",
  "\uDC00\uD800",
  "__proto__",
  "$" + "{jndi:x}",
  "%n%s",
];

const names = [
  ...[
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "valueOf",
    "hasOwnProperty",
    "__defaults",
    "",
    " ",
  ],
  ...["__getSpecialProxyTarget", "__isSpecialProxy", "__pulumiAsset", "__pulumiArchive", "then", "length"],
  ...["toJSON", "0", "-1", "$ref", "type", "name", "value", "kind", "id", "arn", "tags", "description"],
  ...["policy", "disableExecuteApiEndpoint", "defaultAction", "issuer", "audiences", "jwtConfiguration"],
];

const name = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...names) },
  fc.constantFrom(...hostileTexts).map((text) => canary + text),
  fc.string({ unit: "binary", maxLength: 8 }).map((text) => canary + text),
);

const words = [
  "NONE",
  "AWS_IAM",
  "JWT",
  "CUSTOM",
  "API_KEY",
  "PRIVATE",
  "true",
  "false",
  "*",
  "GET",
  "/",
  "{}",
  "[]",
];

const text = fc.oneof(
  fc.constantFrom(...words),
  fc.constantFrom(...hostileTexts).map((hostile) => canary + hostile),
  fc.string({ unit: "binary", maxLength: 12 }).map((any) => canary + any),
  fc.constant(canary.repeat(20)),
);

const number = fc.oneof(
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1e308, 5e-324, 2 ** 53),
  fc.double(),
);

const leaf: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 2, arbitrary: fc.constantFrom(...unknowns) },
  number,
  fc.constantFrom(true, false, null, ""),
  fc.constantFrom("text", "path", "uri").map((kind) => signed(assetSignature, { [kind]: canary })),
  fc.constant(signed(archiveSignature, { assets: { a: signed(assetSignature, { text: canary }) } })),
);

/** Object.fromEntries makes `__proto__` an own property, as JSON.parse does. */
const recordOf = (value: fc.Arbitrary<unknown>, maxLength: number) =>
  fc.array(fc.tuple(name, value), { maxLength }).map((entries) => Object.fromEntries(entries));

const secret = (value: unknown) => signed(secretSignature, { value });

const wrappers: readonly ((value: unknown) => unknown)[] = [
  (value) => [value],
  (value) => ({ a: value }),
  secret,
  (value) => ({ [canary]: value, constructor: value === null ? 1 : "x" }),
];

const wrapped = (levels: number, wrap: (value: unknown) => unknown, inside: unknown): unknown => {
  let value = inside;
  for (let level = 0; level < levels; level += 1) value = wrap(value);
  return value;
};

/**
 * A message is encoded and decoded in a time that grows with the square of its depth (google-protobuf). So the noise is less deep than
 * `deepList` and `deepRecord`.
 */
const nested = fc
  .tuple(
    fc.oneof({ weight: 15, arbitrary: fc.integer({ min: 1, max: 20 }) }, fc.constant(150)),
    fc.constantFrom(...wrappers),
    leaf,
  )
  .map(([levels, wrap, inside]) => wrapped(levels, wrap, inside));

export const longList = Array.from({ length: 10_000 }, () => ({ [canary]: canary }));
export const deepList = wrapped(500, (value) => [value], canary);
export const deepRecord = wrapped(500, (value) => ({ [canary]: value }), canary);

const long = fc.oneof(
  fc
    .constantFrom(...words, ...unknowns, null, 1, canary, { [canary]: canary })
    .map((element) => Array.from({ length: 10_000 }, () => element)),
  fc.constant(canary.repeat(10_000)),
);

/** Anything that a property may hold. */
export const noise: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    { weight: 2000, arbitrary: leaf },
    { weight: 600, arbitrary: fc.array(tie("value"), { maxLength: 4 }) },
    { weight: 800, arbitrary: recordOf(tie("value"), 4) },
    { weight: 300, arbitrary: tie("value").map(secret) },
    { weight: 100, arbitrary: nested },
    { weight: 1, arbitrary: long },
  ),
})).value;

/** Noise that a document may hold and be read all the same. */
export const plainNoise: fc.Arbitrary<unknown> = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 4 }),
  recordOf(leaf, 4),
);

/**
 * Properties to put beside those of a resource.
 *
 * @param taken names that the resource's own meaning depends on
 * @param wanted names worth trying besides those that trouble any reader
 */
export function noiseBeside(
  taken: readonly string[],
  wanted: readonly string[] = [],
  value: fc.Arbitrary<unknown> = noise,
): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const free = wanted.filter((candidate) => !taken.includes(candidate));
  const key = free.length > 0 ? fc.oneof(name, fc.constantFrom(...free)) : name;
  return fc
    .array(fc.tuple(key, value), { minLength: 1, maxLength: 8 })
    .map((entries) => Object.fromEntries(entries.filter(([candidate]) => !taken.includes(candidate))));
}
