import { unknownProperty } from "../../endpoints/endpoint";
import { ClassicLoadBalancer, classicTransport } from "../../endpoints/load-balancer/classic-load-balancer";
import {
  listenerAcceptsOldTls,
  plainRequest,
  speaksPlainHttp,
} from "../../endpoints/load-balancer/listener-transport";
import {
  isInternal,
  type Listener,
  listenerRules,
  listeners,
  loadBalancers,
  loadBalancersOf,
  madeOfAny,
  mayBeInternal,
} from "../../endpoints/load-balancer/load-balancer";
import { knownValue, type ResourceOf, type Stack } from "../../stack";
import { fsbp, nist, owasp, pci, soc2 } from "../controls";
import { type Context, type Finding, resourceRule } from "../rule";

const listener = (
  name: string,
  protocol: string,
) => `const targets = new aws.lb.TargetGroup("${name}-targets", { port: 8080, protocol: "HTTP", vpcId: "vpc-1" });
new aws.lb.Listener("${name}", {
    loadBalancerArn,
    ${protocol},
    defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
});`;

const tls =
  'port: 443, protocol: "HTTPS", certificateArn: certificate.arn, sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"';
const redirection =
  'defaultActions: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } }]';
const classicTls =
  'listeners: [{ lbPort: 443, lbProtocol: "https", instancePort: 8080, instanceProtocol: "http", sslCertificateId: certificate.arn }]';
const readable = "Whoever is on the way reads and changes what callers send and get.";

export const listenerRequiresTls = resourceRule({
  id: "listener-requires-tls",
  theme: "transport",
  title: "Listeners of load balancers require TLS",
  severity: "high",
  level: "mandatory",
  because: "credentials travel or are stored in clear",
  controls: [owasp("API8:2023"), nist("SC-8"), pci("4.2.1"), soc2("CC6.7"), fsbp("ELB.1"), fsbp("ELB.17")],
  why: "Over plain HTTP, passwords, tokens and cookies travel in clear, and so do the records that come back. Nobody notices who reads them on the way. A listener of port 80 may answer by itself or redirect callers to HTTPS, but forward nothing. A listener with TLS still accepts TLS 1.0 unless its security policy says otherwise.",
  fix: `${tls}   // and for port 80 a listener with ${redirection}`,
  exceptionIf:
    "the listener serves nothing but what is public, and neither callers nor targets send credentials over it",
  links: [
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html",
  ],
  kinds: {
    "forwards-in-clear":
      "The listener takes requests over plain HTTP and forwards them, or may do so: its protocol or its actions are not known before the deployment. The listeners of a Classic Load Balancer always forward.",
    "rule-forwards-in-clear":
      "The listener takes requests over plain HTTP and redirects them, but a rule of it forwards some of them, or may do so: which of several listeners it belongs to is not known before the deployment.",
    "forwards-inside":
      "The listener of an internal load balancer forwards requests that it takes over plain HTTP. Whoever is in its network can read them.",
    "redirects-in-clear":
      "The listener redirects callers to an address with plain HTTP, or to one whose protocol is not known before the deployment.",
    "in-clear-beside-tls":
      "A Classic Load Balancer forwards requests that it takes over plain HTTP, beside a listener with TLS. It can't redirect them, but its targets may.",
    "accepts-old-tls":
      "The listener accepts TLS 1.0 or TLS 1.1, by its security policy or by default, or the policy is not known before the deployment.",
  },
  examples: {
    bad: listener("in-clear", 'port: 80,\n    protocol: "HTTP"'),
    good: listener(
      "encrypted",
      'port: 443,\n    protocol: "HTTPS",\n    certificateArn,\n    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"',
    ),
  },
  resources: [...listeners, ClassicLoadBalancer],
  reads: {
    listeners: "deciding word",
    internal: "deciding word",
    protocol: "deciding word",
    port: "presence",
    defaultActions: "deciding word",
    sslPolicy: "deciding word",
  },
  *check(given, context) {
    if (ClassicLoadBalancer.is(given)) {
      yield* ofClassic(given);
      return;
    }
    const resource: Listener = given as Listener;
    if (speaksPlainHttp(resource) === "no") {
      const policy = listenerAcceptsOldTls(resource);
      if (policy !== "no") {
        yield {
          kind: "accepts-old-tls",
          sentence: `"${resource.name}" ${oldTls[policy]}.`,
          fix: 'sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"',
          lowered: "lesser finding",
        };
      }
      return;
    }
    if (!isLeftToTheStack(resource, context)) yield* inClear(resource);
  },
  stackResources: [...loadBalancers, ...listenerRules],
  *checkStack(stack, context) {
    for (const resource of listeners.flatMap((type) => stack.of(type))) {
      if (speaksPlainHttp(resource) === "no" || !isLeftToTheStack(resource, context)) continue;
      const balancers = loadBalancersOf(stack, resource);
      const [first] = balancers;
      yield* inClear(resource, first && balancers.every(isInternal) ? first.name : undefined);
    }
    yield* rulesInClear(stack);
  },
});

const oldTls = {
  yes: "has an sslPolicy that accepts a version of TLS before 1.2",
  "by default": "sets no sslPolicy, and the default accepts TLS 1.0",
  unknown: unknownProperty("sslPolicy"),
};

function* ofClassic(
  balancer: ResourceOf<typeof ClassicLoadBalancer>,
): Iterable<Finding<"forwards-in-clear" | "forwards-inside" | "in-clear-beside-tls">> {
  const transport = classicTransport(balancer);
  if (transport === "not in clear") return;
  const what =
    transport === "unknown"
      ? `has a listener whose lbProtocol is not known before the deployment: write it as a plain string`
      : "takes requests over plain HTTP and forwards them";
  const isInside = knownValue(balancer.flag("internal")) === true;
  yield {
    kind: isInside
      ? "forwards-inside"
      : transport === "in clear beside TLS"
        ? "in-clear-beside-tls"
        : "forwards-in-clear",
    resource: balancer,
    sentence: `"${balancer.name}" ${what}. ${isInside ? "Whoever is in its network can read them." : readable}`,
    fix: `${classicTls}   // and no listener with plain HTTP`,
    ...((isInside || transport === "in clear beside TLS") && { lowered: "lesser finding" }),
  };
}

/** Only the whole stack shows which load balancer a listener is of. That matters where one may be internal. */
function isLeftToTheStack(resource: Listener, context: Context): boolean {
  return loadBalancers.some((type) => context.registeredBefore(resource, type).some(mayBeInternal));
}

/** @param internal the name of the internal load balancer that the listener is of */
function* inClear(
  resource: Listener,
  internal?: string,
): Iterable<Finding<"forwards-in-clear" | "forwards-inside" | "redirects-in-clear">> {
  const request = plainRequest(resource);
  if (request === "isn't forwarded") return;
  const about = { resource, sentence: `"${resource.name}" ${whatIsWrong(resource, request)}. ${readable}` };
  if (request === "is redirected in clear" || request === "may be redirected in clear") {
    yield { kind: "redirects-in-clear", ...about, fix: redirection, lowered: "lesser finding" };
  } else if (internal === undefined) {
    yield { kind: "forwards-in-clear", ...about };
  } else {
    yield {
      kind: "forwards-inside",
      resource,
      sentence: `"${resource.name}" of the internal load balancer "${internal}" ${whatIsWrong(resource, request)}. Whoever is in its network can read them.`,
      fix: tls,
      lowered: "lesser finding",
    };
  }
}

function whatIsWrong(resource: Listener, request: ReturnType<typeof plainRequest>): string {
  if (speaksPlainHttp(resource) === "unknown") return unknownProperty("protocol");
  switch (request) {
    case "may be forwarded":
      return "takes requests over plain HTTP, and whether it forwards them is not known before the deployment: write the types of its actions as plain strings";
    case "is redirected in clear":
      return "redirects callers to an address with plain HTTP";
    case "may be redirected in clear":
      return "redirects callers to an address whose protocol is not known before the deployment: write it as a plain string";
    default:
      return "takes requests over plain HTTP and forwards them";
  }
}

/** The rules of listeners that forward nothing by default: those of the others are encrypted with their listener. */
function* rulesInClear(stack: Stack): Iterable<Finding<"rule-forwards-in-clear" | "forwards-inside">> {
  for (const rule of listenerRules.flatMap((type) => stack.of(type))) {
    const possible = madeOfAny(stack, rule, "listenerArn", listeners);
    const inClear = possible.filter((one) => speaksPlainHttp(one) === "yes" && !forwards(one));
    const [listener] = inClear;
    if (!listener || !forwards(rule)) continue;
    const isCertain = inClear.length === possible.length;
    const balancers = loadBalancersOf(stack, listener);
    const isInside = balancers.length > 0 && balancers.every(isInternal);
    yield {
      kind: isInside ? "forwards-inside" : "rule-forwards-in-clear",
      resource: rule,
      sentence: `"${rule.name}" ${isCertain ? "forwards" : "may forward"} requests that "${listener.name}" takes over plain HTTP. ${isInside ? "Whoever is in its network can read them." : readable}`,
      fix: 'listenerArn: https.arn   // a listener with protocol: "HTTPS"',
      ...((isInside || !isCertain) && { lowered: "lesser finding" }),
    };
  }
}

function forwards(resource: Parameters<typeof plainRequest>[0]): boolean {
  const request = plainRequest(resource);
  return request === "is forwarded" || request === "may be forwarded";
}
