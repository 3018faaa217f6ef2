import type { Rule } from "../../../policies/src";
import { inDays } from "../../dates";
import { analyze, type Given, levelsAround, UNKNOWN } from "../../policies/analyze";
import {
  administratorsOnly,
  authorizedBy,
  jwtAuthorizer,
  methodOf,
  restAuthorizer,
  userPool,
  userPoolAuthorizer,
} from "../../policies/authorizer-resources";
import { apiMapping, domainName, mutualTls } from "../../policies/bypass-resources";
import {
  anyone,
  authenticating,
  distribution,
  forwarding,
  listener,
  listenerRule,
  loadBalancer,
  made,
  server,
  targetGroup,
} from "../../policies/edge-resources";
import { latticeService, serviceAssociation, serviceNetwork } from "../../policies/lattice-resources";
import {
  allow,
  policy,
  restApiPolicy,
  searchDomain,
  searchDomainPolicy,
  when,
} from "../../policies/policy-resources";
import {
  functionUrl,
  httpApi,
  method,
  publicAccess,
  restApi,
  restResource,
  route,
  under,
  webSocketApi,
} from "../../policies/resources";
import { golden } from "../../policies/stage-resources";
import { optionsOf, programOf, resourcesOf, rulesOfPrograms } from "../../rule-examples";
import { type Registration, urnOf } from "../pack";
import { closed, open } from ".";
import { takenBy, types } from "./subject";

/** Resources that only together show something. */
export interface StackSubject {
  readonly situation: string;
  /** The rule that finds it, where it is open; where it is closed, the one that would. */
  readonly rule: string;
  /** The name of the resource that the rule finds. */
  readonly on: string;
  /** The rule's options, for one that does nothing until they are set. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly resources: readonly (Registration & {
    readonly name: string;
    readonly taken: readonly string[];
  })[];
}

const stackSubject = (rule: string, situation: string, on: string, given: readonly Given[]): StackSubject => {
  const typeOf = (name: string) => given.find((other) => other.name === name)?.type ?? "";
  const urn = (name: string) => urnOf(typeOf(name), name);
  const resources = given.map(
    ({ type, name, properties = {}, parent, dependencies = {}, ignoreChanges = [] }) => ({
      ...{ type, name, properties, ignoreChanges },
      ...(parent !== undefined && { parent: urn(parent) }),
      propertyDependencies: Object.fromEntries(
        Object.entries(dependencies).map(([property, names]) => [property, names.map(urn)]),
      ),
      taken: takenBy({ type, properties }),
    }),
  );
  return { situation, rule, on, resources };
};

const jwtRoute = (name: string, api: string) =>
  authorizedBy(
    "tokens",
    route(name, "GET /customers", { authorizationType: "JWT", authorizationScopes: ["customers/read"] }, api),
  );
const twoApis = [httpApi("customers"), httpApi("partners"), jwtAuthorizer("tokens", {}, "customers")];
const customMethod = (name: string, api: string) =>
  authorizedBy("gate", methodOf(api, method(name, "GET", { authorization: "CUSTOM" })));
const twoRestApis = [restApi("customers"), restApi("partners"), restAuthorizer("gate", {}, "customers")];

const certified = (properties: object, authorizationType: string) => [
  httpApi("orders", properties),
  route("list", "GET /orders", { authorizationType }, "orders"),
  domainName("partners", mutualTls),
  apiMapping("mapping", "orders", "partners"),
];

const deployed = (triggers: object, of: Readonly<Record<string, readonly string[]>> = {}) => [
  restApi("orders"),
  methodOf("orders", method("get", "GET", { authorization: "AWS_IAM" })),
  made("aws:apigateway/deployment:Deployment", "deployed", { restApi: ["orders"], ...of }, triggers),
  made(
    "aws:apigateway/stage:Stage",
    "live",
    { restApi: ["orders"], deployment: ["deployed"] },
    golden("REST"),
  ),
];

const firewall = { webAclId: "arn:aws:wafv2:us-east-1:111111111111:global/webacl/edge/a1b2" };
const behindFirewall = (properties: object) => [
  anyone,
  targetGroup,
  loadBalancer("web", properties),
  listener("https", "web"),
  distribution("cdn", ["web"], firewall),
];

const serviceIn = (authType: string) => [
  serviceNetwork("network", { authType }),
  latticeService("orders", { authType: "NONE" }),
  serviceAssociation("association", "orders", "network"),
];

const policedApi = (statement: object) => [
  restApi("customers", { endpointConfiguration: { types: "REGIONAL" } }),
  methodOf("customers", method("lookup", "GET", { authorization: "AWS_IAM" })),
  restApiPolicy("gate", policy(statement), "customers"),
];
const policedDomain = (enabled: boolean) => [
  searchDomain("orders", null, { advancedSecurityOptions: { enabled } }),
  searchDomainPolicy("access", policy(allow()), "orders"),
];

const usersOf = (pool: object, authorizationScopes: readonly string[] | null = null) => [
  restApi("customers"),
  userPool("users", pool),
  userPoolAuthorizer("gate", ["users"], {}, "customers"),
  authorizedBy(
    "gate",
    methodOf(
      "customers",
      method("lookup", "GET", { authorization: "COGNITO_USER_POOLS", authorizationScopes }),
    ),
  ),
];

const reviewBy = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const declaredOf = (path: string) => [
  restApi("customers"),
  restResource("path", path, "customers"),
  publicAccess("open", ["GET /health"], { reviewBy }),
  under("open", method("lookup", "GET", { authorization: "NONE" }, "path")),
];
const component: Given = { type: types.component, name: "gateway", properties: {} };

const foreign = "authorizer-belongs-to-its-api";
const certificates = "mutual-tls-closes-the-default-endpoint";
const edge = "edge-authentication-holds-at-the-origin";
const deployment = "authorization-changes-are-deployed";
const lattice = "lattice-service-requires-iam";
const policed = "resource-policy-restricts-callers";
const scopes = "authorization-requires-scopes";
const endpoint = "endpoint-requires-authentication";
const reviewed = "public-access-is-reviewed";
const unread = "unread-infrastructure-is-named";
const signUp = "open-sign-up-is-not-authorization";

const exposed = { exposure: "api" };
const requiring = (situation: string, given: readonly Given[]): StackSubject => ({
  ...stackSubject("load-balancer-requires-authentication", situation, "https", [
    anyone,
    targetGroup,
    loadBalancer("web", { internal: false, loadBalancerType: "application" }),
    ...given,
  ]),
  options: { requireOn: ["tag:exposure=api"] },
});

/** What is open, whatever stands beside it. */
const writtenOpenStacks: readonly StackSubject[] = [
  requiring("a load balancer that only forwards", [
    listener("https", "web", [forwarding], { tags: exposed }),
  ]),
  requiring("a rule that only forwards", [
    listener("tls", "web", [authenticating, forwarding]),
    listenerRule("https", "tls", [forwarding], undefined, { tags: exposed }),
  ]),
  stackSubject(foreign, "a route with another API's authorizer", "lookup", [
    ...twoApis,
    jwtRoute("own", "customers"),
    jwtRoute("lookup", "partners"),
  ]),
  stackSubject(foreign, "a method with another API's authorizer", "lookup", [
    ...twoRestApis,
    customMethod("own", "customers"),
    customMethod("lookup", "partners"),
  ]),
  stackSubject(certificates, "certificates beside an open endpoint", "orders", certified({}, "NONE")),
  stackSubject(
    certificates,
    "certificates beside an endpoint that may be open",
    "orders",
    certified({ disableExecuteApiEndpoint: UNKNOWN }, "NONE"),
  ),
  stackSubject(edge, "a distribution that doesn't sign", "cdn", [
    functionUrl("url", { authorizationType: "NONE" }),
    distribution("cdn", ["url"]),
  ]),
  stackSubject(edge, "a firewall before a load balancer for anyone", "cdn", behindFirewall({})),
  stackSubject(
    deployment,
    "a deployment with a trigger by hand",
    "deployed",
    deployed({ triggers: { version: "1" } }),
  ),
  stackSubject(deployment, "a deployment without triggers", "deployed", deployed({})),
  stackSubject(lattice, "a service in a network without IAM", "orders", serviceIn("NONE")),
  stackSubject(lattice, "a service in no network", "orders", [latticeService("orders")]),
  stackSubject(policed, "a policy for every account, behind IAM", "gate", policedApi(allow())),
  stackSubject(policed, "a policy of a search domain that asks nobody", "access", policedDomain(false)),
  stackSubject(scopes, "a method that takes every token", "lookup", usersOf({})),
  stackSubject(
    signUp,
    "a pool in which anyone signs up",
    "users",
    usersOf({ autoVerifiedAttributes: ["email"] }),
  ),
  stackSubject(endpoint, "a WebSocket API without $connect", "chat", [
    webSocketApi("chat"),
    route("send", "send", {}, "chat"),
  ]),
  stackSubject(reviewed, "a declaration of another path", "lookup", declaredOf("customers")),
  stackSubject(unread, "a component that shows nothing", "gateway", [component]),
];

/** What is closed, whatever stands beside it. */
const writtenClosedStacks: readonly StackSubject[] = [
  requiring("a load balancer that asks for a login", [
    listener("https", "web", [authenticating, forwarding], { tags: exposed }),
  ]),
  requiring("a load balancer of a web site", [listener("https", "web", [forwarding], { tags: {} })]),
  stackSubject(foreign, "routes with their own API's authorizer", "own", [
    ...twoApis,
    jwtRoute("own", "customers"),
  ]),
  stackSubject(foreign, "methods with their own API's authorizer", "own", [
    ...twoRestApis,
    customMethod("own", "customers"),
  ]),
  stackSubject(
    certificates,
    "certificates and no other endpoint",
    "orders",
    certified({ disableExecuteApiEndpoint: true }, "AWS_IAM"),
  ),
  stackSubject(edge, "a distribution that signs", "cdn", [
    functionUrl("url", { authorizationType: "AWS_IAM" }),
    distribution("cdn", ["url"], {
      origins: [server({ originAccessControlId: UNKNOWN })],
      defaultCacheBehavior: { targetOriginId: "origin", trustedKeyGroups: ["group"] },
    }),
  ]),
  stackSubject(
    edge,
    "a firewall before an internal load balancer",
    "cdn",
    behindFirewall({ internal: true }),
  ),
  stackSubject(
    deployment,
    "a deployment that depends on what decides",
    "deployed",
    deployed({}, { triggers: ["get"] }),
  ),
  stackSubject(lattice, "a service in a network with IAM", "orders", serviceIn("AWS_IAM")),
  stackSubject(
    policed,
    "a policy for an organization, behind IAM",
    "gate",
    policedApi(allow(when("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"))),
  ),
  stackSubject(policed, "an open policy of a search domain that asks", "access", policedDomain(true)),
  stackSubject(
    scopes,
    "a method that asks for a scope",
    "lookup",
    usersOf(administratorsOnly, ["customers/read"]),
  ),
  stackSubject(signUp, "a pool of users whom administrators make", "users", usersOf(administratorsOnly)),
  stackSubject(endpoint, "a WebSocket API with IAM", "chat", [
    webSocketApi("chat"),
    route("connect", "$connect", { authorizationType: "AWS_IAM" }, "chat"),
    route("send", "send", {}, "chat"),
  ]),
  stackSubject(reviewed, "a declaration of its path", "lookup", declaredOf("health")),
  stackSubject(unread, "a component with a REST API", "gateway", [
    component,
    under("gateway", restApi("made")),
  ]),
];

/** The example of a rule that has no subject of its own here, and the resource that it is about. */
async function exampleOf(rule: Rule, kind: "bad" | "good"): Promise<StackSubject> {
  const given = await resourcesOf(programOf([rule], kind), inDays(90));
  const options = optionsOf([rule]);
  const levels = { ...levelsAround(rule.id), [rule.id]: rule.level };
  const found = (await analyze(given, { options, levels, clock: () => new Date() })).find(
    ({ rule: id }) => id === rule.id,
  );
  const on = found?.resource ?? given.at(-1)?.name ?? "";
  return {
    ...stackSubject(rule.id, `the ${kind} example of ${rule.id}`, on, given),
    ...(options[rule.id] && { options: options[rule.id] }),
  };
}

async function withExamples(
  written: readonly StackSubject[],
  alone: readonly { readonly rule: string }[],
  kind: "bad" | "good",
): Promise<readonly StackSubject[]> {
  const subjects = [...written];
  for (const rule of rulesOfPrograms) {
    if (![...written, ...alone].some((subject) => subject.rule === rule.id))
      subjects.push(await exampleOf(rule, kind));
  }
  return subjects;
}

/** What is open in a stack, by every rule that has nothing open by itself. */
export const openStacks = await withExamples(writtenOpenStacks, open, "bad");

/** What is closed and looks like it. */
export const closedStacks = await withExamples(writtenClosedStacks, closed, "good");
