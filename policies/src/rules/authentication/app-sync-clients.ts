import type { EventApi } from "../../endpoints/app-sync/event-api";
import { type GraphqlApiResource, schemaContains } from "../../endpoints/app-sync/graphql-api";
import { openIdConnectConfigs } from "../../endpoints/app-sync/open-id-connect";
import { knownValue, type ResourceOf } from "../../stack";
import { matchesAnything, type OpenIdConnectWeakness, openIdConnectWeakness } from "./open-id-connect";

/** Why OpenID Connect providers of an API let in any client, or strangers. */
export function openIdConnectWeaknesses(
  api: GraphqlApiResource | ResourceOf<typeof EventApi>,
): readonly OpenIdConnectWeakness[] {
  return openIdConnectConfigs(api).flatMap((config) => openIdConnectWeakness(config) ?? []);
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
