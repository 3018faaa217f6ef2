import type { InventoryRow } from "@api-guardrails/policies/inventory";
import { counted, enumeration } from "../text/wording";
import type { Pair } from "./pairs";

/** What is different about who gets in, or about what surrounds it. */
export interface Difference {
  readonly way: "weakened" | "strengthened";
  /** Completes a sentence that starts with the route. */
  readonly says: string;
}

type Authentication = InventoryRow["authentication"];

const weakened = (says: string): Difference => ({ way: "weakened", says });
const strengthened = (says: string): Difference => ({ way: "strengthened", says });

/** How the authentication of a way in that asks for one, before and after, is different. */
export function differencesOfAuthentication({ before, after }: Pair): readonly Difference[] {
  const was = before.authentication;
  const is = after.authentication;
  const { added, removed } = compared(was.kinds, is.kinds);
  if (added.length > 0) {
    return [
      weakened(`asks for ${orList(is.kinds)}, and asked for ${orList(was.kinds) || "something else"}`),
      ...weaknesses(was, is),
    ];
  }
  const fewer = removed.length > 0 && is.kinds.length > 0;
  return [
    ...(fewer ? [strengthened(`takes no ${orList(removed)} any more`)] : []),
    ...weaknesses(was, is),
    ...whomItTrusts({ before, after }),
    ...scopes({ before, after }),
  ];
}

function weaknesses(was: Authentication, is: Authentication): readonly Difference[] {
  const { added, removed } = compared(was.weaknesses, is.weaknesses);
  return [
    ...added.map((weakness) => weakened(`lets in more callers than it should: it ${weakness}`)),
    ...removed.map((weakness) => strengthened(`no longer ${weakness}`)),
  ];
}

function whomItTrusts(pair: Pair): readonly Difference[] {
  const { before, after } = pair;
  const was = before.authentication;
  const is = after.authentication;
  const areIssuersKnown = [before, after].every(({ unknown }) => !unknown.includes("issuers"));
  const areAudiencesKnown = [before, after].every(knowsAudiences);
  const found: Difference[] = [];
  if (areIssuersKnown) {
    const { added, removed } = compared(was.issuerDigests, is.issuerDigests);
    const hosts = compared(was.issuers, is.issuers).added;
    const where = hosts.length > 0 ? ` (${enumeration(hosts)})` : "";
    if (added.length > 0) found.push(weakened(`accepts tokens of another issuer${where}`));
    else if (removed.length > 0) found.push(strengthened("accepts tokens of fewer issuers"));
  }
  if (areAudiencesKnown) {
    const { added, removed } = compared(was.audienceDigests, is.audienceDigests);
    if (was.audiences !== null && is.audiences === null) found.push(weakened("compares no audience"));
    else if (was.audiences === null && is.audiences !== null)
      found.push(strengthened("compares the audience"));
    else if (added.length > 0) {
      found.push(
        weakened(`accepts tokens for ${counted(added.length, "other audience", "other audiences")}`),
      );
    } else if (removed.length > 0) found.push(strengthened("accepts tokens for fewer audiences"));
  }
  // What is known decides by itself: the same issuer may come from another resource.
  const decides = is.kinds.some(
    (kind) => kind !== "Lambda authorizer" && kind !== "IAM" && kind !== "API key",
  );
  if (decides && is.issuerDigests.length > 0 && areIssuersKnown && areAudiencesKnown) return found;
  return [...found, ...trustedResources(pair)];
}

/** Whether each audience is known, not only how many there are. */
function knowsAudiences({ authentication, unknown }: InventoryRow): boolean {
  const { audiences, audienceDigests } = authentication;
  return !unknown.includes("audiences") && audienceDigests.length === (audiences ?? 0);
}

function trustedResources({ before, after }: Pair): readonly Difference[] {
  const was = before.authentication;
  const is = after.authentication;
  const named = (resource: { readonly type: string }, name: string) => `${resource.type} ${name}`;
  const trusted = new Set(was.trusts.map((one) => named(one, one.name)));
  const others = is.trusts.filter(
    (one) => ![one.name, ...one.formerNames].some((name) => trusted.has(named(one, name))),
  );
  if (others.length > 0) {
    const what = others.map(({ type, name }) => `${shortType(type)} "${name}"`);
    return [weakened(`trusts ${enumeration(what)} now`)];
  }
  const isByName =
    was.trusts.length === 0 && is.trusts.length === 0 && is.kinds.includes("Lambda authorizer");
  if (isByName && was.authorizer !== is.authorizer && is.authorizer !== null) {
    return [weakened(`is authorized by another authorizer, "${is.authorizer}"`)];
  }
  return [];
}

/** `cognito.UserPool`, as people write it in a program. */
function shortType(type: string): string {
  const [, module = "", name = type] = /^[^:]+:([^/:]+)[^:]*:(.+)$/.exec(type) ?? [];
  return module === "" ? name : `${module}.${name}`;
}

/** A token needs one of the scopes that are listed. */
function scopes({ before, after }: Pair): readonly Difference[] {
  if (before.unknown.includes("scopes") || after.unknown.includes("scopes")) return [];
  const was = before.authentication.scopes;
  const is = after.authentication.scopes;
  const { added, removed } = compared(was, is);
  if (was.length > 0 && is.length === 0) return [weakened(`asks for no scope, and asked for ${orList(was)}`)];
  if (was.length > 0 && added.length > 0) return [weakened(`also takes the scope ${orList(added)}`)];
  if (added.length > 0) return [strengthened(`asks for the scope ${orList(is)}`)];
  return removed.length > 0 ? [strengthened(`doesn't take the scope ${orList(removed)} any more`)] : [];
}

/** How what surrounds a way in is different: its throttle, its log, its alarms, its firewall, its default endpoint. */
export function differencesAround({ before, after }: Pair): readonly Difference[] {
  return [
    ...throttle({ before, after }),
    ...quota(before, after),
    ...log({ before, after }),
    ...alarms(before, after),
    ...(before.firewall === true && after.firewall === false ? [weakened("has no web ACL any more")] : []),
    ...(before.firewall === false && after.firewall === true ? [strengthened("has a web ACL")] : []),
    ...defaultEndpoint(before, after),
  ];
}

function throttle({ before, after }: Pair): readonly Difference[] {
  if (before.unknown.includes("throttle") || after.unknown.includes("throttle")) return [];
  const isSet = ({ throttle }: InventoryRow) =>
    throttle !== null && (throttle.rate !== null || throttle.burst !== null);
  if (isSet(before) && !isSet(after)) return [weakened("has no throttle any more")];
  return !isSet(before) && isSet(after) && before.throttle !== null ? [strengthened("has a throttle")] : [];
}

/** A quota limits every caller if each needs an API key, and each plan that a key may belong to has one. */
function quota(before: InventoryRow, after: InventoryRow): readonly Difference[] {
  if ([before, after].some(({ throttle, unknown }) => throttle === null || unknown.includes("quota")))
    return [];
  const limitsAll = ({ throttle }: InventoryRow) =>
    throttle !== null && throttle.quota.length > 0 && throttle.quota.every(({ limit }) => limit !== null);
  if (limitsAll(before) === limitsAll(after)) return [];
  return limitsAll(before)
    ? [weakened("has no quota for every caller any more")]
    : [strengthened("has a quota for every caller")];
}

function log({ before, after }: Pair): readonly Difference[] {
  const was = before.log;
  const is = after.log;
  if (was?.kind === "written" && is?.kind !== "written" && is?.kind !== "unknown") {
    return [weakened("is in no access log any more")];
  }
  if (was?.kind === "none" && is?.kind === "written") return [strengthened("is in an access log")];
  if (was?.kind !== "written" || is?.kind !== "written") return [];
  const missing = was.missing && is.missing ? compared(was.missing, is.missing).added : [];
  const isShorter =
    was.retentionInDays !== null &&
    is.retentionInDays !== null &&
    forEver(is.retentionInDays) < forEver(was.retentionInDays);
  return [
    ...(missing.length > 0
      ? [weakened(`is in an access log that no longer says ${enumeration(missing)}`)]
      : []),
    ...(isShorter
      ? [weakened(`is in an access log that is kept ${kept(is)}, and was kept ${kept(was)}`)]
      : []),
  ];
}

/** Zero keeps the events for ever. */
const forEver = (days: number) => days || Number.POSITIVE_INFINITY;

function kept({ retentionInDays: days }: { readonly retentionInDays: number | null }): string {
  return days ? counted(days, "day", "days") : "for ever";
}

function alarms(before: InventoryRow, after: InventoryRow): readonly Difference[] {
  if (before.watched === null || after.watched === null) return [];
  const { added, removed } = compared<string>(before.watched, after.watched);
  return [
    ...(removed.length > 0 ? [weakened(`has no alarm on ${enumeration(removed)} any more`)] : []),
    ...(added.length > 0 ? [strengthened(`has an alarm on ${enumeration(added)}`)] : []),
  ];
}

/** What a custom domain asks for, such as a client certificate, the default endpoint doesn't. */
function defaultEndpoint(before: InventoryRow, after: InventoryRow): readonly Difference[] {
  const answersBeside = ({ hosts }: InventoryRow) => hosts.some(({ of }) => of === "service");
  const hasCustom = before.hosts.some(({ of }) => of === "custom");
  if (!hasCustom || after.hosts.length === 0) return [];
  if (!answersBeside(before) && answersBeside(after)) {
    return [weakened("answers at the default endpoint too, beside the custom domain")];
  }
  return answersBeside(before) && !answersBeside(after)
    ? [strengthened("no longer answers at the default endpoint")]
    : [];
}

function compared<T>(
  was: readonly T[],
  is: readonly T[],
): { readonly added: readonly T[]; readonly removed: readonly T[] } {
  return { added: is.filter((one) => !was.includes(one)), removed: was.filter((one) => !is.includes(one)) };
}

/** "a", "a or b". */
function orList(parts: readonly string[]): string {
  return new Intl.ListFormat("en", { type: "disjunction" }).format(parts);
}
