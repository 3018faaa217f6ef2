import { addressRange, holdAnyone } from "../../reading/iam/internet-address";
import { knownElements, knownValue, type Seen, type View } from "../../stack";
import { actionsOf, isListenerRule, targetGroups } from "./load-balancer";
import { type LoadBalancerEndpoint, listenerRoutes } from "./load-balancer-endpoints";

/** A listener or a rule that forwards to targets which another one guards. */
export interface UnguardedWay {
  /** What guards the targets elsewhere. */
  readonly guard: LoadBalancerEndpoint;
  /** Whether it leads to a part of what the targets serve: some paths, or the requests that no guard before it matches. */
  readonly isLimited: boolean;
}

/**
 * The guard that callers bypass who come by an endpoint without authentication. A login, a token or a client certificate
 * that one listener or rule requires says that the program wants one before these targets. Undefined if none does.
 *
 * @param endpoints all of the stack
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 */
export function unguardedWay(
  endpoint: LoadBalancerEndpoint,
  endpoints: readonly LoadBalancerEndpoint[],
): UnguardedWay | undefined {
  // Targets may verify the certificates that a listener passes on. load-balancer-authentication-holds advises about it.
  if (isGuard(endpoint) || passesCertificatesOn(endpoint)) return undefined;
  const guards = endpoints.filter((other) => isGuard(other) && shareTargets(endpoint, other));
  const bypassed = guards.find((guard) => !isBehind(endpoint, guard) && mayMatchTheSame(endpoint, guard));
  if (bypassed) return { guard: bypassed, isLimited: isLimited(endpoint) };
  const [guard] = guards;
  return guard && { guard, isLimited: true };
}

function passesCertificatesOn({ listener }: LoadBalancerEndpoint): boolean {
  const mutual = listener && knownValue(listener.record("mutualAuthentication"));
  return mutual !== undefined && knownValue(mutual.word("mode")) === "PASSTHROUGH";
}

function isGuard({ authentication }: LoadBalancerEndpoint): boolean {
  return authentication.verdict === "authenticated";
}

function shareTargets(one: LoadBalancerEndpoint, other: LoadBalancerEndpoint): boolean {
  const targets = targetsOf(other);
  return targetsOf(one).some((target) => targets.includes(target));
}

/** The target groups of this stack by their URNs, and others by the ARNs that the program writes out. */
function targetsOf({ resource, path }: LoadBalancerEndpoint): readonly string[] {
  const here = path.filter(({ type }) => targetGroups.some(({ token }) => token === type));
  const actions = knownElements(actionsOf(resource));
  const arns = actions.flatMap((action) => {
    const weighted = action.record("forward");
    return [
      action.text("targetGroupArn"),
      ...(weighted.kind === "known"
        ? knownElements(weighted.value.records("targetGroups")).map((group) => group.text("arn"))
        : []),
    ];
  });
  return [...here.map(({ urn }) => urn), ...arns.flatMap((arn) => knownValue(arn) ?? [])];
}

/** Whether an endpoint gets only those requests of its listener that the guard hasn't matched by path, method or host. */
function isBehind(endpoint: LoadBalancerEndpoint, guard: LoadBalancerEndpoint): boolean {
  if (!endpoint.listener || endpoint.listener !== guard.listener) return false;
  const before = priorityOf(guard);
  const after = priorityOf(endpoint);
  if (before === undefined || after === undefined || after <= before) return false;
  // A caller who leaves out the header, or asks from another address, is forwarded without the guard.
  return conditionsOf(guard)?.some(isCallersChoice) === false;
}

/** The default actions come last. Undefined where the provider chooses, or where it isn't known. */
function priorityOf({ resource }: LoadBalancerEndpoint): number | undefined {
  return isListenerRule(resource) ? knownValue(resource.number("priority")) : Number.POSITIVE_INFINITY;
}

interface Values {
  values?: readonly string[] | undefined;
  regexValues?: readonly string[] | undefined;
}
interface Condition {
  pathPattern?: Values | undefined;
  hostHeader?: Values | undefined;
  httpHeader?: Values | undefined;
  sourceIp?: Values | undefined;
  queryStrings?: readonly { value?: string }[] | undefined;
}

type Conditions = Seen<readonly Seen<View<Condition>>[]>;

/** Undefined where not all of them are known. */
function conditionsOf({ resource }: LoadBalancerEndpoint): readonly View<Condition>[] | undefined {
  if (!isListenerRule(resource)) return [];
  const conditions = resource.records("conditions") as Conditions;
  const known = knownElements(conditions);
  return conditions.kind === "known" && known.length === conditions.value.length ? known : undefined;
}

function isCallersChoice(condition: View<Condition>): boolean {
  return (["httpHeader", "queryStrings", "sourceIp"] as const).some((name) => condition.isSet(name));
}

/** Whether a rule leaves out some paths, or callers without a header, a parameter or an address. */
function isLimited({ resource }: LoadBalancerEndpoint): boolean {
  if (!isListenerRule(resource)) return false;
  const conditions = knownElements(resource.records("conditions") as Seen<readonly Seen<View<Condition>>[]>);
  return conditions.some(
    (condition) =>
      narrows(condition.record("pathPattern"), (pattern) => !/^\/?[*?]*\*[*?]*$/.test(pattern)) ||
      narrows(condition.record("httpHeader"), (pattern) => !/^[*?]*$/.test(pattern)) ||
      narrows(condition.record("sourceIp"), (address) => {
        const range = addressRange(address);
        return range !== undefined && !holdAnyone([range]);
      }) ||
      knownElements(condition.records("queryStrings")).some((parameter) => {
        const value = knownValue(parameter.text("value"));
        return value !== undefined && !/^[*?]*$/.test(value);
      }),
  );
}

/** Whether every value of a condition leaves something out. Any of them is enough for a request to match. */
function narrows(condition: Seen<View<Values>>, isNarrow: (value: string) => boolean): boolean {
  if (condition.kind !== "known") return false;
  const areAll = (property: "values" | "regexValues", is: (value: string) => boolean) => {
    const list = condition.value.list(property);
    if (list.kind !== "known") return list.kind === "absent";
    return list.value.every((value) => value.kind === "known" && is(value.value));
  };
  const isSet = condition.value.isSet("values") || condition.value.isSet("regexValues");
  return (
    isSet &&
    areAll("values", isNarrow) &&
    areAll("regexValues", (expression) => !/^\^?\/?\(?\.[*+]\)?\$?$/.test(expression))
  );
}

/** Whether a request may match both. True if nobody can tell. */
function mayMatchTheSame(one: LoadBalancerEndpoint, other: LoadBalancerEndpoint): boolean {
  const routes = routesOf(other);
  return (
    routesOf(one).some(([method, path]) =>
      routes.some(
        ([otherMethod, otherPath]) =>
          (method === otherMethod || method === "ANY" || otherMethod === "ANY") &&
          mayOverlap(path, otherPath),
      ),
    ) && hostsOf(one).some((host) => hostsOf(other).some((otherHost) => mayOverlap(host, otherHost)))
  );
}

function routesOf({ resource }: LoadBalancerEndpoint): readonly (readonly [method: string, path: string])[] {
  if (!isListenerRule(resource)) return [["ANY", "/*"]];
  return listenerRoutes(resource).map((route) => {
    const [method = "ANY", ...path] = route.split(" ");
    return [method, path.join(" ")] as const;
  });
}

function hostsOf({ resource }: LoadBalancerEndpoint): readonly string[] {
  if (!isListenerRule(resource)) return ["*"];
  const conditions = knownElements(resource.records("conditions") as Seen<readonly Seen<View<Condition>>[]>);
  const hosts = conditions.flatMap((condition) => {
    const host = condition.record("hostHeader");
    if (host.kind !== "known" || host.value.isSet("regexValues")) return host.kind === "absent" ? [] : ["*"];
    const values = host.value.list("values");
    if (values.kind !== "known") return ["*"];
    return values.value.map((value) => (value.kind === "known" ? value.value.toLowerCase() : "*"));
  });
  return hosts.length > 0 ? hosts : ["*"];
}

/** Whether some text may match both patterns, by what stands before and after their wildcards. */
function mayOverlap(one: string, other: string): boolean {
  const agree = (first: string, second: string, isPrefix: boolean) =>
    isPrefix
      ? first.startsWith(second) || second.startsWith(first)
      : first.endsWith(second) || second.endsWith(first);
  const [before, after] = literalEndsOf(one);
  const [otherBefore, otherAfter] = literalEndsOf(other);
  if (after === undefined && otherAfter === undefined) return one === other;
  if (after === undefined) return one.startsWith(otherBefore) && one.endsWith(otherAfter ?? "");
  if (otherAfter === undefined) return other.startsWith(before) && other.endsWith(after);
  return agree(before, otherBefore, true) && agree(after, otherAfter, false);
}

/** The text before the first wildcard and after the last one. Of a pattern without any, only the text. */
function literalEndsOf(pattern: string): readonly [before: string, after: string | undefined] {
  const parts = pattern.split(/[*?]/);
  return [parts[0] ?? "", parts.length > 1 ? parts.at(-1) : undefined];
}
