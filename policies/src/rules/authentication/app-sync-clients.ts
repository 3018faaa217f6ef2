import type { EventApi } from "../../endpoints/app-sync/event-api";
import {
  additionalProviders,
  type GraphqlApiResource,
  schemaContains,
  typeOfProvider,
} from "../../endpoints/app-sync/graphql-api";
import { absent, knownElements, knownValue, type ResourceOf, type Seen, unknown } from "../../stack";
import { matchesAnything, openIdConnectWeakness } from "./open-id-connect";

const isOpenIdConnect = (type: Seen<string>) => knownValue(type) === "OPENID_CONNECT";

/** Why OpenID Connect providers of a GraphQL API let in any client. Each reason completes a sentence. */
export function openIdConnectWeaknesses(api: GraphqlApiResource): readonly string[] {
  const own = isOpenIdConnect(api.word("authenticationType"))
    ? [openIdConnectWeakness(api.record("openidConnectConfig"))]
    : [];
  const additional = additionalProviders(api)
    .filter((provider) => isOpenIdConnect(typeOfProvider(provider)))
    .map((provider) => openIdConnectWeakness(knownValue(provider)?.record("openidConnectConfig") ?? unknown));
  const isReached = additional.length > 0 && knownValue(schemaContains(api, "@aws_oidc")) !== false;
  return [...own, ...(isReached ? additional : [])].flatMap((weakness) => weakness ?? []);
}

/** Why OpenID Connect providers of an event API let in any client. Each reason completes a sentence. */
export function eventApiOpenIdConnectWeaknesses(api: ResourceOf<typeof EventApi>): readonly string[] {
  const providers = knownValue(api.record("eventConfig"))?.records("authProviders") ?? absent;
  return knownElements(providers)
    .filter((provider) => isOpenIdConnect(provider.word("authType")))
    .flatMap((provider) => openIdConnectWeakness(provider.record("openidConnectConfig")) ?? []);
}

/** Whether a GraphQL API accepts every user of every app client of its user pool. */
export type UserPoolAccess = "restricted" | "any client" | "depends on the schema";

/**
 * Which users of its user pool a GraphQL API accepts. `appIdClientRegex` names the app clients that count; by default, all
 * do. `defaultAction` DENY, or groups in the schema, require more than a user of the pool.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/APIReference/API_UserPoolConfig.html
 */
export function userPoolAccess(api: GraphqlApiResource): UserPoolAccess {
  if (knownValue(api.word("authenticationType")) !== "AMAZON_COGNITO_USER_POOLS") return "restricted";
  const config = knownValue(api.record("userPoolConfig"));
  const clients = config?.text("appIdClientRegex");
  const namesClients =
    clients?.kind === "unknown" || (clients?.kind === "known" && !matchesAnything(clients.value));
  if (!config || namesClients || knownValue(config.word("defaultAction")) === "DENY") return "restricted";
  const groups = schemaContains(api, "cognito_groups");
  if (knownValue(groups) === true) return "restricted";
  return groups.kind === "unknown" ? "depends on the schema" : "any client";
}
