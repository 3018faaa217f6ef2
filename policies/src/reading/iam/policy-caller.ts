/** A caller whom a resource policy doesn't name. */
export type Caller =
  /** Anybody who finds the address: a request without a signature. */
  | "anonymous"
  /** Anybody with an AWS account of their own, in which they grant themselves what the caller's account has to grant. */
  | "account"
  /** Whoever has a role: a principal of the account that the policy belongs to. */
  | "insider"
  /** An AWS service that acts for a resource in another account: a topic, a rule, an API. */
  | "service";

/** A caller who has nothing to do with the account. */
export type Stranger = Exclude<Caller, "insider">;

/** How a request arrives at the resource. */
export type Network = "internet" | "endpoint";

/** What a caller's requests have under one condition key. */
export interface Presented {
  readonly presence: "always" | "maybe" | "never";
  readonly value: PresentedValue;
}

export type PresentedValue =
  /** The caller chooses it. */
  | { readonly kind: "chosen" }
  /** One of these. */
  | { readonly kind: "one of"; readonly values: readonly string[] }
  /**
   * An identifier that AWS gave the caller, so it is none that a policy of somebody else names. The caller may choose what
   * follows it: `AROAEXAMPLE:session`, `o-example/r-root/ou-unit/`.
   */
  | { readonly kind: "foreign id" }
  /** The ARN of a resource in the caller's account, which may have a path that the caller chooses. */
  | { readonly kind: "foreign arn"; readonly hasPath: boolean }
  /** What the owner of the resource has, which is nothing of the caller's. */
  | { readonly kind: "owned" }
  /** An address on the internet. */
  | { readonly kind: "address" };

const never: Presented = { presence: "never", value: { kind: "chosen" } };
const maybeChosen: Presented = { presence: "maybe", value: { kind: "chosen" } };
const always = (value: PresentedValue): Presented => ({ presence: "always", value });
const maybe = (value: PresentedValue): Presented => ({ presence: "maybe", value });
const chosen: PresentedValue = { kind: "chosen" };
const foreignId: PresentedValue = { kind: "foreign id" };
const foreignArn: PresentedValue = { kind: "foreign arn", hasPath: false };
const oneOf = (...values: readonly string[]): PresentedValue => ({ kind: "one of", values });

type Keys = Readonly<Record<string, Presented>>;

/** Present only in a request through a VPC endpoint, which has no `aws:SourceIp`. */
const endpointKeys: Keys = {
  "aws:sourcevpce": always(foreignId),
  "aws:sourcevpc": always(foreignId),
  "aws:sourcevpcarn": always(foreignArn),
  "aws:vpceaccount": maybe(foreignId),
  "aws:vpceorgid": maybe(foreignId),
  "aws:vpceorgpaths": maybe(foreignId),
  // An address in the caller's own network, whose addresses the caller chooses.
  "aws:vpcsourceip": always(chosen),
  "vpc-lattice-svcs:sourcevpc": always(foreignId),
  "vpc-lattice-svcs:sourcevpcowneraccount": always(foreignId),
};

/** For a principal that signs: an IAM user or a role of the caller's own account. */
const signedKeys: Keys = {
  "aws:principalaccount": always(foreignId),
  "aws:principalarn": always({ kind: "foreign arn", hasPath: true }),
  "aws:principalorgid": maybe(foreignId),
  "aws:principalorgpaths": maybe(foreignId),
  "aws:principaltype": always(oneOf("Account", "User", "FederatedUser", "AssumedRole")),
  "aws:principalisawsservice": always(oneOf("false")),
  "aws:userid": always(foreignId),
  "aws:signinsessionarn": maybe(foreignArn),
  "aws:sourceinstancearn": maybe(foreignArn),
  "aws:ec2instancesourcevpc": maybe(foreignId),
  "lambda:sourcefunctionarn": maybe(foreignArn),
  "kms:calleraccount": always(foreignId),
  // A topic's default policy has it: the account of the caller.
  "aws:sourceowner": maybe(foreignId),
  "aws:sourceaccount": never,
  "aws:sourcearn": never,
  "aws:sourceorgid": never,
  "aws:sourceorgpaths": never,
  "aws:principalservicename": never,
  "aws:principalservicenameslist": never,
  "lambda:eventsourcetoken": never,
  "lambda:functionurlauthtype": maybe(oneOf("AWS_IAM", "NONE")),
};

/** For a principal of one's own account, which has whatever a policy of the account names. */
const insiderKeys: Keys = {
  ...Object.fromEntries(
    Object.entries(signedKeys).map(([key, { presence }]) => [
      key,
      presence === "never" ? never : maybeChosen,
    ]),
  ),
  "aws:principalisawsservice": always(oneOf("false")),
  "aws:multifactorauthpresent": maybe(oneOf("false")),
};

const anonymousKeys: Keys = {
  ...Object.fromEntries(Object.keys(signedKeys).map((key) => [key, never])),
  "aws:calledvia": never,
  "aws:calledviafirst": never,
  "aws:calledvialast": never,
  "aws:username": never,
  "aws:federatedprovider": never,
  "aws:sourceidentity": never,
  "aws:tokenissuetime": never,
  "aws:multifactorauthage": never,
  "aws:multifactorauthpresent": never,
  "lambda:functionurlauthtype": maybe(oneOf("NONE")),
};

/**
 * The values of the global keys in an anonymous request. API Gateway has them only in signed requests, so a negated operator
 * holds there because they are absent.
 */
const anonymousIdentity: Keys = {
  "aws:principalaccount": always(oneOf("anonymous")),
  "aws:principaltype": always(oneOf("Anonymous")),
  "aws:userid": always(oneOf("anonymous")),
};

/** For an AWS service. The source keys say who made it call, if the service sets them. */
const serviceKeys: Keys = {
  ...anonymousKeys,
  "aws:principalisawsservice": always(oneOf("true")),
  "aws:principalservicename": always(chosen),
  "aws:principalservicenameslist": always(chosen),
  "aws:principaltype": maybeChosen,
  "aws:sourceaccount": maybe(foreignId),
  "aws:sourceowner": maybe(foreignId),
  "aws:sourcearn": maybe(foreignArn),
  "aws:sourceorgid": maybe(foreignId),
  "aws:sourceorgpaths": maybe(foreignId),
  "lambda:eventsourcetoken": maybe(foreignId),
  "lambda:functionurlauthtype": never,
};

/**
 * What a caller's requests have under a condition key. A key that isn't listed here restricts nobody: the caller chooses the
 * headers, parameters and tags it sends, and AWS calls a policy public that checks only those.
 *
 * @param key in lower case
 * @param hasIdentityKeys whether the service fills in the keys of a principal for a request that nobody signed
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function presented(
  caller: Caller,
  network: Network,
  key: string,
  hasIdentityKeys: boolean,
): Presented {
  if (Object.hasOwn(endpointKeys, key)) {
    return (network === "endpoint" && caller !== "service" && endpointKeys[key]) || never;
  }
  if (key === "aws:sourceip") {
    if (caller === "service") return maybe({ kind: "address" });
    return network === "internet" ? always({ kind: "address" }) : never;
  }
  if (ownerKeys.has(key)) return caller === "insider" ? maybeChosen : maybe({ kind: "owned" });
  if (key.startsWith("aws:principaltag/"))
    return caller === "account" || caller === "insider" ? maybeChosen : never;
  if (caller === "anonymous" && hasIdentityKeys && Object.hasOwn(anonymousIdentity, key)) {
    return anonymousIdentity[key] ?? never;
  }
  const keys = {
    anonymous: anonymousKeys,
    account: signedKeys,
    insider: insiderKeys,
    service: serviceKeys,
  }[caller];
  return (Object.hasOwn(keys, key) && keys[key]) || maybeChosen;
}

/** The keys that say who owns the resource. As a policy variable, `${aws:ResourceOrgID}` names the owner's organization. */
export const ownerKeys: ReadonlySet<string> = new Set([
  "aws:resourceaccount",
  "aws:resourceorgid",
  "aws:resourceorgpaths",
]);

/** The keys that say which account or organization the caller belongs to. A stranger never owns the resource. */
export const callerKeys: ReadonlySet<string> = new Set([
  "aws:principalaccount",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceaccount",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:vpceaccount",
  "aws:vpceorgid",
  "aws:vpceorgpaths",
]);
