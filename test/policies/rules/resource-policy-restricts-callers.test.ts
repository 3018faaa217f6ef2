import { describe, expect, test } from "vitest";
import { agent } from "../agent-resources";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import {
  account,
  allow,
  deny,
  policed,
  policy,
  queuePolicy,
  restApiPolicy,
  searchDomain,
  searchDomainPolicy,
  when,
} from "../policy-resources";
import { exemption, integration, method, publicAccess, restApi, restResource, under } from "../resources";

const rule = "resource-policy-restricts-callers";
const found = async (given: readonly Given[], args: Parameters<typeof analyze>[1] = {}) =>
  (await analyze(given, args))
    .filter((reported) => reported.rule === rule)
    .map((reported) => ({ ...reported, kind: kindOf(reported) }));

const organization = when("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5");
const topic = when("ArnLike", "aws:SourceArn", `arn:aws:sns:eu-west-1:${account}:orders`);
const anyone = JSON.stringify(policy(allow()));

describe(`${rule}: queues, topics, buses, streams, registries`, () => {
  const tokens = [
    "aws:sqs/queue:Queue",
    "aws:sqs/queuePolicy:QueuePolicy",
    "aws:sns/topic:Topic",
    "aws:sns/topicPolicy:TopicPolicy",
    "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
    "aws:kinesis/resourcePolicy:ResourcePolicy",
    "aws:schemas/registryPolicy:RegistryPolicy",
  ];

  test.each(tokens)("%s lets anyone in", async (token) => {
    expect(await found([policed(token, "orders", anyone)])).toEqual([
      {
        rule,
        level: "mandatory",
        resource: "orders",
        kind: "any-caller",
        message: expect.stringContaining('Statement 1 of the policy of "orders" lets in anyone, without any'),
      },
    ]);
  });

  test.each(tokens)("%s is restricted", async (token) => {
    expect(await found([policed(token, "orders", policy(allow(organization)))])).toEqual([]);
    expect(await found([policed(token, "orders", policy(allow(topic)))])).toEqual([]);
  });

  const open: readonly (readonly [situation: string, document: unknown, kind: string, says: string])[] = [
    ["a policy that is an object", policy(allow()), "any-caller", "anyone, without any credentials"],
    ["AWS: *", policy(allow({ Principal: { AWS: "*" } })), "any-caller", "anyone"],
    ["a policy that is a secret", secret(anyone), "any-caller", "anyone"],
    [
      "a Deny on something else",
      policy(allow(), deny({ Action: "sqs:DeleteQueue" })),
      "any-caller",
      "Statement 1",
    ],
    [
      "a condition that everybody meets",
      policy(allow(when("Bool", "aws:SecureTransport", "true"))),
      "any-caller",
      "anyone",
    ],
    [
      "a blocklist",
      policy(allow(when("NotIpAddress", "aws:SourceIp", "203.0.113.0/24"))),
      "any-caller",
      "anyone",
    ],
    [
      "the second statement",
      policy(allow({ Principal: { AWS: account } }), allow()),
      "any-caller",
      "Statement 2",
    ],
    [
      "whoever signs",
      policy(allow(when("StringNotEquals", "aws:PrincipalType", "Anonymous"))),
      "any-caller",
      "every AWS account",
    ],
    [
      "a service for any customer",
      policy(allow(when("ArnLike", "aws:SourceArn", "arn:aws:s3:::*"))),
      "any-customer",
      "Statement 1",
    ],
    ["a key twice", '{"Statement": [], "Statement": []}', "unreadable-document", "twice"],
    ["no JSON", "Statement: []", "unreadable-document", "is no valid JSON"],
    [
      "an operator that is none",
      policy(allow(when("StringEqual", "aws:SourceVpc", "vpc-1"))),
      "unreadable-document",
      "an operator that IAM",
    ],
  ];
  test.each(open)("reports: %s", async (_situation, document, kind, says) => {
    expect(await found([queuePolicy("orders", document)])).toMatchObject([
      { level: "mandatory", kind, message: expect.stringContaining(says) },
    ]);
  });

  const closed: readonly (readonly [situation: string, document: unknown])[] = [
    ["an account", policy(allow({ Principal: { AWS: account } }))],
    ["a source in one's own account", policy(allow(when("StringEquals", "aws:SourceAccount", account)))],
    [
      "a bucket's events, with the bucket's owner",
      policy(
        allow({
          Principal: { Service: "s3.amazonaws.com" },
          Condition: {
            ArnLike: { "aws:SourceArn": "arn:aws:s3:::uploads" },
            StringEquals: { "aws:SourceAccount": account },
          },
        }),
      ),
    ],
    [
      "a service that AWS documents without a condition",
      policy(allow({ Principal: { Service: "events.amazonaws.com" } })),
    ],
    [
      "a topic's own default",
      policy(allow({ Principal: { AWS: "*" }, ...when("StringEquals", "AWS:SourceOwner", account) })),
    ],
    [
      "an organization by a Deny",
      policy(allow(), deny(when("StringNotEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"))),
    ],
    [
      "TLS only, for the account",
      policy(allow({ Principal: { AWS: account } }), deny(when("Bool", "aws:SecureTransport", "false"))),
    ],
    ["no statement", policy()],
    ["no policy", ""],
    ["nothing", null],
  ];
  test.each(closed)("is silent: %s", async (_situation, document) => {
    expect(await found([queuePolicy("orders", document)])).toEqual([]);
  });

  test.each([
    ["the whole policy", UNKNOWN],
    ["a principal", policy(allow({ Principal: { AWS: UNKNOWN } }))],
    ["a value", policy(allow(when("ArnEquals", "aws:SourceArn", UNKNOWN)))],
  ])("advises where it isn't known: %s", async (_situation, document) => {
    const given = [queuePolicy("orders", document)];
    expect(await found(given)).toMatchObject([
      { level: "advisory", resource: "orders", kind: "unknown-document" },
    ]);
    expect(await found(given, { preset: "strict" })).toMatchObject([{ level: "advisory" }]);
    const options = { [rule]: { unknownDocuments: "mandatory" } };
    expect(await found(given, { options })).toMatchObject([{ level: "mandatory" }]);
  });

  test("a fix says what the type accepts: a queue's policy may be an object, an event bus's is a text", async () => {
    const [ofQueue] = await found([queuePolicy("orders", UNKNOWN)]);
    expect(ofQueue?.message).toContain("pass the policy as an object");
    const bus = {
      type: "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
      name: "orders",
      properties: { policy: UNKNOWN },
    };
    const [ofBus] = await found([bus]);
    expect(ofBus?.message).toContain("write ARNs with names that the program chooses");
    expect(ofBus?.message).not.toContain("object");
  });

  test("is exempted by name", async () => {
    expect(
      await analyze([queuePolicy("orders", anyone)], { exemptions: [exemption(rule, "orders")] }),
    ).toEqual([]);
  });

  test("tells no value of a property", async () => {
    const document = policy({ ...allow(), Sid: "very-secret", Resource: "very-secret" });
    const [reported] = await found([queuePolicy("orders", document)]);
    expect(reported?.message).not.toContain("very-secret");
  });
});

describe(`${rule}: VPC Lattice`, () => {
  const lattice = (document: unknown) =>
    policed("aws:vpclattice/authPolicy:AuthPolicy", "orders", document, "policy", {
      resourceIdentifier: UNKNOWN,
    });
  const signed = when("StringNotEqualsIgnoreCase", "aws:PrincipalType", "anonymous");

  test("anonymous callers are let in", async () => {
    expect(await found([lattice(anyone)])).toMatchObject([
      { level: "mandatory", kind: "any-caller", message: expect.stringContaining("without any credentials") },
    ]);
  });

  test.each([
    ["AWS's own example: whoever signs", policy(allow(signed))],
    [
      "a Deny of the anonymous",
      policy(allow(), deny(when("StringEquals", "aws:PrincipalType", "Anonymous"))),
    ],
    ["one VPC", policy(allow(when("StringEquals", "vpc-lattice-svcs:SourceVpc", "vpc-1a2b3c4d")))],
    ["an organization", policy(allow(organization))],
  ])("is silent: %s", async (_situation, document) => {
    expect(await found([lattice(document)])).toEqual([]);
  });
});

describe(`${rule}: search domains`, () => {
  const accessControl = { advancedSecurityOptions: { enabled: true, internalUserDatabaseEnabled: true } };

  test.each([
    ["aws:opensearch/domain:Domain", {}],
    ["aws:elasticsearch/domain:Domain", {}],
    ["aws:opensearch/domain:Domain", { advancedSecurityOptions: { enabled: false } }],
    [
      "aws:opensearch/domain:Domain",
      { advancedSecurityOptions: { enabled: true, anonymousAuthEnabled: true } },
    ],
    ["aws:opensearch/domain:Domain", { advancedSecurityOptions: { enabled: UNKNOWN } }],
    ["aws:opensearch/domain:Domain", { advancedSecurityOptions: UNKNOWN }],
  ])("%s with %j lets anyone in", async (token, more) => {
    expect(await found([policed(token, "orders", anyone, "accessPolicies", more)])).toMatchObject([
      { level: "mandatory", kind: "any-caller" },
    ]);
  });

  test.each([
    ["in a VPC", anyone, { vpcOptions: { subnetIds: ["subnet-1"] } }],
    ["in a VPC that isn't known yet", anyone, { vpcOptions: UNKNOWN }],
    ["with access control of its own", anyone, accessControl],
    ["for an office only", policy(allow(when("IpAddress", "aws:SourceIp", "203.0.113.0/24"))), {}],
    ["for a role", policy(allow({ Principal: { AWS: `arn:aws:iam::${account}:role/search` } })), {}],
    ["without a policy", undefined, {}],
  ])("is silent: a domain %s", async (_situation, document, more) => {
    const given = searchDomain("orders", document ?? null, more);
    expect(await found([given])).toEqual([]);
  });

  test("CloudSearch and ingestion pipelines are judged alike", async () => {
    const search = (document: unknown): Given => ({
      type: "aws:cloudsearch/domainServiceAccessPolicy:DomainServiceAccessPolicy",
      name: "orders",
      properties: { domainName: UNKNOWN, accessPolicy: document },
    });
    const pipeline = (document: unknown) =>
      policed("aws:opensearchingest/resourcePolicy:ResourcePolicy", "orders", document);
    for (const gate of [search, pipeline]) {
      expect(await found([gate(anyone)])).toMatchObject([{ level: "mandatory", kind: "any-caller" }]);
      expect(await found([gate(policy(allow({ Principal: { AWS: account } })))])).toEqual([]);
    }
  });

  test("a policy that stands by itself is judged with its domain", async () => {
    const alone = searchDomainPolicy("access", anyone, "orders");
    expect(await found([searchDomain("orders", null), alone])).toMatchObject([
      { level: "mandatory", resource: "access", kind: "any-caller" },
    ]);
    expect(await found([searchDomain("orders", null, accessControl), alone])).toEqual([]);
    expect(await found([searchDomain("orders", null, { vpcOptions: {} }), alone])).toEqual([]);
  });

  test("a policy whose domain is elsewhere is an advisory", async () => {
    expect(await found([searchDomainPolicy("access", anyone)])).toMatchObject([
      { level: "advisory", resource: "access", kind: "any-caller" },
    ]);
  });

  test.each([
    ["unknown", UNKNOWN, "advisory"],
    ["unreadable", "{", "mandatory"],
  ])("reports a policy that is %s before its domain is created", async (_situation, document, level) => {
    expect(await analyze([searchDomainPolicy("access", document)], {}, "resources")).toMatchObject([
      { rule, level, resource: "access" },
    ]);
  });
});

describe(`${rule}: permissions to put events on a bus`, () => {
  const permission = (properties: object): Given => ({
    type: "aws:cloudwatch/eventPermission:EventPermission",
    name: "orders",
    properties: { statementId: "orders", ...properties },
  });
  const condition = { type: "StringEquals", key: "aws:PrincipalOrgID", value: "o-a1b2c3d4e5" };

  test.each([
    ["everybody", { principal: "*" }],
    ["a secret *", { principal: secret("*") }],
    [
      "an organization that isn't named",
      { principal: "*", condition: { ...condition, type: "StringLike", value: "*" } },
    ],
    [
      "whoever isn't in an organization",
      { principal: "*", condition: { ...condition, type: "StringNotEquals" } },
    ],
  ])("reports: %s", async (_situation, properties) => {
    expect(await found([permission(properties)])).toMatchObject([
      {
        level: "mandatory",
        kind: "any-caller",
        message: expect.stringContaining(
          'The permission "orders" lets every AWS account put events on the bus',
        ),
      },
    ]);
  });

  test.each([
    ["an account", { principal: account }],
    ["an organization", { principal: "*", condition }],
  ])("is silent: %s", async (_situation, properties) => {
    expect(await found([permission(properties)])).toEqual([]);
  });

  test.each([
    ["the principal", { principal: UNKNOWN }],
    ["the condition", { principal: "*", condition: UNKNOWN }],
    ["the organization", { principal: "*", condition: { ...condition, value: UNKNOWN } }],
  ])("advises where %s isn't known", async (_situation, properties) => {
    expect(await found([permission(properties)])).toMatchObject([
      { level: "advisory", kind: "unknown-document" },
    ]);
  });
});

describe(`${rule}: agents`, () => {
  const agentPolicy = (document: unknown, of?: string): Given => ({
    ...policed("aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy", "gate", document, "policy", {
      resourceArn: UNKNOWN,
    }),
    ...(of !== undefined && { dependencies: { resourceArn: [of] } }),
  });
  const tokens = {
    authorizerConfiguration: {
      customJwtAuthorizer: { discoveryUrl: "https://login.example.com", allowedAudiences: ["tools"] },
    },
  };

  test.each([
    ["a gateway with IAM", agent("Gateway", "tools")],
    ["a runtime with IAM", agent("AgentRuntime", "tools")],
  ])("reports %s for everybody", async (_situation, given) => {
    expect(await found([given, agentPolicy(anyone, "tools")])).toMatchObject([
      { level: "mandatory", resource: "gate", kind: "any-caller" },
    ]);
    expect(await found([given, agentPolicy(policy(allow(organization)), "tools")])).toEqual([]);
  });

  test.each([
    ["a gateway", agent("Gateway", "tools", { authorizerType: "CUSTOM_JWT", ...tokens })],
    ["a runtime", agent("AgentRuntime", "tools", tokens)],
  ])("is silent about %s that takes tokens, which are no principals", async (_situation, given) => {
    expect(await found([given, agentPolicy(anyone, "tools")])).toEqual([]);
  });

  test("advises where the agent is elsewhere", async () => {
    expect(await found([agentPolicy(anyone)])).toMatchObject([{ level: "advisory", kind: "any-caller" }]);
    expect(await found([agentPolicy(policy(allow({ Principal: { AWS: account } })))])).toEqual([]);
  });
});

const invoke = (changed: object = {}) =>
  allow({ Action: "execute-api:Invoke", Resource: "execute-api:/*", ...changed });
const endpoint = when("StringEquals", "aws:SourceVpce", "vpce-1a2b3c4d");
const isPrivate = { endpointConfiguration: { types: "PRIVATE", vpcEndpointIds: ["vpce-1a2b3c4d"] } };
const body = (root: object, operation: object = {}) =>
  JSON.stringify({ openapi: "3.0.1", paths: { "/customers": { get: operation } }, ...root });
const iam = { "x-amazon-apigateway-auth": { type: "AWS_IAM" } };

describe(`${rule}: private APIs`, () => {
  const open: readonly (readonly [situation: string, given: readonly Given[]])[] = [
    ["no condition at all", [restApi("api", { ...isPrivate, policy: JSON.stringify(policy(invoke())) })]],
    [
      "only an address, which callers in a VPC choose",
      [
        restApi("api", {
          ...isPrivate,
          policy: policy(invoke(when("IpAddress", "aws:VpcSourceIp", "10.0.0.0/16"))),
        }),
      ],
    ],
    [
      "IfExists",
      [
        restApi("api", {
          ...isPrivate,
          policy: policy(invoke(when("StringNotEqualsIfExists", "aws:SourceVpce", "vpce-1a2b3c4d"))),
        }),
      ],
    ],
    [
      "in the body",
      [restApi("api", { ...isPrivate, body: body({ "x-amazon-apigateway-policy": policy(invoke()) }, iam) })],
    ],
    [
      "a type that isn't known",
      [restApi("api", { endpointConfiguration: { types: UNKNOWN }, policy: policy(invoke()) })],
    ],
    [
      "a RestApiPolicy before a private API",
      [restApi("private", isPrivate), restApiPolicy("api", policy(invoke()), "private")],
    ],
  ];
  test.each(open)("reports: %s", async (_situation, given) => {
    expect(await found(given)).toEqual([
      {
        rule,
        level: "mandatory",
        resource: "api",
        kind: "open-private-api",
        message: expect.stringContaining('Statement 1 of the policy of "api"'),
      },
    ]);
  });

  /** Nobody without a signature, and every account with one. */
  const signers = policy(invoke(when("Null", "aws:PrincipalAccount", "false")));
  test.each<readonly [situation: string, given: readonly Given[], on: string]>([
    [
      "an operation of its body",
      [restApi("api", { ...isPrivate, body: body({}, iam), policy: signers })],
      "api",
    ],
    [
      "an operation of its body, by a RestApiPolicy",
      [restApi("api", { ...isPrivate, body: body({}, iam) }), restApiPolicy("gate", signers, "api")],
      "gate",
    ],
    [
      "a method, by a RestApiPolicy",
      [
        restApi("api", isPrivate),
        restResource("path", "customers", "api"),
        {
          ...method("lookup", "GET", { authorization: "AWS_IAM" }, "path"),
          dependencies: { resourceId: ["path"], restApi: ["api"] },
        },
        restApiPolicy("gate", signers, "api"),
      ],
      "gate",
    ],
  ])("reports IAM behind a policy for whoever signs: %s", async (_situation, given, on) => {
    expect(await found(given)).toMatchObject([
      {
        level: "mandatory",
        resource: on,
        kind: "open-routes",
        message: expect.stringContaining("GET /customers requires IAM only"),
      },
    ]);
  });

  test("the fix names what a request through a VPC endpoint has", async () => {
    const [reported] = await found([restApi("api", { ...isPrivate, policy: policy(invoke()) })]);
    expect(reported?.message).toMatch(/Fix: .*aws:SourceVpce.*aws:VpcSourceIp/);
    expect(reported?.message).not.toMatch(/Fix: .*IpAddress with aws:SourceIp/);
  });

  const closed: readonly (readonly [situation: string, given: readonly Given[]])[] = [
    ["one endpoint", [restApi("api", { ...isPrivate, policy: policy(invoke(endpoint)) })]],
    [
      "one VPC, by a Deny",
      [
        restApi("api", {
          ...isPrivate,
          policy: policy(invoke(), {
            ...invoke(when("StringNotEquals", "aws:SourceVpc", "vpc-1a2b3c4d")),
            Effect: "Deny",
          }),
        }),
      ],
    ],
    [
      "an address of the internet, which nobody has behind a VPC endpoint",
      [
        restApi("api", {
          ...isPrivate,
          policy: policy(invoke(when("IpAddress", "aws:SourceIp", "203.0.113.0/24"))),
        }),
      ],
    ],
    ["no policy: every call is refused", [restApi("api", isPrivate)]],
    [
      "a RestApiPolicy for one endpoint",
      [restApi("private", isPrivate), restApiPolicy("api", policy(invoke(endpoint)), "private")],
    ],
    [
      "no type is EDGE, where the condition lets nobody in",
      [restApi("api", { policy: policy(invoke(endpoint)) })],
    ],
  ];
  test.each(closed)("is silent: %s", async (_situation, given) => {
    expect(await found(given)).toEqual([]);
  });

  test("advises where the policy isn't known", async () => {
    expect(await found([restApi("api", { ...isPrivate, policy: UNKNOWN })])).toMatchObject([
      { level: "advisory", resource: "api", kind: "unknown-document" },
    ]);
    const alone = [restApi("private", isPrivate), restApiPolicy("api", UNKNOWN, "private")];
    expect(await found(alone)).toMatchObject([
      { level: "advisory", resource: "api", kind: "unknown-document" },
    ]);
  });
});

describe(`${rule}: REST APIs`, () => {
  const api = (document: unknown, authorization: object, more: object = {}): readonly Given[] => [
    restApi("api", more),
    restResource("path", "customers", "api"),
    { ...method("lookup", "GET", authorization, "path"), ...inApi },
    restApiPolicy("gate", document, "api"),
  ];
  const inApi = { dependencies: { resourceId: ["path"], restApi: ["api"] } };
  const none = { authorization: "NONE" };
  const signed = { authorization: "AWS_IAM" };
  const authorized = { authorization: "CUSTOM", authorizerId: "abc" };

  const open: readonly (readonly [situation: string, given: readonly Given[], says: string])[] = [
    [
      "an open policy before an open method",
      api(policy(invoke()), none),
      'GET /customers requires no authentication, and statement 1 of the policy "gate" lets anyone call it',
    ],
    [
      "AWS: * and a Deny of another path",
      api(
        policy(invoke({ Principal: { AWS: "*" } }), {
          ...invoke({ Resource: "execute-api:/*/GET/admin" }),
          Effect: "Deny",
        }),
        none,
      ),
      "lets anyone call it",
    ],
    [
      "a condition that everybody meets",
      api(policy(invoke(when("Bool", "aws:SecureTransport", "true"))), none),
      "lets anyone call it",
    ],
    [
      "a header for a secret",
      api(policy(invoke(when("StringEquals", "aws:Referer", "a secret"))), none),
      "lets anyone call it",
    ],
    ["a key for a proof", api(policy(invoke()), { ...none, apiKeyRequired: true }), "lets anyone call it"],
    [
      "keys of a principal are absent from calls that nobody signed",
      api(policy(invoke(when("StringNotEquals", "aws:PrincipalAccount", "anonymous"))), none),
      "lets anyone call it",
    ],
    [
      "by the whole ARN",
      api(policy(invoke({ Resource: `arn:aws:execute-api:eu-west-1:${account}:a1b2c3/*/GET/cust*` })), none),
      "lets anyone call it",
    ],
    [
      "without a type it is EDGE",
      api(policy(invoke(when("Null", "aws:SourceVpce", "true"))), none),
      "lets anyone call it",
    ],
    [
      "IAM of every account",
      api(policy(invoke()), signed),
      "GET /customers requires IAM only, and statement 1 of the policy lets every AWS account call it",
    ],
    [
      "IAM of a role of any account",
      api(policy(invoke(when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/a"))), signed),
      "every AWS account",
    ],
  ];
  test.each(open)("reports: %s", async (_situation, given, says) => {
    expect(await found(given)).toEqual([
      {
        rule,
        level: "mandatory",
        resource: "gate",
        kind: "open-routes",
        message: expect.stringContaining(says),
      },
    ]);
  });

  const closed: readonly (readonly [situation: string, given: readonly Given[]])[] = [
    ["an authorizer behind *, as AWS documents it", api(policy(invoke()), authorized)],
    [
      "a user pool behind *",
      api(policy(invoke()), { authorization: "COGNITO_USER_POOLS", authorizerId: "abc" }),
    ],
    ["an office only", api(policy(invoke(when("IpAddress", "aws:SourceIp", "203.0.113.0/24"))), none)],
    [
      "a named account: whoever doesn't sign is refused",
      api(policy(invoke({ Principal: { AWS: account } })), none),
    ],
    ["another method", api(policy(invoke({ Resource: "execute-api:/*/GET/health" })), none)],
    [
      "the API's ARN without its methods",
      api(policy(invoke({ Resource: `arn:aws:execute-api:eu-west-1:${account}:a1b2c3` })), none),
    ],
    ["another service's resource", api(policy(invoke({ Resource: "arn:aws:s3:::customers/*" })), none)],
    [
      "a Deny of the method in every stage",
      api(
        policy(invoke(), { ...invoke({ Resource: "execute-api:/*/GET/customers" }), Effect: "Deny" }),
        none,
      ),
    ],
    ["no statement", api(policy(), none)],
    ["one's own organization", api(policy(invoke(organization)), signed)],
    ["an account", api(policy(invoke({ Principal: { AWS: account } })), signed)],
    [
      "an API of another stack, for an account",
      [restApiPolicy("gate", policy(invoke({ Principal: { AWS: account } })))],
    ],
    ["an API of another stack, for its endpoint", [restApiPolicy("gate", policy(invoke(endpoint)))]],
  ];
  test.each(closed)("is silent: %s", async (_situation, given) => {
    expect(await found(given)).toEqual([]);
  });

  describe("of an API that this stack doesn't hold", () => {
    const elsewhere = (id: unknown, properties: object): readonly Given[] => [
      method("lookup", "GET", { restApi: id, ...properties }),
      restApiPolicy("gate", policy(invoke())),
    ];

    test.each([
      ["IAM", signed, 'GET of "gate" requires IAM only'],
      ["nothing", none, 'GET of "gate" requires no authentication'],
    ])(
      "reports a method that names the API by the same id and requires %s",
      async (_what, properties, says) => {
        expect(await found(elsewhere("a1b2c3", properties))).toMatchObject([
          {
            level: "mandatory",
            resource: "gate",
            kind: "open-routes",
            message: expect.stringContaining(says),
          },
        ]);
      },
    );

    test.each([
      ["for callers behind a VPC endpoint", when("Null", "aws:SourceVpce", "false")],
      ["for callers from the internet", when("Null", "aws:SourceVpce", "true")],
    ])("reports such a method where the policy is open %s", async (_whom, condition) => {
      const given = [
        method("lookup", "GET", { restApi: "a1b2c3", ...none }),
        restApiPolicy("gate", policy(invoke(condition))),
      ];
      expect(await found(given)).toMatchObject([{ level: "mandatory", kind: "open-routes" }]);
    });

    test.each([
      ["anyone", policy(invoke())],
      ["every AWS account", policy(invoke(when("Null", "aws:PrincipalOrgID", "false")))],
    ])("says whom the policy lets in: %s", async (whom, document) => {
      const [reported] = await found([restApiPolicy("gate", document)]);
      expect(reported?.message).toContain(`lets in ${whom}, and this stack doesn't hold the API`);
      expect(reported?.message).not.toContain("PublicAccess");
    });

    test("reports once a policy that can't be read", async () => {
      expect(await found([restApiPolicy("gate", "{")])).toMatchObject([
        { level: "mandatory", kind: "unreadable-document" },
      ]);
    });

    test.each([
      ["an authorizer", elsewhere("a1b2c3", authorized)],
      ["another API", elsewhere("f6g7h8", signed)],
      ["an id that isn't known", elsewhere(UNKNOWN, signed)],
      ["no method", [restApiPolicy("gate", policy(invoke()))]],
      [
        "a policy for signers of any account",
        [restApiPolicy("gate", policy(invoke(when("Null", "aws:PrincipalOrgID", "false"))))],
      ],
      [
        "one of two APIs",
        [
          restApi("one"),
          restApi("other"),
          {
            ...restApiPolicy("gate", policy(invoke()), "one"),
            dependencies: { restApiId: ["one", "other"] },
          },
        ],
      ],
    ])("advises beside %s", async (_situation, given) => {
      expect(await found(given)).toMatchObject([
        { level: "advisory", resource: "gate", kind: "api-elsewhere" },
      ]);
    });

    test("two ids that aren't known are never equal", async () => {
      const given = [
        method("lookup", "GET", { restApi: UNKNOWN, ...signed }),
        {
          ...restApiPolicy("gate", policy(invoke())),
          properties: { restApiId: UNKNOWN, policy: policy(invoke()) },
        },
      ];
      expect(await found(given)).toMatchObject([{ level: "advisory", kind: "api-elsewhere" }]);
    });

    test("advises where the policy isn't known", async () => {
      expect(await found([restApiPolicy("gate", UNKNOWN)])).toMatchObject([
        { level: "advisory", kind: "unknown-document" },
      ]);
    });
  });

  test("IAM in a body, before the policy of the same resource", async () => {
    const open = restApi("api", { body: body({}, iam), policy: JSON.stringify(policy(invoke())) });
    expect(await analyze([open], {}, "resources")).toMatchObject([
      {
        rule,
        level: "mandatory",
        resource: "api",
        message: expect.stringContaining("GET /customers requires IAM"),
      },
    ]);
    const closed = restApi("api", { body: body({}, iam), policy: policy(invoke(organization)) });
    expect(await analyze([closed])).toEqual([]);
  });

  test.each([
    ["Signature Version 4 as a scheme", { security: [{ sigv4: [] }] }, "mandatory"],
    ["an authorizer", { security: [{ lambda: [] }] }, undefined],
  ])("in a body, %s", async (_situation, operation, level) => {
    const securitySchemes = {
      sigv4: {
        type: "apiKey",
        name: "Authorization",
        in: "header",
        "x-amazon-apigateway-authtype": "awsSigv4",
      },
      lambda: {
        type: "apiKey",
        name: "Authorization",
        in: "header",
        "x-amazon-apigateway-authorizer": { type: "token", authorizerUri: "arn" },
      },
    };
    const extended = { components: { securitySchemes }, "x-amazon-apigateway-policy": policy(invoke()) };
    const given = [restApi("api", { body: body(extended, operation) })];
    expect((await found(given)).map((reported) => reported.level)).toEqual(
      level === undefined ? [] : [level],
    );
  });

  test("what is open in the same resource is reported once, by the rule about its operations", async () => {
    const open = restApi("api", { body: body({}), policy: policy(invoke()) });
    expect((await analyze([open])).map((reported) => reported.rule)).toEqual([
      "openapi-operation-requires-authorization",
    ]);
  });

  test("operations of a body before a policy of its own resource", async () => {
    const given = [restApi("api", { body: body({}) }), restApiPolicy("gate", policy(invoke()), "api")];
    expect(await found(given)).toMatchObject([
      {
        level: "mandatory",
        resource: "gate",
        kind: "open-routes",
        message: expect.stringContaining("GET /customers requires no authentication"),
      },
    ]);
  });

  const declareIt = "if a route itself is meant to be public, declare it: that counts here, too";
  test.each([
    ["no authentication", api(policy(invoke()), none), true],
    ["IAM, where a declaration would open more", api(policy(invoke()), signed), false],
    [
      "no authentication beside IAM",
      [
        ...api(policy(invoke()), none),
        { ...method("write", "PUT", signed, "path"), dependencies: inApi.dependencies },
      ],
      true,
    ],
  ])("says where a declaration counts: %s", async (_situation, given, counts) => {
    const [reported] = await found(given);
    expect(reported?.message.includes(declareIt)).toBe(counts);
    expect(reported?.message).not.toContain("PublicAccess");
  });

  test("is silent about a method that is declared public", async () => {
    const [root, path, lookup, gate] = api(policy(invoke()), none);
    if (!root || !path || !lookup || !gate) throw new Error("the API has four resources");
    const declared = [root, path, publicAccess("open", ["GET /customers"]), under("open", lookup), gate];
    expect(await analyze(declared)).toEqual([]);
    const another = [root, path, publicAccess("open", ["GET /health"]), under("open", lookup), gate];
    expect(await found(another)).toMatchObject([{ level: "mandatory", resource: "gate" }]);
  });

  test("is silent about a method that is exempted from authorization", async () => {
    const exemptions = [exemption("rest-method-requires-authorization", "lookup")];
    expect(await analyze(api(policy(invoke()), none), { exemptions })).toEqual([]);
  });

  test("an exemption from this rule opens no method", async () => {
    const exemptions = [exemption(rule, "gate", { routes: ["GET /customers"] })];
    expect(await analyze(api(policy(invoke()), none), { exemptions })).toMatchObject([
      { rule: "rest-method-requires-authorization", level: "mandatory" },
    ]);
    expect(await analyze(api(policy(invoke()), signed), { exemptions })).toEqual([]);
  });

  test.each([
    ["a method without authentication", none, 1],
    ["IAM", signed, 1],
    ["an authorizer, which decides by itself", authorized, 0],
  ])("advises where the policy isn't known before %s", async (_situation, authorization, count) => {
    const advised = await found(api(UNKNOWN, authorization));
    expect(advised.map(({ level, resource, kind }) => [level, resource, kind])).toEqual(
      Array.from({ length: count }, () => ["advisory", "gate", "unknown-document"]),
    );
  });

  test.each([
    ["a policy", restApi("api", { policy: "{" })],
    ["a RestApiPolicy", restApiPolicy("api", "{")],
    ["a policy in the body", restApi("api", { body: body({ "x-amazon-apigateway-policy": "text" }, iam) })],
    [
      "a policy in a RestApiPut",
      {
        ...restApi("api", { body: body({ "x-amazon-apigateway-policy": [] }, iam) }),
        type: "aws:apigateway/restApiPut:RestApiPut",
      },
    ],
  ])("reports what can't be read: %s", async (_situation, given) => {
    expect(await found([given])).toMatchObject([
      { level: "mandatory", resource: "api", kind: "unreadable-document" },
    ]);
  });

  test("finds the extension however its name is written", async () => {
    const escaped = body({ "x-amazon-apigateway-policy": policy(invoke()) }, iam).replace(
      "gateway-policy",
      "gateway\\u002dpolicy",
    );
    expect(await found([restApi("api", { body: escaped })])).toMatchObject([{ level: "mandatory" }]);
  });

  describe("a policy that is set twice", () => {
    const twice = (one: unknown, other: unknown) => [
      restApi("api", { policy: one }),
      restApiPolicy("gate", other, "api"),
    ];

    test.each([
      ["differently", twice(policy(invoke(endpoint)), policy(invoke(organization)))],
      ["one of them unknown", twice(policy(invoke(endpoint)), UNKNOWN)],
      ["both of them unknown", twice(UNKNOWN, UNKNOWN)],
    ])("is an advisory: %s", async (_situation, given) => {
      expect(await found(given)).toMatchObject([
        {
          level: "advisory",
          resource: "gate",
          kind: "several-policies",
          message: expect.stringContaining("The one that is updated last counts"),
        },
      ]);
    });

    test("is silent: the same", async () => {
      const one = policy(invoke(endpoint));
      expect(await found(twice(JSON.stringify(one), JSON.stringify(one, null, 2)))).toEqual([]);
    });

    test("is an advisory: in the argument and otherwise in the body", async () => {
      const given = restApi("api", {
        policy: policy(invoke(organization)),
        body: body({ "x-amazon-apigateway-policy": policy(invoke(endpoint)) }, iam),
      });
      expect(await found([given])).toMatchObject([
        {
          level: "advisory",
          kind: "several-policies",
          message: expect.stringContaining("replaces the policy in the body"),
        },
      ]);
    });
  });
});

describe(`${rule}: IAM behind a policy for everybody`, () => {
  const signed = { authorization: "AWS_IAM" };
  const extension = "x-amazon-apigateway-policy";
  const noPaths = { openapi: "3.0.1", paths: {} };
  const operations = (root: object = {}) => JSON.parse(body(root, iam));
  const rest = (name: string, properties: object = {}) => restApi(name, properties);
  const put = (name: string, document: unknown): Given => ({
    type: "aws:apigateway/restApiPut:RestApiPut",
    name,
    properties: { restApiId: UNKNOWN, body: document },
    dependencies: { restApiId: ["api"] },
  });
  const lookup = (api: string, authorization: object = signed): readonly Given[] => [
    restResource("path", "customers", api),
    {
      ...method("lookup", "GET", authorization, "path"),
      dependencies: { resourceId: ["path"], restApi: [api] },
    },
  ];
  const native = (document: unknown): readonly Given[] => [
    { type: "aws-native:apigateway:RestApi", name: "gate", properties: { name: "api", policy: document } },
    {
      type: "aws-native:apigateway:Resource",
      name: "path",
      properties: { restApiId: UNKNOWN, parentId: UNKNOWN, pathPart: "customers" },
      dependencies: { restApiId: ["gate"], parentId: ["gate"] },
    },
    {
      type: "aws-native:apigateway:Method",
      name: "lookup",
      properties: {
        restApiId: UNKNOWN,
        resourceId: UNKNOWN,
        httpMethod: "GET",
        authorizationType: "AWS_IAM",
      },
      dependencies: { restApiId: ["gate"], resourceId: ["path"] },
    },
  ];

  /** Where the policy stands, on the resource "gate", and where the method does. */
  const places: Readonly<Record<string, (document: object) => readonly Given[]>> = {
    "the argument policy, and a method": (document) => [
      rest("gate", { policy: document }),
      ...lookup("gate"),
    ],
    "the argument policy as a text, and a method": (document) => [
      rest("gate", { policy: JSON.stringify(document) }),
      ...lookup("gate"),
    ],
    "a RestApiPolicy, and a method": (document) => [
      rest("api"),
      ...lookup("api"),
      restApiPolicy("gate", document, "api"),
    ],
    "the extension of a body, and a method": (document) => [
      rest("gate", { body: JSON.stringify({ ...noPaths, [extension]: document }) }),
      ...lookup("gate"),
    ],
    "the extension of a RestApiPut, and a method": (document) => [
      rest("api"),
      ...lookup("api"),
      put("gate", JSON.stringify({ ...noPaths, [extension]: document })),
    ],
    "the argument policy, and an operation of the body": (document) => [
      rest("gate", { policy: document, body: JSON.stringify(operations()) }),
    ],
    "the extension of a body, and an operation of it": (document) => [
      rest("gate", { body: operations({ [extension]: document }) }),
    ],
    "the argument policy, and an operation of a RestApiPut": (document) => [
      rest("gate", { policy: document }),
      { ...put("document", operations()), dependencies: { restApiId: ["gate"] } },
    ],
    "a RestApiPolicy, and an operation of the body": (document) => [
      rest("api", { body: operations() }),
      restApiPolicy("gate", document, "api"),
    ],
    "a RestApiPolicy, and an operation of a RestApiPut": (document) => [
      rest("api"),
      put("document", operations()),
      restApiPolicy("gate", document, "api"),
    ],
    "the extension of a RestApiPut, and an operation of it": (document) => [
      rest("api"),
      put("gate", operations({ [extension]: document })),
    ],
    "the policy of the provider aws-native, and its method": native,
  };

  const bad: Readonly<Record<string, object>> = {
    "*": policy(invoke()),
    "AWS: *": policy(invoke({ Principal: { AWS: "*" } })),
    "* in a list": policy(invoke({ Principal: { AWS: [account, "*"] } })),
    "everybody but one": policy({
      Effect: "Allow",
      NotPrincipal: { AWS: account },
      Action: "execute-api:Invoke",
      Resource: "execute-api:/*",
    }),
    "TLS, which every caller has": policy(invoke(when("Bool", "aws:SecureTransport", "true"))),
    "a header, which every caller writes": policy(invoke(when("StringEquals", "aws:UserAgent", "partner"))),
    "a tag, which every account gives": policy(invoke(when("StringEquals", "aws:PrincipalTag/team", "edge"))),
    "whoever signs": policy(invoke(when("StringNotEquals", "aws:PrincipalType", "Anonymous"))),
    "a role of that name, in any account": policy(
      invoke(when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/partner")),
    ),
    "any organization": policy(invoke(when("StringLike", "aws:PrincipalOrgID", "o-*"))),
    "an organization, if there is one": policy(
      invoke(when("StringEqualsIfExists", "aws:PrincipalOrgID", "o-a1b2c3d4e5")),
    ),
    "all accounts but one": policy(invoke(when("StringNotEquals", "aws:PrincipalAccount", account))),
    "every address": policy(invoke(when("IpAddress", "aws:SourceIp", ["0.0.0.0/0", "::/0"]))),
    "a Deny of one account": policy(invoke(), {
      ...invoke(when("StringEquals", "aws:PrincipalAccount", account)),
      Effect: "Deny",
    }),
    "a Deny of another path": policy(invoke(), {
      ...invoke({ Resource: "execute-api:/*/*/admin" }),
      Effect: "Deny",
    }),
    "one's own organization, and everybody": policy(invoke(organization), invoke()),
  };

  const good: Readonly<Record<string, object>> = {
    "an account": policy(invoke({ Principal: { AWS: account } })),
    "a role": policy(invoke({ Principal: { AWS: `arn:aws:iam::${account}:role/partner` } })),
    "an organization": policy(invoke(organization)),
    "a unit of an organization": policy(
      invoke(
        when("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*"),
      ),
    ),
    "an account by a condition": policy(invoke(when("StringEquals", "aws:PrincipalAccount", account))),
    "a role by a condition": policy(
      invoke(when("ArnEquals", "aws:PrincipalArn", `arn:aws:iam::${account}:role/partner`)),
    ),
    "an endpoint": policy(invoke(endpoint)),
    "an office": policy(invoke(when("IpAddress", "aws:SourceIp", "203.0.113.0/24"))),
    "a source of one's own": policy(invoke(when("StringEquals", "aws:SourceAccount", account))),
    "a Deny of every other organization": policy(invoke(), {
      ...invoke(when("StringNotEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5")),
      Effect: "Deny",
    }),
    "a Deny of every other account": policy(invoke(), {
      ...invoke(when("StringNotEquals", "aws:PrincipalAccount", account)),
      Effect: "Deny",
    }),
    "another path": policy(invoke({ Resource: "execute-api:/*/GET/health" })),
    "a Deny of the method": policy(invoke(), {
      ...invoke({ Resource: "execute-api:/*/GET/customers" }),
      Effect: "Deny",
    }),
  };

  const cases = (documents: Readonly<Record<string, object>>) =>
    Object.entries(places).flatMap(([place, given]) =>
      Object.entries(documents).map(([whom, document]) => [place, whom, given(document)] as const),
    );

  test.each(cases(bad))("reports once, in %s: %s", async (_place, _whom, given) => {
    expect(await analyze(given)).toEqual([
      {
        rule,
        level: "mandatory",
        resource: "gate",
        message: expect.stringMatching(/GET \/customers requires IAM only, and statement [12] of the policy/),
      },
    ]);
  });

  test.each(cases(good))("is silent, in %s: %s", async (_place, _whom, given) => {
    expect(await analyze(given)).toEqual([]);
  });

  test.each([
    ["CUSTOM", { authorization: "CUSTOM", authorizerId: "abc" }],
    ["a native JWT", { authorization: "JWT", authorizerId: "abc" }],
    [
      "COGNITO_USER_POOLS",
      {
        authorization: "COGNITO_USER_POOLS",
        authorizerId: "abc",
        authorizationScopes: ["customers/read"],
      },
    ],
  ])("is silent, since AWS documents * beside %s", async (_type, authorization) => {
    expect(
      await analyze([rest("gate", { policy: policy(invoke()) }), ...lookup("gate", authorization)]),
    ).toEqual([]);
  });

  test("is silent about a preflight behind IAM's policy", async () => {
    const preflight: readonly Given[] = [
      {
        ...method("preflight", "OPTIONS", { authorization: "NONE" }, "path"),
        dependencies: { resourceId: ["path"], restApi: ["gate"] },
      },
      integration("answer", { httpMethod: "OPTIONS", type: "MOCK" }, "path"),
    ];
    const given = [rest("gate", { policy: policy(invoke(organization)) }), ...lookup("gate"), ...preflight];
    expect(await analyze(given)).toEqual([]);
    // Only the method with IAM is named.
    const [open] = await analyze([
      rest("gate", { policy: policy(invoke()) }),
      ...lookup("gate"),
      ...preflight,
    ]);
    expect(open?.message).toContain("GET /customers");
    expect(open?.message).not.toContain("OPTIONS");
  });

  test("a private API whose policy names one endpoint lets its callers sign as anyone", async () => {
    const given = [rest("gate", { ...isPrivate, policy: policy(invoke(endpoint)) }), ...lookup("gate")];
    expect(await analyze(given)).toEqual([]);
  });

  test("a private API for whoever signs, from every endpoint", async () => {
    const whoever = policy(invoke(when("StringNotEquals", "aws:PrincipalType", "Anonymous")));
    const given = [rest("gate", { ...isPrivate, policy: whoever }), ...lookup("gate")];
    expect((await analyze(given)).map((reported) => [reported.level, reported.resource])).toEqual([
      ["mandatory", "gate"],
    ]);
  });

  test("without a policy, only the API's own account gets in", async () => {
    expect(await analyze([rest("gate"), ...lookup("gate")])).toEqual([]);
  });
});
