import * as pulumi from "@pulumi/pulumi";
import { arrivesLater, isPlainRecord, type PlainRecord } from "../input-problems";

export type Properties = PlainRecord;

/** The properties of a resource before and after a transform, for directions that depend on another property. */
export interface Whole {
  readonly before: Properties;
  readonly after: Properties;
}

/**
 * In which direction a transform may change a property. An unknown value is never known to be stricter. Values that are the same
 * aren't asked about.
 */
export interface Direction {
  /** What a transform may do, after "may". None if it may do nothing. */
  readonly may?: string;
  /** The names within a record or a list of records that count. The others are free. Default: all count. */
  readonly within?: readonly string[];
  allows(before: unknown, after: unknown, whole: Whole): boolean;
}

/** A value that a preview may not know. */
function isUnknown(value: unknown): boolean {
  return arrivesLater(value) || value === pulumi.runtime.unknownValue || pulumi.isUnknown(value);
}

/** Whether two values are the same. Outputs are the same only if they are one object. A missing value is undefined. */
export function isSame(before: unknown, after: unknown): boolean {
  if (before === after || (isMissing(before) && isMissing(after))) return true;
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.length === after.length && before.every((element, index) => isSame(element, after[index]));
  }
  if (!isRecord(before) || !isRecord(after)) return false;
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].every((name) => isSame(before[name], after[name]));
}

/** An object that can be compared by its properties. */
export function isRecord(value: unknown): value is PlainRecord {
  if (!isPlainRecord(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isMissing(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "" && !isUnknown(value);
}

/** Whether the elements of `some` are in `all`. An unknown element is only if it is the same Output. */
function isWithin(some: readonly unknown[], all: readonly unknown[]): boolean {
  return some.every((one) => one !== pulumi.runtime.unknownValue && all.some((other) => isSame(one, other)));
}

export const nothing: Direction = { allows: () => false };

/** @param meaning what a missing value means */
export function becomes(value: boolean, meaning: boolean): Direction {
  const meant = (given: unknown) => (isMissing(given) ? meaning : given);
  return {
    may: `make it ${value}`,
    allows: (before, after) => meant(after) === value || meant(before) === meant(after),
  };
}

/** A whole number, such as seconds of a cache. */
export const lower: Direction = {
  may: "lower it",
  allows: (before, after) => typeof before === "number" && typeof after === "number" && after <= before,
};

/** @param levels from weak to strict. A missing value is the first */
export function raise(...levels: readonly [string, ...string[]]): Direction {
  const levelOf = (value: unknown) => levels.indexOf(isMissing(value) ? levels[0] : String(value));
  return {
    may: `raise it (${levels.join(", ")})`,
    allows: (before, after) => levelOf(before) >= 0 && levelOf(after) >= levelOf(before),
  };
}

/** Any of the entries is enough, so fewer are stricter. None could mean all. */
export const fewer: Direction = {
  may: "remove entries, but not the last one",
  allows: (before, after) =>
    Array.isArray(before) && Array.isArray(after) && after.length > 0 && isWithin(after, before),
};

/**
 * A security policy of a regional or private domain that accepts no version of TLS before 1.2, by its name.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
 */
export const modernTls: Direction = {
  may: "choose another policy without TLS 1.0 and 1.1",
  allows: (_before, after) => isText(after) && /^(TLS_1_[23]|SecurityPolicy_TLS13_1_[23]_\w+)$/.test(after),
};

/** A text where none was. */
export const added: Direction = {
  may: "set it if it isn't set",
  allows: (before, after) => isMissing(before) && isText(after),
};

/**
 * The properties of a record that count, each with its direction. A missing record has none of them.
 *
 * @param may in words, what a transform may do
 */
export function fields(directions: Readonly<Record<string, Direction>>, may?: string): Direction {
  return {
    ...(may !== undefined && { may }),
    within: Object.keys(directions),
    allows: (before, after, whole) => {
      const [was, is] = [before ?? {}, after ?? {}];
      return (
        isRecord(was) &&
        isRecord(is) &&
        Object.entries(directions).every(
          ([name, direction]) => isSame(was[name], is[name]) || direction.allows(was[name], is[name], whole),
        )
      );
    },
  };
}

/** A record where none was, for instance mutual TLS. One that only arrives later could turn out to be missing. */
export function addedWith(property: string): Direction {
  return {
    may: "add it",
    allows: (before, after) => isMissing(before) && isRecord(after) && !isMissing(after[property]),
  };
}

/** @param property the property that says how a route is authorized */
export const authorized = {
  /** Any authorization is stricter than none. Two kinds let different callers in. */
  type: {
    may: "replace NONE",
    allows: (before: unknown, after: unknown) => isOpen(before) && isText(after) && !isOpen(after),
  } satisfies Direction,
  /** The authorizer of a route that had none. */
  authorizer: (property: string): Direction => ({
    may: `set it where ${property} was NONE`,
    allows: (_before, _after, { before }) => isOpen(before[property]),
  }),
  /**
   * A token needs one of the scopes, so more scopes let more tokens in.
   *
   * @param fromNone whether the first scopes are stricter than none
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
   */
  scopes: (property: string, fromNone: boolean): Direction => ({
    may: fromNone
      ? "set it where it is empty, or remove entries but not the last one: a token needs one of the scopes, so one more lets more tokens in"
      : "remove entries, but not the last one: a token needs one of the scopes, so one more lets more tokens in",
    allows: (before, after, whole) => {
      if (isOpen(whole.before[property])) return true;
      const isEmpty = isMissing(before) || (Array.isArray(before) && before.length === 0);
      if (isEmpty) return fromNone && Array.isArray(after) && after.length > 0 && after.every(isText);
      return fewer.allows(before, after, whole);
    },
  }),
};

function isOpen(authorization: unknown): boolean {
  return isMissing(authorization) || authorization === "NONE";
}

/**
 * The identity sources of an authorizer of an HTTP or WebSocket API. A function is only called if all of them are there. A JSON
 * Web Token is verified wherever it stands; in a URL, it would end up in the logs of others.
 *
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html
 */
export const identitySources: Direction = {
  may: "add entries for a Lambda authorizer, or read a JWT from another header ($request.header.NAME)",
  allows: (before, after, whole) => {
    if (!Array.isArray(after) || !after.every(isText)) return false;
    if (whole.before.authorizerType === "JWT") {
      return after.length === 1 && /^\$request\.header\.[\w-]+$/.test(String(after[0]));
    }
    return isMissing(before) || (Array.isArray(before) && isWithin(before, after));
  },
};

/** A format of an access log in JSON that keeps the fields, with their values. */
export const keepsFields: Direction = {
  may: "add fields",
  allows: (before, after) => {
    const [was, is] = [parsed(before), parsed(after)];
    return was !== undefined && is !== undefined && isWithin(Object.entries(was), Object.entries(is));
  },
};

function parsed(json: unknown): PlainRecord | undefined {
  if (!isText(json)) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return isPlainRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** More entries of a record, with the others unchanged. A missing record has none. */
export const moreEntries: Direction = {
  may: "add entries",
  allows: (before, after) => {
    const was = before ?? {};
    return (
      isRecord(was) &&
      isRecord(after) &&
      Object.entries(was).every(([name, value]) => isSame(value, after[name]))
    );
  },
};

/** Scopes of a resource server. Their descriptions are free. */
export const fewerScopes: Direction = {
  may: "remove entries, and change descriptions",
  allows: (before, after) => {
    if (!Array.isArray(before) || !Array.isArray(after ?? [])) return false;
    const [was, is] = [namesOf(before), namesOf((after ?? []) as readonly unknown[])];
    return is.every(isText) && isWithin(is, was);
  },
};

function namesOf(scopes: readonly unknown[]): readonly unknown[] {
  return scopes.map((scope) => (isRecord(scope) ? scope.scopeName : undefined));
}

/** No whole requests and messages in the log, whatever the route. */
const untraced: Direction = becomes(false, false);

export const untracedSettings: Direction = {
  may: "change everything but dataTraceEnabled",
  within: ["dataTraceEnabled"],
  allows: (before, after, whole) =>
    Array.isArray(after ?? [])
      ? ((after ?? []) as readonly unknown[]).every(
          (one) => isRecord(one) && untraced.allows(undefined, one.dataTraceEnabled, whole),
        )
      : fields({ dataTraceEnabled: untraced }).allows(before, after, whole),
};

const limits = ["throttlingRateLimit", "throttlingBurstLimit"] as const;

/** The settings of a stage or a method whose limits a lockdown has set. */
export const heldSettings: Direction = {
  may: "lower the limits, and change everything else but dataTraceEnabled",
  within: [...limits, "dataTraceEnabled"],
  allows: fields({ throttlingRateLimit: lower, throttlingBurstLimit: lower, dataTraceEnabled: untraced })
    .allows,
};

/** The limits of a usage plan that a lockdown has set. */
export const heldPlan: Direction = fields({ rateLimit: lower, burstLimit: lower }, "lower the limits");

/** The settings of routes whose limits a lockdown has set. A route without settings has those of the stage. */
export const heldRoutes: Direction = {
  ...heldSettings,
  allows: (before, after, whole) => {
    const [was, is] = [byRoute(before), byRoute(after)];
    if (was === undefined || is === undefined || !untracedSettings.allows(before, after, whole)) return false;
    return [...new Set([...was.keys(), ...is.keys()])].every((key) => {
      const from = was.get(key) ?? whole.before.defaultRouteSettings;
      const to = is.get(key) ?? whole.after.defaultRouteSettings;
      return (
        isRecord(from) && isRecord(to) && limits.every((limit) => lower.allows(from[limit], to[limit], whole))
      );
    });
  },
};

function byRoute(settings: unknown): ReadonlyMap<string, PlainRecord> | undefined {
  const list: unknown = settings ?? [];
  if (!Array.isArray(list)) return undefined;
  const entries = list.flatMap((one): [string, PlainRecord][] =>
    isRecord(one) && isText(one.routeKey) ? [[one.routeKey, one]] : [],
  );
  return entries.length === list.length ? new Map(entries) : undefined;
}
