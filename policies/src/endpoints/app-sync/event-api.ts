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
import { type Authentication, type Endpoint, unknownProperty } from "../endpoint";
import { leadsTo } from "../target";

/** An AppSync event API. */
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

/** Clients publish with a request, and subscribe with a message on a WebSocket that they open at this path. */
const publishing = "POST /event";
const subscribing = "GET /event/realtime";

type AuthModes = Seen<readonly Seen<View<{ authType: string }>>[]>;

/**
 * Who may publish and subscribe in the namespaces of an event API that have no modes of their own. The modes for
 * connecting open nothing by themselves: AppSync authorizes each subscription again.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/eventapi/configure-event-api-auth.html
 */
export function eventApiEndpoints(api: ResourceOf<typeof EventApi>): readonly Endpoint[] {
  return defaults.map(([route, property]) => endpoint(api, route, property, defaultModes(api, property)));
}

const defaults = [
  [publishing, "defaultPublishAuthModes"],
  [subscribing, "defaultSubscribeAuthModes"],
] as const;

function defaultModes(api: ResourceOf<typeof EventApi>, property: (typeof defaults)[number][1]): AuthModes {
  const config = api.record("eventConfig");
  return config.kind === "known" ? config.value.records(property) : config;
}

/** Who may publish and subscribe in a namespace with modes of its own. They replace those of its API. */
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

/**
 * The resources that let any user of the API's user pool publish or subscribe: its channel namespaces, or the API itself if
 * the stack has none. A namespace with a handler isn't among them, because the handler may require a group.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/eventapi/channel-namespace-handlers.html
 */
export function modesOfUsers(stack: Stack, api: ResourceOf<typeof EventApi>): readonly Resource[] {
  const publish = defaultModes(api, "defaultPublishAuthModes");
  const subscribe = defaultModes(api, "defaultSubscribeAuthModes");
  const namespaces = stack
    .of(ChannelNamespace)
    .filter((namespace) => leadsTo(stack.target(namespace, "apiId", EventApi), api));
  if (namespaces.length === 0) return acceptUsers(publish) || acceptUsers(subscribe) ? [api] : [];
  return namespaces.filter((namespace) => {
    const ownPublish = namespace.records("publishAuthModes");
    const ownSubscribe = namespace.records("subscribeAuthModes");
    const hasHandler = namespace.isSet("codeHandlers") || namespace.isSet("handlerConfigs");
    return (
      !hasHandler &&
      (acceptUsers(ownPublish.kind === "absent" ? publish : ownPublish) ||
        acceptUsers(ownSubscribe.kind === "absent" ? subscribe : ownSubscribe))
    );
  });
}

function acceptUsers(modes: AuthModes): boolean {
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

/** A caller chooses among the modes, so one mode without authentication is enough to get in. */
function judgeModes(property: string, modes: AuthModes): Authentication {
  const types =
    modes.kind === "known"
      ? modes.value.map((mode) => (mode.kind === "known" ? mode.value.word("authType") : mode))
      : [];
  if (types.some((type) => knownValue(type) === "API_KEY")) {
    return {
      verdict: "key-only",
      because: `has API_KEY among its ${property}: a key identifies a client but authenticates nobody`,
    };
  }
  if (modes.kind === "unknown" || types.some((type) => type.kind === "unknown")) {
    return {
      verdict: "undetermined",
      because: unknownProperty(property, "value"),
    };
  }
  const names = types.flatMap((type) => knownValue(type) ?? []);
  return names.length === 0
    ? { verdict: "undetermined", because: `has no ${property}` }
    : { verdict: "authenticated", because: `has ${names.join(", ")} among its ${property}` };
}
