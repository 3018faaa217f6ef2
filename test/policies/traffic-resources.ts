import type { Given } from "./analyze";
import { made } from "./edge-resources";

/** Stages and what belongs to them, as programs register them. */

/** @param api the API's name; without it, an API that the stack doesn't hold */
export const stage = (name: string, properties: object = {}, api?: string): Given =>
  made("aws:apigateway/stage:Stage", name, api === undefined ? {} : { restApi: [api] }, {
    ...(api === undefined && { restApi: "a1b2c3" }),
    stageName: "live",
    deployment: "d4e5f6",
    ...properties,
  });

/** A stage of an HTTP or a WebSocket API. */
export const stageV2 = (name: string, properties: object = {}, api?: string): Given =>
  made("aws:apigatewayv2/stage:Stage", name, api === undefined ? {} : { apiId: [api] }, {
    ...(api === undefined && { apiId: "a1b2c3" }),
    name: "$default",
    autoDeploy: true,
    ...properties,
  });

/** @param of the names of the API and of the stage; without them, those that the stack doesn't hold */
export const methodSettings = (
  name: string,
  settings: unknown,
  { methodPath = "*/*", api, stage: ofStage }: { methodPath?: unknown; api?: string; stage?: string } = {},
): Given =>
  made(
    "aws:apigateway/methodSettings:MethodSettings",
    name,
    {
      ...(api !== undefined && { restApi: [api] }),
      ...(ofStage !== undefined && { stageName: [ofStage] }),
    },
    {
      ...(api === undefined && { restApi: "a1b2c3" }),
      ...(ofStage === undefined && { stageName: "live" }),
      methodPath,
      settings,
    },
  );

export const limits = { throttlingRateLimit: 100, throttlingBurstLimit: 200 };

/** A serverless template that the resource `subject` brings. */
export const serverless = (resources: object, globals: object = {}): Given => ({
  type: "aws:cloudformation/stack:Stack",
  name: "subject",
  properties: {
    templateBody: JSON.stringify({
      Transform: "AWS::Serverless-2016-10-31",
      Globals: globals,
      Resources: resources,
    }),
  },
});

/** A template of one resource, that the resource `subject` brings. */
export const templateOf = (Type: string, Properties: object, others: object = {}): Given => ({
  type: "aws:cloudformation/stack:Stack",
  name: "subject",
  properties: { templateBody: JSON.stringify({ Resources: { Subject: { Type, Properties }, ...others } }) },
});
