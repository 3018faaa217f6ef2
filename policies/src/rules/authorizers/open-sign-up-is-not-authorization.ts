import { openSignUps, openSignUpTypes, type UsersWay } from "../../loopholes/open-sign-up";
import { nist, owasp } from "../controls";
import { stackRule } from "../rule";
import { enumeration, quoted } from "../wording";

const listedWays = 5;

export const openSignUpIsNotAuthorization = stackRule({
  id: "open-sign-up-is-not-authorization",
  theme: "authorizers",
  title: "Being signed in is no authorization where anyone signs up",
  severity: "high",
  level: "advisory",
  controls: [owasp("API2:2023"), owasp("API5:2023"), nist("AC-2"), nist("AC-3")],
  why: "A Cognito user pool that verifies addresses lets anyone sign up, unless it says otherwise: the id of a client is public, and an address of their own is all that they need. An API that asks for nothing but a user of that pool is then open to everybody, one request later. The scopes openid, profile, email, phone and aws.cognito.signin.user.admin are in every user's token and change nothing. Where only an identity provider of your own signs users in, it still does once sign-up is closed; the list of a client's identity providers doesn't close it.",
  fix: `adminCreateUserConfig: { allowAdminCreateUserOnly: true }   // on the pool, or a preSignUp function that decides; or ask for more: authorizationScopes of a resource server of your own, groups in the schema`,
  examples: {
    bad: `const shoppers = new aws.cognito.UserPool("shoppers", { autoVerifiedAttributes: ["email"] });
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
    good: `const staff = new aws.cognito.UserPool("staff", { adminCreateUserConfig: { allowAdminCreateUserOnly: true } });
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
  // On the pool, once: a route without scopes has a finding of its own, about which tokens it takes and not whose.
  *checkStack(stack) {
    for (const { pool, ways } of openSignUps(stack)) {
      const isUnknown = ways.every((way) => way.isUnknown);
      const unless = isUnknown
        ? ", unless a document that is not known before the deployment asks for more"
        : "";
      yield {
        resource: pool,
        sentence: `Anyone may sign up to the user pool ${quoted(pool.name)}, and one of its users is all that is asked for by ${listOf(ways)}${unless}.`,
        ...(isUnknown && { lowered: "unknown document" as const }),
      };
    }
  },
});

function listOf(ways: readonly UsersWay[]): string {
  const listed = ways
    .slice(0, listedWays)
    .map(({ resource, route }) =>
      route === undefined ? quoted(resource.name) : `${route} of ${quoted(resource.name)}`,
    );
  const more = ways.length - listedWays;
  return enumeration(more > 0 ? [...listed, `${more} more`] : listed);
}
