import { consumerSignIns } from "../../loopholes/consumer-sign-in";
import { openSignUps, openSignUpTypes, type UserEndpoint } from "../../loopholes/open-sign-up";
import { nist, owasp, soc2 } from "../controls";
import { stackRule } from "../rule";
import { quoted, shortEnumeration } from "../wording";

const mostListed = 5;

export const openSignUpIsNotAuthorization = stackRule({
  id: "open-sign-up-is-not-authorization",
  theme: "authorizers",
  title: "Being signed in is no authorization if anyone can sign up",
  severity: "high",
  level: "advisory",
  because: "it may be meant",
  controls: [owasp("API2:2023"), owasp("API5:2023"), nist("AC-2"), nist("AC-3"), soc2("CC6.2")],
  why: "A Cognito user pool that verifies addresses lets anyone sign up unless it says otherwise: the id of a client is public, and an address of their own is all that they need. An API that requires nothing but a user of that pool is then open to everybody, one request later. The scopes openid, profile, email, phone and aws.cognito.signin.user.admin are in every user's token and change nothing. If only an identity provider of your own signs users in, it still does once sign-up is closed; the list of a client's identity providers doesn't close it. The same is true of an identity provider for consumers, such as Google: whoever has an account there signs in.",
  fix: `adminCreateUserConfig: { allowAdminCreateUserOnly: true }   // on the pool, or a preSignUp function that decides; or require more: authorizationScopes of a resource server of your own, groups in the schema`,
  exceptionIf:
    "the API is meant for everybody who signs up, as in a shop, and nobody reaches the data of others; or the provider lets only your own organization sign in, as Google does for an internal application",
  links: [
    "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-admin-create-user-policy.html",
    "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html",
    "https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html",
    "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html",
  ],
  kinds: {
    "consumer-sign-in":
      "A login, or a reader of tokens, accepts every account of a service at which anyone creates one, such as Google, and requires nothing else.",
    "open-sign-up": "Anyone may sign up to the user pool, and an API requires nothing but one of its users.",
  },
  examples: {
    bad: `const shoppers = new aws.cognito.UserPool("shoppers", {
    autoVerifiedAttributes: ["email"],
    mfaConfiguration: "ON",
    softwareTokenMfaConfiguration: { enabled: true },
});
const anyone = new aws.apigateway.Authorizer("anyone", {
    restApi: restApi.id,
    type: "COGNITO_USER_POOLS",
    providerArns: [shoppers.arn],
});
new aws.apigateway.Method("list-orders", {
    restApi: restApi.id,
    resourceId: customers.id,
    httpMethod: "GET",
    authorization: "COGNITO_USER_POOLS",
    authorizerId: anyone.id,
    authorizationScopes: ["openid"],
});`,
    good: `const staff = new aws.cognito.UserPool("staff", {
    adminCreateUserConfig: { allowAdminCreateUserOnly: true },
    mfaConfiguration: "ON",
    softwareTokenMfaConfiguration: { enabled: true },
});
const invited = new aws.apigateway.Authorizer("invited", {
    restApi: restApi.id,
    type: "COGNITO_USER_POOLS",
    providerArns: [staff.arn],
});
new aws.apigateway.Method("list-orders", {
    restApi: restApi.id,
    resourceId: customers.id,
    httpMethod: "GET",
    authorization: "COGNITO_USER_POOLS",
    authorizerId: invited.id,
});`,
  },
  stackResources: openSignUpTypes,
  // Reported once, on the pool: a route without scopes has a finding of its own, about which tokens it accepts.
  *checkStack(stack) {
    for (const { resource, service } of consumerSignIns(stack)) {
      yield {
        kind: "consumer-sign-in",
        resource,
        sentence: `${quoted(resource.name)} lets in everybody who signs in with ${service}, where anyone creates an account.`,
        fix: "an issuer of your own, such as a user pool with allowAdminCreateUserOnly; or a claim that only your own users have; or let what is behind it decide by the subject",
      };
    }
    for (const { pool, endpoints } of openSignUps(stack)) {
      const isUnknown = endpoints.every((endpoint) => endpoint.isUnknown);
      const unless = isUnknown
        ? ", unless a document that is not known before the deployment requires more"
        : "";
      yield {
        kind: "open-sign-up",
        resource: pool,
        sentence: `Anyone may sign up to the user pool ${quoted(pool.name)}, and one of its users is all that is required by ${listOf(endpoints)}${unless}.`,
        ...(isUnknown && { lowered: "unknown document" as const }),
      };
    }
  },
});

function listOf(endpoints: readonly UserEndpoint[]): string {
  const names = endpoints.map(({ resource, route }) =>
    route === undefined ? quoted(resource.name) : `${route} of ${quoted(resource.name)}`,
  );
  return shortEnumeration(names, mostListed);
}
