import {
  type AnyDistribution,
  type CacheBehavior,
  cacheBehaviorsOf,
  Distribution,
  distributionsOf,
  MultitenantDistribution,
  type Origin,
  OriginAccessControl,
  originsOf,
} from "../endpoints/cloudfront/distribution";
import { FunctionUrl, functionUrlAuthentication } from "../endpoints/lambda/function-url";
import { knownValue, type ResourceOf, type Stack } from "../stack";
import { originsMadeOf } from "./origin-apis";

/** The types whose inputs `edgeSignatures` reads. */
export const edgeSignatureTypes = [
  Distribution,
  MultitenantDistribution,
  OriginAccessControl,
  FunctionUrl,
] as const;

/** A distribution that signs its viewers' requests to function URLs, and that lets viewers in who prove nothing. */
export interface EdgeSignature {
  readonly distribution: AnyDistribution;
  /** The function URLs that it may lead to. Empty where this stack holds none of them. */
  readonly urls: readonly ResourceOf<typeof FunctionUrl>[];
  /** The behaviors that lead to a function URL, and require no proof. */
  readonly behaviors: readonly CacheBehavior[];
  /**
   * How many origins these behaviors lead to at least, by what is required there. Which origin is which function URL isn't
   * known before the deployment: two origins that are open mean that two of the URLs are.
   */
  readonly openOrigins: number;
}

/**
 * Where CloudFront signs for everyone. A function URL with AWS_IAM then lets in every viewer of the distribution.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export function edgeSignatures(stack: Stack): readonly EdgeSignature[] {
  return distributionsOf(stack).flatMap((distribution) =>
    signaturesOf(distribution, {
      urls: originsMadeOf(stack, distribution, FunctionUrl),
      controls: originsMadeOf(stack, distribution, OriginAccessControl),
    }),
  );
}

type Control = ResourceOf<typeof OriginAccessControl>;

function signaturesOf(
  distribution: AnyDistribution,
  made: { readonly urls: readonly ResourceOf<typeof FunctionUrl>[]; readonly controls: readonly Control[] },
): readonly EdgeSignature[] {
  const ofServers = made.controls.filter((control) => typeOf(control) !== "S3");
  // What is neither is a control of another stack, which is taken to sign for a function URL.
  const signing = ofServers.filter((control) => isOfFunctionUrls(control) && signs(control));
  const others = ofServers.length - signing.length;
  if (signing.length === 0 && others > 0) return [];
  const urls = made.urls.filter((url) => functionUrlAuthentication(url).verdict === "authenticated");
  const isHere = made.urls.length > 0;
  // A function URL that accepts unsigned requests is reported as such.
  if (isHere && urls.length === 0) return [];
  const origins = originsOf(distribution).filter(
    ({ isServer, isInVpc, isSigned, host }) =>
      isServer &&
      !isInVpc &&
      isSigned &&
      (host === undefined ? isHere || signing.length > 0 : isFunctionUrlHost(host)),
  );
  const unasked = cacheBehaviorsOf(distribution).filter(({ requires }) => requires !== "proof");
  const behaviors = unasked.filter((behavior) => origins.some((origin) => behavior.leadsTo(origin)));
  if (behaviors.length === 0) return [];
  const open = origins.filter((origin) => unasked.some((behavior) => behavior.leadsTo(origin)));
  return [{ distribution, urls, behaviors, openOrigins: Math.max(0, open.length - hidden(open, others)) }];
}

/** How many of the open origins may be something other than function URLs: those of other controls. */
function hidden(open: readonly Origin[], others: number): number {
  return Math.min(open.filter(({ host }) => host === undefined).length, others);
}

const typeOf = (control: Control) => knownValue(control.word("originAccessControlOriginType"));

function isOfFunctionUrls(control: Control): boolean {
  const type = typeOf(control);
  return type === undefined || type === "LAMBDA";
}

/** CloudFront signs, unless it is told never to; with no-override, it signs what the viewer hasn't signed. */
function signs(control: Control): boolean {
  return knownValue(control.word("signingBehavior")) !== "NEVER";
}

export function isFunctionUrlHost(host: string): boolean {
  return /\.lambda-url\.[a-z0-9-]+\.on\.aws$/.test(host);
}
