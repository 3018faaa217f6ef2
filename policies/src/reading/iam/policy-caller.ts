/** Somebody whom a resource policy doesn't name. */
export type Caller =
  /** Whoever finds the address: a request without a signature. */
  | "anonymous"
  /** Anyone with an AWS account of their own: they sign with it, and grant themselves what their side has to grant. */
  | "account"
  /** An AWS service that acts for a resource in any other account: a topic, a rule, an API of its own. */
  | "service";

/** How a request gets to the resource. */
export type Network = "internet" | "endpoint";

/** What a caller's requests present under one condition key. */
export interface Presented {
  readonly presence: "always" | "maybe" | "never";
  readonly value: PresentedValue;
}

export type PresentedValue =
  /** The caller writes it. */
  | { readonly kind: "chosen" }
  /** One of these. */
  | { readonly kind: "one of"; readonly values: readonly string[] }
  /**
   * An identifier that AWS has given to the caller, so none that somebody else could name. The caller may write what
   * follows it: `AROAEXAMPLE:session`, `o-example/r-root/ou-unit/`.
   */
  | { readonly kind: "foreign id" }
  /** The ARN of a resource in the caller's account. */
  | { readonly kind: "foreign arn" }
  /** An address on the internet. */
  | { readonly kind: "address" };

const never: Presented = { presence: "never", value: { kind: "chosen" } };
const maybeChosen: Presented = { presence: "maybe", value: { kind: "chosen" } };
const always = (value: PresentedValue): Presented => ({ presence: "always", value });
const maybe = (value: PresentedValue): Presented => ({ presence: "maybe", value });
const chosen: PresentedValue = { kind: "chosen" };
const foreignId: PresentedValue = { kind: "foreign id" };
const foreignArn: PresentedValue = { kind: "foreign arn" };
const oneOf = (...values: readonly string[]): PresentedValue => ({ kind: "one of", values });

type Keys = Readonly<Record<string, Presented>>;

/** Present only where a request comes through a VPC endpoint; then `aws:SourceIp` isn't. */
const endpointKeys: Keys = {
  "aws:sourcevpce": always(foreignId),
  "aws:sourcevpc": always(foreignId),
  "aws:sourcevpcarn": always(foreignArn),
  "aws:vpceaccount": maybe(foreignId),
  "aws:vpceorgid": maybe(foreignId),
  "aws:vpceorgpaths": maybe(foreignId),
  // An address in the caller's own network, which numbers its machines as it likes.
  "aws:vpcsourceip": always(chosen),
  "vpc-lattice-svcs:sourcevpc": always(foreignId),
  "vpc-lattice-svcs:sourcevpcowneraccount": always(foreignId),
};

/** Of a principal that signs, an IAM user or a role of the caller's own account. */
const signedKeys: Keys = {
  "aws:principalaccount": always(foreignId),
  "aws:principalarn": always(foreignArn),
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
  // Of a topic's own default policy: the account of whoever calls.
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
 * What the global keys say of an anonymous request. API Gateway has them in requests that are signed only, and there a
 * negated operator holds since they are absent.
 */
const anonymousIdentity: Keys = {
  "aws:principalaccount": always(oneOf("anonymous")),
  "aws:principaltype": always(oneOf("Anonymous")),
  "aws:userid": always(oneOf("anonymous")),
};

/** Of an AWS service: who made it call is told by the source keys, where the service sets them. */
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
 * What a caller's requests present under a condition key. A key that isn't known here restricts nobody: which headers,
 * parameters and tags a caller sends is up to the caller, and AWS counts a policy as public that checks only them.
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
  if (key.startsWith("aws:principaltag/")) return caller === "account" ? maybeChosen : never;
  if (caller === "anonymous" && hasIdentityKeys && Object.hasOwn(anonymousIdentity, key)) {
    return anonymousIdentity[key] ?? never;
  }
  const keys = { anonymous: anonymousKeys, account: signedKeys, service: serviceKeys }[caller];
  return (Object.hasOwn(keys, key) && keys[key]) || maybeChosen;
}

/** The keys that say whose the resource is. As a policy variable, `${aws:ResourceOrgID}` names the owner's organization. */
export const ownerKeys: ReadonlySet<string> = new Set([
  "aws:resourceaccount",
  "aws:resourceorgid",
  "aws:resourceorgpaths",
]);

/** The keys that say whose the caller is: never the owner of a resource that doesn't name it. */
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
