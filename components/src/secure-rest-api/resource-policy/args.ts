import { isIP } from "node:net";
import type * as pulumi from "@pulumi/pulumi";
import {
  arrivesLater,
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  unknownProperties,
} from "../../input-problems";

/** Where requests have to come from, and who may sign them. An argument that is left out restricts nothing. */
export interface ResourcePolicyArgs {
  /**
   * The addresses that may call, in addition to the authorization. Ranges in CIDR notation, narrower than /8 (IPv4) or /16
   * (IPv6). For a private API, the callers' addresses in their own networks, in ranges of any width except /0.
   */
  readonly ipRanges?: readonly pulumi.Input<string>[] | undefined;
  /**
   * The ids of other AWS accounts whose principals may call the routes with `Authorization.iam()`. Their own account has to
   * allow it too. Principals of the API's account need only their account's permission.
   */
  readonly accounts?: readonly pulumi.Input<string>[] | undefined;
  /** The same for every account of an organization: `o-` and its id. */
  readonly organizationId?: pulumi.Input<string> | undefined;
}

const policyArguments: NamesOf<ResourcePolicyArgs> = { ipRanges: true, accounts: true, organizationId: true };

/** Wider ranges keep nobody out: anybody can rent an address in them. */
const widestPrefix = { 4: 8, 6: 16 };

/** @param isPrivate whether the addresses are those of callers' private networks */
export function resourcePolicyProblems(
  policy: unknown,
  isPrivate: boolean,
  propertyPath: string,
): InputProblem[] {
  if (policy === undefined) return [];
  if (!isPlainRecord(policy) || Object.values(policy).every((value) => value === undefined)) {
    const reason =
      "give at least one of ipRanges, accounts and organizationId: without any, the policy restricts nobody";
    return [{ propertyPath, reason }];
  }
  return [
    ...unknownProperties(policy, policyArguments, `${propertyPath}.`),
    ...(policy.ipRanges === undefined
      ? []
      : ipRangesProblems(policy.ipRanges, isPrivate, `${propertyPath}.ipRanges`)),
    ...(policy.accounts === undefined ? [] : accountsProblems(policy.accounts, `${propertyPath}.accounts`)),
    ...(policy.organizationId === undefined
      ? []
      : organizationProblems(policy.organizationId, `${propertyPath}.organizationId`)),
  ];
}

export function ipRangesProblems(ranges: unknown, isPrivate: boolean, propertyPath: string): InputProblem[] {
  const isRange = (range: unknown) =>
    arrivesLater(range) || (typeof range === "string" && isNarrow(range, isPrivate));
  if (Array.isArray(ranges) && ranges.length > 0 && ranges.every(isRange)) return [];
  const reason = isPrivate
    ? "list ranges such as 10.1.0.0/16, none of which holds every address"
    : "list ranges such as 203.0.113.0/24, narrower than /8 (IPv4) or /16 (IPv6): wider ones keep nobody out";
  return [{ propertyPath, reason }];
}

function isNarrow(range: string, isPrivate: boolean): boolean {
  const [network = "", prefix, ...rest] = range.split("/");
  const version = isIP(network);
  if ((version !== 4 && version !== 6) || rest.length > 0) return false;
  const most = version === 4 ? 32 : 128;
  const width = prefix === undefined ? most : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  return width <= most && width > (isPrivate ? 0 : widestPrefix[version]);
}

export function accountsProblems(accounts: unknown, propertyPath: string): InputProblem[] {
  const isAccount = (account: unknown) =>
    arrivesLater(account) || (typeof account === "string" && /^\d{12}$/.test(account));
  return Array.isArray(accounts) && accounts.length > 0 && accounts.every(isAccount)
    ? []
    : [{ propertyPath, reason: "list account ids of twelve digits, as strings without wildcards" }];
}

export function organizationProblems(id: unknown, propertyPath: string): InputProblem[] {
  // https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html
  return arrivesLater(id) || (typeof id === "string" && /^o-[a-z0-9]{10,32}$/.test(id))
    ? []
    : [{ propertyPath, reason: "give the id of an organization, o- and 10 to 32 letters and digits" }];
}
