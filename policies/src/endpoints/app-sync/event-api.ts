import type { ApiArgs, ChannelNamespaceArgs } from "@pulumi/aws/appsync";
import {
  knownElements,
  knownValue,
  type Resource,
  type ResourceOf,
  resourceType,
  type Seen,
  type Stack,
  type View,
} from "../../stack";
import type { Authentication, Endpoint } from "../endpoint";
import { openIdConnectWeakness } from "../tokens/open-id-connect";

/** An event API of AppSync. */
export const EventApi = resourceType<ApiArgs>("aws:appsync/api:Api", { eventConfig: "deciding word" });
export const ChannelNamespace = resourceType<ChannelNamespaceArgs>(
  "aws:appsync/channelNamespace:ChannelNamespace",
  {
    apiId: "reference",
    codeHandlers: "reference",
    handlerConfigs: "reference",
    publishAuthModes: "deciding word",
    subscribeAuthModes: "deciding word",
  },
);

/** Publishing is a request, and subscribing a message on a WebSocket that is opened at this path. */
const publishing = "POST /event";
const subscribing = "GET /event/realtime";

type AuthModes = Seen<readonly Seen<View<{ authType: string }>>[]>;

/**
 * Who may publish and subscribe where an event API's channels have no modes of their own. Who may connect opens
 * nothing by itself: each subscription is authorized again.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/eventapi/configure-event-api-auth.html
 */
export function eventApiEndpoints(api: ResourceOf<typeof EventApi>): readonly Endpoint[] {
  const config = api.record("eventConfig");
  const modes = (property: "defaultPublishAuthModes" | "defaultSubscribeAuthModes"): AuthModes =>
    config.kind === "known" ? config.value.records(property) : config;
  return [
    endpoint(api, publishing, "defaultPublishAuthModes", modes("defaultPublishAuthModes")),
    endpoint(api, subscribing, "defaultSubscribeAuthModes", modes("defaultSubscribeAuthModes")),
  ];
}

/** Who may publish and subscribe in a namespace, where it has modes of its own: they replace its API's. */
export function channelNamespaceEndpoints(
  namespace: ResourceOf<typeof ChannelNamespace>,
): readonly Endpoint[] {
  return [
    ...(namespace.isSet("publishAuthModes")
      ? [endpoint(namespace, publishing, "publishAuthModes", namespace.records("publishAuthModes"))]
      : []),
    ...(namespace.isSet("subscribeAuthModes")
      ? [endpoint(namespace, subscribing, "subscribeAuthModes", namespace.records("subscribeAuthModes"))]
      : []),
  ];
}

/** The OpenID Connect providers of an event API that let any client in, each with the reason: completes a sentence. */
export function eventApiOpenIdConnectWeaknesses(api: ResourceOf<typeof EventApi>): readonly string[] {
  const providers =
    knownValue(knownValue(api.record("eventConfig"))?.records("authProviders") ?? { kind: "absent" }) ?? [];
  return providers.flatMap((provider) => {
    if (provider.kind !== "known" || knownValue(provider.value.word("authType")) !== "OPENID_CONNECT")
      return [];
    return openIdConnectWeakness(provider.value.record("openidConnectConfig")) ?? [];
  });
}

/**
 * Where a user of the API's pool publishes or subscribes without being asked for more: its channel namespaces, or the API
 * itself where none stands in the stack. A handler of a namespace may ask for a group.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/eventapi/channel-namespace-handlers.html
 */
export function modesOfUsers(stack: Stack, api: ResourceOf<typeof EventApi>): readonly Resource[] {
  const config = api.record("eventConfig");
  const own = (property: "defaultPublishAuthModes" | "defaultSubscribeAuthModes"): AuthModes =>
    config.kind === "known" ? config.value.records(property) : config;
  const publish = own("defaultPublishAuthModes");
  const subscribe = own("defaultSubscribeAuthModes");
  const namespaces = stack.of(ChannelNamespace).filter((namespace) => {
    const target = stack.target(namespace, "apiId", EventApi);
    return target.kind === "found" && target.resource.urn === api.urn;
  });
  if (namespaces.length === 0) return takesUsers(publish) || takesUsers(subscribe) ? [api] : [];
  return namespaces.filter((namespace) => {
    const publishing = namespace.records("publishAuthModes");
    const subscribing = namespace.records("subscribeAuthModes");
    const isAsked = namespace.isSet("codeHandlers") || namespace.isSet("handlerConfigs");
    const takes =
      takesUsers(publishing.kind === "absent" ? publish : publishing) ||
      takesUsers(subscribing.kind === "absent" ? subscribe : subscribing);
    return takes && !isAsked;
  });
}

function takesUsers(modes: AuthModes): boolean {
  return knownElements(modes).some(
    (mode) => knownValue(mode.word("authType")) === "AMAZON_COGNITO_USER_POOLS",
  );
}

export function eventEndpoints(stack: Stack): readonly Endpoint[] {
  return [
    ...stack.of(EventApi).flatMap(eventApiEndpoints),
    ...stack.of(ChannelNamespace).flatMap(channelNamespaceEndpoints),
  ];
}

function endpoint(resource: Resource, route: string, property: string, modes: AuthModes): Endpoint {
  return { resource, route, authentication: judgeModes(property, modes), isInDocument: true };
}

/** A caller chooses among the modes, so that one without authentication is enough to get in. */
function judgeModes(property: string, modes: AuthModes): Authentication {
  const types =
    modes.kind === "known"
      ? modes.value.map((mode) => (mode.kind === "known" ? mode.value.word("authType") : mode))
      : [];
  if (types.some((type) => knownValue(type) === "API_KEY")) {
    return {
      verdict: "key-only",
      because: `has API_KEY among its ${property}: a key tells clients apart but authenticates nobody`,
    };
  }
  if (modes.kind === "unknown" || types.some((type) => type.kind === "unknown")) {
    return {
      verdict: "undetermined",
      because: `has ${property} that are not known before the deployment: write them as plain values`,
    };
  }
  const names = types.flatMap((type) => knownValue(type) ?? []);
  return names.length === 0
    ? { verdict: "undetermined", because: `has no ${property}` }
    : { verdict: "authenticated", because: `has ${names.join(", ")} among its ${property}` };
}
