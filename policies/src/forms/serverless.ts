import { groupBy, isRecord, isUnknown, own, type RawRecord, unknownValue } from "../stack";
import {
  chosen,
  domainOf,
  graphqlApiOf,
  requestModelOf,
  usagePlanOf,
  webFunctionEndpointOf,
  webSocketApiOf,
} from "./serverless-apis";
import {
  documentForGateway,
  type EventOfDocument,
  mayHoldOperation,
  methodInDocument,
} from "./serverless-document";
import { stageOfOtherApi, stageOfRestApi, unknownStageSettings } from "./serverless-stages";
import type { TemplateResource } from "./template-resource";

/**
 * The resources that the transform AWS::Serverless-2016-10-31 creates from a template, as far as rules read them: methods and
 * routes for the events of functions and state machines, the bodies and stages of APIs, and function URLs.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html
 */
export function withoutServerless(
  resources: readonly TemplateResource[],
  globals: RawRecord,
): readonly TemplateResource[] {
  const apis = new Map(
    resources
      .filter(({ type }) => type === "AWS::Serverless::Api" || type === "AWS::Serverless::HttpApi")
      .map((api) => [api.logicalId, api]),
  );
  const events = resources.filter(({ type }) => bringsEvents.has(type)).flatMap(eventsOf);
  const transformed: Transformed = {
    globals,
    apis,
    byOwner: groupBy(events, ({ owner }) => owner.logicalId),
    byApi: groupBy(events, (event) => apiNamed(event, apis)?.logicalId ?? ""),
  };
  const made = resources.flatMap(
    (resource) => translations.get(resource.type)?.(resource, transformed) ?? [resource],
  );
  const isMade = (property: string, id: string) =>
    made.some(({ references }) => references[property]?.includes(id));
  return [
    ...made,
    ...(isMade("ParentId", implicit.Api) ? implicitRestApi(settingsOf({}, globals, "Api")) : []),
    ...(isMade("ApiId", implicit.HttpApi)
      ? [stageOfOtherApi({ logicalId: implicit.HttpApi, references: {} }, settingsOf({}, globals, "HttpApi"))]
      : []),
  ];
}

/** The other parts of a template that the translation of one resource needs. */
interface Transformed {
  readonly globals: RawRecord;
  readonly apis: ReadonlyMap<string, TemplateResource>;
  /** By the logical id of their function or state machine. */
  readonly byOwner: ReadonlyMap<string, readonly Event[]>;
  /** By the logical id of their API. Events without an API in the template have an empty one. */
  readonly byApi: ReadonlyMap<string, readonly Event[]>;
}

type Translation = (resource: TemplateResource, transformed: Transformed) => readonly TemplateResource[];

const resourcesOfEvents: Translation = ({ logicalId }, { byOwner, apis, globals }) =>
  (byOwner.get(logicalId) ?? []).flatMap((event) => resourcesOf(event, apis, globals));

/** The resources into which the transform turns each type. */
const translations: ReadonlyMap<string, Translation> = new Map<string, Translation>([
  [
    "AWS::Serverless::Api",
    (api, { globals, byApi }) => {
      const settings = settingsOf(api.properties, globals, "Api");
      return [
        restApiOf(api, settings, byApi.get(api.logicalId) ?? []),
        stageOfRestApi(api, settings),
        ...usagePlanOf(api, settings),
        ...domainOf(api, settings),
      ];
    },
  ],
  [
    "AWS::Serverless::HttpApi",
    (api, { globals, byApi }) => {
      const settings = settingsOf(api.properties, globals, "HttpApi");
      return [
        httpApiOf(api, settings, byApi.get(api.logicalId) ?? []),
        stageOfOtherApi(api, settings),
        ...domainOf(api, settings),
      ];
    },
  ],
  [
    "AWS::Serverless::Function",
    (owner, transformed) => [
      ...resourcesOfEvents(owner, transformed),
      ...functionUrlOf(owner, transformed.globals),
    ],
  ],
  ["AWS::Serverless::StateMachine", resourcesOfEvents],
  [
    "AWS::Serverless::WebSocketApi",
    (api, { globals }) => [
      ...webSocketApiOf(api),
      stageOfOtherApi(api, settingsOf(api.properties, globals, "WebSocketApi")),
    ],
  ],
  ["AWS::Serverless::GraphQLApi", (api) => [graphqlApiOf(api)]],
  [
    "AWS::Serverless::WebFunction",
    (owner, { globals }) => [
      webFunctionEndpointOf(owner, settingsOf(owner.properties, globals, "WebFunction")),
    ],
  ],
]);

const bringsEvents: ReadonlySet<string> = new Set([
  "AWS::Serverless::Function",
  "AWS::Serverless::StateMachine",
]);

/** Serverless types without endpoints. */
const withoutEndpoints: ReadonlySet<string> = new Set([
  "AWS::Serverless::CapacityProvider",
  "AWS::Serverless::Connector",
  "AWS::Serverless::LayerVersion",
  "AWS::Serverless::SimpleTable",
]);

/** Whether a type is a serverless one that we don't know. */
export function isUnknownServerless(type: string): boolean {
  return type.startsWith("AWS::Serverless::") && !translations.has(type) && !withoutEndpoints.has(type);
}

/** The APIs that the transform creates for events that name none. */
const implicit = { Api: "ServerlessRestApi", HttpApi: "ServerlessHttpApi" } as const;

type Surface = keyof typeof implicit;

function implicitRestApi(settings: RawRecord): readonly TemplateResource[] {
  const api: TemplateResource = {
    logicalId: implicit.Api,
    type: "AWS::ApiGateway::RestApi",
    properties: withEndpoint(settings),
    written: {},
    references: {},
  };
  return [api, stageOfRestApi(api, settings)];
}

/**
 * An API's own settings over those of `Globals`, map by map.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
 */
function settingsOf(
  properties: RawRecord,
  globals: RawRecord,
  section: Surface | "WebFunction" | "WebSocketApi",
): RawRecord {
  const shared = own(globals, section);
  if (isUnknown(shared)) {
    return {
      AuthType: unknownValue,
      ...unknownStageSettings,
      ...properties,
      Auth: own(properties, "Auth") ?? unknownValue,
    };
  }
  return isRecord(shared) ? overlaid(shared, properties) : properties;
}

function overlaid(below: RawRecord, above: RawRecord): RawRecord {
  return Object.fromEntries(
    [...Object.keys(below), ...Object.keys(above)].map((name) => {
      const [shared, given] = [own(below, name), own(above, name)];
      if (isRecord(shared) && isRecord(given)) return [name, overlaid(shared, given)];
      return [name, given === undefined ? shared : given];
    }),
  );
}

function restApiOf(api: TemplateResource, settings: RawRecord, events: readonly Event[]): TemplateResource {
  return {
    ...api,
    type: "AWS::ApiGateway::RestApi",
    properties: {
      ...chosen(settings, ["Name"]),
      ...documentOf("Api", settings, events),
      ...withEndpoint(settings),
    },
  };
}

function httpApiOf(api: TemplateResource, settings: RawRecord, events: readonly Event[]): TemplateResource {
  const cors = own(settings, "CorsConfiguration");
  return {
    ...api,
    type: "AWS::ApiGatewayV2::Api",
    properties: {
      ProtocolType: "HTTP",
      ...documentOf("HttpApi", settings, events),
      ...(cors !== undefined && cors !== false && { CorsConfiguration: cors }),
    },
  };
}

function documentOf(surface: Surface, settings: RawRecord, events: readonly Event[]): RawRecord {
  const body = own(settings, "DefinitionBody");
  const location = own(settings, "DefinitionUri");
  if (body === undefined) return location === undefined ? {} : { BodyS3Location: location };
  const merged = events
    .filter((event) => isMerged(surface, settings) || overridesAuthorization(event))
    .flatMap((event) => inDocument(event) ?? []);
  return { Body: documentForGateway({ surface, body, auth: own(settings, "Auth"), events: merged }) };
}

/**
 * Whether an event decides the authorization of its operation in a document that it isn't added to otherwise. With the
 * authorizer NONE, it takes the default authorizer away.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-apifunctionauth.html
 */
function overridesAuthorization({ properties }: Event): boolean {
  const auth = properties && own(properties, "Auth");
  const overrides = isRecord(auth) ? own(auth, "OverrideApiAuth") : undefined;
  return overrides !== undefined && overrides !== false && overrides !== "false";
}

/**
 * Whether the events of an API are added to its document: on an HTTP API always, on a REST API if it says so.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-httpapi.html
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-api.html#sam-api-mergedefinitions
 */
function isMerged(surface: Surface, settings: RawRecord): boolean {
  const merges = own(settings, "MergeDefinitions");
  return surface === "HttpApi" || (merges !== undefined && merges !== false && merges !== "false");
}

/** An event as an operation of a document. Undefined if its operation isn't known. */
function inDocument({ surface, properties }: Event): EventOfDocument | undefined {
  if (properties === undefined) return undefined;
  const path = own(properties, "Path");
  const method = own(properties, "Method");
  const auth = own(properties, "Auth");
  const authorizer = isUnknown(auth) ? unknownValue : isRecord(auth) ? own(auth, "Authorizer") : undefined;
  if (surface === "HttpApi" && path === undefined && method === undefined) {
    return { path: "$default", method: methodInDocument("any"), authorizer };
  }
  if (typeof path !== "string" || typeof method !== "string" || isUnknown(path) || isUnknown(method)) {
    return undefined;
  }
  return { path, method: methodInDocument(method), authorizer };
}

/** What the transform takes over of how callers reach a REST API. */
function withEndpoint(settings: RawRecord): RawRecord {
  const configuration = own(settings, "EndpointConfiguration");
  const type = isRecord(configuration) ? own(configuration, "Type") : configuration;
  return {
    ...(configuration !== undefined && { EndpointConfiguration: { Types: [type] } }),
    ...chosen(settings, ["DisableExecuteApiEndpoint", "SecurityPolicy"]),
  };
}

interface Event {
  readonly owner: TemplateResource;
  readonly surface: Surface;
  readonly name: string;
  readonly properties: RawRecord | undefined;
}

function eventsOf(owner: TemplateResource): readonly Event[] {
  const events = own(owner.properties, "Events");
  if (!isRecord(events)) return [];
  return Object.entries(events).flatMap(([name, event]): readonly Event[] => {
    if (!isRecord(event)) return [];
    const type = own(event, "Type");
    if (type !== "Api" && type !== "HttpApi") return [];
    const given = own(event, "Properties");
    const properties = isRecord(given) ? given : given === undefined ? {} : undefined;
    return [{ owner, surface: type, name, properties }];
  });
}

/** Whether a function or a state machine has, or may have, unknown events. */
export function hasUnknownEvents({ type, properties }: TemplateResource): boolean {
  const events = own(properties, "Events");
  if (!bringsEvents.has(type) || !isRecord(events)) return bringsEvents.has(type) && isUnknown(events);
  return Object.values(events).some((event) => isUnknown(isRecord(event) ? own(event, "Type") : event));
}

/** The template resources that the transform creates for an event. */
function resourcesOf(
  event: Event,
  apis: ReadonlyMap<string, TemplateResource>,
  globals: RawRecord,
): readonly TemplateResource[] {
  const { surface, owner } = event;
  const properties = event.properties ?? {};
  const named = own(properties, surface === "Api" ? "RestApiId" : "ApiId");
  const api = named === undefined ? undefined : apiNamed(event, apis);
  const settings = settingsOf(api?.properties ?? {}, globals, surface);
  if (isLeftToDocument(event, settings)) return [];
  const authorization =
    named !== undefined && !api ? unknownAuthorization(properties) : authorizationOf(properties, settings);
  const logicalId = `${owner.logicalId}.${event.name}`;
  const apiId = api?.logicalId ?? implicit[surface];
  const method = own(properties, "Method");
  const path = own(properties, "Path");
  if (surface === "HttpApi") {
    const isCatchAll = event.properties !== undefined && path === undefined && method === undefined;
    const routeKey = isCatchAll ? "$default" : routeKeyOf(method, path);
    return [
      {
        logicalId,
        type: "AWS::ApiGatewayV2::Route",
        properties: { ApiId: unknownValue, RouteKey: routeKey, ...authorization },
        written: {},
        references: { ApiId: [apiId] },
      },
    ];
  }
  return [
    // One resource with the whole path replaces the chain of resources that the transform creates.
    {
      logicalId: `${logicalId}.Path`,
      type: "AWS::ApiGateway::Resource",
      properties: {
        ParentId: unknownValue,
        PathPart: typeof path === "string" && !isUnknown(path) ? path.replace(/^\//, "") : unknownValue,
      },
      written: {},
      references: { ParentId: [apiId] },
    },
    {
      logicalId,
      type: "AWS::ApiGateway::Method",
      properties: {
        HttpMethod: typeof method === "string" && !isUnknown(method) ? method.toUpperCase() : unknownValue,
        RestApiId: unknownValue,
        ResourceId: unknownValue,
        ...authorization,
        AuthorizationType:
          authorization.AuthorizationType === "JWT" ? "CUSTOM" : authorization.AuthorizationType,
        ...requestModelOf(properties),
        Integration: { Type: "AWS_PROXY" },
      },
      written: {},
      references: { RestApiId: [apiId], ResourceId: [`${logicalId}.Path`] },
    },
  ];
}

/** Whether the document of its API decides who may call the operation of an event. */
function isLeftToDocument(event: Event, settings: RawRecord): boolean {
  const body = own(settings, "DefinitionBody");
  if (body === undefined) return own(settings, "DefinitionUri") !== undefined;
  const operation = inDocument(event);
  return !isMerged(event.surface, settings) || (operation !== undefined && mayHoldOperation(body, operation));
}

function routeKeyOf(method: unknown, path: unknown): string {
  if (typeof method !== "string" || typeof path !== "string" || isUnknown(method) || isUnknown(path)) {
    return unknownValue;
  }
  return path === "$default" ? path : `${method.toUpperCase()} ${path}`;
}

/** The API of the template that an event names, by `Ref` or by its logical id. */
function apiNamed(event: Event, apis: ReadonlyMap<string, TemplateResource>): TemplateResource | undefined {
  const events = own(event.owner.written, "Events");
  const written = isRecord(events) ? own(events, event.name) : undefined;
  const properties = isRecord(written) ? own(written, "Properties") : undefined;
  const id = isRecord(properties)
    ? own(properties, event.surface === "Api" ? "RestApiId" : "ApiId")
    : undefined;
  const name = isRecord(id) ? own(id, "Ref") : id;
  return typeof name === "string" ? apis.get(name) : undefined;
}

interface Authorization {
  readonly AuthorizationType: string;
  readonly AuthorizerId?: string;
  readonly ApiKeyRequired?: unknown;
}

/** An event's own authorizer, or else its API's default. `NONE` removes the default. */
function authorizationOf(event: RawRecord, settings: RawRecord): Authorization {
  const eventAuth = own(event, "Auth");
  const apiAuth = own(settings, "Auth");
  if (isUnknown(eventAuth) || isUnknown(apiAuth)) return { AuthorizationType: unknownValue };
  const ofEvent: RawRecord = isRecord(eventAuth) ? eventAuth : {};
  const ofApi: RawRecord = isRecord(apiAuth) ? apiAuth : {};
  const authorizer = own(ofEvent, "Authorizer") ?? own(ofApi, "DefaultAuthorizer");
  const key = own(ofEvent, "ApiKeyRequired") ?? own(ofApi, "ApiKeyRequired");
  return {
    ...typeOf(authorizer),
    ...(key !== undefined && { ApiKeyRequired: key }),
  };
}

/** The authorization of an event whose API isn't in the template: only the event's own settings are known. */
function unknownAuthorization(event: RawRecord): Authorization {
  const auth = own(event, "Auth");
  const authorizer = isRecord(auth) ? own(auth, "Authorizer") : undefined;
  return authorizer === undefined ? { AuthorizationType: unknownValue } : typeOf(authorizer);
}

function typeOf(authorizer: unknown): Authorization {
  if (authorizer === undefined || authorizer === null || authorizer === "")
    return { AuthorizationType: "NONE" };
  if (typeof authorizer !== "string" || isUnknown(authorizer)) return { AuthorizationType: unknownValue };
  if (authorizer.toUpperCase() === "NONE") return { AuthorizationType: "NONE" };
  if (authorizer === "AWS_IAM") return { AuthorizationType: "AWS_IAM" };
  return { AuthorizationType: "JWT", AuthorizerId: unknownValue };
}

function functionUrlOf(resource: TemplateResource, globals: RawRecord): readonly TemplateResource[] {
  const shared = own(globals, "Function");
  const sharedUrl = isRecord(shared) ? own(shared, "FunctionUrlConfig") : undefined;
  const given = own(resource.properties, "FunctionUrlConfig");
  if (given === undefined && sharedUrl === undefined) return [];
  const isKnown =
    (given === undefined || isRecord(given)) && (sharedUrl === undefined || isRecord(sharedUrl));
  const merged = { ...(isRecord(sharedUrl) ? sharedUrl : {}), ...(isRecord(given) ? given : {}) };
  return [
    {
      logicalId: `${resource.logicalId}Url`,
      type: "AWS::Lambda::Url",
      properties: { AuthType: isKnown ? own(merged, "AuthType") : unknownValue },
      written: {},
      references: {},
    },
  ];
}
