import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import { withFix } from "../pasted-fix";
import { policy } from "../policy-resources";
import { restApi } from "../resources";
import {
  attached,
  customerPolicy,
  guestsWho,
  iamRole,
  identityPool,
  may,
  poolRoles,
  rolePolicy,
  trustedBy,
  trustOf,
} from "../role-resources";

const rule = "identity-pool-forbids-guests";
const found = async (given: readonly Given[], args: Parameters<typeof analyze>[1] = {}) =>
  (await analyze(given, args))
    .filter((reported) => reported.rule === rule)
    .map((reported) => ({ ...reported, kind: kindOf(reported) }));

const managed = (name: string) => `arn:aws:iam::aws:policy/${name}`;
/** A pool whose guests have a role with no policy but these. */
const guestsWith = (role: object, ...more: readonly Given[]): readonly Given[] => [
  identityPool(),
  iamRole("guest", trustedBy("unauthenticated"), role),
  ...more,
  poolRoles({ unauthenticated: UNKNOWN }, "guest"),
];

const measured = { name: "a", policy: JSON.stringify(may("rum:PutRumEvents")) };
/** A function's policy that names the guests' role. */
const permission = (changed: object): Given => ({
  type: "aws:lambda/permission:Permission",
  name: "invoke",
  properties: {
    action: "lambda:InvokeFunctionUrl",
    function: "lookup",
    functionUrlAuthType: "AWS_IAM",
    principal: UNKNOWN,
    ...changed,
  },
  dependencies: { principal: ["guest"] },
});

describe(`${rule}: guests who may call`, () => {
  const open: readonly (readonly [situation: string, given: readonly Given[], says: string])[] = [
    ["every API", guestsWho(may("execute-api:Invoke")), "API Gateway's APIs"],
    [
      "one API",
      guestsWho(may("execute-api:Invoke", { Resource: "arn:aws:execute-api:eu-west-1:1:a/*" })),
      "API",
    ],
    ["a function's URL", guestsWho(may("lambda:InvokeFunctionUrl")), "Lambda functions"],
    ["a function", guestsWho(may(["lambda:invokefunction"])), "Lambda functions"],
    ["a GraphQL API", guestsWho(may("appsync:GraphQL")), "AppSync's APIs"],
    ["an event API", guestsWho(may("appsync:Event*")), "AppSync's APIs"],
    ["clients of a WebSocket API", guestsWho(may("execute-api:ManageConnections")), "API Gateway's APIs"],
    ["everything", guestsWho(may("*")), "API Gateway's APIs, Lambda functions, and AppSync's APIs"],
    ["everything but IAM", guestsWho(policy({ Effect: "Allow", NotAction: "iam:*", Resource: "*" })), "API"],
    ["what a secret policy says", guestsWho(secret(JSON.stringify(may("execute-api:Invoke")))), "API"],
    [
      "whatever isn't denied",
      guestsWho(
        policy(
          { Effect: "Allow", Action: "*", Resource: "*" },
          { Effect: "Deny", Action: "execute-api:*", Resource: "*" },
        ),
      ),
      "Lambda functions",
    ],
    ["an API that isn't known yet", guestsWho(may("execute-api:Invoke", { Resource: UNKNOWN })), "API"],
    [
      "an inline policy",
      guestsWith({ inlinePolicies: [{ name: "a", policy: JSON.stringify(may("lambda:*")) }] }),
      "Lambda",
    ],
    [
      "a managed policy of AWS",
      guestsWith({ managedPolicyArns: [managed("AmazonAPIGatewayInvokeFullAccess")] }),
      "API",
    ],
    [
      "an attached one",
      guestsWith({}, attached("a", "guest", managed("service-role/AWSLambdaRole"))),
      "Lambda",
    ],
    [
      "an attached policy of the program",
      guestsWith({}, customerPolicy("calls", may("appsync:*")), attached("a", "guest", "calls")),
      "AppSync",
    ],
    [
      "an attachment to several roles, by name",
      guestsWith({ name: "visitor" }, customerPolicy("calls", may("appsync:*")), {
        type: "aws:iam/policyAttachment:PolicyAttachment",
        name: "a",
        properties: { roles: ["staff", "visitor"], policyArn: UNKNOWN },
        dependencies: { policyArn: ["calls"] },
      }),
      "AppSync",
    ],
    [
      "an attachment that allows no other",
      guestsWith(
        {},
        {
          type: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
          name: "a",
          properties: { roleName: UNKNOWN, policyArns: [managed("AWSLambdaRole")] },
          dependencies: { roleName: ["guest"] },
        },
      ),
      "Lambda",
    ],
    [
      "an attachment of the program's policy that allows no other, by name",
      guestsWith({ name: "visitor" }, customerPolicy("calls", may("appsync:*")), {
        type: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
        name: "a",
        properties: { roleName: "visitor", policyArns: [UNKNOWN] },
        dependencies: { policyArns: ["calls"] },
      }),
      "AppSync",
    ],
    ["a function that names the role", guestsWith({}, permission({})), "Lambda functions"],
    [
      "a function that names the role by its ARN",
      guestsWith(
        { name: "visitor" },
        { ...permission({ principal: "arn:aws:iam::111111111111:role/visitor" }), dependencies: {} },
      ),
      "Lambda functions",
    ],
    [
      "a policy that names the role",
      guestsWith(
        { name: "visitor" },
        {
          ...rolePolicy("calls", "guest", may("lambda:*")),
          dependencies: {},
          properties: { role: "visitor", policy: may("lambda:*") },
        },
      ),
      "Lambda",
    ],
    [
      "a policy that isn't known, and was made of an API",
      [...guestsWith({}, restApi("api"), rolePolicy("calls", "guest", UNKNOWN, ["api"]))],
      "is made of what can be called",
    ],
    [
      "a boundary that leaves it",
      guestsWith({ permissionsBoundary: UNKNOWN })
        .map((given) =>
          given.name === "guest" ? { ...given, dependencies: { permissionsBoundary: ["limit"] } } : given,
        )
        .concat([customerPolicy("limit", may("lambda:*")), rolePolicy("calls", "guest", may("*"))]),
      "Lambda functions",
    ],
    [
      "a setting that isn't known",
      guestsWho(may("lambda:*"), { pool: { allowUnauthenticatedIdentities: UNKNOWN } }),
      "Lambda",
    ],
    [
      "the role's ARN",
      [
        identityPool(),
        iamRole("guest", trustedBy("unauthenticated"), { name: "visitor" }),
        rolePolicy("calls", "guest", may("lambda:*")),
        poolRoles({ unauthenticated: "arn:aws:iam::123456789012:role/visitor", authenticated: UNKNOWN }),
      ],
      "Lambda",
    ],
    [
      "two roles of which nothing shows which is the guests', and both may",
      [
        identityPool(),
        iamRole("guest", UNKNOWN),
        iamRole("user", UNKNOWN),
        rolePolicy("guest-calls", "guest", may("lambda:*")),
        rolePolicy("user-calls", "user", may("execute-api:Invoke")),
        poolRoles({ unauthenticated: UNKNOWN, authenticated: UNKNOWN }, "guest", "user"),
      ],
      "Lambda",
    ],
    [
      "one of two roles, which keeps out who has signed in",
      [
        identityPool(),
        iamRole(
          "guest",
          trustOf(
            { Federated: "cognito-identity.amazonaws.com" },
            {
              Action: "sts:AssumeRoleWithWebIdentity",
              Condition: {
                "ForAnyValue:StringNotLike": { "cognito-identity.amazonaws.com:amr": "authenticated" },
              },
            },
          ),
        ),
        iamRole("user", trustedBy("authenticated")),
        rolePolicy("calls", "guest", may("lambda:*")),
        poolRoles({ unauthenticated: UNKNOWN, authenticated: UNKNOWN }, "guest", "user"),
      ],
      "Lambda",
    ],
    [
      "one of two roles, by what they trust",
      [
        identityPool(),
        iamRole("guest", trustedBy("unauthenticated")),
        iamRole("user", trustedBy("authenticated")),
        rolePolicy("calls", "guest", may("lambda:*")),
        poolRoles({ unauthenticated: UNKNOWN, authenticated: UNKNOWN }, "guest", "user"),
      ],
      "Lambda",
    ],
  ];
  test.each(open)("are reported: %s", async (_situation, given, says) => {
    expect(await found(given)).toEqual([
      {
        rule,
        level: "mandatory",
        resource: "visitors",
        kind: "guests-call",
        message: expect.stringContaining(says),
      },
    ]);
  });

  test.each([
    ["may call APIs", may("execute-api:Invoke"), ["pool-elsewhere"]],
    ["is measured", may("rum:PutRumEvents"), []],
  ] as const)("of a pool of another stack, whose role %s", async (_situation, document, kinds) => {
    const stack = guestsWho(document)
      .filter(({ name }) => name !== "visitors")
      .map((given) =>
        given.name === "roles"
          ? {
              ...given,
              properties: { ...given.properties, identityPoolId: "eu-west-1:a1b2c3" },
              dependencies: { roles: ["guest"] },
            }
          : given,
      );
    const reported = await found(stack);
    expect(reported.map(({ kind, level }) => [kind, level])).toEqual(kinds.map((kind) => [kind, "advisory"]));
    for (const one of reported) {
      expect(one.resource).toBe("roles");
      expect(await found(withFix(stack, one))).toEqual([]);
    }
  });

  test.each(["bedrock-agentcore:InvokeGateway", "vpc-lattice-svcs:Invoke", "es:ESHttpGet", "es:*"])(
    "%s counts in the classic flow only",
    async (action) => {
      expect(await found(guestsWho(may(action)))).toEqual([]);
      expect(await found(guestsWho(may(action), { pool: { allowClassicFlow: false } }))).toEqual([]);
      for (const allowClassicFlow of [true, UNKNOWN]) {
        expect(await found(guestsWho(may(action), { pool: { allowClassicFlow } }))).toMatchObject([
          { level: "mandatory", kind: "guests-call" },
        ]);
      }
    },
  );

  test("in the classic flow, they choose any role that trusts them", async () => {
    const other = [
      iamRole("other", trustedBy("unauthenticated")),
      rolePolicy("calls", "other", may("lambda:*")),
    ];
    const nothing = guestsWho(may("rum:PutRumEvents"));
    expect(await found([...nothing, ...other])).toEqual([]);
    const classic = guestsWho(may("rum:PutRumEvents"), { pool: { allowClassicFlow: true } });
    expect(await found([...classic, ...other])).toMatchObject([{ level: "mandatory", kind: "guests-call" }]);
  });

  test("in the classic flow, a role that names another pool as its audience is not theirs", async () => {
    const others: Given = { ...identityPool(), name: "partners" };
    const role = iamRole("other", trustedBy("unauthenticated"));
    const stack = (audience: string) => [
      ...guestsWho(may("rum:PutRumEvents"), { pool: { allowClassicFlow: true } }),
      { ...others, properties: { identityPoolName: "partners" } },
      { ...role, dependencies: { assumeRolePolicy: [audience] } },
      rolePolicy("calls", "other", may("lambda:*")),
    ];
    expect(await found(stack("visitors"))).toMatchObject([{ kind: "guests-call" }]);
    expect(await found(stack("partners"))).toMatchObject([{ kind: "classic-flow" }]);
  });

  test("are reported in the baseline, too", async () => {
    expect(await found(guestsWho(may("*")), { preset: "baseline" })).toMatchObject([{ level: "mandatory" }]);
  });
});

describe(`${rule}: is silent`, () => {
  const closed: readonly (readonly [situation: string, given: readonly Given[]])[] = [
    ["no guests", guestsWho(may("*"), { pool: { allowUnauthenticatedIdentities: false } })],
    [
      "no guests in the classic flow",
      guestsWho(may("*"), { pool: { allowUnauthenticatedIdentities: false, allowClassicFlow: true } }),
    ],
    ["no guests by default", guestsWho(may("*"), { pool: { allowUnauthenticatedIdentities: null } })],
    ["guests who are measured", guestsWho(may("rum:PutRumEvents"))],
    ["guests with a bucket", guestsWho(may("*", { Resource: "arn:aws:s3:::pictures/*" }))],
    [
      "guests who are named by a function that shows itself",
      guestsWith({ inlinePolicies: [measured] }, permission({ action: "lambda:GetFunction" })),
    ],
    [
      "a function that names another role",
      guestsWith(
        { name: "visitor", inlinePolicies: [measured] },
        {
          ...permission({ principal: "arn:aws:iam::111111111111:role/staff" }),
          dependencies: {},
        },
      ),
    ],
    [
      "a function that names the role, within a boundary",
      guestsWith({ permissionsBoundary: UNKNOWN, inlinePolicies: [measured] })
        .map((given) =>
          given.name === "guest" ? { ...given, dependencies: { permissionsBoundary: ["limit"] } } : given,
        )
        .concat(customerPolicy("limit", may("rum:PutRumEvents")), permission({})),
    ],
    [
      "an attachment that allows no other",
      guestsWith(
        {},
        {
          type: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
          name: "a",
          properties: { roleName: UNKNOWN, policyArns: [managed("AmazonS3ReadOnlyAccess")] },
          dependencies: { roleName: ["guest"] },
        },
      ),
    ],
    ["guests who read what a function is like", guestsWho(may("lambda:GetFunction"))],
    ["guests who may manage APIs, which are no calls", guestsWho(may("apigateway:GET"))],
    [
      "guests of one's own network",
      guestsWho(may("*", { Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } })),
    ],
    [
      "guests with a second factor, which they don't have",
      guestsWho(may("*", { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } })),
    ],
    [
      "a Deny",
      guestsWho(
        policy(
          { Effect: "Allow", Action: "*", Resource: "*" },
          { Effect: "Deny", NotAction: "rum:*", Resource: "*" },
        ),
      ),
    ],
    [
      "a Deny in another policy",
      [
        ...guestsWho(may("execute-api:Invoke")),
        rolePolicy("not", "guest", policy({ Effect: "Deny", Action: "execute-api:*", Resource: "*" })),
      ],
    ],
    ["a role without a policy", guestsWith({})],
    [
      "a managed policy of AWS that is about something else",
      guestsWith({ managedPolicyArns: [managed("AmazonPollyFullAccess")] }),
    ],
    ["an empty policy", guestsWho("")],
    [
      "no role for guests",
      [
        identityPool(),
        iamRole("user", trustedBy("authenticated")),
        rolePolicy("calls", "user", may("*")),
        poolRoles({ authenticated: UNKNOWN }, "user"),
      ],
    ],
    [
      "the other of two roles, by what they trust",
      [
        identityPool(),
        iamRole("guest", trustedBy("unauthenticated")),
        iamRole("user", trustedBy("authenticated")),
        rolePolicy("calls", "user", may("*")),
        poolRoles({ unauthenticated: UNKNOWN, authenticated: UNKNOWN }, "guest", "user"),
      ],
    ],
    [
      "two roles of which nothing shows which is the guests', and neither may call",
      [
        identityPool(),
        iamRole("guest", UNKNOWN),
        iamRole("user", UNKNOWN),
        rolePolicy("guest-calls", "guest", may("rum:PutRumEvents")),
        poolRoles({ unauthenticated: UNKNOWN, authenticated: UNKNOWN }, "guest", "user"),
      ],
    ],
    [
      "another pool's role",
      [
        ...guestsWho(may("rum:PutRumEvents")),
        iamRole("caller", trustedBy("authenticated")),
        rolePolicy("calls", "caller", may("*")),
      ],
    ],
    [
      "a boundary that leaves nothing",
      guestsWith({ permissionsBoundary: UNKNOWN })
        .map((given) =>
          given.name === "guest" ? { ...given, dependencies: { permissionsBoundary: ["limit"] } } : given,
        )
        .concat([customerPolicy("limit", may("rum:*")), rolePolicy("calls", "guest", may("*"))]),
    ],
  ];
  test.each(closed)("%s", async (_situation, given) => {
    expect(await found(given)).toEqual([]);
  });
});

describe(`${rule}: advises`, () => {
  const advised: readonly (readonly [situation: string, given: readonly Given[], kind: string])[] = [
    ["no attachment", [identityPool()], "role-elsewhere"],
    [
      "a role of another stack",
      [identityPool(), poolRoles({ unauthenticated: "arn:aws:iam::123456789012:role/a" })],
      "role-elsewhere",
    ],
    [
      "a policy of another stack",
      guestsWith({ managedPolicyArns: ["arn:aws:iam::123456789012:policy/a"] }),
      "role-elsewhere",
    ],
    [
      "a boundary of another stack",
      guestsWho(may("*"), { role: { permissionsBoundary: "arn:aws:iam::123456789012:policy/a" } }),
      "role-elsewhere",
    ],
    ["a policy that isn't known", guestsWho(UNKNOWN), "unknown-document"],
    [
      "guests who are measured, in the classic flow",
      guestsWho(may("rum:PutRumEvents"), { pool: { allowClassicFlow: true } }),
      "classic-flow",
    ],
    [
      "guests who are measured, in whatever flow",
      guestsWho(may("rum:PutRumEvents"), { pool: { allowClassicFlow: UNKNOWN } }),
      "classic-flow",
    ],
    [
      "guests without a role, in the classic flow",
      [identityPool({ allowClassicFlow: true }), poolRoles({ authenticated: "arn:aws:iam::1:role/a" })],
      "classic-flow",
    ],
    ["an action that isn't known", guestsWho(may(UNKNOWN)), "unknown-document"],
    [
      "two roles of which nothing shows which is the guests'",
      [
        identityPool(),
        iamRole("guest", UNKNOWN),
        iamRole("user", UNKNOWN),
        rolePolicy("calls", "user", may("*")),
        poolRoles({ unauthenticated: UNKNOWN, authenticated: UNKNOWN }, "guest", "user"),
      ],
      "unknown-document",
    ],
  ];
  test.each(advised)("%s", async (_situation, given, kind) => {
    expect(await found(given)).toMatchObject([{ level: "advisory", resource: "visitors", kind }]);
  });

  test("a policy that isn't known is mandatory by an option", async () => {
    const options = { [rule]: { unknownDocuments: "mandatory" } };
    expect(await found(guestsWho(UNKNOWN), { options })).toMatchObject([{ level: "mandatory" }]);
  });

  test("a policy that can't be read is mandatory", async () => {
    expect(await found(guestsWho("{"))).toMatchObject([{ level: "mandatory", kind: "unreadable-document" }]);
    const withPrincipal = guestsWho(may("lambda:*", { Principal: "*" }));
    expect(await found(withPrincipal)).toMatchObject([{ level: "mandatory", kind: "unreadable-document" }]);
  });
});
