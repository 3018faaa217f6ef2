import { isAuthorization, type RestAuthorization } from "../../authorization/authorization";
import { authorizerOf } from "../../authorization/authorizer-identity";
import {
  arrivesLater,
  entryOf,
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  unknownProperties,
} from "../../input-problems";
import { isIntegration, isService } from "../../integration/integration";
import { routeHandlerProblems } from "../../integration/integration-problems";
import type { RequestShape } from "../../integration/request-value";
import { serviceProblems } from "../../integration/service-problems";
import { limitProblems, restLimits } from "../../limits";
import { methodOf, pathParametersOf } from "../../routes/route-key";
import { accessProblems, ownAuthorizationProblems } from "../../routes/route-problems";
import { throttleProblems } from "../../throttle";
import type { EffectiveAuthorization } from "../effective-authorizations";
import { pathProblems } from "../paths";
import { transferProblems, transferTimeoutProblems } from "../response-transfer";
import { restApi } from "../rest-surface";
import { binaryBodyProblems } from "../services/binary-bodies";
import type { OpenApiArgs, OperationSettings } from "./args";
import { boundSchemes } from "./authorizers";
import {
  integrationExtension,
  isMetered,
  operationPath,
  type PlannedDocument,
  type PlannedOperation,
  planDocument,
  settingsPath,
} from "./operations";
import type { ApiDocument, Raw } from "./read";
import { authorizerExtension, definitionsIn, schemePath } from "./schemes";
import { typeOf } from "./security";

const openApiArguments: NamesOf<OpenApiArgs> = { document: true, operations: true, schemes: true };
/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-binary-media-types.html */
const binaryTypesExtension = "x-amazon-apigateway-binary-media-types";
const operationArguments: NamesOf<OperationSettings> = {
  handler: true,
  timeoutMilliseconds: true,
  responseTransferMode: true,
  access: true,
  throttle: true,
};

/** What the settings need to know about the operations, and the problems of the document. */
export interface DocumentInBrief {
  readonly problems: readonly InputProblem[];
  readonly authorizations: readonly EffectiveAuthorization[];
  readonly isMetered: boolean;
}

export function documentInBrief({ openApi, authorization, cors }: Raw): DocumentInBrief {
  const none = { authorizations: [], isMetered: false };
  const problems = openApiProblems(openApi, authorization);
  if (problems.some(({ isWarning }) => !isWarning)) return { ...none, problems };
  const { planned, problems: ofDocument } = planDocument(
    openApi as unknown as OpenApiArgs,
    authorization as RestAuthorization,
  );
  if (!planned) return { ...none, problems: ofDocument };
  const { operations } = planned;
  return {
    problems: [
      ...problems,
      ...ofDocument,
      ...operations.flatMap(callerValueProblems),
      ...operations.flatMap((operation) => operationProblems(operation, cors !== undefined)),
      ...pathProblems(
        operations.map(({ key }) => key),
        operationPath,
      ),
      ...strayProblems(openApi as unknown as OpenApiArgs, planned, ofDocument),
      ...rootProblems(planned.document.root),
      ...binaryBodyProblems(
        planned.document.root[binaryTypesExtension],
        operations,
        entryOf("openApi.document", binaryTypesExtension),
      ),
      ...schemaNameProblems(planned.document),
      ...operations.flatMap((operation) => ownTimeoutProblems(operation, planned.document)),
      ...limitProblems(
        restLimits.authorizers,
        authorizersIn(planned),
        "openApi.document",
        "let some operations share a security scheme",
      ),
    ],
    authorizations: operations.map(({ key, callers }) => ({ key, type: typeOf(callers) })),
    isMetered: isMetered(operations),
  };
}

/** Checks the arguments before the document is read. */
function openApiProblems(openApi: unknown, authorization: unknown): InputProblem[] {
  const problems: InputProblem[] = [];
  if (!isAuthorization(authorization)) {
    const reason = "give the API an authorization, for operations without security in the document";
    if (authorization === undefined) problems.push({ propertyPath: "authorization", reason });
    else problems.push(...ownAuthorizationProblems(authorization, "authorization", restApi));
  }
  if (!isPlainRecord(openApi)) {
    return [...problems, { propertyPath: "openApi", reason: "give { document, operations, schemes }" }];
  }
  const { operations = {}, schemes = {} } = openApi;
  problems.push(...unknownProperties(openApi, openApiArguments, "openApi."));
  if (!isPlainRecord(operations)) {
    const reason = 'give settings by operation, for instance { "GET /customers": { handler } }';
    return [...problems, { propertyPath: "openApi.operations", reason }];
  }
  if (!isPlainRecord(schemes)) {
    return [...problems, { propertyPath: "openApi.schemes", reason: "give authorizations by scheme" }];
  }
  return [
    ...problems,
    ...Object.entries(schemes).flatMap(([name, value]) =>
      ownAuthorizationProblems(value, schemePath(name), restApi),
    ),
    ...Object.entries(operations).flatMap(([key, settings]) => settingsProblems(settings, key)),
  ];
}

/** Checks what the program adds to an operation. */
function settingsProblems(settings: unknown, key: string): InputProblem[] {
  const path = settingsPath(key);
  if (!isPlainRecord(settings)) {
    return [{ propertyPath: path, reason: "give { handler }, an object that is not an Output" }];
  }
  const { handler, access, throttle } = settings;
  return [
    ...unknownProperties(settings, operationArguments, `${path}.`),
    ...(handler === undefined
      ? []
      : routeHandlerProblems(handler, restApi.integrations, shapeOf(key, undefined), `${path}.handler`)),
    ...(access === undefined ? [] : accessProblems(access, `${path}.access`)),
    ...throttleProblems(throttle, `${path}.throttle`),
    ...transferProblems(settings, path),
    ...(["timeoutMilliseconds", "responseTransferMode"] as const)
      .filter((name) => settings[name] !== undefined && handler === undefined)
      .map((name) => ({
        propertyPath: `${path}.${name}`,
        reason: "leave it out: it applies only to a handler of the program",
      })),
  ];
}

/** @param authorization how the operation is authorized, if that is known */
function shapeOf(key: string, authorization: string | undefined): RequestShape {
  return { pathParameters: pathParametersOf(key), authorization, hasTemplates: restApi.hasTemplates };
}

/** Checks what a service integration says of the caller, which depends on the document. Everything else was checked before. */
function callerValueProblems({ key, callers, settings }: PlannedOperation): InputProblem[] {
  const { handler } = settings;
  if (callers.kind === "own" || !isIntegration(handler) || !isService(handler)) return [];
  return serviceProblems(handler, shapeOf(key, typeOf(callers)), `${settingsPath(key)}.handler`);
}

/** Browsers don't sign preflights. */
function operationProblems({ key, callers }: PlannedOperation, hasCors: boolean): InputProblem[] {
  if (methodOf(key) !== "OPTIONS") return [];
  const propertyPath = operationPath(key);
  if (hasCors) {
    return [
      { propertyPath, reason: "remove the operation from the document: cors answers OPTIONS on every path" },
    ];
  }
  return typeOf(callers) === "AWS_IAM"
    ? [
        {
          propertyPath,
          reason:
            "answer it with a mock integration, or write cors: browsers don't sign preflights, so IAM would refuse them",
        },
      ]
    : [];
}

/**
 * Refuses settings for operations and schemes that don't exist. They would be ignored. What the document has and was refused
 * there exists.
 */
function strayProblems(
  { operations = {}, schemes = {} }: OpenApiArgs,
  { operations: found, document }: PlannedDocument,
  refused: readonly InputProblem[],
): InputProblem[] {
  const keys = new Set<string>(found.map(({ key }) => key));
  const isRefused = (key: string) =>
    [key, key.slice(key.indexOf(" ") + 1)].some((place) =>
      refused.some(({ propertyPath }) => propertyPath === operationPath(place)),
    );
  const definitions = definitionsIn(document);
  return [
    ...Object.keys(operations)
      .filter((key) => !keys.has(key) && !isRefused(key))
      .map((key) => ({ propertyPath: settingsPath(key), reason: "the document has no such operation" })),
    ...Object.keys(schemes)
      .filter((name) => !Object.hasOwn(definitions, name))
      .map((name) => ({ propertyPath: schemePath(name), reason: "the document defines no such scheme" })),
  ];
}

/**
 * An import makes a model of each schema, and its name has letters and digits only. With another name, it imports nothing.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_Model.html
 */
function schemaNameProblems({ version, root }: ApiDocument): InputProblem[] {
  const components = isPlainRecord(root.components) ? root.components : {};
  const schemas = version === "2" ? root.definitions : components.schemas;
  if (!isPlainRecord(schemas)) return [];
  return Object.keys(schemas)
    .filter((name) => !/^[A-Za-z0-9]+$/.test(name))
    .map((name) => ({
      propertyPath: entryOf("openApi.document", version === "2" ? "definitions" : "components.schemas"),
      reason: `rename ${JSON.stringify(name)}, and its references: API Gateway imports schemas whose names have only letters and digits`,
    }));
}

/** The timeout of an integration that the document has itself. */
function ownTimeoutProblems({ key, path, method }: PlannedOperation, { root }: ApiDocument): InputProblem[] {
  const integration = ((root.paths as Raw)[path] as Record<string, Raw>)[method]?.[integrationExtension];
  if (!isPlainRecord(integration) || arrivesLater(integration.timeoutInMillis)) return [];
  const { responseTransferMode, timeoutInMillis } = integration;
  return transferTimeoutProblems(responseTransferMode, timeoutInMillis, operationPath(key));
}

/** The authorizers that the import makes: those of the program and those of the document. */
function authorizersIn({ operations, document }: PlannedDocument): number {
  const definitions = definitionsIn(document);
  const bound = boundSchemes(operations, definitions).filter(({ authorization }) =>
    authorizerOf(authorization),
  );
  const own = Object.values(definitions).filter(
    (definition) => isPlainRecord(definition) && definition[authorizerExtension] !== undefined,
  );
  return bound.length + own.length;
}

/**
 * The gateway responses for refused callers, with status 401 or 403 by default. Refused callers are counted by this status.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const refusals = [
  "ACCESS_DENIED",
  "DEFAULT_4XX",
  "EXPIRED_TOKEN",
  "INVALID_API_KEY",
  "INVALID_SIGNATURE",
  "MISSING_AUTHENTICATION_TOKEN",
  "UNAUTHORIZED",
  "WAF_FILTERED",
];

function rootProblems(root: Raw): InputProblem[] {
  const problems: InputProblem[] = [];
  if (root["x-amazon-apigateway-policy"] !== undefined) {
    const reason =
      "leave out x-amazon-apigateway-policy and write resourcePolicy: a lockdown has to be able to change it";
    problems.push({ propertyPath: "openApi.document", reason });
  }
  const responses = root["x-amazon-apigateway-gateway-responses"];
  const given = isPlainRecord(responses) ? responses : {};
  if (arrivesLater(responses) || refusals.some((type) => arrivesLater(given[type]))) {
    const reason =
      "write x-amazon-apigateway-gateway-responses as plain values: the preview has to know whether refused callers are counted";
    problems.push({ propertyPath: "openApi.document", reason });
  }
  const remapped = refusals.filter((type) => {
    const response = given[type];
    return isPlainRecord(response) && !["undefined", "401", "403"].includes(String(response.statusCode));
  });
  for (const type of remapped) {
    const reason = `keep the default status code of the gateway response ${type}: with another, nothing would count refused callers`;
    problems.push({ propertyPath: "openApi.document", reason });
  }
  return problems;
}
