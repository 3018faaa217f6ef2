import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import { apiMapping, domainName } from "../bypass-resources";
import {
  anyone,
  authenticating,
  distribution,
  forwarding,
  listener,
  loadBalancer,
  made,
  securityGroup,
  server,
  targetGroup,
} from "../edge-resources";
import {
  functionUrl,
  httpApi,
  method,
  publicAccess,
  restApi,
  restResource,
  route,
  under,
} from "../resources";

const rule = "edge-authentication-holds-at-the-origin";
const iam = { authorizationType: "AWS_IAM" };
const webAcl = { webAclId: "arn:aws:wafv2:us-east-1:111111111111:global/webacl/edge/a1b2" };
const signed = { originAccessControlId: UNKNOWN };
const marked = { customHeaders: [{ name: "X-Origin-Verify", value: secret("s3cr3t") }] };
const behavior = (properties: object) => ({
  defaultCacheBehavior: { targetOriginId: "origin", viewerProtocolPolicy: "https-only", ...properties },
});
const toAll = (properties: object) => ({
  orderedCacheBehaviors: [{ pathPattern: "/private/*", targetOriginId: "origin", ...properties }],
});
const onViewers = (eventType: string) =>
  behavior({ functionAssociations: [{ eventType, functionArn: UNKNOWN }] });

/** A URL that is open by declaration: its openness is no finding any more. */
const declaredUrl = [
  publicAccess("by-the-edge", ["$default"]),
  under("by-the-edge", functionUrl("url", { authorizationType: "NONE" })),
];
/** An internet-facing load balancer that forwards whoever calls. */
const openBalancer = [anyone, targetGroup, loadBalancer("web"), listener("https", "web")];
const guardedBalancer = (module = "lb") => [
  anyone,
  targetGroup,
  loadBalancer("web", {}, module),
  listener("https", "web", [authenticating, forwarding], {}, module),
];
const declaredApi = (properties: object = {}) => [
  httpApi("orders", properties),
  publicAccess("by-the-edge", ["GET /orders"]),
  under("by-the-edge", route("list", "GET /orders", {}, "orders")),
];
const declaredRest = (properties: object = {}) => [
  restApi("orders", properties),
  restResource("path", "orders", "orders"),
  publicAccess("by-the-edge", ["GET /orders"]),
  under("by-the-edge", {
    ...method("list", "GET", { authorization: "NONE" }, "path"),
    dependencies: { resourceId: ["path"], restApi: ["orders"] },
  }),
];

const attachment = (instance: string, properties: object = {}): Given =>
  made(
    "aws:lb/targetGroupAttachment:TargetGroupAttachment",
    "attachment",
    { targetGroupArn: ["targets"], targetId: [instance] },
    properties,
  );
const instance = (properties: object, group = "anyone"): Given =>
  made("aws:ec2/instance:Instance", "box", { vpcSecurityGroupIds: [group] }, properties);
const service = (network: object, group = "anyone", port: unknown = 8080): Given =>
  made(
    "aws:ecs/service:Service",
    "orders",
    { loadBalancers: ["targets"], networkConfiguration: [group] },
    {
      loadBalancers: [{ containerName: "orders", containerPort: port, targetGroupArn: UNKNOWN }],
      networkConfiguration: { subnets: [UNKNOWN], securityGroups: [UNKNOWN], ...network },
    },
  );
const inPublic = { assignPublicIp: true };

const endpointGroup: Given = made(
  "aws:globalaccelerator/endpointGroup:EndpointGroup",
  "accelerated",
  { endpointConfigurations: ["web"] },
  { endpointConfigurations: [{ endpointId: UNKNOWN, weight: 100 }] },
);
const vpcOrigin: Given = made(
  "aws:cloudfront/vpcOrigin:VpcOrigin",
  "inside",
  { vpcOriginEndpointConfig: ["web"] },
  { vpcOriginEndpointConfig: { name: "web", arn: UNKNOWN } },
);
const inVpc = server({ customOriginConfig: null, vpcOriginConfig: { vpcOriginId: UNKNOWN } });
const internalBalancer = (actions: readonly object[] = [forwarding], properties: object = {}) => [
  anyone,
  targetGroup,
  loadBalancer("web", { internal: true, ...properties }),
  listener("https", "web", actions),
];

const networkBalancer = (properties: object = {}) => [
  targetGroup,
  made("aws:lb/loadBalancer:LoadBalancer", "web", {}, { loadBalancerType: "network", ...properties }),
  listener("tcp", "web"),
];
const vpcLink: Given = made("aws:apigateway/vpcLink:VpcLink", "link", { targetArn: ["web"] });
const proxy = (
  properties: object,
  of: Readonly<Record<string, readonly string[]>> = { integrationUri: ["web"] },
): Given =>
  made("aws:apigatewayv2/integration:Integration", "backend", of, {
    integrationType: "HTTP_PROXY",
    ...properties,
  });
const restProxy = (
  properties: object,
  of: Readonly<Record<string, readonly string[]>> = { uri: ["web"] },
): Given =>
  made(
    "aws:apigateway/integration:Integration",
    "backend",
    { ...of, restApi: ["rest"] },
    {
      type: "HTTP_PROXY",
      httpMethod: "GET",
      ...properties,
    },
  );

/** With @pulumi/aws 6 a deployment makes its stage. */
const version6Deployment = made(
  "aws:apigateway/deployment:Deployment",
  "deployed",
  { restApi: ["orders"] },
  { stageName: "live" },
);
type Row = readonly [situation: string, resources: readonly Given[], on: string, kind: string, says: string];

const findings: readonly Row[] = [
  [
    "a function URL whose origin is unsigned",
    [...declaredUrl, distribution("cdn", ["url"])],
    "cdn",
    "unsigned-function-url",
    '"cdn" sends its requests unsigned to the function URL "url"',
  ],
  [
    "a function URL whose origin is signed, but which accepts unsigned requests",
    [...declaredUrl, distribution("cdn", ["url"], { origins: [server(signed)] })],
    "cdn",
    "unsigned-function-url",
    '"cdn" signs its requests to the function URL "url"',
  ],
  [
    "the URL of another stack",
    [distribution("cdn", [], { origins: [server({ domainName: "a1b2.lambda-url.eu-west-1.on.aws" })] })],
    "cdn",
    "unsigned-function-url",
    '"cdn" sends its requests unsigned to a function URL.',
  ],
  [
    "the URL of another stack in another case",
    [distribution("cdn", [], { origins: [server({ domainName: "A1B2.Lambda-Url.eu-west-1.On.AWS" })] })],
    "cdn",
    "unsigned-function-url",
    "unsigned",
  ],
  [
    "a load balancer behind a web ACL of the edge",
    [...openBalancer, distribution("cdn", ["web"], webAcl)],
    "cdn",
    "unprotected-origin",
    '"cdn" protects "web" with a web ACL, but callers who use "web" directly bypass that and need no authentication.',
  ],
  [
    "the load balancer's host is known, as on an update",
    [
      ...openBalancer,
      distribution("cdn", ["web"], {
        ...webAcl,
        origins: [server({ domainName: "web-1234.eu-west-1.elb.amazonaws.com" })],
      }),
    ],
    "cdn",
    "unprotected-origin",
    "web",
  ],
  [
    "a login that is optional, by declaration",
    [
      anyone,
      targetGroup,
      loadBalancer("web"),
      publicAccess("shop", ["$default"]),
      under(
        "shop",
        listener("https", "web", [
          { type: "authenticate-oidc", authenticateOidc: { onUnauthenticatedRequest: "allow" } },
          forwarding,
        ]),
      ),
      distribution("cdn", ["web"], webAcl),
    ],
    "cdn",
    "unprotected-origin",
    "a web ACL",
  ],
  [
    "a load balancer under the other token",
    [
      anyone,
      targetGroup,
      loadBalancer("web", {}, "alb"),
      listener("https", "web", [forwarding], {}, "alb"),
      distribution("cdn", ["web"], webAcl),
    ],
    "cdn",
    "unprotected-origin",
    "a web ACL",
  ],
  [
    "a load balancer with internal false",
    [
      anyone,
      targetGroup,
      loadBalancer("web", { internal: false }),
      listener("https", "web"),
      distribution("cdn", ["web"], webAcl),
    ],
    "cdn",
    "unprotected-origin",
    "a web ACL",
  ],
  [
    "a listener with one rule that authenticates nobody",
    [
      ...guardedBalancer(),
      made(
        "aws:lb/listenerRule:ListenerRule",
        "api",
        { listenerArn: ["https"], actions: ["targets"] },
        { actions: [forwarding], conditions: [{ pathPattern: { values: ["/api/*"] } }] },
      ),
      distribution("cdn", ["web"], webAcl),
    ],
    "cdn",
    "unprotected-origin",
    "a web ACL",
  ],
  [
    "CloudFront's addresses alone, which every AWS customer's distributions have",
    [
      securityGroup("anyone", {
        protocol: "tcp",
        fromPort: 443,
        toPort: 443,
        prefixListIds: ["pl-4fa04526"],
      }),
      targetGroup,
      loadBalancer("web"),
      listener("https", "web"),
      distribution("cdn", ["web"], webAcl),
    ],
    "cdn",
    "unprotected-origin",
    "a web ACL",
  ],
  [
    "a function on the viewers' requests before an API that authenticates nobody",
    [...declaredApi(), distribution("cdn", ["orders"], onViewers("viewer-request"))],
    "cdn",
    "unprotected-origin",
    `"cdn" protects "orders" with a function on the viewers' requests, but`,
  ],
  [
    "Lambda@Edge on the requests to the origin",
    [
      ...declaredApi(),
      distribution(
        "cdn",
        ["orders"],
        behavior({ lambdaFunctionAssociations: [{ eventType: "origin-request" }] }),
      ),
    ],
    "cdn",
    "unprotected-origin",
    "a function on the viewers' requests",
  ],
  [
    "signed cookies before a REST API",
    [...declaredRest(), distribution("cdn", ["orders"], behavior({ trustedKeyGroups: [UNKNOWN] }))],
    "cdn",
    "unprotected-origin",
    "signed URLs or cookies",
  ],
  [
    "signed URLs of an older kind",
    [...declaredRest(), distribution("cdn", ["orders"], behavior({ trustedSigners: ["self"] }))],
    "cdn",
    "unprotected-origin",
    "signed URLs or cookies",
  ],
  [
    "client certificates of the viewers",
    [...declaredApi(), distribution("cdn", ["orders"], { viewerMtlsConfig: { mode: "required" } })],
    "cdn",
    "unprotected-origin",
    "client certificates",
  ],
  [
    "several protections at the edge",
    [...declaredApi(), distribution("cdn", ["orders"], { ...webAcl, ...onViewers("VIEWER-REQUEST") })],
    "cdn",
    "unprotected-origin",
    "a function on the viewers' requests and a web ACL",
  ],
  [
    "an API by its stage's URL",
    [
      ...declaredApi(),
      made("aws:apigatewayv2/stage:Stage", "live", { apiId: ["orders"] }),
      distribution("cdn", ["live"], webAcl),
    ],
    "cdn",
    "unprotected-origin",
    '"orders"',
  ],
  [
    "a REST API by its stage's URL",
    [
      ...declaredRest(),
      made("aws:apigateway/stage:Stage", "live", { restApi: ["orders"] }),
      distribution("cdn", ["live"], webAcl),
    ],
    "cdn",
    "unprotected-origin",
    '"orders"',
  ],
  [
    "with @pulumi/aws 6, a REST API by the URL of a deployment that names its stage",
    [...declaredRest(), version6Deployment, distribution("cdn", ["deployed"], webAcl)],
    "cdn",
    "unprotected-origin",
    '"orders"',
  ],
  [
    "with @pulumi/aws 6, a web ACL on another API's stage",
    [
      ...declaredRest(),
      version6Deployment,
      restApi("others", { disableExecuteApiEndpoint: true }),
      made("aws:wafv2/webAclAssociation:WebAclAssociation", "acl", { resourceArn: ["others"] }),
      distribution("cdn", ["deployed"], webAcl),
    ],
    "cdn",
    "unprotected-origin",
    '"orders"',
  ],
  [
    "an API by a domain of its own",
    [
      ...declaredApi({ disableExecuteApiEndpoint: true }),
      domainName("domain"),
      apiMapping("live", "orders", "domain"),
      distribution("cdn", [], { ...webAcl, origins: [server({ domainName: "api.example.com" })] }),
    ],
    "cdn",
    "unprotected-origin",
    '"orders"',
  ],
  [
    "the host of the API is known, as on an update",
    [
      ...declaredApi(),
      distribution("cdn", ["orders"], {
        ...webAcl,
        origins: [server({ domainName: "a1b2c3.execute-api.eu-west-1.amazonaws.com" })],
      }),
    ],
    "cdn",
    "unprotected-origin",
    '"orders"',
  ],
  [
    "an open route beside authorized ones, and a signed function URL beside the API",
    [
      ...declaredApi(),
      functionUrl("url", iam),
      distribution("cdn", ["orders", "url"], {
        ...webAcl,
        origins: [server(), server({ originId: "url", ...signed })],
      }),
    ],
    "cdn",
    "unprotected-origin",
    '"orders"',
  ],
  [
    "two load balancers, one of which is sent a header",
    [
      ...openBalancer,
      loadBalancer("shop"),
      listener("shop-https", "shop"),
      distribution("cdn", ["web", "shop"], {
        ...webAcl,
        origins: [server(marked), server({ originId: "shop" })],
        orderedCacheBehaviors: [{ pathPattern: "/shop/*", targetOriginId: "shop" }],
      }),
    ],
    "cdn",
    "unprotected-origin",
    '"web" and "shop"',
  ],
  [
    "a behavior that forwards to a group of origins",
    [
      ...openBalancer,
      distribution("cdn", ["web"], {
        ...behavior({ targetOriginId: "group", trustedKeyGroups: [UNKNOWN] }),
        originGroups: [{ originId: "group", members: [{ originId: "other" }, { originId: "origin" }] }],
      }),
    ],
    "cdn",
    "unprotected-origin",
    "signed URLs",
  ],
  [
    "a protection on another behavior than the first",
    [
      ...openBalancer,
      distribution("cdn", ["web"], {
        defaultCacheBehavior: { targetOriginId: "assets" },
        orderedCacheBehaviors: [
          { pathPattern: "/api/*", targetOriginId: "origin", trustedKeyGroups: [UNKNOWN] },
        ],
      }),
    ],
    "cdn",
    "unprotected-origin",
    "signed URLs",
  ],
  [
    "a task with a public address beside a load balancer that authenticates",
    [...guardedBalancer(), service(inPublic)],
    "orders",
    "public-target",
    '"targets"',
  ],
  [
    "a task beside a load balancer under the other token",
    [...guardedBalancer("alb"), service(inPublic)],
    "orders",
    "public-target",
    '"targets"',
  ],
  [
    "a task beside a load balancer that validates tokens",
    [
      anyone,
      targetGroup,
      loadBalancer("web"),
      listener("https", "web", [{ type: "jwt-validation" }, forwarding]),
      service(inPublic),
    ],
    "orders",
    "public-target",
    '"targets"',
  ],
  [
    "a task beside a load balancer that verifies client certificates",
    [
      anyone,
      targetGroup,
      loadBalancer("web"),
      listener("https", "web", [forwarding], { mutualAuthentication: { mode: "verify" } }),
      service(inPublic),
    ],
    "orders",
    "public-target",
    '"targets"',
  ],
  [
    "a task beside a listener rule that authenticates",
    [
      anyone,
      targetGroup,
      loadBalancer("web"),
      listener("https", "web", [{ type: "fixed-response" }]),
      made(
        "aws:lb/listenerRule:ListenerRule",
        "api",
        { listenerArn: ["https"], actions: ["targets"] },
        { actions: [authenticating, forwarding], conditions: [{ pathPattern: { values: ["/*"] } }] },
      ),
      service(inPublic),
    ],
    "orders",
    "public-target",
    '"targets"',
  ],
  [
    "an instance with a public address beside a load balancer that authenticates",
    [...guardedBalancer(), instance({ associatePublicIpAddress: true }), attachment("box")],
    "box",
    "public-target",
    '"targets"',
  ],
  [
    "an instance in the security groups of the older property",
    [
      ...guardedBalancer(),
      made(
        "aws:ec2/instance:Instance",
        "box",
        { securityGroups: ["anyone"] },
        { associatePublicIpAddress: true },
      ),
      attachment("box", { port: 443 }),
    ],
    "box",
    "public-target",
    '"targets"',
  ],
  [
    "the security group's rule is a resource of its own",
    [
      ...guardedBalancer(),
      made("aws:ec2/securityGroup:SecurityGroup", "separate"),
      made(
        "aws:ec2/securityGroupRule:SecurityGroupRule",
        "rule",
        { securityGroupId: ["separate"] },
        {
          type: "ingress",
          protocol: "-1",
          fromPort: 0,
          toPort: 0,
          ipv6CidrBlocks: ["::/0"],
        },
      ),
      service(inPublic, "separate"),
    ],
    "orders",
    "public-target",
    '"targets"',
  ],
  [
    "the security group's rule is a resource of the newer type",
    [
      ...guardedBalancer(),
      made("aws:ec2/securityGroup:SecurityGroup", "separate"),
      made(
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "rule",
        { securityGroupId: ["separate"] },
        {
          ipProtocol: "tcp",
          fromPort: 8080,
          toPort: 8080,
          cidrIpv4: "0.0.0.0/1",
        },
      ),
      service(inPublic, "separate"),
    ],
    "orders",
    "public-target",
    '"targets"',
  ],
  [
    "a task whose port is unknown",
    [...guardedBalancer(), service(inPublic, "anyone", UNKNOWN)],
    "orders",
    "public-target",
    '"targets"',
  ],
  [
    "an accelerator before an internal load balancer",
    [...internalBalancer(), endpointGroup],
    "accelerated",
    "exposed-load-balancer",
    '"web"',
  ],
  ...(
    [
      ["mutual TLS that is optional", { viewerMtlsConfig: { mode: "optional" } }],
      ["mutual TLS that passes through", { viewerMtlsConfig: { mode: "passthrough" } }],
      ["mutual TLS whose mode isn't known", { viewerMtlsConfig: { mode: UNKNOWN } }],
      ["key groups on another behavior alone", toAll({ trustedKeyGroups: [UNKNOWN] })],
      [
        "a function on the requests to the origin, which isn't called for what is cached",
        behavior({ lambdaFunctionAssociations: [{ eventType: "origin-request" }] }),
      ],
    ] as const
  ).map(
    ([situation, properties]): Row => [
      `a VPC origin behind ${situation}`,
      [
        ...internalBalancer(),
        vpcOrigin,
        distribution("cdn", ["inside"], { ...properties, origins: [inVpc] }),
      ],
      "inside",
      "exposed-load-balancer",
      '"inside" leads the internet to "web"',
    ],
  ),
  [
    "a VPC origin behind a distribution for tenants",
    [
      ...internalBalancer(),
      vpcOrigin,
      made(
        "aws:cloudfront/multitenantDistribution:MultitenantDistribution",
        "cdn",
        { origins: ["inside"] },
        {
          origins: [{ id: "origin", domainName: UNKNOWN, vpcOriginConfigs: [{ vpcOriginId: UNKNOWN }] }],
          defaultCacheBehavior: { targetOriginId: "origin" },
        },
      ),
    ],
    "inside",
    "exposed-load-balancer",
    '"inside" leads the internet to "web"',
  ],
  [
    "a VPC origin behind a distribution that protects nothing",
    [...internalBalancer(), vpcOrigin, distribution("cdn", ["inside"], { origins: [inVpc] })],
    "inside",
    "exposed-load-balancer",
    '"web"',
  ],
  [
    "the network load balancer of a VPC link faces the internet",
    [...networkBalancer(), vpcLink],
    "web",
    "public-load-balancer",
    '"web"',
  ],
  [
    "a network load balancer with internal false",
    [...networkBalancer({ internal: false }), vpcLink],
    "web",
    "public-load-balancer",
    '"web"',
  ],
  [
    "a network load balancer whose security group lets anyone in",
    [
      anyone,
      targetGroup,
      loadBalancer("web", { loadBalancerType: "network" }),
      listener("tcp", "web"),
      vpcLink,
    ],
    "web",
    "public-load-balancer",
    '"web"',
  ],
  [
    "the load balancer of an HTTP API's private integration",
    [...openBalancer, proxy({ connectionType: "VPC_LINK" }, { integrationUri: ["https"] })],
    "web",
    "public-load-balancer",
    '"web"',
  ],
  [
    "the load balancer of a REST API's private integration",
    [
      ...openBalancer,
      restApi("rest"),
      restProxy({ connectionType: "VPC_LINK" }, { integrationTarget: ["web"] }),
    ],
    "web",
    "public-load-balancer",
    '"web"',
  ],
  [
    "an HTTP API that calls its own load balancer over the internet",
    [...openBalancer, proxy({})],
    "backend",
    "integration-over-internet",
    '"web"',
  ],
  [
    "an HTTP API with connectionType INTERNET",
    [...openBalancer, proxy({ connectionType: "internet" })],
    "backend",
    "integration-over-internet",
    '"web"',
  ],
  [
    "a REST API that calls its own load balancer over the internet",
    [...openBalancer, restApi("rest"), restProxy({})],
    "backend",
    "integration-over-internet",
    '"web"',
  ],
  [
    "an integration of type HTTP",
    [...openBalancer, restApi("rest"), restProxy({ type: "HTTP" })],
    "backend",
    "integration-over-internet",
    '"web"',
  ],
  [
    "an integration that passes on the caller's own header",
    [
      ...openBalancer,
      proxy({
        requestParameters: {
          "overwrite:header.x-caller": "$request.header.authorization",
          "append:path": "x",
        },
      }),
    ],
    "backend",
    "integration-over-internet",
    '"web"',
  ],
  [
    "a stage of another API that presents a certificate",
    [
      ...openBalancer,
      restApi("rest"),
      restApi("other"),
      made("aws:apigateway/stage:Stage", "live", { restApi: ["other"] }, { clientCertificateId: "a1b2" }),
      restProxy({}),
    ],
    "backend",
    "integration-over-internet",
    '"web"',
  ],
  [
    "a stage that presents no certificate",
    [
      ...openBalancer,
      restApi("rest"),
      made("aws:apigateway/stage:Stage", "live", { restApi: ["rest"] }),
      restProxy({}),
    ],
    "backend",
    "integration-over-internet",
    '"web"',
  ],
  [
    "an integration whose URI holds the listener's port",
    [...openBalancer, proxy({}, { integrationUri: ["web", "https"] })],
    "backend",
    "integration-over-internet",
    '"web"',
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  [
    "a function URL with IAM, whose origin is signed",
    [functionUrl("url", iam), distribution("cdn", ["url"], { origins: [server(signed)] })],
  ],
  [
    "a function URL with IAM, unsigned: its viewers sign, or nobody gets in",
    [functionUrl("url", iam), distribution("cdn", ["url"])],
  ],
  [
    "another stack's URL, signed",
    [
      distribution("cdn", [], {
        origins: [server({ ...signed, domainName: "a1b2.lambda-url.eu-west-1.on.aws" })],
      }),
    ],
  ],
  [
    "a host that only looks like a function URL",
    [
      distribution("cdn", [], {
        origins: [server({ domainName: "a.lambda-url.eu-west-1.on.aws.example.com" })],
      }),
    ],
  ],
  ["a function URL without a distribution", declaredUrl],
  [
    "a bucket",
    [
      distribution("cdn", [], {
        ...webAcl,
        origins: [{ originId: "origin", domainName: UNKNOWN, ...signed }],
      }),
    ],
  ],
  ["an edge that protects nothing either", [...openBalancer, distribution("cdn", ["web"])]],
  [
    "an origin that is sent a secret header",
    [...openBalancer, distribution("cdn", ["web"], { ...webAcl, origins: [server(marked)] })],
  ],
  [
    "an origin whose host is known and that is sent a secret header",
    [
      ...openBalancer,
      distribution("cdn", ["web"], {
        ...webAcl,
        origins: [server({ ...marked, domainName: "web-1.eu-west-1.elb.amazonaws.com" })],
      }),
    ],
  ],
  [
    "a distribution with a client certificate of its own",
    [
      ...openBalancer,
      distribution("cdn", ["web"], {
        ...webAcl,
        origins: [server({ customOriginConfig: { originMtlsConfig: { clientCertificateArn: UNKNOWN } } })],
      }),
    ],
  ],
  [
    "a VPC origin beside the same load balancer",
    [
      ...internalBalancer(),
      vpcOrigin,
      distribution("cdn", ["inside", "web"], { ...webAcl, origins: [inVpc] }),
    ],
  ],
  [
    "a load balancer that authenticates behind a web ACL",
    [...guardedBalancer(), distribution("cdn", ["web"], webAcl)],
  ],
  [
    "a load balancer that redirects",
    [
      anyone,
      targetGroup,
      loadBalancer("web"),
      listener("http", "web", [{ type: "redirect" }]),
      distribution("cdn", ["web"], webAcl),
    ],
  ],
  [
    "a listener rule that checks for a secret header",
    [
      anyone,
      targetGroup,
      loadBalancer("web"),
      listener("https", "web", [{ type: "fixed-response" }]),
      made(
        "aws:lb/listenerRule:ListenerRule",
        "verified",
        { listenerArn: ["https"], actions: ["targets"] },
        {
          actions: [forwarding],
          conditions: [{ httpHeader: { httpHeaderName: "X-Origin-Verify", values: [UNKNOWN] } }],
        },
      ),
      distribution("cdn", ["web"], webAcl),
    ],
  ],
  [
    "a web ACL on the load balancer itself",
    [
      ...openBalancer,
      made("aws:wafv2/webAclAssociation:WebAclAssociation", "acl", { resourceArn: ["web"] }),
      distribution("cdn", ["web"], webAcl),
    ],
  ],
  [
    "a load balancer whose listeners another stack holds",
    [anyone, loadBalancer("web"), distribution("cdn", ["web"], webAcl)],
  ],
  [
    "an internal load balancer behind a web ACL",
    [...internalBalancer(), distribution("cdn", ["web"], webAcl)],
  ],
  [
    "an API that authenticates every call",
    [
      httpApi("orders"),
      route("list", "GET /orders", iam, "orders"),
      distribution("cdn", ["orders"], { ...webAcl, ...onViewers("viewer-request") }),
    ],
  ],
  [
    "a function on the responses only",
    [...declaredApi(), distribution("cdn", ["orders"], onViewers("viewer-response"))],
  ],
  [
    "a function on the behavior of another origin",
    [
      ...declaredApi(),
      distribution("cdn", ["orders"], {
        ...onViewers("viewer-request"),
        origins: [{ originId: "origin", domainName: UNKNOWN, ...signed }, server({ originId: "api" })],
        orderedCacheBehaviors: [{ pathPattern: "/api/*", targetOriginId: "api" }],
      }),
    ],
  ],
  [
    "an API with a resource policy",
    [...declaredRest({ policy: UNKNOWN }), distribution("cdn", ["orders"], webAcl)],
  ],
  [
    "an API with a resource policy of its own",
    [
      ...declaredRest(),
      made(
        "aws:apigateway/restApiPolicy:RestApiPolicy",
        "policy",
        { restApiId: ["orders"] },
        { policy: UNKNOWN },
      ),
      distribution("cdn", ["orders"], webAcl),
    ],
  ],
  [
    "an API whose stage has a web ACL",
    [
      ...declaredRest(),
      made("aws:apigateway/stage:Stage", "live", { restApi: ["orders"] }),
      made("aws:wafv2/webAclAssociation:WebAclAssociation", "acl", { resourceArn: ["live"] }),
      distribution("cdn", ["live"], webAcl),
    ],
  ],
  ...(
    [
      ["of the API and the deployment", ["orders", "deployed"]],
      ["of the API and a stage's name", ["orders"]],
      ["of the deployment's own ARN", ["deployed"]],
    ] as const
  ).map(
    ([of, names]) =>
      [
        `with @pulumi/aws 6, a web ACL on the stage that a deployment makes, whose ARN is made ${of}`,
        [
          ...declaredRest(),
          version6Deployment,
          made("aws:wafv2/webAclAssociation:WebAclAssociation", "acl", { resourceArn: names }),
          distribution("cdn", ["deployed"], webAcl),
        ],
      ] as const,
  ),
  [
    "an API and a load balancer, one of which is sent a header",
    [
      ...declaredApi(),
      ...guardedBalancer(),
      distribution("cdn", ["orders", "web"], {
        ...webAcl,
        origins: [server(marked), server({ originId: "other" })],
      }),
    ],
  ],
  [
    "a function on the behavior of a bucket",
    [
      ...declaredApi(),
      distribution("cdn", ["orders"], {
        ...onViewers("viewer-request"),
        origins: [
          { originId: "origin", domainName: UNKNOWN, s3OriginConfig: {} },
          server({ originId: "api" }),
        ],
      }),
    ],
  ],
  [
    "a function on the behavior of a VPC origin",
    [
      ...declaredApi(),
      distribution("cdn", ["orders"], {
        ...onViewers("viewer-request"),
        origins: [inVpc, server({ originId: "api" })],
      }),
    ],
  ],
  [
    "a function on the behavior of a signed function URL",
    [
      ...declaredApi(),
      functionUrl("url", iam),
      distribution("cdn", ["orders", "url"], {
        ...onViewers("viewer-request"),
        origins: [server(signed), server({ originId: "api" })],
      }),
    ],
  ],
  [
    "a function on the behavior of the load balancer that is sent a secret header",
    [
      ...openBalancer,
      loadBalancer("shop"),
      listener("shop-https", "shop"),
      distribution("cdn", ["web", "shop"], {
        ...onViewers("viewer-request"),
        origins: [server(marked), server({ originId: "shop" })],
      }),
    ],
  ],
  [
    "a function on the behavior of somebody else's host",
    [
      ...declaredApi(),
      distribution("cdn", ["orders"], {
        ...onViewers("viewer-request"),
        origins: [
          server({ domainName: "www.example.com" }),
          server({ originId: "api", domainName: "a1b2c3.execute-api.eu-west-1.amazonaws.com" }),
        ],
      }),
    ],
  ],
  [
    "a load balancer with a rule that redirects",
    [
      ...guardedBalancer(),
      made(
        "aws:lb/listenerRule:ListenerRule",
        "old",
        { listenerArn: ["https"], actions: [] },
        { actions: [{ type: "redirect" }], conditions: [{ pathPattern: { values: ["/old/*"] } }] },
      ),
      distribution("cdn", ["web"], webAcl),
    ],
  ],
  [
    "a task that is no target",
    [
      ...guardedBalancer(),
      made(
        "aws:ecs/service:Service",
        "other",
        { networkConfiguration: ["anyone"] },
        { networkConfiguration: inPublic, loadBalancers: [{ containerPort: 8080 }] },
      ),
    ],
  ],
  [
    "an instance that lets anyone in to another port than the target group's",
    [
      ...guardedBalancer(),
      securityGroup("ssh", { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }),
      instance({ associatePublicIpAddress: true }, "ssh"),
      attachment("box"),
    ],
  ],
  [
    "a VPC origin behind signed cookies, beside an unprotected bucket",
    [
      ...internalBalancer(),
      vpcOrigin,
      distribution("cdn", ["inside"], {
        ...behavior({ trustedKeyGroups: [UNKNOWN] }),
        origins: [inVpc, { originId: "assets", domainName: UNKNOWN, ...signed }],
      }),
    ],
  ],
  ["a task without a public address", [...guardedBalancer(), service({ assignPublicIp: false })]],
  ["a task with assignPublicIp absent", [...guardedBalancer(), service({})]],
  ["a task with assignPublicIp unknown", [...guardedBalancer(), service({ assignPublicIp: UNKNOWN })]],
  [
    "a task that admits only the load balancer's security group",
    [
      ...guardedBalancer(),
      securityGroup("balanced", { protocol: "tcp", fromPort: 8080, toPort: 8080, securityGroups: [UNKNOWN] }),
      service(inPublic, "balanced"),
    ],
  ],
  [
    "a task that admits only a prefix list",
    [
      ...guardedBalancer(),
      securityGroup("listed", {
        protocol: "tcp",
        fromPort: 8080,
        toPort: 8080,
        prefixListIds: ["pl-4fa04526"],
      }),
      service(inPublic, "listed"),
    ],
  ],
  [
    "a task that admits anyone to another port",
    [
      ...guardedBalancer(),
      securityGroup("ssh", { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }),
      service(inPublic, "ssh"),
    ],
  ],
  [
    "a task that admits a network of one's own",
    [
      ...guardedBalancer(),
      securityGroup("office", {
        protocol: "tcp",
        fromPort: 8080,
        toPort: 8080,
        cidrBlocks: ["10.0.0.0/8", "203.0.113.0/24"],
      }),
      service(inPublic, "office"),
    ],
  ],
  [
    "a rule of another group, and an egress rule",
    [
      ...guardedBalancer(),
      made("aws:ec2/securityGroup:SecurityGroup", "separate"),
      made(
        "aws:ec2/securityGroupRule:SecurityGroupRule",
        "other",
        { securityGroupId: ["anyone"] },
        {
          type: "ingress",
          protocol: "-1",
          cidrBlocks: ["0.0.0.0/0"],
        },
      ),
      made(
        "aws:ec2/securityGroupRule:SecurityGroupRule",
        "out",
        { securityGroupId: ["separate"] },
        {
          type: "egress",
          protocol: "-1",
          cidrBlocks: ["0.0.0.0/0"],
        },
      ),
      service(inPublic, "separate"),
    ],
  ],
  ["a task beside a load balancer that authenticates nobody", [...openBalancer, service(inPublic)]],
  [
    "a second listener without authentication, which another rule reports",
    [...guardedBalancer(), listener("plain", "web"), service(inPublic)],
  ],
  ["an instance without a public address", [...guardedBalancer(), instance({}), attachment("box")]],
  ["an instance that is no target", [...guardedBalancer(), instance({ associatePublicIpAddress: true })]],
  [
    "an accelerator before an internal load balancer that authenticates",
    [...internalBalancer([authenticating, forwarding]), endpointGroup],
  ],
  ["an accelerator before a load balancer that faces the internet anyway", [...openBalancer, endpointGroup]],
  [
    "an accelerator before a load balancer whose security group lets few in",
    [
      securityGroup("anyone", {
        protocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrBlocks: ["203.0.113.0/24"],
      }),
      ...internalBalancer().slice(1),
      endpointGroup,
    ],
  ],
  [
    "a VPC origin behind a web ACL",
    [...internalBalancer(), vpcOrigin, distribution("cdn", ["inside"], { ...webAcl, origins: [inVpc] })],
  ],
  ...(
    [
      ["mutual TLS that is required", { viewerMtlsConfig: { mode: "required" } }],
      ["mutual TLS without a mode, which is required by default", { viewerMtlsConfig: {} }],
      [
        "key groups on every behavior",
        {
          ...behavior({ trustedKeyGroups: [UNKNOWN] }),
          ...toAll({ trustedKeyGroups: [UNKNOWN] }),
        },
      ],
      ["a function on the viewers' requests", onViewers("viewer-request")],
    ] as const
  ).map(
    ([situation, properties]) =>
      [
        `a VPC origin behind ${situation}`,
        [
          ...internalBalancer(),
          vpcOrigin,
          distribution("cdn", ["inside"], { ...properties, origins: [inVpc] }),
        ],
      ] as const,
  ),
  [
    "client certificates that are optional before an API: nothing is required that could be bypassed",
    [...declaredApi(), distribution("cdn", ["orders"], { viewerMtlsConfig: { mode: "optional" } })],
  ],
  [
    "with @pulumi/aws 6, a VPC origin that names no load balancer",
    [
      ...internalBalancer(),
      made("aws:cloudfront/vpcOrigin:VpcOrigin", "inside"),
      distribution("cdn", ["inside"]),
    ],
  ],
  ["a VPC origin that no distribution here leads to", [...internalBalancer(), vpcOrigin]],
  [
    "an accelerator before a network load balancer, which can't authenticate",
    [...internalBalancer([forwarding], { loadBalancerType: "network" }), endpointGroup],
  ],
  ["an internal network load balancer behind a VPC link", [...networkBalancer({ internal: true }), vpcLink]],
  [
    "a network load balancer behind a VPC link whose security group lets few in",
    [
      securityGroup("anyone", { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/16"] }),
      targetGroup,
      loadBalancer("web", { loadBalancerType: "network" }),
      listener("tcp", "web"),
      vpcLink,
    ],
  ],
  ["a network load balancer that no link leads to", networkBalancer()],
  [
    "an application load balancer in the network's own security group",
    [
      targetGroup,
      made("aws:lb/loadBalancer:LoadBalancer", "web"),
      listener("https", "web"),
      proxy({ connectionType: "VPC_LINK" }, { integrationUri: ["https"] }),
    ],
  ],
  [
    "an integration with somebody else's service",
    [proxy({ integrationUri: "https://api.partner.example.com/v1" }, {})],
  ],
  [
    "a private integration with an internal load balancer",
    [...internalBalancer(), proxy({ connectionType: "VPC_LINK" }, { integrationUri: ["https"] })],
  ],
  ["an integration with a load balancer that authenticates", [...guardedBalancer(), proxy({})]],
  [
    "an integration that sends a secret header",
    [...openBalancer, proxy({ requestParameters: { "overwrite:header.x-origin-verify": secret("s3cr3t") } })],
  ],
  [
    "an integration that sends a secret header that is unknown",
    [...openBalancer, proxy({ requestParameters: { "append:header.x-origin-verify": UNKNOWN } })],
  ],
  ["an integration whose parameters are unknown", [...openBalancer, proxy({ requestParameters: UNKNOWN })]],
  [
    "a REST API that sends a static header",
    [
      ...openBalancer,
      restApi("rest"),
      restProxy({ requestParameters: { "integration.request.header.X-Origin-Verify": "'s3cr3t'" } }),
    ],
  ],
  [
    "a stage that presents a client certificate",
    [
      ...openBalancer,
      restApi("rest"),
      made("aws:apigateway/stage:Stage", "live", { restApi: ["rest"] }, { clientCertificateId: UNKNOWN }),
      restProxy({}),
    ],
  ],
  ["an integration with a Lambda function", [...openBalancer, proxy({ integrationType: "AWS_PROXY" })]],
];

const reportedBy = async (...args: Parameters<typeof analyze>) =>
  (await analyze(...args))
    .filter((violation) => violation.rule === rule)
    .map((found) => ({ ...found, kind: kindOf(found) }));

describe(rule, () => {
  test.each(findings)("advises: %s", async (_situation, resources, on, kind, says) => {
    const expected = { resource: on, kind, message: expect.stringContaining(says) };
    expect(await reportedBy(resources)).toEqual([
      expect.objectContaining({ ...expected, level: "advisory" }),
    ]);
    expect(await reportedBy(resources, { preset: "strict" })).toEqual([
      expect.objectContaining({ ...expected, level: "mandatory" }),
    ]);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await reportedBy(resources)).toEqual([]);
  });
});
