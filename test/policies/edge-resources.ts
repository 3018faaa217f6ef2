import { type Given, UNKNOWN } from "./analyze";

/** Resources before a backend: distributions, load balancers, and what leads to them. */

/** A resource of which some properties were made of others, and aren't known before the deployment. */
export const made = (
  type: string,
  name: string,
  of: Readonly<Record<string, readonly string[]>> = {},
  properties: object = {},
): Given => ({
  type,
  name,
  properties: {
    ...Object.fromEntries(Object.keys(of).map((property) => [property, UNKNOWN])),
    ...properties,
  },
  dependencies: of,
});

/** An origin that is a server, whose host isn't known before the deployment. */
export const server = (properties: object = {}) => ({
  originId: "origin",
  domainName: UNKNOWN,
  customOriginConfig: {
    httpPort: 80,
    httpsPort: 443,
    originProtocolPolicy: "https-only",
    originSslProtocols: ["TLSv1.2"],
  },
  ...properties,
});

/** @param origins the names of what the origins were made of */
export const distribution = (name: string, origins: readonly string[], properties: object = {}): Given =>
  made("aws:cloudfront/distribution:Distribution", name, origins.length > 0 ? { origins } : {}, {
    enabled: true,
    origins: [server()],
    defaultCacheBehavior: { targetOriginId: "origin", viewerProtocolPolicy: "https-only" },
    ...properties,
  });

export const forwarding = { type: "forward", targetGroupArn: UNKNOWN };
export const authenticating = {
  type: "authenticate-oidc",
  authenticateOidc: { issuer: "https://login.example.com" },
};

/** A load balancer of applications, that anyone reaches through the security group "anyone". */
export const loadBalancer = (name: string, properties: object = {}, module = "lb"): Given =>
  made(`aws:${module}/loadBalancer:LoadBalancer`, name, { securityGroups: ["anyone"] }, properties);

export const listener = (
  name: string,
  on: string,
  actions: readonly object[] = [forwarding],
  properties: object = {},
  module = "lb",
): Given =>
  made(
    `aws:${module}/listener:Listener`,
    name,
    { loadBalancerArn: [on], defaultActions: ["targets"] },
    { port: 443, protocol: "HTTPS", defaultActions: actions, ...properties },
  );

/** @param on the name of the listener; without it, one that the stack doesn't hold */
export const listenerRule = (
  name: string,
  on: string | undefined,
  actions: unknown,
  conditions: unknown = [{ pathPattern: { values: ["/orders/*"] } }],
  properties: object = {},
  module = "lb",
): Given =>
  made(
    `aws:${module}/listenerRule:ListenerRule`,
    name,
    { ...(on !== undefined && { listenerArn: [on] }), actions: ["targets"] },
    { listenerArn: UNKNOWN, actions, conditions, ...properties },
  );

export const targetGroup: Given = made("aws:lb/targetGroup:TargetGroup", "targets", {}, { port: 8080 });

/** A security group with one rule inside. */
export const securityGroup = (name: string, rule: object): Given =>
  made("aws:ec2/securityGroup:SecurityGroup", name, {}, { ingress: [rule] });

export const anyone = securityGroup("anyone", {
  protocol: "tcp",
  fromPort: 443,
  toPort: 8080,
  cidrBlocks: ["0.0.0.0/0"],
});
