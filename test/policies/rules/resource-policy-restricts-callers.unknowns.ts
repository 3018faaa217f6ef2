import {
  allow,
  deny,
  policy,
  queuePolicy,
  restApiPolicy,
  searchDomain,
  searchDomainPolicy,
  when,
} from "../policy-resources";
import { method, restApi, restResource } from "../resources";
import type { UnknownRow } from "../unknown-row";
import { keyless, restSettings } from "../unknown-subjects";

const privately = { endpointConfiguration: { types: "PRIVATE" } };
const policyExtension = "x-amazon-apigateway-policy";
const iamBody = (root: object = {}) => ({
  openapi: "3.0.1",
  paths: { "/customers": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } } },
  ...root,
});
const policedApi = [
  restApi("customers", { endpointConfiguration: { types: "REGIONAL" } }),
  restResource("path", "customers", "customers"),
  {
    ...method("lookup", "GET", { authorization: "AWS_IAM", ...keyless }, "path"),
    dependencies: { restApi: ["customers"], resourceId: ["path"] },
  },
  restApiPolicy("gate", policy(allow()), "customers"),
];
const policedDomain = [
  searchDomain("orders", null, { advancedSecurityOptions: { enabled: false } }),
  searchDomainPolicy("access", policy(allow()), "orders"),
];

export const rows: readonly UnknownRow[] = [
  {
    situation: "a private API for every VPC",
    resources: [restApi("gate", { ...privately, policy: policy(allow()) })],
    on: "gate",
    endsWithout: ["policy", "endpointConfiguration"],
  },
  {
    situation: "a private API whose body is elsewhere",
    resources: [restApi("gate", { ...privately, policy: policy(allow()), bodyS3Location: { bucket: "b" } })],
    on: "gate",
    endsWithout: ["policy", "endpointConfiguration"],
  },
  {
    situation: "a private API for every VPC, by its body",
    resources: [restApi("gate", { ...privately, body: iamBody({ [policyExtension]: policy(allow()) }) })],
    on: "gate",
    endsWithout: ["body", "endpointConfiguration"],
  },
  {
    situation: "IAM for every account, in a body",
    resources: [restApi("gate", { ...restSettings, policy: policy(allow()), body: iamBody() })].map(
      (given) => ({
        ...given,
        properties: { ...given.properties, endpointConfiguration: { types: "REGIONAL" } },
      }),
    ),
    on: "gate",
    endsWithout: ["policy", "body"],
  },
  {
    situation: "IAM for every account, by a policy of its own",
    resources: policedApi,
    on: "gate",
    endsWithout: ["policy"],
  },
  { situation: "the method behind such a policy", resources: policedApi, on: "lookup" },
  { situation: "the API behind such a policy", resources: policedApi, on: "customers" },
  {
    situation: "a queue for anyone",
    resources: [
      queuePolicy("orders", policy(allow(), deny(when("StringEquals", "aws:UserAgent", ["curl"])))),
    ],
    on: "orders",
    endsWithout: ["policy"],
  },
  {
    situation: "a queue for anyone, in a text",
    resources: [queuePolicy("orders", JSON.stringify(policy(allow())))],
    on: "orders",
    endsWithout: ["policy"],
  },
  {
    situation: "a search domain for anyone",
    resources: [
      searchDomain("orders", policy(allow()), {
        vpcOptions: [],
        advancedSecurityOptions: { enabled: true, anonymousAuthEnabled: true },
      }),
    ],
    on: "orders",
    endsWithout: ["accessPolicies"],
  },
  {
    situation: "a policy of a search domain for anyone",
    resources: policedDomain,
    on: "access",
    endsWithout: ["accessPolicies"],
  },
  {
    situation: "a bus for everybody",
    resources: [
      {
        type: "aws:cloudwatch/eventPermission:EventPermission",
        name: "orders",
        properties: {
          principal: "*",
          condition: { type: "StringLike", key: "aws:PrincipalOrgID", value: "*" },
        },
      },
    ],
    on: "orders",
    caseMatters: ["principal", "condition"],
  },
  {
    situation: "a bus for everybody, in a statement",
    resources: [
      {
        type: "aws:cloudwatch/eventPermission:EventPermission",
        name: "orders",
        properties: { statement: allow() },
      },
    ],
    on: "orders",
  },
  {
    situation: "a search domain of CloudSearch for anyone",
    resources: [
      {
        type: "aws:cloudsearch/domainServiceAccessPolicy:DomainServiceAccessPolicy",
        name: "orders",
        properties: { accessPolicy: policy(allow()) },
      },
    ],
    on: "orders",
    endsWithout: ["accessPolicy"],
  },
  {
    situation: "the policy of an API that is elsewhere",
    resources: [
      method("lookup", "GET", { restApi: "a1b2c3", authorization: "AWS_IAM", ...keyless }),
      restApiPolicy("gate", policy(allow())),
    ],
    on: "gate",
    endsWithout: ["policy"],
    caseMatters: ["restApiId"],
  },
  {
    situation: "the search domain of such a policy",
    resources: policedDomain,
    on: "orders",
  },
];
