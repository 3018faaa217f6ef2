import { secretPlaceholder } from "../engine/secret-placeholders";
import type { StackValues } from "../settings";
import { UserError } from "../text/errors";
import { type Fields, isRecord } from "../text/records";

/** A program's configuration, as the engine passes it: every value is a string, and objects and lists are JSON. */
export interface Configuration {
  readonly values: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  /** The keys whose value is a placeholder, or contains one, because it is encrypted. */
  readonly replacedKeys: readonly string[];
}

/** Where the configuration comes from. Later sources override earlier ones. */
export interface ConfigurationSources {
  readonly project: string;
  readonly stack: string;
  /** The block `config` of Pulumi.yaml. */
  readonly declared: Fields;
  /** What the environments of ESC would give, from the project's settings. */
  readonly environment: Pick<StackValues, "config" | "secretKeys">;
  /** The block `config` of Pulumi.STACK.yaml. */
  readonly stackValues: Fields;
  readonly stackFile: string;
  /** Whether encrypted values are replaced by placeholders. */
  readonly replacesSecrets: boolean;
  /** The file in which the project says so. */
  readonly settingsFile: string;
  /** The keys and values of `-c`. */
  readonly overrides: readonly (readonly [key: string, value: string])[];
}

/**
 * Merges the configuration of a program as `pulumi preview` does (pulumi/pulumi sdk/go/common/workspace/config.go). A key
 * without a namespace belongs to the project's.
 *
 * @throws UserError with every key whose value is encrypted or missing, and how to give it
 * @see https://www.pulumi.com/docs/iac/concepts/config/
 */
export function configurationOf(sources: ConfigurationSources): Configuration {
  const values: Record<string, string> = {};
  const secrets = new Set<string>();
  const encrypted = new Set<string>();
  const replaced = new Set<string>();
  const required = new Set<string>();
  const qualified = (key: string) => qualifiedKey(key, sources.project);

  for (const [key, declaration] of Object.entries(sources.declared)) {
    const name = qualified(key);
    if (holdsDate(declaration)) {
      throw new UserError(
        `Pulumi.yaml gives ${name} a bare date, which Pulumi would pass to the program in another form. Write it in quotes.`,
      );
    }
    if (!isRecord(declaration)) {
      if (declaration === null) {
        throw new UserError(
          `Pulumi.yaml declares ${name} without a value or a type. Write a value, or for instance: {type: string}`,
        );
      }
      values[name] = asText(declaration);
      continue;
    }
    const unknown = Object.keys(declaration).find((attribute) => !declarationAttributes.includes(attribute));
    if (unknown !== undefined) {
      throw new UserError(
        `Pulumi.yaml declares ${name} with "${unknown}", which is not an attribute of a declaration. If the value is an object, write: {value: {...}}`,
      );
    }
    if (declaration.secret === true) secrets.add(name);
    const given = declaration.value ?? declaration.default;
    if (given !== undefined && given !== null) values[name] = asText(given);
    else required.add(name);
  }
  for (const key of sources.environment.secretKeys) secrets.add(qualified(key));
  const ofStack = new Map<string, unknown>();
  for (const block of [sources.environment.config, sources.stackValues]) {
    for (const [key, value] of Object.entries(block)) {
      const name = qualified(key);
      ofStack.set(name, merged(ofStack.get(name), value));
    }
  }
  let placeholders = 0;
  for (const [name, value] of ofStack) {
    if (!holdsCiphertext(value)) {
      values[name] = asText(value);
      continue;
    }
    secrets.add(name);
    if (sources.replacesSecrets) {
      values[name] = asText(withPlaceholders(value, () => secretPlaceholder(++placeholders)));
      replaced.add(name);
    } else encrypted.add(name);
  }
  for (const [key, value] of sources.overrides) {
    const name = qualified(key);
    values[name] = value;
    encrypted.delete(name);
    replaced.delete(name);
  }
  if (encrypted.size > 0) {
    const keys = [...encrypted];
    const one = keys.length === 1;
    throw new UserError(
      `${sources.stackFile} encrypts ${keys.join(", ")}, which can't be decrypted here. Give ${one ? "it" : "each"} with -c, for instance: -c ${keys[0]}=VALUE. Or let the program have ${one ? "a placeholder" : "placeholders"}, and write into ${sources.settingsFile}: secrets: placeholder`,
    );
  }
  const missing = [...required].filter((name) => !(name in values));
  if (missing.length > 0) {
    throw new UserError(
      `Stack "${sources.stack}" has no value for ${missing.join(", ")}. Give ${missing.length === 1 ? "it" : "each"} in ${sources.stackFile} or with -c ${missing[0]}=VALUE`,
    );
  }
  return {
    values,
    secretKeys: [...secrets].filter((name) => name in values),
    replacedKeys: [...replaced],
  };
}

/**
 * The keys and values of `-c`.
 *
 * @throws UserError with the number of an option that can't be read. It doesn't quote the option, which may be a secret
 */
export function overridesOf(given: readonly string[]): readonly (readonly [key: string, value: string])[] {
  return given.map((override, index) => {
    const which = given.length === 1 ? "-c" : `-c number ${index + 1}`;
    const separator = override.indexOf("=");
    if (separator < 1) {
      throw new UserError(`${which} is not key=value. Write for instance: -c reviewBy=2027-01-31`);
    }
    const key = override.slice(0, separator);
    if (keyParts(key) === undefined) {
      throw new UserError(
        `${which} has no configuration key before the =. Write name or namespace:name, for instance: -c aws:region=eu-west-1`,
      );
    }
    return [key, override.slice(separator + 1)];
  });
}

/** The attributes of a declaration in the block `config` of Pulumi.yaml (pulumi/pulumi sdk/go/common/workspace/project.json). */
const declarationAttributes: readonly string[] = [
  "type",
  "items",
  "description",
  "default",
  "value",
  "secret",
];

function qualifiedKey(key: string, project: string): string {
  const parts = keyParts(key);
  if (!parts) {
    throw new UserError(`"${key}" is not a configuration key. Write namespace:name, for instance aws:region`);
  }
  const [namespace = project, name] = parts;
  return `${namespace}:${name}`;
}

/** `namespace:name`, or the older `namespace:config:name` (pulumi/pulumi sdk/go/common/resource/config/key.go). */
function keyParts(key: string): readonly [namespace: string | undefined, name: string] | undefined {
  const [first = "", second, third, ...others] = key.split(":");
  if (second === undefined) return [undefined, first];
  if (third === undefined) return [first, second];
  return second === "config" && others.length === 0 ? [first, third] : undefined;
}

function holdsDate(value: unknown): boolean {
  if (value instanceof Date) return true;
  if (Array.isArray(value)) return value.some(holdsDate);
  return isRecord(value) && Object.values(value).some(holdsDate);
}

/** Whether a value contains an encrypted one, at any depth. */
function holdsCiphertext(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsCiphertext);
  if (!isRecord(value)) return false;
  return isCiphertext(value) || Object.values(value).some(holdsCiphertext);
}

/** Whether an object is `{ secure: ... }`. */
function isCiphertext(value: Fields): boolean {
  const keys = Object.keys(value);
  return keys.length === 1 && keys[0] === "secure";
}

function withPlaceholders(value: unknown, placeholder: () => string): unknown {
  if (Array.isArray(value)) return value.map((element) => withPlaceholders(element, placeholder));
  if (!isRecord(value)) return value;
  if (isCiphertext(value)) return placeholder();
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, withPlaceholders(inner, placeholder)]),
  );
}

/** As the engine merges the value of an environment with the stack's own: objects by their keys (RFC 7386), other values not. */
function merged(ofEnvironment: unknown, own: unknown): unknown {
  if (!isRecord(ofEnvironment) || !isRecord(own) || isCiphertext(own)) return own;
  const result: Record<string, unknown> = { ...ofEnvironment };
  for (const [name, value] of Object.entries(own)) {
    if (value === null) delete result[name];
    else result[name] = merged(result[name], value);
  }
  return result;
}

/** A value as the engine passes it to the program: a string unchanged, anything else as JSON with sorted keys. */
function asText(value: unknown): string {
  if (value instanceof Date) return dateAsText(value);
  if (typeof value === "string") return value;
  return value === null ? "" : asJson(value);
}

function asJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(asJson).join(",")}]`;
  if (value instanceof Date) return JSON.stringify(dateAsText(value));
  if (!isRecord(value)) return JSON.stringify(value);
  const entries = Object.keys(value).toSorted();
  return `{${entries.map((key) => `${JSON.stringify(key)}:${asJson(value[key])}`).join(",")}}`;
}

/** The engine passes a bare date as Go prints it: `2027-01-31 00:00:00 +0000 UTC`. Only a date in quotes stays unchanged. */
function dateAsText(date: Date): string {
  const [day, time = ""] = date.toISOString().split("T");
  return `${day} ${time.replace(/\.?0*Z$/, "")} +0000 UTC`;
}
