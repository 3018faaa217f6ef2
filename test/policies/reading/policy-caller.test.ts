import { describe, expect, test } from "vitest";
import {
  type Caller,
  callerKeys,
  type Network,
  ownerKeys,
  type Presented,
  presented,
} from "../../../policies/src/reading/iam/policy-caller";

const callers = ["anonymous", "account", "insider", "service"] as const satisfies readonly Caller[];

/** What a caller has under a key: `-` for nothing, with `?` if only perhaps. */
function told({ presence, value }: Presented): string {
  if (presence === "never") return "-";
  const words = {
    chosen: "chosen",
    "one of": value.kind === "one of" ? value.values.join("|") : "",
    "foreign id": "id",
    "foreign arn": value.kind === "foreign arn" && value.hasPath ? "ARN with a path" : "ARN",
    owned: "owner's",
    address: "address",
  };
  return `${words[value.kind]}${presence === "maybe" ? "?" : ""}`;
}

const has = (caller: Caller, network: Network, key: string, hasIdentityKeys = true) =>
  told(presented(caller, network, key, hasIdentityKeys));

type Row = readonly [key: string, anonymous: string, account: string, insider: string, service: string];

/** A key that a caller who signs has, in one's own account or another. */
const signed = (key: string, account: string): Row => [key, "-", account, "chosen?", "-"];
/** A key that a service sets to say for whom it acts. */
const source = (key: string, service: string): Row => [key, "-", "-", "-", service];
const types = "Account|User|FederatedUser|AssumedRole";

describe("what a request over the internet has under a key, as whoever calls", () => {
  test.each<Row>([
    ["aws:principalaccount", "anonymous", "id", "chosen?", "-"],
    ["aws:principaltype", "Anonymous", types, "chosen?", "chosen?"],
    ["aws:userid", "anonymous", "id", "chosen?", "-"],
    ["aws:principalisawsservice", "-", "false", "false", "true"],
    signed("aws:principalarn", "ARN with a path"),
    signed("aws:principalorgid", "id?"),
    signed("aws:principalorgpaths", "id?"),
    signed("aws:signinsessionarn", "ARN?"),
    signed("aws:sourceinstancearn", "ARN?"),
    signed("aws:ec2instancesourcevpc", "id?"),
    signed("lambda:sourcefunctionarn", "ARN?"),
    signed("kms:calleraccount", "id"),
    ["aws:sourceowner", "-", "id?", "chosen?", "id?"],
    source("aws:sourceaccount", "id?"),
    source("aws:sourcearn", "ARN?"),
    source("aws:sourceorgid", "id?"),
    source("aws:sourceorgpaths", "id?"),
    source("aws:principalservicename", "chosen"),
    source("aws:principalservicenameslist", "chosen"),
    source("lambda:eventsourcetoken", "id?"),
    ["lambda:functionurlauthtype", "NONE?", "AWS_IAM|NONE?", "chosen?", "-"],
    ["aws:multifactorauthpresent", "-", "chosen?", "false?", "-"],
    signed("aws:multifactorauthage", "chosen?"),
    signed("aws:calledvia", "chosen?"),
    signed("aws:calledviafirst", "chosen?"),
    signed("aws:calledvialast", "chosen?"),
    signed("aws:username", "chosen?"),
    signed("aws:federatedprovider", "chosen?"),
    signed("aws:sourceidentity", "chosen?"),
    signed("aws:tokenissuetime", "chosen?"),
    signed("aws:principaltag/team", "chosen?"),
    ["aws:resourceaccount", "owner's?", "owner's?", "chosen?", "owner's?"],
    ["aws:resourceorgid", "owner's?", "owner's?", "chosen?", "owner's?"],
    ["aws:resourceorgpaths", "owner's?", "owner's?", "chosen?", "owner's?"],
    ["aws:sourceip", "address", "address", "address", "address?"],
    ["aws:sourcevpce", "-", "-", "-", "-"],
    ["aws:useragent", "chosen?", "chosen?", "chosen?", "chosen?"],
    ["aws:requesttag/team", "chosen?", "chosen?", "chosen?", "chosen?"],
    ["constructor", "chosen?", "chosen?", "chosen?", "chosen?"],
  ])("%s: anonymous %s, account %s, insider %s, service %s", (key, ...expected) => {
    expect(callers.map((caller) => has(caller, "internet", key))).toEqual(expected);
  });
});

describe("what a request through a VPC endpoint has under a key", () => {
  test.each([
    ["aws:sourcevpce", "id"],
    ["aws:sourcevpc", "id"],
    ["aws:sourcevpcarn", "ARN"],
    ["aws:vpceaccount", "id?"],
    ["aws:vpceorgid", "id?"],
    ["aws:vpceorgpaths", "id?"],
    ["aws:vpcsourceip", "chosen"],
    ["vpc-lattice-svcs:sourcevpc", "id"],
    ["vpc-lattice-svcs:sourcevpcowneraccount", "id"],
  ])("%s: %s, and nothing over the internet or from a service", (key, expected) => {
    const through = (network: Network) => callers.map((caller) => has(caller, network, key));
    expect(through("endpoint")).toEqual([expected, expected, expected, "-"]);
    expect(through("internet")).toEqual(["-", "-", "-", "-"]);
  });

  test("has no address on the internet, except from a service", () => {
    expect(callers.map((caller) => has(caller, "endpoint", "aws:sourceip"))).toEqual([
      "-",
      "-",
      "-",
      "address?",
    ]);
  });
});

test("a service may fill in no keys of a principal for a request that nobody signed", () => {
  for (const key of ["aws:principalaccount", "aws:principaltype", "aws:userid"]) {
    expect(has("anonymous", "internet", key, false)).toBe("-");
    expect(has("account", "internet", key, false)).toBe(has("account", "internet", key));
  }
});

test("owners and callers have an account, an organization and a path in it", () => {
  const kinds = ["account", "orgid", "orgpaths"];
  expect([...ownerKeys]).toEqual(kinds.map((kind) => `aws:resource${kind}`));
  expect([...callerKeys].toSorted()).toEqual(
    ["aws:principal", "aws:source", "aws:vpce"].flatMap((who) => kinds.map((kind) => who + kind)).toSorted(),
  );
});
