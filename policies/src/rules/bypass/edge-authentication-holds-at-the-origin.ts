import { domainTypes } from "../../endpoints/api-gateway/custom-domain";
import { Distribution } from "../../endpoints/cloudfront/distribution";
import { endpointTypes } from "../../endpoints/endpoints";
import { loadBalancerTypes } from "../../endpoints/load-balancer/load-balancer";
import { securityGroupTypes } from "../../endpoints/network/security-group";
import { type BackendBypass, backendBypasses, backendTypes } from "../../loopholes/backend-bypass";
import { type OriginBypass, originBypasses, originTypes } from "../../loopholes/origin-bypass";
import { nist, owasp } from "../controls";
import { type Finding, stackRule } from "../rule";
import { enumeration } from "../wording";

const distribution = (proof: string) => `new aws.cloudfront.Distribution("lookup", {
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
        cachedMethods: ["GET", "HEAD"],
    },
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: { cloudfrontDefaultCertificate: true },
});`;

/** Each finding names a way past what asks callers who they are; whether somebody stands there is another rule's. */
export const edgeAuthenticationHoldsAtTheOrigin = stackRule({
  id: "edge-authentication-holds-at-the-origin",
  theme: "bypass",
  title: "Authentication at the edge holds at the origin",
  severity: "high",
  level: "advisory",
  controls: [owasp("API2:2023"), owasp("API8:2023"), nist("AC-3"), nist("SC-7")],
  why: "A distribution, a load balancer or an API that asks callers who they are protects a backend only while there is no other way to it. A function URL, a load balancer or a task with an address of its own is found sooner or later, and whoever calls it directly is asked nothing.",
  fix: "let nothing but the edge reach the origin: an OriginAccessControl and AWS_IAM for a function URL, internal: true or a VPC origin for a load balancer, no public address for a target",
  examples: {
    bad: distribution(""),
    good: distribution(`
        originAccessControlId: new aws.cloudfront.OriginAccessControl("lookup", {
            originAccessControlOriginType: "lambda",
            signingBehavior: "always",
            signingProtocol: "sigv4",
        }).id,`),
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
    for (const bypass of originBypasses(stack)) yield roundTheDistribution(bypass);
    for (const bypass of backendBypasses(stack)) yield roundTheGateway(bypass);
  },
});

function roundTheDistribution(bypass: OriginBypass): Finding {
  const { distribution: resource } = bypass;
  const name = `"${resource.name}"`;
  if (bypass.kind === "unsigned function URL") {
    const fix =
      'on the origin, originAccessControlId of an OriginAccessControl with { originAccessControlOriginType: "lambda", signingBehavior: "always", signingProtocol: "sigv4" }; on the function URL, authorizationType: "AWS_IAM"';
    if (!bypass.url) {
      return {
        resource,
        sentence: `${name} sends its requests to a function URL unsigned. Unless its viewers sign theirs, the URL takes requests from anyone, and the distribution can be gone round.`,
        fix,
      };
    }
    const how = bypass.isSigned ? "signs its requests to" : "sends its requests unsigned to";
    return {
      resource,
      sentence: `${name} ${how} the function URL "${bypass.url.name}", which takes unsigned ones from anyone: the distribution can be gone round.`,
      fix,
    };
  }
  const origins = enumeration(bypass.origins.map((origin) => `"${origin.name}"`));
  return {
    resource,
    sentence: `${name} holds ${enumeration(bypass.asked)} against its viewers. Whoever calls ${origins} directly goes round that, and is asked for nothing there.`,
    fix: "let nothing but the distribution reach the origin: a VPC origin (vpcOriginConfig), or a secret header (customHeaders) that a listener rule, a web ACL or an authorizer asks for there",
  };
}

function roundTheGateway(bypass: BackendBypass): Finding {
  const { resource } = bypass;
  const name = `"${resource.name}"`;
  switch (bypass.kind) {
    case "target":
      return {
        resource,
        sentence: `${name} has a public address that a security group lets anyone reach, beside the load balancer that asks callers who they are before it forwards them to "${bypass.targetGroup.name}".`,
        fix: "leave the public address away (assignPublicIp: false, associatePublicIpAddress: false) and admit the load balancer's security group alone",
      };
    case "published":
      return {
        resource,
        sentence: `${name} leads the internet to "${bypass.loadBalancer.name}", which is internal and forwards callers without asking who they are.`,
        fix: 'on the listener, { type: "authenticate-oidc", ... } or { type: "jwt-validation", ... } before the forward action',
      };
    case "privately integrated":
      return {
        resource,
        sentence: `${name} serves a private integration, but faces the internet as well: whoever calls it directly goes round the API and its authorizers.`,
        fix: "internal: true",
      };
    case "integrated over the internet":
      return {
        resource,
        sentence: `${name} reaches "${bypass.loadBalancer.name}" over the internet, where anyone can: whoever calls it directly goes round the API and its authorizers.`,
        fix: 'connectionType: "VPC_LINK" to a load balancer with internal: true, or a secret header in requestParameters that a listener rule asks for',
      };
  }
}
