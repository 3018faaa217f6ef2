import { domainTypes } from "../../endpoints/api-gateway/custom-domain";
import { Distribution } from "../../endpoints/cloudfront/distribution";
import { endpointTypes } from "../../endpoints/endpoints";
import { loadBalancerTypes } from "../../endpoints/load-balancer/load-balancer";
import { securityGroupTypes } from "../../endpoints/network/security-group";
import { type BackendBypass, backendBypasses, backendTypes } from "../../loopholes/backend-bypass";
import { type OriginBypass, originBypasses, originTypes } from "../../loopholes/origin-bypass";
import { fsbp, nist, owasp, pci, soc2 } from "../controls";
import { type Finding, stackRule } from "../rule";
import { enumeration } from "../wording";

const distribution = (proof: string, requirement: string) => `new aws.cloudfront.Distribution("lookup", {
    enabled: true,
    origins: [{
        originId: "lookup",
        domainName: "a1b2c3d4.lambda-url.eu-west-1.on.aws",${proof}
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

/** Whether anything authenticates callers at all is what other rules report; this one reports how to bypass it. */
export const edgeAuthenticationHoldsAtTheOrigin = stackRule({
  id: "edge-authentication-holds-at-the-origin",
  theme: "bypass",
  title: "Authentication at the edge holds at the origin",
  severity: "high",
  level: "advisory",
  because: "what decides lies outside of the stack",
  controls: [
    owasp("API2:2023"),
    owasp("API8:2023"),
    nist("AC-3"),
    nist("SC-7"),
    pci("1.4.2"),
    soc2("CC6.6"),
    fsbp("CloudFront.16"),
  ],
  why: "A distribution, a load balancer or an API that authenticates callers protects a backend only if callers can't reach the backend directly. A function URL, a load balancer or a task with an address of its own is found sooner or later, and callers who use it bypass the authentication.",
  fix: "let only the edge reach the origin: an OriginAccessControl and AWS_IAM for a function URL (CloudFront then signs for every viewer, so require something of them), internal: true or a VPC origin for a load balancer, no public address for a target",
  exceptionIf:
    "the origin is meant for direct callers too, or it authenticates them in a way that this stack doesn't show",
  links: [
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/mtls-validation-modes.html",
    "https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints.alb-accelerator.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html",
  ],
  kinds: {
    "unsigned-function-url": "A function URL behind a distribution accepts unsigned requests from anyone.",
    "unprotected-origin":
      "A distribution protects an API or a load balancer that can be called directly, without that protection.",
    "public-target":
      "A target of a load balancer that authenticates callers has a public address that anyone can reach.",
    "exposed-load-balancer":
      "An accelerator or a distribution leads the internet to an internal load balancer that doesn't authenticate callers.",
    "public-load-balancer": "The load balancer of a private integration faces the internet as well.",
    "integration-over-internet": "An API reaches its load balancer over the internet, where anyone can.",
  },
  examples: {
    bad: distribution("", ""),
    good: distribution(
      `
        originAccessControlId: new aws.cloudfront.OriginAccessControl("lookup", {
            originAccessControlOriginType: "lambda",
            signingBehavior: "always",
            signingProtocol: "sigv4",
        }).id,`,
      `
        trustedKeyGroups: [new aws.cloudfront.KeyGroup("customers", { items: ["K2JCJMDEHXQW5F"] }).id],`,
    ),
  },
  stackResources: [
    ...endpointTypes,
    ...domainTypes,
    ...originTypes,
    ...backendTypes,
    ...loadBalancerTypes,
    ...securityGroupTypes,
    Distribution,
  ],
  *checkStack(stack) {
    for (const bypass of originBypasses(stack)) yield ofDistribution(bypass);
    for (const bypass of backendBypasses(stack)) yield ofBackend(bypass);
  },
});

function ofDistribution(bypass: OriginBypass): Finding<OriginBypass["kind"]> {
  const { kind, distribution: resource } = bypass;
  const name = `"${resource.name}"`;
  if (kind === "unprotected-origin") {
    const origins = enumeration(bypass.origins.map((origin) => `"${origin.name}"`));
    return {
      kind,
      resource,
      sentence: `${name} protects ${origins} with ${enumeration(bypass.protections)}, but callers who use ${origins} directly bypass that and need no authentication.`,
      fix: "let only the distribution reach the origin: a VPC origin (vpcOriginConfig), or a secret header (customHeaders) that a listener rule, a web ACL or an authorizer checks there",
    };
  }
  const { url, isSigned } = bypass;
  const sentence = url
    ? `${name} ${isSigned ? "signs its requests to" : "sends its requests unsigned to"} the function URL "${url.name}", which accepts unsigned requests from anyone, so callers can bypass the distribution.`
    : `${name} sends its requests unsigned to a function URL. Unless its viewers sign theirs, the URL accepts requests from anyone, and callers can bypass the distribution.`;
  return {
    kind,
    resource,
    sentence,
    fix: 'on the origin, originAccessControlId of an OriginAccessControl with { originAccessControlOriginType: "lambda", signingBehavior: "always", signingProtocol: "sigv4" }; on the function URL, authorizationType: "AWS_IAM"; on the cache behavior, trustedKeyGroups: CloudFront signs for every viewer',
  };
}

function ofBackend(bypass: BackendBypass): Finding<BackendBypass["kind"]> {
  const { kind, resource } = bypass;
  const name = `"${resource.name}"`;
  switch (kind) {
    case "public-target":
      return {
        kind,
        resource,
        sentence: `${name} has a public address that a security group lets anyone reach. Callers who use it bypass the load balancer that authenticates them before it forwards to "${bypass.targetGroup.name}".`,
        fix: "leave out the public address (assignPublicIp: false, associatePublicIpAddress: false) and admit only the load balancer's security group",
      };
    case "exposed-load-balancer":
      return {
        kind,
        resource,
        sentence: `${name} leads the internet to "${bypass.loadBalancer.name}", which is internal and forwards callers without authenticating them.`,
        fix: 'on the listener, { type: "authenticate-oidc", ... } or { type: "jwt-validation", ... } before the forward action; for a VPC origin, also trustedKeyGroups on every cache behavior that leads to it, or viewerMtlsConfig in mode required',
      };
    case "public-load-balancer":
      return {
        kind,
        resource,
        sentence: `${name} serves a private integration, but faces the internet as well. Callers who use it directly bypass the API and its authorizers.`,
        fix: "internal: true",
      };
    case "integration-over-internet":
      return {
        kind,
        resource,
        sentence: `${name} reaches "${bypass.loadBalancer.name}" over the internet, where anyone can. Callers who use it directly bypass the API and its authorizers.`,
        fix: 'connectionType: "VPC_LINK" to a load balancer with internal: true, or a secret header in requestParameters that a listener rule checks',
      };
  }
}
