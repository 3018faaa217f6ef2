/** States as Pulumi writes them, of a stack with an open route, a declared one and one behind a JWT authorizer. */

const urnOf = (type: string, name: string, stack: string) => `urn:pulumi:${stack}::shop::${type}::${name}`;

/** How a state has a secret. */
export const ciphertext = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "v1:Hk2c:notForAnybody",
};

const types = {
  api: "aws:apigatewayv2/api:Api",
  route: "aws:apigatewayv2/route:Route",
  authorizer: "aws:apigatewayv2/authorizer:Authorizer",
  stage: "aws:apigatewayv2/stage:Stage",
};

/** The resources of a deployed stack. */
export function deployed(stack = "prod") {
  const urn = (type: keyof typeof types, name: string) => urnOf(types[type], name, stack);
  const root = `urn:pulumi:${stack}::shop::pulumi:pulumi:Stack::shop-${stack}`;
  const resource = (
    type: keyof typeof types,
    name: string,
    id: string,
    inputs: object,
    others: object = {},
  ) => ({
    urn: urn(type, name),
    custom: true,
    id,
    type: types[type],
    inputs: { __defaults: [], ...inputs },
    outputs: { ...inputs, id, ...others },
    parent: root,
    propertyDependencies: {
      ...("apiId" in inputs && { apiId: [urn("api", "shop")] }),
      ...("authorizerId" in inputs && { authorizerId: [urn("authorizer", "people")] }),
    },
    sourcePosition: "project:///src/index.ts#14,3",
  });
  return [
    { urn: root, custom: false, type: "pulumi:pulumi:Stack" },
    resource(
      "api",
      "shop",
      "a1b2c3",
      { protocolType: "HTTP", name: "shop" },
      { apiEndpoint: "https://a1b2c3.execute-api.eu-west-1.amazonaws.com" },
    ),
    resource("authorizer", "people", "d4", {
      apiId: "a1b2c3",
      authorizerType: "JWT",
      name: "people",
      jwtConfiguration: { issuer: "https://login.example.com", audiences: ["shop"] },
    }),
    resource("stage", "live", "live", { apiId: "a1b2c3", name: "$default" }),
    resource("route", "open", "r1", { apiId: "a1b2c3", routeKey: "GET /open" }),
    resource("route", "read", "r2", {
      apiId: "a1b2c3",
      routeKey: "GET /orders",
      authorizationType: "JWT",
      authorizerId: "d4",
    }),
  ];
}

/** As `pulumi stack export` writes it. */
export const exported = (resources: readonly object[] = deployed(), others: object = {}) => ({
  version: 3,
  deployment: { manifest: {}, secrets_providers: { type: "passphrase" }, resources, ...others },
});

/** As a backend of files or in a bucket keeps it. */
export const checkpoint = (resources: readonly object[] = deployed(), others: object = {}) => ({
  version: 3,
  checkpoint: { stack: "organization/shop/prod", latest: { manifest: {}, resources, ...others } },
});
