import {
  actionsOf,
  isListenerRule,
  listenerAuthentication,
  listenerRules,
  listeners,
} from "../../endpoints/load-balancer/load-balancer";
import { listenerRoutes } from "../../endpoints/load-balancer/load-balancer-endpoints";
import { nist, owasp, pci, soc2 } from "../controls";
import { exemptedIf } from "../exception-code";
import { resourceRule } from "../rule";
import { certificateWeakness } from "./listener-certificates";
import { tokenWeakness } from "./listener-tokens";

const listener = (name: string, login: string) => `new aws.lb.Listener("${name}", {
    loadBalancerArn,
    port: 443,
    protocol: "HTTPS",
    certificateArn,
    sslPolicy,
    defaultActions: [
        {
            type: "authenticate-cognito",
            authenticateCognito: { userPoolArn, userPoolClientId: "a1b2c3", userPoolDomain: "customers"${login} },
        },
        { type: "forward", targetGroupArn },
    ],
});`;

const fixesOfTokens = {
  "any-token":
    'additionalClaims: [{ name: "aud", format: "single-string", values: ["orders"] }]   // in jwtValidation; or client_id or scope, if the issuer writes no aud',
  "shared-issuer":
    'additionalClaims: [{ name: "sub", format: "single-string", values: ["..."] }]   // a claim that only your own account has, beside aud; or an issuer of your own',
  "wildcard-claim": "write out the values that the claim may have",
} as const;

const id = "load-balancer-authentication-holds";

export const loadBalancerAuthenticationHolds = resourceRule({
  id,
  theme: "authentication",
  title: "Authentication at a load balancer holds",
  severity: "high",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API2:2023"), nist("AC-3"), nist("IA-13(3)"), pci("6.2.4"), pci("8.3.1"), soc2("CC6.1")],
  why: "A listener with an action that authenticates looks protected. With onUnauthenticatedRequest allow, it also forwards callers who aren't logged in. A token validation that names no audience, client or scope accepts every token of the issuer, whichever application it was made for. Some issuers sign tokens for everybody with an account, for any audience: only a claim about the account itself tells callers apart there. Mutual TLS in mode passthrough asks for a certificate but doesn't verify it; with ignoreClientCertificateExpiry, it accepts expired ones.",
  fix: 'onUnauthenticatedRequest: "authenticate"   // or "deny", which answers 401; by default, callers are sent to log in',
  exceptionIf: "the targets check by themselves who calls, whatever the load balancer lets through",
  links: [
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_MutualAuthenticationAttributes.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html",
  ],
  kinds: {
    "optional-login":
      "The login lets callers pass who aren't logged in: onUnauthenticatedRequest is allow, or not known before the deployment.",
    "any-token":
      "The token validation accepts tokens that the issuer made for other applications. A claim that every token of the issuer has, such as email_verified, restricts nothing.",
    "shared-issuer":
      "The issuer signs tokens for all accounts of a public service, such as GitHub Actions, and the audience doesn't tell one from another. No claim does so either.",
    "wildcard-claim":
      "The token validation compares a claim with *. AWS documents no wildcard, so no sound token is accepted.",
    "weak-certificate-check":
      "Mutual TLS accepts certificates that it doesn't verify or that have expired, or its mode is not known before the deployment.",
  },
  examples: {
    bad: listener("optional-login", ', onUnauthenticatedRequest: "allow"'),
    good: listener("login", ""),
  },
  resources: [...listeners, ...listenerRules],
  reads: {
    defaultActions: "reference",
    actions: "reference",
    conditions: "deciding word",
    mutualAuthentication: "reference",
  },
  *check(resource) {
    const ofListener = isListenerRule(resource) ? undefined : resource;
    const authentication = listenerAuthentication(resource, ofListener);
    if (authentication?.isLoginOptional) {
      const what = authentication.because;
      yield { kind: "optional-login", openings: listenerRoutes(resource).map((route) => ({ route, what })) };
    }
    const ofTokens = tokenWeakness(actionsOf(resource));
    if (ofTokens) {
      yield {
        kind: ofTokens.kind,
        sentence: `The jwt-validation action of "${resource.name}" ${ofTokens.what}.`,
        fix: fixesOfTokens[ofTokens.kind],
        ...(ofTokens.isLesser && { lowered: "lesser finding" }),
      };
    }
    const ofCertificates = ofListener && certificateWeakness(ofListener);
    if (ofCertificates) {
      yield {
        kind: "weak-certificate-check",
        sentence: `"${resource.name}" ${ofCertificates}.`,
        fix: 'mutualAuthentication: { mode: "verify", trustStoreArn: trustStore.arn }   // without ignoreClientCertificateExpiry',
        waysOut: [exemptedIf("the targets verify certificates themselves", id, resource)],
        lowered: "lesser finding",
      };
    }
  },
});
