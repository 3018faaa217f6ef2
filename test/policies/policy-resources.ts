import { type Given, UNKNOWN } from "./analyze";

/** Resource policies, and the resources that carry them. */

export const account = "123456789012";

export const policy = (...statements: readonly unknown[]) => ({
  Version: "2012-10-17",
  Statement: statements,
});

/** A statement that lets everybody do everything, as far as nothing else is said. */
export const allow = (changed: object = {}) => ({
  Effect: "Allow",
  Principal: "*",
  Action: "*",
  Resource: "*",
  ...changed,
});

export const deny = (changed: object = {}) => allow({ Effect: "Deny", ...changed });

export const when = (operator: string, key: string, values: unknown) => ({
  Condition: { [operator]: { [key]: values } },
});

/** A permission that lets an API call a function. */
export const permission = (name: string, properties: object = {}): Given => ({
  type: "aws:lambda/permission:Permission",
  name,
  properties: {
    action: "lambda:InvokeFunction",
    function: UNKNOWN,
    principal: "apigateway.amazonaws.com",
    ...properties,
  },
});

export const lambdaPolicy = (name: string, document: unknown): Given => ({
  type: "aws:lambda/resourcePolicy:ResourcePolicy",
  name,
  properties: { resourceArn: UNKNOWN, policy: document },
});

/** @param api the name of the API; without it, one that the stack doesn't hold */
export const restApiPolicy = (name: string, document: unknown, api?: string): Given => ({
  type: "aws:apigateway/restApiPolicy:RestApiPolicy",
  name,
  properties: { restApiId: api === undefined ? "a1b2c3" : UNKNOWN, policy: document },
  ...(api !== undefined && { dependencies: { restApiId: [api] } }),
});

/** Anything else that carries a policy of its own. */
export const policed = (
  token: string,
  name: string,
  document: unknown,
  property: "policy" | "accessPolicies" = "policy",
  more: object = {},
): Given => ({ type: token, name, properties: { [property]: document, ...more } });

export const queuePolicy = (name: string, document: unknown): Given =>
  policed("aws:sqs/queuePolicy:QueuePolicy", name, document, "policy", { queueUrl: UNKNOWN });

export const searchDomain = (name: string, document: unknown, more: object = {}): Given =>
  policed("aws:opensearch/domain:Domain", name, document, "accessPolicies", more);

/** @param domain the name of the domain; without it, one that the stack doesn't hold */
export const searchDomainPolicy = (name: string, document: unknown, domain?: string): Given => ({
  ...policed("aws:opensearch/domainPolicy:DomainPolicy", name, document, "accessPolicies", {
    domainName: domain === undefined ? "orders" : UNKNOWN,
  }),
  ...(domain !== undefined && { dependencies: { domainName: [domain] } }),
});
