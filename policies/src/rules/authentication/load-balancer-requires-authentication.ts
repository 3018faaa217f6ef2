import { letsAnyoneIn } from "../../endpoints/endpoint";
import { unguardedWay } from "../../endpoints/load-balancer/guarded-targets";
import { loadBalancerTypes } from "../../endpoints/load-balancer/load-balancer";
import {
  type LoadBalancerEndpoint,
  loadBalancerEndpointsOf,
} from "../../endpoints/load-balancer/load-balancer-endpoints";
import { knownValue } from "../../stack";
import { nist, owasp, pci, soc2 } from "../controls";
import { acceptanceOf, acceptPrivateNetworks } from "../options";
import { stackRule } from "../rule";
import { isRequired, requireOn } from "./required-load-balancers";

const program = (
  name: string,
  action: string,
) => `const orders = new aws.lb.LoadBalancer("${name}", { subnets: ["subnet-1", "subnet-2"], tags: { exposure: "api" } });
new aws.lb.Listener("${name}-https", {
    loadBalancerArn: orders.arn,
    port: 443,
    protocol: "HTTPS",
    certificateArn,
    sslPolicy,
    defaultActions: [${action}
        { type: "forward", targetGroupArn },
    ],
});`;

export const loadBalancerRequiresAuthentication = stackRule({
  id: "load-balancer-requires-authentication",
  theme: "authentication",
  title: "Load balancers of APIs require authentication",
  severity: "high",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API2:2023"), nist("AC-3"), pci("7.3.3"), pci("8.3.1"), soc2("CC6.1")],
  why: "A load balancer forwards every caller, unless an earlier action requires a login or a token, or the listener requires a client certificate. A single rule that only forwards, or a second listener, opens what the other rules protect: once one of them requires a login before a target group, all ways to it need one. Otherwise, not every load balancer serves an API: some carry web sites with a login of their own. The option requireOn says which ones have to authenticate their callers.",
  fix: `before the forward action, { type: "jwt-validation", jwtValidation: { issuer, jwksEndpoint, additionalClaims: [{ name: "aud", format: "single-string", values: ["orders"] }] } }   // or "authenticate-oidc", "authenticate-cognito"; or on the listener mutualAuthentication: { mode: "verify", trustStoreArn: trustStore.arn }`,
  exceptionIf: "the targets authenticate their callers themselves, or what the listener forwards is public",
  links: [
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html",
  ],
  kinds: {
    "no-authentication":
      "A listener or a rule of a load balancer that requireOn names forwards callers without authentication.",
    "unguarded-targets":
      "A listener or a rule forwards anyone to targets before which another one requires a login, a token or a client certificate.",
    "partly-unguarded-targets":
      "A listener or a rule forwards anyone to such targets, but only for a part: some paths, such as health checks, webhooks and static files, or the requests that no login before it matches.",
    "unknown-tags":
      "A listener or a rule forwards callers without authentication, and the tags that decide whether requireOn names it are not known before the deployment.",
    "preflight-reaches-targets":
      "A rule forwards OPTIONS requests without authentication, and its targets answer them.",
  },
  examples: {
    options: { requireOn: ["tag:exposure=api"] },
    bad: program("open-orders", ""),
    good: program(
      "orders",
      `
        {
            type: "jwt-validation",
            jwtValidation: {
                issuer: "https://login.example.com",
                jwksEndpoint: "https://login.example.com/jwks.json",
                additionalClaims: [{ name: "aud", format: "single-string", values: ["orders"] }],
            },
        },`,
    ),
  },
  options: { requireOn, acceptPrivateNetworks },
  stackResources: loadBalancerTypes,
  *checkStack(stack, { options }) {
    const accept = acceptanceOf(options);
    const endpoints = loadBalancerEndpointsOf(stack);
    for (const endpoint of endpoints) {
      const { resource, routes, authentication } = endpoint;
      const isPreflight = authentication.verdict === "backend-preflight";
      // The rule load-balancer-authentication-holds reports an optional login.
      if (endpoint.isLoginOptional || !(isPreflight || letsAnyoneIn(authentication, accept))) continue;
      const required = isRequired(options.requireOn, endpoint);
      // What only its network reaches bypasses no guard before the internet.
      const way = authentication.verdict === "restricted" ? undefined : unguardedWay(endpoint, endpoints);
      if (required === false && !way) continue;
      const isByTags = required === undefined && (!way || way.isLimited);
      const isBypass = way && required !== true && !isByTags;
      const what = isBypass
        ? `${authentication.because}, although "${way.guard.resource.name}" ${way.guard.authentication.because} before it forwards to the same targets`
        : authentication.because;
      yield {
        kind: isPreflight
          ? "preflight-reaches-targets"
          : isByTags
            ? "unknown-tags"
            : isBypass
              ? way.isLimited
                ? "partly-unguarded-targets"
                : "unguarded-targets"
              : "no-authentication",
        resource,
        openings: routes.map((route) => ({ route, what })),
        ...(isByTags && {
          sentence: `Whether requireOn names "${resource.name}" depends on tags that are not known before the deployment: write them as plain strings.`,
        }),
        ...fixOf(endpoint),
        ...((isPreflight || (isBypass && way.isLimited)) && { lowered: "lesser finding" }),
      };
    }
  },
});

/** Only an HTTPS listener can authenticate callers. */
function fixOf({ listener, authentication }: LoadBalancerEndpoint): { readonly fix?: string } {
  if (authentication.verdict === "backend-preflight") {
    return { fix: "let the targets answer OPTIONS with CORS headers and nothing else, and declare it" };
  }
  const protocol = listener?.word("protocol");
  const isPlain = protocol && (protocol.kind === "absent" || knownValue(protocol) === "HTTP");
  return isPlain
    ? {
        fix: '[{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } }]   // and authenticate there: an HTTP listener can\'t',
      }
    : {};
}
