import { isRecord } from "../stack";
import type { Form } from "./form";

/** The provider aws spells OpenID as one word. */
const withOpenId = (provider: unknown): unknown => {
  if (!isRecord(provider)) return provider;
  const { openIdConnectConfig, ...rest } = provider;
  return openIdConnectConfig === undefined ? provider : { ...rest, openidConnectConfig: openIdConnectConfig };
};

const each = (providers: unknown): unknown =>
  Array.isArray(providers) ? providers.map(withOpenId) : providers;

const eventConfig = (config: unknown): unknown =>
  isRecord(config) ? { ...config, authProviders: each(config.authProviders) } : config;

/** The AppSync types with endpoints, by their CloudFormation names. */
export const appSync: Readonly<Record<string, Form>> = {
  "AWS::AppSync::GraphQLApi": {
    token: "aws:appsync/graphQLApi:GraphQLApi",
    native: "aws-native:appsync:GraphQlApi",
    names: { openidConnectConfig: "openIdConnectConfig" },
    words: { cloudwatchLogsRoleArn: "cloudWatchLogsRoleArn" },
    id: "apiId",
    values: { additionalAuthenticationProviders: each },
  },
  "AWS::AppSync::Api": {
    token: "aws:appsync/api:Api",
    names: {},
    words: { openidConnectConfig: "openIdConnectConfig" },
    id: "apiId",
    values: { eventConfig },
  },
  "AWS::AppSync::Type": { token: "aws:appsync/type:Type", names: {} },
  "AWS::AppSync::ChannelNamespace": { token: "aws:appsync/channelNamespace:ChannelNamespace", names: {} },
};
