import type { CacheBehavior } from "../../endpoints/cloudfront/distribution";
import type { FunctionUrl } from "../../endpoints/lambda/function-url";
import { type EdgeSignature, edgeSignatures, edgeSignatureTypes } from "../../loopholes/edge-signature";
import { declaringPlaceOf } from "../../reading/exceptions/declaration";
import type { ResourceOf, Stack } from "../../stack";
import { nist, owasp, pci, soc2 } from "../controls";
import { argumentCode, argumentsOf, publicAccessCode } from "../exception-code";
import { type Context, type Finding, type Opening, stackRule, type WayOut } from "../rule";
import { shortEnumeration } from "../wording";

const mostListed = 5;
const route = "$default";

const program = (
  name: string,
  requirement: string,
) => `const url = new aws.lambda.FunctionUrl("${name}-url", { functionName: lookup.name, authorizationType: "AWS_IAM" });
new aws.cloudfront.Distribution("${name}", {
    enabled: true,
    origins: [{
        originId: "lookup",
        domainName: url.functionUrl.apply((address) => new URL(address).hostname),
        originAccessControlId: new aws.cloudfront.OriginAccessControl("${name}-signature", {
            originAccessControlOriginType: "lambda",
            signingBehavior: "always",
            signingProtocol: "sigv4",
        }).id,
        customOriginConfig: { httpPort: 80, httpsPort: 443, originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.2"] },
    }],
    defaultCacheBehavior: {
        targetOriginId: "lookup",
        viewerProtocolPolicy: "https-only",
        allowedMethods: ["GET", "HEAD"],
        cachedMethods: ["GET", "HEAD"],${requirement}
    },
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: { cloudfrontDefaultCertificate: true },
});`;

export const distributionAsksItsViewers = stackRule({
  id: "distribution-asks-its-viewers",
  theme: "bypass",
  title: "A distribution that signs for its viewers requires something of them",
  severity: "critical",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API2:2023"), nist("AC-3"), pci("8.3.1"), soc2("CC6.1")],
  why: "With an origin access control, CloudFront signs the requests to a function URL by itself, whoever the viewer is. AWS_IAM then only proves that a request comes from the distribution: every viewer of the distribution can call the function. A web ACL, and mutual TLS in mode optional or passthrough, require nothing of a viewer.",
  fix: 'keep the origin access control, and require something of the viewers: on the cache behavior trustedKeyGroups: [keyGroup.id], or on the distribution viewerMtlsConfig: { mode: "required", trustStoreConfig: { trustStoreId: trustStore.id } }',
  exceptionIf:
    "the function is meant for everyone (declare its URL), or it checks by itself who calls, in a header that the distribution passes on",
  links: [
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html",
    "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginAccessControlConfig.html",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/mtls-validation-modes.html",
  ],
  kinds: {
    "nothing-required":
      "A cache behavior leads every viewer to a function URL, with CloudFront's signature and without any proof of theirs.",
    "function-decides":
      "A cache behavior leads to a function URL with CloudFront's signature, and only a function's code, which isn't read, may keep viewers out.",
    "may-lead-there":
      "A cache behavior that requires nothing leads to one of several origins. Which of them is the function URL is not known before the deployment.",
  },
  examples: {
    bad: program("lookup-for-anyone", ""),
    good: program(
      "lookup-for-customers",
      `
        trustedKeyGroups: [new aws.cloudfront.KeyGroup("lookup-customers", { items: ["K2JCJMDEHXQW5F"] }).id],`,
    ),
  },
  stackResources: edgeSignatureTypes,
  *checkStack(stack, context) {
    for (const signature of edgeSignatures(stack)) yield* findingsOf(stack, signature, context);
  },
});

type Kind = "nothing-required" | "function-decides" | "may-lead-there";

function* findingsOf(stack: Stack, signature: EdgeSignature, context: Context): Iterable<Finding<Kind>> {
  const { distribution, urls, openOrigins } = signature;
  const declared = urls.filter((url) => isDeclared(stack, url, context));
  // If as many URLs are declared as origins are open, the others may all be behind behaviors that require a proof.
  const isCertain = openOrigins > 0 && (openOrigins > declared.length || declared.length === urls.length);
  const ofNothing = signature.behaviors.filter(({ requires }) => requires === "nothing");
  const ofFunctions = signature.behaviors.filter(({ requires }) => requires === "function");
  const common = {
    resource: distribution,
    isExemptedOnly: true,
    waysOut: urls.map((url) => declaredBy(stack, url)),
  };
  if (ofNothing.length > 0) {
    yield {
      kind: isCertain ? "nothing-required" : "may-lead-there",
      openings: openingsOf(
        urls,
        isCertain ? "lets any viewer call" : "may let any viewer call",
        ofNothing,
        "nothing of viewers",
      ),
      ...common,
      ...(!isCertain && { lowered: "lesser finding" }),
    };
  }
  if (ofFunctions.length > 0) {
    yield {
      kind: "function-decides",
      openings: openingsOf(
        urls,
        "may let any viewer call",
        ofFunctions,
        "no more of viewers than a function does, whose code isn't read",
      ),
      ...common,
      lowered: "lesser finding",
    };
  }
}

function openingsOf(
  urls: readonly ResourceOf<typeof FunctionUrl>[],
  lets: string,
  behaviors: readonly CacheBehavior[],
  required: string,
): readonly Opening[] {
  const which = shortEnumeration(behaviors.map(nameOf), mostListed);
  const because = `CloudFront signs the requests by itself, and ${which} ${behaviors.length > 1 ? "require" : "requires"} ${required}`;
  if (urls.length === 0) return [{ route, what: `${lets} a function URL of another stack: ${because}` }];
  return urls.map((url) => ({
    route,
    what: `${lets} the function URL "${url.name}": ${because}`,
    at: { resource: url, holdsSeveral: false },
  }));
}

function nameOf({ paths }: CacheBehavior): string {
  if (paths === undefined) return "a cache behavior that is not known before the deployment";
  return paths === "default" ? "the default cache behavior" : `the cache behavior for ${paths}`;
}

function isDeclared(stack: Stack, url: ResourceOf<typeof FunctionUrl>, context: Context): boolean {
  const parent = stack.parentOf(url);
  return (
    parent !== undefined &&
    context
      .declarationsOf(parent)
      .some(({ routes, problems }) => problems.length === 0 && routes.includes(route))
  );
}

/** A declaration of the function URL covers every behavior that leads to it. */
function declaredBy(stack: Stack, url: ResourceOf<typeof FunctionUrl>): WayOut {
  const parent = stack.parentOf(url);
  const meant = `if the function URL "${url.name}" is meant to be public`;
  if (parent && declaringPlaceOf(parent) === "itself") {
    return { when: `${meant}, declare it ${argumentsOf(parent)}`, write: argumentCode(parent, [route]) };
  }
  const isOfStack = !parent || parent.type === "pulumi:pulumi:Stack";
  return {
    when: `${meant}, declare it as the parent of the URL`,
    write: publicAccessCode(url.name, [route], isOfStack ? undefined : "..."),
  };
}
