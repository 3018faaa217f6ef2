import { describe, expect, test } from "vitest";
import { Authorization, publicAccess, SecureRestApi, type SecureRestApiArgs } from "../../../components/src";
import { readPolicy } from "../../../policies/src/reading/iam/policy";
import { type AccessQuestion, accessOf } from "../../../policies/src/reading/iam/policy-access";
import { ofType, registered } from "../registered";

const handler = { functionName: "lookup", invokeArn: "arn:lookup" };
const userPool = { arn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a" };
const cognito = Authorization.cognito({ userPool, scopes: ["customers/read"] });
const iam = Authorization.iam();
const lambda = Authorization.lambda({ handler });
const access = publicAccess({
  reason: "load balancer health probe, returns no data",
  owner: "team-edge",
  reviewBy: "2027-01-31",
});

async function policyOf(args: SecureRestApiArgs) {
  const resources = await registered(() => new SecureRestApi("customers", args));
  const [policy] = ofType(resources, "apigateway/restApiPolicy:RestApiPolicy");
  return String(policy?.inputs.policy);
}

const statementsOf = async (args: SecureRestApiArgs): Promise<readonly { readonly Sid: string }[]> =>
  JSON.parse(await policyOf(args)).Statement;

/** Whether a policy lets somebody in, as the policy pack reads it. */
async function letsIn(args: SecureRestApiArgs, question: Pick<AccessQuestion, "caller" | "networks">) {
  const document = readPolicy(await policyOf(args));
  if (document.kind !== "read") throw new Error("the policy can't be read");
  const asked = { ...question, actions: ["execute-api:Invoke"], hasIdentityKeys: false };
  return accessOf(document.policy, asked).kind;
}

/** One route of each authorization. */
const authorized = {
  IAM: { "GET /iam": { handler, authorization: iam } },
  Cognito: { "GET /cognito/{id}": { handler, authorization: cognito } },
  Lambda: { "GET /lambda": { handler, authorization: lambda } },
  public: { "GET /health": { handler, access } },
} as const;
const routesOf = (...kinds: readonly (keyof typeof authorized)[]) =>
  Object.assign({}, ...kinds.map((kind) => authorized[kind])) as never;

describe("without restrictions, the policy allows nobody more than the routes' authorization does", () => {
  test.each<[string, readonly (keyof typeof authorized)[], object[]]>([
    ["IAM alone: nothing is allowed, a permission of the caller's account is enough", ["IAM"], []],
    ["a Lambda authorizer alone: its own answer is enough", ["Lambda"], []],
    [
      "Cognito alone needs an Allow of the route",
      ["Cognito"],
      [{ Resource: ["arn:aws:execute-api:*:*:*/*/GET/cognito/*"] }],
    ],
    [
      "what is public needs an Allow, with and without a slash at the end",
      ["public"],
      [{ Resource: ["arn:aws:execute-api:*:*:*/*/GET/health", "arn:aws:execute-api:*:*:*/*/GET/health/"] }],
    ],
    [
      "Cognito beside IAM: an Allow for requests that nobody signed",
      ["Cognito", "IAM"],
      [
        {
          Resource: ["arn:aws:execute-api:*:*:*/*/GET/cognito/*"],
          Condition: { Null: { "aws:PrincipalArn": "true" } },
        },
      ],
    ],
    [
      "Cognito beside a Lambda authorizer: an Allow of the route alone",
      ["Cognito", "Lambda"],
      [{ Resource: ["arn:aws:execute-api:*:*:*/*/GET/cognito/*"] }],
    ],
    [
      "all of them",
      ["IAM", "Cognito", "Lambda", "public"],
      [
        {
          Resource: [
            "arn:aws:execute-api:*:*:*/*/GET/cognito/*",
            "arn:aws:execute-api:*:*:*/*/GET/health",
            "arn:aws:execute-api:*:*:*/*/GET/health/",
          ],
          Condition: { Null: { "aws:PrincipalArn": "true" } },
        },
      ],
    ],
  ])("%s", async (_, kinds, expected) => {
    const statements = await statementsOf({ routes: routesOf(...kinds) });
    expect(statements).toEqual([
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "execute-api:Invoke",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      ...expected.map((statement) => ({
        Sid: "Unsigned",
        Effect: "Allow",
        Principal: "*",
        Action: "execute-api:Invoke",
        ...statement,
      })),
    ]);
  });

  describe("the policy doesn't allow a route that was removed but is still in the deployment", () => {
    const many = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `GET /items-${index}`,
          // No function's own policy has room for all of them.
          { handler: { ...handler, functionName: `lookup-${index % 5}` }, access },
        ]),
      );
    const allowed = async (routes: object) => {
      const statements = await statementsOf({ routes } as never);
      const unsigned = statements.find(({ Sid }) => Sid === "Unsigned");
      return (unsigned as unknown as { readonly Resource: string | readonly string[] }).Resource;
    };
    test.each<[string, object, string | number]>([
      ["of a few", many(50), 100],
      ["of so many that the policy has no room for them, each is", many(100), "*"],
      ["beside a Lambda authorizer, of so many", { ...many(100), ...authorized.Lambda }, 100],
    ])("%s", async (_, routes, expected) => {
      const resources = await allowed(routes);
      expect(typeof resources === "string" ? resources : resources.length).toBe(expected);
    });
  });

  test("beside a Lambda authorizer, a route with ANY is allowed for each of its methods", async () => {
    const routes = { "ANY /docs": { handler, access }, "POST /docs": { handler, authorization: lambda } };
    const methods = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "PUT"];
    expect(await statementsOf({ routes })).toMatchObject([
      { Sid: "TlsOnly" },
      {
        Sid: "Unsigned",
        Resource: methods.flatMap((method) => [
          `arn:aws:execute-api:*:*:*/*/${method}/docs`,
          `arn:aws:execute-api:*:*:*/*/${method}/docs/`,
        ]),
      },
    ]);
    const withoutLambda = { "ANY /docs": { handler, access } };
    expect(await statementsOf({ routes: withoutLambda })).toMatchObject([
      { Sid: "TlsOnly" },
      { Resource: ["arn:aws:execute-api:*:*:*/*/*/docs", "arn:aws:execute-api:*:*:*/*/*/docs/"] },
    ]);
  });

  test("answers to preflights are allowed beside a Lambda authorizer", async () => {
    const cors = { allowOrigins: ["https://app.example.com"] as const };
    expect(await statementsOf({ routes: routesOf("Lambda"), cors })).toMatchObject([
      { Sid: "TlsOnly" },
      { Sid: "Unsigned", Resource: ["arn:aws:execute-api:*:*:*/*/OPTIONS/*"] },
    ]);
  });

  test("no other account may call routes with IAM, whatever other routes there are", async () => {
    for (const kinds of [["IAM"], ["IAM", "Cognito"], ["IAM", "public"], ["IAM", "Lambda"]] as const) {
      expect(await letsIn({ routes: routesOf(...kinds) }, { caller: "account" })).toBe("denied");
    }
  });
});

describe("restrictions", () => {
  const routes = routesOf("IAM", "Cognito");
  const anonymous = { caller: "anonymous", networks: ["internet"] } as const;

  test("addresses keep everybody else out, with or without a signature", async () => {
    const resourcePolicy = { ipRanges: ["203.0.113.0/24"] } as const;
    expect(await letsIn({ routes }, anonymous)).toBe("allowed");
    expect(await letsIn({ routes, resourcePolicy }, anonymous)).toBe("denied");
    expect(await statementsOf({ routes, resourcePolicy })).toContainEqual({
      Sid: "OtherAddresses",
      Effect: "Deny",
      Principal: "*",
      Action: "execute-api:Invoke",
      Resource: "*",
      Condition: { NotIpAddress: { "aws:SourceIp": ["203.0.113.0/24"] } },
    });
  });

  test("a private API accepts its VPC endpoints, and only the given addresses behind them", async () => {
    const endpoint = { vpcEndpointIds: ["vpce-1a2b3c4d"] } as const;
    const resourcePolicy = { ipRanges: ["10.1.0.0/16"] } as const;
    const through = { caller: "anonymous", networks: ["endpoint"] } as const;
    expect(await letsIn({ routes }, through)).toBe("allowed");
    expect(await letsIn({ routes, endpoint }, through)).toBe("denied");
    expect(await letsIn({ routes, endpoint }, { ...through, caller: "account" })).toBe("denied");
    expect(await statementsOf({ routes, endpoint, resourcePolicy })).toMatchObject([
      { Sid: "TlsOnly" },
      { Effect: "Deny", Condition: { StringNotEquals: { "aws:SourceVpce": ["vpce-1a2b3c4d"] } } },
      { Effect: "Deny", Condition: { NotIpAddress: { "aws:VpcSourceIp": ["10.1.0.0/16"] } } },
      { Sid: "Unsigned" },
    ]);
  });

  test("the given accounts and organization may sign, others may not, and the API's own account still needs permissions", async () => {
    const resourcePolicy = { accounts: ["210987654321"], organizationId: "o-exampleorg1" } as const;
    expect(await letsIn({ routes, resourcePolicy }, { caller: "account" })).toBe("denied");
    expect(await statementsOf({ routes, resourcePolicy })).toMatchObject([
      { Sid: "TlsOnly" },
      { Sid: "Unsigned" },
      { Sid: "Accounts", Effect: "Allow", Principal: { AWS: ["arn:aws:iam::210987654321:root"] } },
      {
        Sid: "Organization",
        Effect: "Allow",
        Principal: "*",
        Condition: {
          StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" },
          StringNotEquals: { "aws:PrincipalAccount": "123456789012" },
        },
      },
    ]);
  });
});

describe("a lockdown by denial", () => {
  const everything = {
    routes: routesOf("IAM", "Cognito", "Lambda", "public"),
    resourcePolicy: { accounts: ["210987654321"] },
    lockdown: "deny",
  } as const;

  test("has one statement, which refuses everybody", async () => {
    expect(await statementsOf(everything)).toEqual([
      { Sid: "Lockdown", Effect: "Deny", Principal: "*", Action: "execute-api:Invoke", Resource: "*" },
    ]);
  });

  test.each(["anonymous", "account", "service"] as const)("keeps out %s", async (caller) => {
    expect(await letsIn(everything, { caller })).toBe("denied");
  });
});
