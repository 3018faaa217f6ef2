import { UserError } from "../errors";
import { isMapping } from "./yaml-file";

/** A program's configuration as the engine hands it over: every value a text, objects and lists as JSON. */
export interface Configuration {
  readonly values: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

/** Where configuration comes from, the weakest first. */
export interface ConfigurationSources {
  readonly project: string;
  readonly stack: string;
  /** The block `config` of Pulumi.yaml. */
  readonly declared: Readonly<Record<string, unknown>>;
  /** The block `config` of Pulumi.STACK.yaml. */
  readonly stackValues: Readonly<Record<string, unknown>>;
  readonly stackFile: string;
  /** Keys and values, as `-c` gives them. */
  readonly overrides: readonly (readonly [key: string, value: string])[];
}

/**
 * Layers a program's configuration as `pulumi preview` does. A key without a namespace is the project's.
 *
 * @throws UserError that names every key whose value is encrypted or missing, and how to give it
 * @see https://www.pulumi.com/docs/iac/concepts/config/
 */
export function configurationOf(sources: ConfigurationSources): Configuration {
  const values: Record<string, string> = {};
  const secrets = new Set<string>();
  const encrypted = new Map<string, true>();
  const required = new Set<string>();
  const qualified = (key: string) => qualifiedKey(key, sources.project);

  for (const [key, declaration] of Object.entries(sources.declared)) {
    const name = qualified(key);
    if (holdsDate(declaration)) {
      throw new UserError(
        `Pulumi.yaml gives ${name} a bare date, which Pulumi doesn't take as it is written. Put it in quotes.`,
      );
    }
    if (!isMapping(declaration)) {
      if (declaration === null) {
        throw new UserError(
          `Pulumi.yaml declares ${name} and says nothing of it. Write a value, or for instance: {type: string}`,
        );
      }
      values[name] = asText(declaration);
      continue;
    }
    const unknown = Object.keys(declaration).find((attribute) => !declarationAttributes.includes(attribute));
    if (unknown !== undefined) {
      throw new UserError(
        `Pulumi.yaml declares ${name} with "${unknown}", which Pulumi doesn't know. Write an object as its value: {value: {...}}`,
      );
    }
    if (declaration.secret === true) secrets.add(name);
    const given = declaration.value ?? declaration.default;
    if (given !== undefined && given !== null) values[name] = asText(given);
    else required.add(name);
  }
  for (const [key, value] of Object.entries(sources.stackValues)) {
    const name = qualified(key);
    if (holdsCiphertext(value)) {
      encrypted.set(name, true);
      secrets.add(name);
    } else values[name] = asText(value);
  }
  for (const [key, value] of sources.overrides) {
    const name = qualified(key);
    values[name] = value;
    encrypted.delete(name);
  }
  if (encrypted.size > 0) {
    const keys = [...encrypted.keys()];
    throw new UserError(
      `${sources.stackFile} encrypts ${keys.join(", ")}, which can't be decrypted here. Give ${keys.length === 1 ? "it" : "each"} with -c, for instance: -c ${keys[0]}=VALUE`,
    );
  }
  const missing = [...required].filter((name) => !(name in values));
  if (missing.length > 0) {
    throw new UserError(
      `Stack "${sources.stack}" has no value for ${missing.join(", ")}. Give ${missing.length === 1 ? "it" : "each"} in ${sources.stackFile} or with -c ${missing[0]}=VALUE`,
    );
  }
  return { values, secretKeys: [...secrets].filter((name) => name in values) };
}

/**
 * What `-c` gives, as keys and values.
 *
 * @throws UserError that counts where it can't be read: all of it may be a secret
 */
export function overridesOf(given: readonly string[]): readonly (readonly [key: string, value: string])[] {
  return given.map((override, index) => {
    const which = given.length === 1 ? "-c" : `-c number ${index + 1}`;
    const separator = override.indexOf("=");
    if (separator < 1) {
      throw new UserError(`${which} is not key=value. Write for instance: -c reviewBy=2027-01-31`);
    }
    const key = override.slice(0, separator);
    if (partsOf(key) === undefined) {
      throw new UserError(
        `${which} has no configuration key before the =. Write name or namespace:name, for instance: -c aws:region=eu-west-1`,
      );
    }
    return [key, override.slice(separator + 1)];
  });
}

/** What the block `config` of Pulumi.yaml may say of a key (pulumi/pulumi sdk/go/common/workspace/project.json). */
const declarationAttributes: readonly string[] = [
  "type",
  "items",
  "description",
  "default",
  "value",
  "secret",
];

function qualifiedKey(key: string, project: string): string {
  const parts = partsOf(key);
  if (!parts) {
    throw new UserError(`"${key}" is no configuration key. Write namespace:name, for instance aws:region`);
  }
  const [namespace = project, name] = parts;
  return `${namespace}:${name}`;
}

/** `namespace:name`; the older form has `config` between them (pulumi/pulumi sdk/go/common/resource/config/key.go). */
function partsOf(key: string): readonly [namespace: string | undefined, name: string] | undefined {
  const [first = "", second, third, ...others] = key.split(":");
  if (second === undefined) return [undefined, first];
  if (third === undefined) return [first, second];
  return second === "config" && others.length === 0 ? [first, third] : undefined;
}

function holdsDate(value: unknown): boolean {
  if (value instanceof Date) return true;
  if (Array.isArray(value)) return value.some(holdsDate);
  return isMapping(value) && Object.values(value).some(holdsDate);
}

/** An encrypted value is `{ secure: ... }`, by itself or inside an object or a list. */
function holdsCiphertext(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsCiphertext);
  if (!isMapping(value)) return false;
  const keys = Object.keys(value);
  if (keys.length === 1 && keys[0] === "secure") return true;
  return Object.values(value).some(holdsCiphertext);
}

/** A value as the engine hands it on: a text as it is, anything else as JSON in which the keys are sorted. */
function asText(value: unknown): string {
  if (value instanceof Date) return dateAsText(value);
  if (typeof value === "string") return value;
  return value === null ? "" : asJson(value);
}

function asJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(asJson).join(",")}]`;
  if (value instanceof Date) return JSON.stringify(dateAsText(value));
  if (!isMapping(value)) return JSON.stringify(value);
  const entries = Object.keys(value).toSorted();
  return `{${entries.map((key) => `${JSON.stringify(key)}:${asJson(value[key])}`).join(",")}}`;
}

/** The engine hands a bare date on as Go prints it, `2027-01-31 00:00:00 +0000 UTC`: only a quoted one stays as it is. */
function dateAsText(date: Date): string {
  const [day, time = ""] = date.toISOString().split("T");
  return `${day} ${time.replace(/\.?0*Z$/, "")} +0000 UTC`;
}
