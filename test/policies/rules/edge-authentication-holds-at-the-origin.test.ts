import { describe, expect, test } from "vitest";
import { analyze, type Given, secret, UNKNOWN } from "../analyze";
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

const basePathMapping = (name: string, properties: object): Given =>
  made(
    "aws:apigateway/basePathMapping:BasePathMapping",
    name,
    { restApi: ["rest"] },
    {
      domainName: "api.example.com",
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
const stray = (stage: string) => [
  httpApi("orders", { disableExecuteApiEndpoint: true }),
  route("list", "GET /orders", iam, "orders"),
  domainName("domain"),
  apiMapping("live", "orders", "domain"),
  { ...apiMapping("stray", "orders", "domain"), properties: { apiId: UNKNOWN, domainName: UNKNOWN, stage } },
];

type Row = readonly [situation: string, resources: readonly Given[], on: string, says: string];

const findings: readonly Row[] = [
  [
    "a function URL whose origin is unsigned",
    [...declaredUrl, distribution("cdn", ["url"])],
    "cdn",
    '"cdn" sends its requests unsigned to the function URL "url", which takes unsigned ones from anyone',
  ],
  [
    "signed, and the URL takes unsigned requests all the same",
    [...declaredUrl, distribution("cdn", ["url"], { origins: [server(signed)] })],
    "cdn",
    '"cdn" signs its requests to the function URL "url", which takes unsigned ones from anyone',
  ],
  [
    "the URL of another stack",
    [distribution("cdn", [], { origins: [server({ domainName: "a1b2.lambda-url.eu-west-1.on.aws" })] })],
    "cdn",
    '"cdn" sends its requests to a function URL unsigned.',
  ],
  [
    "in another case",
    [distribution("cdn", [], { origins: [server({ domainName: "A1B2.Lambda-Url.eu-west-1.On.AWS" })] })],
    "cdn",
    "unsigned",
  ],
  [
    "a load balancer behind a web ACL of the edge",
    [...openBalancer, distribution("cdn", ["web"], webAcl)],
    "cdn",
    '"cdn" holds a web ACL against its viewers. Whoever calls "web" directly goes round that, and is asked for nothing there.',
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
    "a web ACL",
  ],
  [
    "under the other token",
    [
      anyone,
      targetGroup,
      loadBalancer("web", {}, "alb"),
      listener("https", "web", [forwarding], {}, "alb"),
      distribution("cdn", ["web"], webAcl),
    ],
    "cdn",
    "a web ACL",
  ],
  [
    "internal false",
    [
      anyone,
      targetGroup,
      loadBalancer("web", { internal: false }),
      listener("https", "web"),
      distribution("cdn", ["web"], webAcl),
    ],
    "cdn",
    "a web ACL",
  ],
  [
    "one rule of the listener asks nothing",
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
    "a web ACL",
  ],
  [
    "a function on the viewers' requests, and the API behind it asks nothing",
    [...declaredApi(), distribution("cdn", ["orders"], onViewers("viewer-request"))],
    "cdn",
    `"cdn" holds a function on the viewers' requests against its viewers. Whoever calls "orders" directly`,
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
    "a function on the viewers' requests",
  ],
  [
    "signed cookies before a REST API",
    [...declaredRest(), distribution("cdn", ["orders"], behavior({ trustedKeyGroups: [UNKNOWN] }))],
    "cdn",
    "signed URLs or cookies",
  ],
  [
    "signed URLs of an older kind",
    [...declaredRest(), distribution("cdn", ["orders"], behavior({ trustedSigners: ["self"] }))],
    "cdn",
    "signed URLs or cookies",
  ],
  [
    "client certificates of the viewers",
    [...declaredApi(), distribution("cdn", ["orders"], { viewerMtlsConfig: { mode: "required" } })],
    "cdn",
    "client certificates",
  ],
  [
    "several things are asked at the edge",
    [...declaredApi(), distribution("cdn", ["orders"], { ...webAcl, ...onViewers("VIEWER-REQUEST") })],
    "cdn",
    "a function on the viewers' requests and a web ACL",
  ],
  [
    "by the stage's URL",
    [
      ...declaredApi(),
      made("aws:apigatewayv2/stage:Stage", "live", { apiId: ["orders"] }),
      distribution("cdn", ["live"], webAcl),
    ],
    "cdn",
    '"orders"',
  ],
  [
    "by the stage's URL of a REST API",
    [
      ...declaredRest(),
      made("aws:apigateway/stage:Stage", "live", { restApi: ["orders"] }),
      distribution("cdn", ["live"], webAcl),
    ],
    "cdn",
    '"orders"',
  ],
  [
    "with @pulumi/aws 6, by the URL of a deployment that names its stage",
    [...declaredRest(), version6Deployment, distribution("cdn", ["deployed"], webAcl)],
    "cdn",
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
    '"orders"',
  ],
  [
    "by a domain of the API's own",
    [
      ...declaredApi({ disableExecuteApiEndpoint: true }),
      domainName("domain"),
      apiMapping("live", "orders", "domain"),
      distribution("cdn", [], { ...webAcl, origins: [server({ domainName: "api.example.com" })] }),
    ],
    "cdn",
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
    '"web" and "shop"',
  ],
  [
    "the behavior leads there by a group of origins",
    [
      ...openBalancer,
      distribution("cdn", ["web"], {
        ...behavior({ targetOriginId: "group", trustedKeyGroups: [UNKNOWN] }),
        originGroups: [{ originId: "group", members: [{ originId: "other" }, { originId: "origin" }] }],
      }),
    ],
    "cdn",
    "signed URLs",
  ],
  [
    "what is asked is on another behavior than the first",
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
    "signed URLs",
  ],
  [
    "a task with a public address beside a load balancer that authenticates",
    [...guardedBalancer(), service(inPublic)],
    "orders",
    '"orders" has a public address that a security group lets anyone reach, beside the load balancer that asks callers who they are before it forwards them to "targets".',
  ],
  ["under the other token", [...guardedBalancer("alb"), service(inPublic)], "orders", "public address"],
  [
    "behind a validation of tokens",
    [
      anyone,
      targetGroup,
      loadBalancer("web"),
      listener("https", "web", [{ type: "jwt-validation" }, forwarding]),
      service(inPublic),
    ],
    "orders",
    "public address",
  ],
  [
    "behind client certificates",
    [
      anyone,
      targetGroup,
      loadBalancer("web"),
      listener("https", "web", [forwarding], { mutualAuthentication: { mode: "verify" } }),
      service(inPublic),
    ],
    "orders",
    "public address",
  ],
  [
    "behind a rule that authenticates",
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
    "public address",
  ],
  [
    "an instance",
    [...guardedBalancer(), instance({ associatePublicIpAddress: true }), attachment("box")],
    "box",
    '"box" has a public address',
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
    "public address",
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
    "public address",
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
    "public address",
  ],
  [
    "the port is unknown",
    [...guardedBalancer(), service(inPublic, "anyone", UNKNOWN)],
    "orders",
    "public address",
  ],
  [
    "an accelerator before an internal load balancer",
    [...internalBalancer(), endpointGroup],
    "accelerated",
    '"accelerated" leads the internet to "web", which is internal and forwards callers without asking who they are.',
  ],
  [
    "a VPC origin, and the distribution asks nothing",
    [...internalBalancer(), vpcOrigin, distribution("cdn", ["inside"], { origins: [inVpc] })],
    "inside",
    '"inside" leads the internet to "web"',
  ],
  [
    "the network load balancer of a VPC link faces the internet",
    [...networkBalancer(), vpcLink],
    "web",
    '"web" serves a private integration, but faces the internet as well',
  ],
  ["internal false", [...networkBalancer({ internal: false }), vpcLink], "web", "faces the internet"],
  [
    "its security group lets anyone in",
    [
      anyone,
      targetGroup,
      loadBalancer("web", { loadBalancerType: "network" }),
      listener("tcp", "web"),
      vpcLink,
    ],
    "web",
    "faces the internet",
  ],
  [
    "the load balancer of an HTTP API's private integration",
    [...openBalancer, proxy({ connectionType: "VPC_LINK" }, { integrationUri: ["https"] })],
    "web",
    "faces the internet",
  ],
  [
    "the load balancer of a REST API's private integration",
    [
      ...openBalancer,
      restApi("rest"),
      restProxy({ connectionType: "VPC_LINK" }, { integrationTarget: ["web"] }),
    ],
    "web",
    "faces the internet",
  ],
  [
    "an HTTP API that calls its own load balancer over the internet",
    [...openBalancer, proxy({})],
    "backend",
    '"backend" reaches "web" over the internet, where anyone can',
  ],
  [
    "connectionType INTERNET",
    [...openBalancer, proxy({ connectionType: "internet" })],
    "backend",
    "over the internet",
  ],
  ["a REST API", [...openBalancer, restApi("rest"), restProxy({})], "backend", "over the internet"],
  [
    "of type HTTP",
    [...openBalancer, restApi("rest"), restProxy({ type: "HTTP" })],
    "backend",
    "over the internet",
  ],
  [
    "the caller's own header is handed on",
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
    "over the internet",
  ],
  [
    "another API's stage shows a certificate",
    [
      ...openBalancer,
      restApi("rest"),
      restApi("other"),
      made("aws:apigateway/stage:Stage", "live", { restApi: ["other"] }, { clientCertificateId: "a1b2" }),
      restProxy({}),
    ],
    "backend",
    "over the internet",
  ],
  [
    "the stage shows no certificate",
    [
      ...openBalancer,
      restApi("rest"),
      made("aws:apigateway/stage:Stage", "live", { restApi: ["rest"] }),
      restProxy({}),
    ],
    "backend",
    "over the internet",
  ],
  [
    "the port is the listener's",
    [...openBalancer, proxy({}, { integrationUri: ["web", "https"] })],
    "backend",
    "over the internet",
  ],
  [
    "a stage of development on a live domain",
    stray("dev"),
    "stray",
    '"stray" leads from the same domain as "live", which is live, to a stage of development.',
  ],
  ["in another case", stray("Staging"), "stray", "stage of development"],
  [
    "the domain is another stack's",
    [
      restApi("rest", { disableExecuteApiEndpoint: true }),
      basePathMapping("live", { stageName: "prod" }),
      basePathMapping("stray", { stageName: "test", basePath: "test" }),
    ],
    "stray",
    "stage of development",
  ],
  [
    "by a routing rule",
    [
      restApi("rest", { disableExecuteApiEndpoint: true }),
      basePathMapping("live", { stageName: "prod" }),
      made(
        "aws:apigatewayv2/routingRule:RoutingRule",
        "stray",
        { actions: ["rest"] },
        {
          domainName: "API.example.com",
          actions: [{ invokeApi: { apiId: UNKNOWN, stage: "qa" } }],
        },
      ),
    ],
    "stray",
    "stage of development",
  ],
  [
    "a mapping that lets callers choose the stage",
    [restApi("rest", { disableExecuteApiEndpoint: true }), basePathMapping("mapping", {})],
    "mapping",
    '"mapping" names no stage, so callers choose one by its name in the path',
  ],
  [
    "an empty stage",
    [restApi("rest", { disableExecuteApiEndpoint: true }), basePathMapping("mapping", { stageName: "" })],
    "mapping",
    "names no stage",
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  [
    "passes: the URL asks for IAM, signed",
    [functionUrl("url", iam), distribution("cdn", ["url"], { origins: [server(signed)] })],
  ],
  [
    "passes: the URL asks for IAM, unsigned: its viewers sign, or nobody gets in",
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
  ["the edge asks for nothing either", [...openBalancer, distribution("cdn", ["web"])]],
  [
    "a secret header",
    [...openBalancer, distribution("cdn", ["web"], { ...webAcl, origins: [server(marked)] })],
  ],
  [
    "a secret header to a host that is known",
    [
      ...openBalancer,
      distribution("cdn", ["web"], {
        ...webAcl,
        origins: [server({ ...marked, domainName: "web-1.eu-west-1.elb.amazonaws.com" })],
      }),
    ],
  ],
  [
    "a certificate of the distribution's own",
    [
      ...openBalancer,
      distribution("cdn", ["web"], {
        ...webAcl,
        origins: [server({ customOriginConfig: { originMtlsConfig: { clientCertificateArn: UNKNOWN } } })],
      }),
    ],
  ],
  [
    "a VPC origin",
    [
      ...internalBalancer(),
      vpcOrigin,
      distribution("cdn", ["inside", "web"], { ...webAcl, origins: [inVpc] }),
    ],
  ],
  ["passes: the load balancer authenticates", [...guardedBalancer(), distribution("cdn", ["web"], webAcl)]],
  [
    "the load balancer redirects",
    [
      anyone,
      targetGroup,
      loadBalancer("web"),
      listener("http", "web", [{ type: "redirect" }]),
      distribution("cdn", ["web"], webAcl),
    ],
  ],
  [
    "a listener rule asks for a header",
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
  ["its listeners are another stack's", [anyone, loadBalancer("web"), distribution("cdn", ["web"], webAcl)]],
  ["internal", [...internalBalancer(), distribution("cdn", ["web"], webAcl)]],
  [
    "passes: the API authenticates every call",
    [
      httpApi("orders"),
      route("list", "GET /orders", iam, "orders"),
      distribution("cdn", ["orders"], { ...webAcl, ...onViewers("viewer-request") }),
    ],
  ],
  [
    "a function on the answers only",
    [...declaredApi(), distribution("cdn", ["orders"], onViewers("viewer-response"))],
  ],
  [
    "the function is on another origin's behavior",
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
    "the function is on a bucket's behavior",
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
    "the function is on the behavior of a VPC origin",
    [
      ...declaredApi(),
      distribution("cdn", ["orders"], {
        ...onViewers("viewer-request"),
        origins: [inVpc, server({ originId: "api" })],
      }),
    ],
  ],
  [
    "the function is on the behavior of a signed function URL",
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
    "the function is on the behavior of the load balancer that is sent a header",
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
    "the function is on the behavior of somebody else's host",
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
    "a rule of the load balancer redirects",
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
    "a VPC origin behind signed cookies, beside a bucket that asks nothing",
    [
      ...internalBalancer(),
      vpcOrigin,
      distribution("cdn", ["inside"], {
        ...behavior({ trustedKeyGroups: [UNKNOWN] }),
        origins: [inVpc, { originId: "assets", domainName: UNKNOWN, ...signed }],
      }),
    ],
  ],
  ["no public address", [...guardedBalancer(), service({ assignPublicIp: false })]],
  ["assignPublicIp absent", [...guardedBalancer(), service({})]],
  ["assignPublicIp unknown", [...guardedBalancer(), service({ assignPublicIp: UNKNOWN })]],
  [
    "passes: the load balancer's security group alone",
    [
      ...guardedBalancer(),
      securityGroup("balanced", { protocol: "tcp", fromPort: 8080, toPort: 8080, securityGroups: [UNKNOWN] }),
      service(inPublic, "balanced"),
    ],
  ],
  [
    "passes: a prefix list alone",
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
    "anyone, to another port",
    [
      ...guardedBalancer(),
      securityGroup("ssh", { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }),
      service(inPublic, "ssh"),
    ],
  ],
  [
    "a network of one's own",
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
    "a rule of another group, and one that lets out",
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
  ["the load balancer asks for nothing either", [...openBalancer, service(inPublic)]],
  [
    "a way past the authentication leads to the same targets, which is another finding's",
    [...guardedBalancer(), listener("plain", "web"), service(inPublic)],
  ],
  ["an instance without a public address", [...guardedBalancer(), instance({}), attachment("box")]],
  ["an instance that is no target", [...guardedBalancer(), instance({ associatePublicIpAddress: true })]],
  [
    "passes: the load balancer authenticates",
    [...internalBalancer([authenticating, forwarding]), endpointGroup],
  ],
  ["an accelerator before a load balancer that faces the internet anyway", [...openBalancer, endpointGroup]],
  [
    "the security group lets few in",
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
    "a network load balancer, which can't ask",
    [...internalBalancer([forwarding], { loadBalancerType: "network" }), endpointGroup],
  ],
  ["internal", [...networkBalancer({ internal: true }), vpcLink]],
  [
    "its security group lets few in",
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
  ["passes: somebody else's service", [proxy({ integrationUri: "https://api.partner.example.com/v1" }, {})]],
  [
    "a private integration",
    [...internalBalancer(), proxy({ connectionType: "VPC_LINK" }, { integrationUri: ["https"] })],
  ],
  ["the load balancer authenticates", [...guardedBalancer(), proxy({})]],
  [
    "a secret header",
    [...openBalancer, proxy({ requestParameters: { "overwrite:header.x-origin-verify": secret("s3cr3t") } })],
  ],
  [
    "a secret header that is unknown",
    [...openBalancer, proxy({ requestParameters: { "append:header.x-origin-verify": UNKNOWN } })],
  ],
  ["unknown parameters", [...openBalancer, proxy({ requestParameters: UNKNOWN })]],
  [
    "a static header of a REST API",
    [
      ...openBalancer,
      restApi("rest"),
      restProxy({ requestParameters: { "integration.request.header.X-Origin-Verify": "'s3cr3t'" } }),
    ],
  ],
  [
    "the stage shows a client certificate",
    [
      ...openBalancer,
      restApi("rest"),
      made("aws:apigateway/stage:Stage", "live", { restApi: ["rest"] }, { clientCertificateId: UNKNOWN }),
      restProxy({}),
    ],
  ],
  ["a Lambda function", [...openBalancer, proxy({ integrationType: "AWS_PROXY" })]],
  ["stages that are versions", stray("v2")],
  ["a name that only begins like one", stray("devices")],
  [
    "another domain",
    [
      ...stray("dev").slice(0, -1),
      domainName("other", { domainName: "dev.example.com" }),
      {
        ...apiMapping("stray", "orders", "other"),
        properties: { apiId: UNKNOWN, domainName: UNKNOWN, stage: "dev" },
      },
    ],
  ],
  [
    "development alone on its domain",
    [
      restApi("rest", { disableExecuteApiEndpoint: true }),
      basePathMapping("one", { stageName: "dev" }),
      basePathMapping("two", { stageName: "test", basePath: "test" }),
    ],
  ],
  [
    "two domains whose names are unknown are never the same",
    [
      restApi("rest", { disableExecuteApiEndpoint: true }),
      basePathMapping("live", { stageName: "prod", domainName: UNKNOWN }),
      basePathMapping("stray", { stageName: "dev", domainName: UNKNOWN }),
    ],
  ],
  [
    "a stage that is unknown",
    [
      restApi("rest", { disableExecuteApiEndpoint: true }),
      basePathMapping("mapping", { stageName: UNKNOWN }),
    ],
  ],
];

const reportedBy = async (...args: Parameters<typeof analyze>) =>
  (await analyze(...args)).filter((violation) => violation.rule === rule);

describe(rule, () => {
  test.each(findings)("advises: %s", async (_situation, resources, on, says) => {
    const expected = { resource: on, message: expect.stringContaining(says) };
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

  test("finds a mapping without a stage before it is created", async () => {
    expect(
      await reportedBy(
        [basePathMapping("mapping", {})].map((given) => ({ ...given, dependencies: {} })),
        {},
        "resources",
      ),
    ).toHaveLength(1);
  });
});
