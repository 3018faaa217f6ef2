import { describe, expect, test } from "vitest";
import { findingsOf, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import {
  anyone,
  forwarding,
  listener,
  listenerRule,
  loadBalancer,
  made,
  targetGroup,
} from "../edge-resources";
import { withFix } from "../pasted-fix";
import { template } from "../resources";
import { templateOf } from "../traffic-resources";

const rule = "listener-requires-tls";
const ofRule = (resources: readonly Given[], preset?: "strict") =>
  findingsOf(rule, "mandatory", resources, preset && { preset });

/** A listener of the load balancer web, that is registered before it. */
const behind = (balancer: object, ...given: readonly Given[]) => [
  anyone,
  loadBalancer("web", balancer),
  targetGroup,
  ...given,
];
const on = (...given: readonly Given[]) => behind({}, ...given);
const plain = (actions: unknown = [forwarding], properties: object = {}, module = "lb"): Given =>
  listener(
    "subject",
    "web",
    [],
    { port: 80, protocol: "HTTP", defaultActions: actions, ...properties },
    module,
  );
const tls = (sslPolicy: unknown, properties: object = {}): Given =>
  listener("subject", "web", [forwarding], { sslPolicy, ...properties });
const redirectTo = (redirect: object) => [
  { type: "redirect", redirect: { statusCode: "HTTP_301", ...redirect } },
];
const toHttps = redirectTo({ port: "443", protocol: "HTTPS" });
const answering = [
  { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "403" } },
];
const redirecting = (name: string) => ({ ...plain(toHttps), name });
const ruleOf = (name: string, actions: unknown = [forwarding], module = "lb"): Given => ({
  ...listenerRule("subject", name, actions, undefined, {}, module),
});
/** The same listener, of one of these load balancers. */
const of = (given: Given, ...balancers: readonly string[]): Given => ({
  ...given,
  dependencies: { ...given.dependencies, loadBalancerArn: balancers },
});
const internal = { internal: true };
const weighted = [{ type: "forward", forward: { targetGroups: [{ arn: UNKNOWN, weight: 100 }] } }];

const inClear = { lbPort: 80, lbProtocol: "http", instancePort: 8080, instanceProtocol: "http" };
const withTls = { ...inClear, lbPort: 443, lbProtocol: "HTTPS", sslCertificateId: "arn" };
const classic = (given: unknown, properties: object = {}, module = "elb"): Given =>
  made(`aws:${module}/loadBalancer:LoadBalancer`, "subject", {}, { listeners: given, ...properties });
const classicOfCloudFormation = { InstancePort: "8080", LoadBalancerPort: "80", Protocol: "HTTP" };

type Row = readonly [situation: string, given: readonly Given[], kind: string, says: string];
const forwards = '"subject" takes requests over plain HTTP and forwards them.';
const mayForward =
  "whether it forwards them is not known before the deployment: write the types of its actions as plain strings";

const mandatory: readonly Row[] = [
  ["a Classic Load Balancer", [classic([inClear])], "forwards-in-clear", forwards],
  [
    "a Classic Load Balancer with HTTP and TCP",
    [classic([{ ...inClear, lbProtocol: "tcp" }, inClear])],
    "forwards-in-clear",
    forwards,
  ],
  [
    "a Classic Load Balancer whose TLS ends at its targets",
    [classic([{ ...inClear, instanceProtocol: "https" }])],
    "forwards-in-clear",
    forwards,
  ],
  [
    "a Classic Load Balancer that may be internal, and isn't known to be",
    [classic([inClear], { internal: UNKNOWN })],
    "forwards-in-clear",
    forwards,
  ],
  ...[UNKNOWN, [UNKNOWN], [{ ...inClear, lbProtocol: UNKNOWN }, withTls]].map(
    (given, place): Row => [
      `a Classic Load Balancer of which something isn't known: ${place}`,
      [classic(given)],
      "forwards-in-clear",
      "has a listener whose lbProtocol is not known before the deployment: write it as a plain string",
    ],
  ),
  [
    "a Classic Load Balancer under its former name",
    [classic([inClear], {}, "elasticloadbalancing")],
    "forwards-in-clear",
    forwards,
  ],
  ...["elasticloadbalancingv2", "applicationloadbalancing"].map(
    (module): Row => [
      `HTTP under the former name ${module}`,
      on(plain([forwarding], {}, module)),
      "forwards-in-clear",
      forwards,
    ],
  ),
  [
    "a Classic Load Balancer of a Terraform module",
    [
      {
        type: "web:tf:aws_elb",
        name: "subject",
        properties: {
          listener: [{ instance_port: 8080, instance_protocol: "http", lb_port: 80, lb_protocol: "http" }],
        },
      },
    ],
    "forwards-in-clear",
    forwards,
  ],
  [
    "a Classic Load Balancer of aws-native",
    [
      {
        type: "aws-native:elasticloadbalancing:LoadBalancer",
        name: "subject",
        properties: { listeners: [{ instancePort: "8080", loadBalancerPort: "80", protocol: "HTTP" }] },
      },
    ],
    "forwards-in-clear",
    forwards,
  ],
  [
    "a Classic Load Balancer in a template",
    [{ ...templateOf("AWS::ElasticLoadBalancing::LoadBalancer", { Listeners: [classicOfCloudFormation] }) }],
    "forwards-in-clear",
    '"Subject" takes requests over plain HTTP and forwards them.',
  ],
  ["HTTP", on(plain()), "forwards-in-clear", forwards],
  ["HTTP under the other token", on(plain([forwarding], {}, "alb")), "forwards-in-clear", forwards],
  ["HTTP in another case", on(plain([forwarding], { protocol: "http" })), "forwards-in-clear", forwards],
  ["HTTP on another port", on(plain([forwarding], { port: 8080 })), "forwards-in-clear", forwards],
  ["HTTP on the port of HTTPS", on(plain([forwarding], { port: 443 })), "forwards-in-clear", forwards],
  ["no protocol on port 80", on(plain([forwarding], { protocol: null })), "forwards-in-clear", forwards],
  [
    "no protocol on a port that isn't known",
    on(plain([forwarding], { protocol: null, port: UNKNOWN })),
    "forwards-in-clear",
    forwards,
  ],
  ["HTTP as a secret", on(plain([forwarding], { protocol: secret("HTTP") })), "forwards-in-clear", forwards],
  ["several target groups", on(plain(weighted)), "forwards-in-clear", forwards],
  [
    "a listener whose load balancer is in another stack",
    [
      made(
        "aws:lb/listener:Listener",
        "subject",
        {},
        { port: 80, protocol: "HTTP", defaultActions: weighted },
      ),
    ],
    "forwards-in-clear",
    forwards,
  ],
  [
    "a protocol that isn't known",
    on(plain([forwarding], { protocol: UNKNOWN })),
    "forwards-in-clear",
    '"subject" has a protocol that is not known before the deployment: write it as a plain string.',
  ],
  ["actions that aren't known", on(plain(UNKNOWN)), "forwards-in-clear", mayForward],
  ["an action that isn't known", on(plain([UNKNOWN])), "forwards-in-clear", mayForward],
  [
    "an action whose type isn't known",
    on(plain([{ type: UNKNOWN, targetGroupArn: UNKNOWN }])),
    "forwards-in-clear",
    mayForward,
  ],
  [
    "a load balancer that may be internal, and isn't known to be",
    behind({ internal: UNKNOWN }, plain()),
    "forwards-in-clear",
    forwards,
  ],
  [
    "a load balancer beside an internal one",
    behind({ internal: false }, loadBalancer("inside", { internal: true }), plain()),
    "forwards-in-clear",
    forwards,
  ],
  [
    "a listener of an internal load balancer or of one that isn't",
    behind(internal, loadBalancer("outside"), of(plain(), "web", "outside")),
    "forwards-in-clear",
    forwards,
  ],
  [
    "a listener of a load balancer of another stack, beside an internal one",
    behind(internal, of(plain([forwarding], { loadBalancerArn: "arn" }))),
    "forwards-in-clear",
    forwards,
  ],
  [
    "a rule of a listener of an internal load balancer or of one that isn't",
    behind(internal, loadBalancer("outside"), of(redirecting("http"), "web", "outside"), ruleOf("http")),
    "rule-forwards-in-clear",
    '"subject" forwards requests that "http" takes over plain HTTP.',
  ],
  [
    "a rule of a listener of a load balancer of another stack",
    [targetGroup, of({ ...plain(toHttps, { loadBalancerArn: "arn" }), name: "http" }), ruleOf("http")],
    "rule-forwards-in-clear",
    '"subject" forwards requests that "http" takes over plain HTTP.',
  ],
  [
    "a rule of a listener that redirects everything else",
    on(redirecting("http"), ruleOf("http")),
    "rule-forwards-in-clear",
    '"subject" forwards requests that "http" takes over plain HTTP.',
  ],
  [
    "a rule under the other token",
    on(redirecting("http"), ruleOf("http", weighted, "alb")),
    "rule-forwards-in-clear",
    "forwards requests",
  ],
  [
    "a rule of a listener that answers everything else",
    on({ ...plain(answering), name: "http" }, ruleOf("http", UNKNOWN)),
    "rule-forwards-in-clear",
    "forwards requests",
  ],
  [
    "a listener in a template",
    [
      {
        ...template({
          templateBody: JSON.stringify({
            Resources: {
              Web: { Type: "AWS::ElasticLoadBalancingV2::LoadBalancer", Properties: {} },
              Http: {
                Type: "AWS::ElasticLoadBalancingV2::Listener",
                Properties: {
                  LoadBalancerArn: { Ref: "Web" },
                  Port: 80,
                  Protocol: "HTTP",
                  DefaultActions: [{ Type: "forward", TargetGroupArn: "arn" }],
                },
              },
            },
          }),
        }),
        name: "subject",
      },
    ],
    "forwards-in-clear",
    '"Http" takes requests over plain HTTP',
  ],
  [
    "a listener of a Terraform module",
    [
      {
        type: "web:tf:aws_lb_listener",
        name: "subject",
        properties: {
          load_balancer_arn: "arn",
          port: 80,
          protocol: "HTTP",
          default_action: [{ type: "forward", target_group_arn: "arn" }],
        },
      },
    ],
    "forwards-in-clear",
    forwards,
  ],
  [
    "a listener of aws-native",
    [
      {
        type: "aws-native:elasticloadbalancingv2:Listener",
        name: "subject",
        properties: {
          loadBalancerArn: "arn",
          port: 80,
          protocol: "HTTP",
          defaultActions: [{ type: "forward", targetGroupArn: "arn" }],
        },
      },
    ],
    "forwards-in-clear",
    forwards,
  ],
];

const oldPolicy = '"subject" has an sslPolicy that accepts a version of TLS before 1.2.';
const advisory: readonly Row[] = [
  [
    "a Classic Load Balancer with both, whose targets may redirect",
    [classic([inClear, withTls])],
    "in-clear-beside-tls",
    forwards,
  ],
  [
    "a rule of one of two listeners",
    on({ ...tls("ELBSecurityPolicy-TLS13-1-2-2021-06"), name: "https" }, redirecting("http"), {
      ...ruleOf("http"),
      dependencies: { listenerArn: ["https", "http"], actions: ["targets"] },
    }),
    "rule-forwards-in-clear",
    '"subject" may forward requests that "http" takes over plain HTTP.',
  ],
  [
    "an internal Classic Load Balancer",
    [classic([inClear], { internal: true })],
    "forwards-inside",
    "Whoever is in its network can read them.",
  ],
  [
    "an internal Classic Load Balancer in a template",
    [
      templateOf("AWS::ElasticLoadBalancing::LoadBalancer", {
        Scheme: "internal",
        Listeners: [classicOfCloudFormation],
      }),
    ],
    "forwards-inside",
    "Whoever is in its network can read them.",
  ],
  [
    "a listener of an internal load balancer",
    behind(internal, plain()),
    "forwards-inside",
    '"subject" of the internal load balancer "web" takes requests over plain HTTP and forwards them.',
  ],
  [
    "a listener of an internal load balancer, beside one that isn't",
    behind(internal, loadBalancer("outside", { internal: false }), plain()),
    "forwards-inside",
    '"subject" of the internal load balancer "web" takes requests over plain HTTP and forwards them.',
  ],
  [
    "a rule of a listener of an internal load balancer",
    behind(internal, redirecting("http"), ruleOf("http")),
    "forwards-inside",
    "Whoever is in its network can read them.",
  ],
  [
    "a scheme of internal",
    [
      {
        type: "aws-native:elasticloadbalancingv2:LoadBalancer",
        name: "web",
        properties: { scheme: "internal" },
      },
      {
        ...made(
          "aws-native:elasticloadbalancingv2:Listener",
          "subject",
          { loadBalancerArn: ["web"] },
          { port: 80, protocol: "HTTP", defaultActions: [{ type: "forward" }] },
        ),
      },
    ],
    "forwards-inside",
    'of the internal load balancer "web"',
  ],
  [
    "a redirection to HTTP",
    on(plain(redirectTo({ protocol: "HTTP", port: "8080" }))),
    "redirects-in-clear",
    '"subject" redirects callers to an address with plain HTTP.',
  ],
  [
    "a redirection that keeps the protocol",
    on(plain(redirectTo({ host: "www.example.com" }))),
    "redirects-in-clear",
    "redirects callers to an address with plain HTTP",
  ],
  [
    "a redirection that says so",
    on(plain(redirectTo({ protocol: "#{protocol}", host: "www.example.com" }))),
    "redirects-in-clear",
    "redirects callers to an address with plain HTTP",
  ],
  [
    "a redirection whose protocol isn't known",
    on(plain(redirectTo({ protocol: UNKNOWN }))),
    "redirects-in-clear",
    "whose protocol is not known before the deployment",
  ],
  [
    "a redirection that isn't known",
    on(plain([{ type: "redirect", redirect: UNKNOWN }])),
    "redirects-in-clear",
    "whose protocol is not known before the deployment",
  ],
  [
    "the default policy",
    on(tls(null)),
    "accepts-old-tls",
    '"subject" sets no sslPolicy, and the default accepts TLS 1.0.',
  ],
  [
    "the default policy of a network load balancer",
    on(tls(null, { protocol: "TLS" })),
    "accepts-old-tls",
    "sets no sslPolicy",
  ],
  [
    "a policy that isn't known",
    on(tls(UNKNOWN)),
    "accepts-old-tls",
    '"subject" has an sslPolicy that is not known before the deployment: write it as a plain string.',
  ],
  ...[
    "ELBSecurityPolicy-2016-08",
    "ELBSecurityPolicy-2015-05",
    "ELBSecurityPolicy-FS-2018-06",
    "ELBSecurityPolicy-TLS-1-0-2015-04",
    "ELBSecurityPolicy-TLS-1-1-2017-01",
    "ELBSecurityPolicy-FS-1-1-2019-08",
    "ELBSecurityPolicy-TLS13-1-0-2021-06",
    "ELBSecurityPolicy-TLS13-1-1-2021-06",
    "ELBSecurityPolicy-TLS13-1-0-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09",
    "elbsecuritypolicy-tls13-1-1-fips-2023-04",
    "ELBSecurityPolicy-TLS14-1-1-2028-01",
  ].map((name): Row => [name, on(tls(name)), "accepts-old-tls", oldPolicy]),
];

const silent: readonly (readonly [situation: string, given: readonly Given[]])[] = [
  [
    "a rule of a listener with TLS that answers everything else itself",
    on(
      listener("https", "web", answering, { sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" }),
      ruleOf("https"),
    ),
  ],
  ["a Classic Load Balancer with TLS", [classic([withTls])]],
  ["a Classic Load Balancer that ends TLS of TCP", [classic([{ ...withTls, lbProtocol: "ssl" }])]],
  ["a Classic Load Balancer of TCP", [classic([{ ...inClear, lbProtocol: "tcp" }])]],
  [
    "a redirection of a Terraform module",
    [
      {
        type: "web:tf:aws_lb_listener",
        name: "subject",
        properties: {
          load_balancer_arn: "arn",
          port: 80,
          protocol: "HTTP",
          default_action: [{ type: "redirect", redirect: [{ protocol: "HTTPS", status_code: "HTTP_301" }] }],
        },
      },
    ],
  ],
  ["a redirection to HTTPS", on(plain(toHttps))],
  ["a redirection to HTTPS elsewhere", on(plain(redirectTo({ protocol: "https", host: "www.example.com" })))],
  ["a redirection under the other token", on(plain(toHttps, {}, "alb"))],
  ["a redirection on port 80 without a protocol", on(plain(toHttps, { protocol: null }))],
  ["a refusal", on(plain(answering))],
  ["a rule that redirects, too", on(redirecting("http"), ruleOf("http", toHttps))],
  ["a rule that answers by itself", on(redirecting("http"), ruleOf("http", answering))],
  [
    "a rule of a listener with TLS",
    on({ ...tls("ELBSecurityPolicy-TLS13-1-2-2021-06"), name: "https" }, ruleOf("https")),
  ],
  ["a rule whose listener is in another stack", on(listenerRule("subject", undefined, [forwarding]))],
  ["a listener of a network load balancer", on(plain([forwarding], { protocol: "TCP", port: 80 }))],
  ["a listener of UDP", on(plain([forwarding], { protocol: "UDP", port: 53 }))],
  ["a listener of a gateway load balancer", on(plain([forwarding], { protocol: null, port: null }))],
  ...[
    "ELBSecurityPolicy-TLS-1-2-2017-01",
    "ELBSecurityPolicy-TLS-1-2-Ext-2018-06",
    "ELBSecurityPolicy-FS-1-2-2019-08",
    "ELBSecurityPolicy-FS-1-2-Res-2020-10",
    "ELBSecurityPolicy-TLS13-1-2-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06",
    "ELBSecurityPolicy-TLS13-1-3-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-Ext0-FIPS-2023-04",
    "ELBSecurityPolicy-TLS13-1-2-RFC9151-FIPS-2024-08",
    "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09",
    "ELBSecurityPolicy-TLS14-1-3-2028-01",
    "elbsecuritypolicy-tls13-1-2-2021-06",
  ].map((name): readonly [string, readonly Given[]] => [name, on(tls(name))]),
  ["TLS of a network load balancer", on(tls("ELBSecurityPolicy-TLS13-1-2-2021-06", { protocol: "TLS" }))],
];

describe(rule, () => {
  test.each(mandatory)("blocks: %s", async (_situation, resources, kind, says) => {
    const found = await ofRule(resources);
    expect(found).toEqual([
      { rule, level: "mandatory", resource: "subject", message: expect.stringContaining(says) },
    ]);
    expect(found.map(kindOf)).toEqual([kind]);
  });

  test.each(advisory)("advises: %s", async (_situation, resources, kind, says) => {
    const found = await ofRule(resources);
    expect(found).toEqual([
      { rule, level: "advisory", resource: "subject", message: expect.stringContaining(says) },
    ]);
    expect(found.map(kindOf)).toEqual([kind]);
    expect(await ofRule(resources, "strict")).toMatchObject([{ level: "mandatory" }]);
  });

  test.each([...mandatory, ...advisory])(
    "passes once its fix is pasted: %s",
    async (_situation, resources) => {
      const subject = resources.find(({ name }) => name === "subject");
      // The fix of a resource in another form stands in the words of the provider aws.
      if (!subject?.type.startsWith("aws:") || subject.type.includes(":cloudformation/")) return;
      const [found] = await ofRule(resources);
      if (found) expect(await ofRule(withFix(resources, found))).toEqual([]);
    },
  );

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await ofRule(resources)).toEqual([]);
  });

  test("a listener that forwards is reported for all of its rules", async () => {
    const found = await ofRule(on({ ...plain(), name: "http" }, ruleOf("http")));
    expect(found.map(({ resource }) => resource)).toEqual(["http"]);
  });

  test("before a listener is created, it is reported where no internal load balancer precedes it", async () => {
    const atCreation = (resources: readonly Given[]) =>
      findingsOf(rule, "mandatory", resources, {}, "resources");
    expect(await atCreation(behind({ internal: false }, plain()))).toHaveLength(1);
    expect(await atCreation([targetGroup, of(plain([forwarding], { loadBalancerArn: "arn" }))])).toHaveLength(
      1,
    );
    expect(await atCreation(behind(internal, plain()))).toEqual([]);
    expect(await atCreation(behind({ internal: false }, loadBalancer("inside", internal), plain()))).toEqual(
      [],
    );
  });

  test("nothing that the program wrote is in the message", async () => {
    const [found] = await ofRule(on(tls(secret("ELBSecurityPolicy-2016-08"))));
    expect(found?.message).not.toContain("2016-08");
  });
});
