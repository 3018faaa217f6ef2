import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import { apiMapping, domainName, mutualTls } from "../bypass-resources";
import { account, allow, policy } from "../policy-resources";
import { integration, method, restApi, restResource } from "../resources";

const rule = "rest-method-requires-authorization";
const lookup = (properties: object, httpMethod: unknown = "GET") => [
  method("lookup", httpMethod, properties),
];

const violations: readonly (readonly [situation: string, resources: readonly Given[], says: string])[] = [
  ["authorization NONE", lookup({ authorization: "NONE" }), 'GET of "lookup" has authorization NONE'],
  [
    "on the root resource",
    [restApi("customers"), method("lookup", "GET", { authorization: "NONE" }, "customers")],
    "has authorization NONE",
  ],
  [
    "a POST to a resource",
    [
      restApi("customers"),
      restResource("path", "customers", "customers"),
      method("lookup", "POST", { authorization: "NONE" }, "path"),
    ],
    'POST of "lookup" has authorization NONE',
  ],
  ["ANY", lookup({ authorization: "NONE" }, "ANY"), 'ANY of "lookup"'],
  ["HEAD", lookup({ authorization: "NONE" }, "HEAD"), 'HEAD of "lookup"'],
  [
    "a MOCK integration excuses no method but OPTIONS",
    [
      restApi("customers"),
      method("lookup", "GET", { authorization: "NONE" }, "customers"),
      integration("mock", { httpMethod: "GET", type: "MOCK" }, "customers"),
    ],
    "has authorization NONE",
  ],
  [
    "a private API is no authentication",
    [
      restApi("customers", { endpointConfiguration: { types: "PRIVATE" } }),
      method("lookup", "GET", { authorization: "NONE" }, "customers"),
    ],
    "has authorization NONE",
  ],
  [
    "nor is a policy of the API, although it names an account",
    [
      restApi("customers", { policy: policy(allow({ Principal: { AWS: account } })) }),
      method("lookup", "GET", { authorization: "NONE" }, "customers"),
    ],
    "has authorization NONE",
  ],
  [
    "nor is mutual TLS on the one way in",
    [
      restApi("customers", { disableExecuteApiEndpoint: true }),
      method("lookup", "GET", { authorization: "NONE" }, "customers"),
      domainName("partners", mutualTls),
      apiMapping("mapping", "customers", "partners"),
    ],
    "has authorization NONE",
  ],
  ["a path for probes", lookup({ authorization: "NONE", operationName: "health" }), "authorization NONE"],
  ["authorization absent", lookup({}), "has authorization NONE"],
  ["authorization null", lookup({ authorization: null }), "has authorization NONE"],
  ["authorization empty", lookup({ authorization: "" }), "has authorization NONE"],
  ["another case of NONE", lookup({ authorization: "none" }), "has authorization NONE"],
  ["NONE with a blank", lookup({ authorization: "None " }), "has authorization NONE"],
  ["a secret NONE", lookup({ authorization: secret("NONE") }), "has authorization NONE"],
  ["authorization unknown", lookup({ authorization: UNKNOWN }), "not known before the deployment"],
  ["a secret that is unknown", lookup({ authorization: secret(UNKNOWN) }), "not known before"],
  ["authorization of a wrong type", lookup({ authorization: ["AWS_IAM"] }), "not known before"],
  ["an API key only", lookup({ authorization: "NONE", apiKeyRequired: true }), "only an API key"],
  ["an API key as text", lookup({ authorization: "NONE", apiKeyRequired: "true" }), "only an API key"],
  [
    "apiKeyRequired unknown",
    lookup({ authorization: "NONE", apiKeyRequired: UNKNOWN }),
    "has authorization NONE",
  ],
  [
    "an authorizerId beside NONE",
    lookup({ authorization: "NONE", authorizerId: UNKNOWN }),
    "has authorization NONE, and the authorizerId alone does nothing",
  ],
  ["CUSTOM without an authorizer", lookup({ authorization: "CUSTOM" }), "CUSTOM but names no authorizerId"],
  [
    "COGNITO_USER_POOLS without an authorizer",
    lookup({ authorization: "COGNITO_USER_POOLS" }),
    "COGNITO_USER_POOLS but names no authorizerId",
  ],
  [
    "CUSTOM with an empty authorizerId",
    lookup({ authorization: "custom", authorizerId: "" }),
    "names no authorizerId",
  ],
  [
    "an API key doesn't make up for the authorizer",
    lookup({ authorization: "CUSTOM", apiKeyRequired: true }),
    "names no authorizerId",
  ],
  [
    "httpMethod unknown is not taken for OPTIONS",
    lookup({ authorization: "NONE" }, UNKNOWN),
    "httpMethod that is not known",
  ],
  [
    "httpMethod absent is not taken for OPTIONS",
    lookup({ authorization: "NONE" }, null),
    "httpMethod that is not known",
  ],
  [
    "httpMethod of a wrong type",
    lookup({ authorization: "NONE" }, ["OPTIONS"]),
    "httpMethod that is not known",
  ],
  [
    "an OPTIONS whose authorizer is missing",
    lookup({ authorization: "CUSTOM" }, "OPTIONS"),
    "names no authorizerId",
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ["AWS_IAM", lookup({ authorization: "AWS_IAM" })],
  ["another case of AWS_IAM", lookup({ authorization: "aws_iam" })],
  ["a secret AWS_IAM", lookup({ authorization: secret("AWS_IAM") })],
  ["CUSTOM with an authorizer", lookup({ authorization: "CUSTOM", authorizerId: "abc" })],
  [
    "CUSTOM with an authorizer whose id is unknown",
    lookup({ authorization: "CUSTOM", authorizerId: UNKNOWN }),
  ],
  [
    "COGNITO_USER_POOLS with an authorizer",
    lookup({
      authorization: "COGNITO_USER_POOLS",
      authorizerId: UNKNOWN,
      authorizationScopes: ["customers/read"],
    }),
  ],
  ["a type that is newer than this rule", lookup({ authorization: "JWT" })],
  ["an API key beside a real authorization", lookup({ authorization: "AWS_IAM", apiKeyRequired: true })],
  [
    "an authorizer that brings the API key",
    [
      restApi("customers", { apiKeySource: "AUTHORIZER" }),
      method(
        "lookup",
        "GET",
        { authorization: "CUSTOM", authorizerId: "abc", apiKeyRequired: true },
        "customers",
      ),
    ],
  ],
  ["httpMethod unknown beside AWS_IAM", lookup({ authorization: "AWS_IAM" }, UNKNOWN)],
  ["OPTIONS may stay NONE", lookup({ authorization: "NONE" }, "OPTIONS")],
  ["another case of OPTIONS", lookup({ authorization: "NONE" }, "options")],
  ["OPTIONS whose authorization is unknown", lookup({ authorization: UNKNOWN }, "OPTIONS")],
];

describe(rule, () => {
  test.each(violations)("reports: %s", async (_situation, resources, says) => {
    const reported = await analyze(resources);
    expect(reported.map(kindOf)).toEqual(["no-authorization"]);
    expect(reported).toEqual([
      { rule, level: "mandatory", resource: "lookup", message: expect.stringContaining(says) },
    ]);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await analyze(resources)).toEqual([]);
  });

  test("an organization may accept API keys", async () => {
    const options = { [rule]: { acceptApiKeys: true } };
    const keyOnly = lookup({ authorization: "NONE", apiKeyRequired: true });
    expect(await analyze(keyOnly, { options })).toEqual([]);
    const open = lookup({ authorization: "NONE", apiKeyRequired: UNKNOWN });
    expect(await analyze(open, { options })).toHaveLength(1);
  });
});
