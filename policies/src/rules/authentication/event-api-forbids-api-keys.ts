import {
  ChannelNamespace,
  channelNamespaceEndpoints,
  EventApi,
  eventApiEndpoints,
} from "../../endpoints/app-sync/event-api";
import { letsAnyoneIn } from "../../endpoints/endpoint";
import { nist, owasp, pci, soc2 } from "../controls";
import { resourceRule } from "../rule";

const signed = '[{ authType: "AWS_IAM" }]';

export const eventApiForbidsApiKeys = resourceRule({
  id: "event-api-forbids-api-keys",
  theme: "authentication",
  title: "AppSync event APIs forbid API keys",
  severity: "high",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API2:2023"), nist("AC-3"), pci("8.2.2"), pci("8.3.1"), soc2("CC6.1")],
  why: "API_KEY is AppSync's mode without authentication: the key throttles callers, and every client ships with it. If it is among the modes for publishing or subscribing, anyone can publish or subscribe, whatever other modes are listed.",
  fix: `defaultPublishAuthModes: ${signed}, defaultSubscribeAuthModes: ${signed}   // in eventConfig, with AWS_IAM among its authProviders; or "AMAZON_COGNITO_USER_POOLS", "OPENID_CONNECT", "AWS_LAMBDA"`,
  exceptionIf: "anyone may read or send these events, for instance the prices that a public web page shows",
  links: [
    "https://docs.aws.amazon.com/appsync/latest/eventapi/configure-event-api-auth.html",
    "https://docs.aws.amazon.com/appsync/latest/APIReference/API_EventConfig.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/appsync-controls.html#appsync-5",
  ],
  kinds: {
    "api-key":
      "API_KEY is among the modes for publishing or subscribing, or the modes are missing or not known before the deployment.",
  },
  splitFrom: "graphql-api-forbids-api-keys",
  examples: {
    bad: `new aws.appsync.Api("keyed-events", {
    name: "keyed-events",
    eventConfig: {
        authProviders: [{ authType: "API_KEY" }],
        connectionAuthModes: [{ authType: "API_KEY" }],
        defaultPublishAuthModes: [{ authType: "API_KEY" }],
        defaultSubscribeAuthModes: [{ authType: "API_KEY" }],
    },
});`,
    good: `new aws.appsync.Api("signed-events", {
    name: "signed-events",
    eventConfig: {
        authProviders: [{ authType: "AWS_IAM" }],
        connectionAuthModes: [{ authType: "AWS_IAM" }],
        defaultPublishAuthModes: [{ authType: "AWS_IAM" }],
        defaultSubscribeAuthModes: [{ authType: "AWS_IAM" }],
    },
});`,
  },
  resources: [EventApi, ChannelNamespace],
  reads: {
    eventConfig: "deciding word",
    publishAuthModes: "deciding word",
    subscribeAuthModes: "deciding word",
  },
  *check(resource) {
    const endpoints = EventApi.is(resource)
      ? eventApiEndpoints(resource)
      : ChannelNamespace.is(resource)
        ? channelNamespaceEndpoints(resource)
        : [];
    const openings = endpoints
      .filter(({ authentication }) => letsAnyoneIn(authentication))
      .map(({ route, authentication }) => ({ route, what: authentication.because }));
    if (openings.length === 0) return;
    yield {
      kind: "api-key",
      openings,
      holdsSeveral: true,
      ...(ChannelNamespace.is(resource) && {
        fix: `publishAuthModes: ${signed}, subscribeAuthModes: ${signed}   // with AWS_IAM among the authProviders of the API; or "AMAZON_COGNITO_USER_POOLS", "OPENID_CONNECT", "AWS_LAMBDA"`,
      }),
    };
  },
});
