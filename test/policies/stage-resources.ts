import { type ApiKind, accessLogFormat } from "../../components/src/access-log/format";
import { type Given, UNKNOWN } from "./analyze";

/** Stages and what belongs to their logs, as programs register them. Without the name of an API, it is one of another stack. */

const ofApi = (property: string, api: string | undefined) => ({
  properties: { [property]: api === undefined ? "a1b2c3" : UNKNOWN },
  dependencies: api === undefined ? {} : { [property]: [api] },
});

export const stage = (name: string, settings: object = {}, api?: string): Given => {
  const { properties, dependencies } = ofApi("restApi", api);
  return {
    type: "aws:apigateway/stage:Stage",
    name,
    properties: { ...properties, deployment: UNKNOWN, stageName: "live", ...settings },
    dependencies,
  };
};

/** Of an HTTP or a WebSocket API. */
export const stageV2 = (name: string, settings: object = {}, api?: string): Given => {
  const { properties, dependencies } = ofApi("apiId", api);
  return {
    type: "aws:apigatewayv2/stage:Stage",
    name,
    properties: { ...properties, name: "live", autoDeploy: true, ...settings },
    dependencies,
  };
};

export const deployment = (name: string, settings: object = {}, api?: string): Given => {
  const { properties, dependencies } = ofApi("restApi", api);
  return {
    type: "aws:apigateway/deployment:Deployment",
    name,
    properties: { ...properties, ...settings },
    dependencies,
  };
};

/** A log as it stands in a stage's settings. */
export const writing = (format: unknown, destinationArn: unknown = UNKNOWN) => ({
  accessLogSettings: { destinationArn, format },
});

/** The log that the golden-path components write. */
export const golden = (kind: ApiKind) => writing(accessLogFormat(kind));

export const logGroup = (name: string, properties: object = {}): Given => ({
  type: "aws:cloudwatch/logGroup:LogGroup",
  name,
  properties: { ...properties },
});

/** A stage whose log goes to this group. */
export const loggingTo = (group: string, given: Given): Given => ({
  ...given,
  properties: { ...given.properties, ...writing(accessLogFormat("REST")) },
  dependencies: { ...given.dependencies, accessLogSettings: [group] },
});
