import * as pulumi from "@pulumi/pulumi";
import { scopesProblems } from "../../authorization/authorization-problems";
import { checkedListOnArrival, isPlainRecord } from "../../input-problems";
import { restLimits } from "../../limits";
import type { RouteKey } from "../../routes/route-key";
import { gatewayResponseHeaders, type Preflighted } from "../cors/headers";
import { gatewayResponseTemplates } from "../gateway-responses";
import type { Answering } from "../integrations";
import type { PrivateEndpoint } from "../private-endpoint";
import type { PolicyDocument } from "../resource-policy/statements";
import { apiTls } from "../tls";
import { answerMappings, declaredResponses } from "./answers";
import { type BoundScheme, definitionOf, ownDefinition, schemeFor } from "./authorizers";
import { modelsOfEveryType } from "./body-models";
import {
  integrationExtension,
  operationPath,
  type PlannedDocument,
  type PlannedOperation,
} from "./operations";
import { preflightOperations } from "./preflights";
import type { ApiDocument, Raw } from "./read";
import { definitionsIn } from "./schemes";
import { authTypeOf } from "./security";

/** What is added to a document. */
export interface Completion {
  readonly bound: readonly BoundScheme[];
  /** How API Gateway calls the handlers of the program. */
  readonly answering: ReadonlyMap<RouteKey, Answering>;
  readonly policy: PolicyDocument;
  readonly preflighted: Preflighted | undefined;
  readonly endpoint: PrivateEndpoint | undefined;
  /** The first line of an error. */
  readonly headline: string;
}

/**
 * The completed document that API Gateway imports. It is unknown before the deployment if an ARN in it is. The authorization
 * of each operation is always known, from the component's inputs.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html
 */
export function bodyOf(planned: PlannedDocument, completion: Completion): pulumi.Output<string> {
  const { document } = planned;
  return pulumi.jsonStringify({
    ...document.root,
    ...validation(document.root),
    ...endpointConfiguration(document, completion.endpoint),
    ...tlsExtensions(completion.endpoint),
    "x-amazon-apigateway-policy": completion.policy,
    "x-amazon-apigateway-gateway-responses": gatewayResponses(document.root, completion.preflighted),
    ...withSchemes(document, completion),
    paths: completedPaths(planned, completion),
  });
}

function completedPaths(planned: PlannedDocument, completion: Completion): Raw {
  const paths = { ...(planned.document.root.paths as Raw) };
  for (const operation of planned.operations) {
    const item = paths[operation.path] as Raw;
    const given = item[operation.method] as Raw;
    const completed = {
      ...completedOperation(given, operation, planned.document.version, completion),
      ...modelsOfEveryType(given, item, planned.document),
    };
    paths[operation.path] = { ...item, [operation.method]: completed };
  }
  for (const [path, options] of preflightOperations(planned, completion.preflighted)) {
    paths[path] = { ...(paths[path] as Raw), options };
  }
  return paths;
}

function completedOperation(
  given: Raw,
  operation: PlannedOperation,
  version: ApiDocument["version"],
  completion: Completion,
): Raw {
  const answering = completion.answering.get(operation.key);
  const { "x-amazon-apigateway-auth": auth, ...rest } = given;
  return {
    ...rest,
    // NONE would override the security.
    ...(authTypeOf(auth) !== undefined && { "x-amazon-apigateway-auth": auth }),
    security: securityOf(operation, completion),
    ...(answering && {
      [integrationExtension]: integrationOf(answering, operation, completion),
      ...declaredResponses(given, answering.answers, version, completion.preflighted),
    }),
  };
}

function securityOf({ key, callers }: PlannedOperation, { bound, headline }: Completion): readonly Raw[] {
  if (callers.kind === "anyone" || callers.kind === "preflight") return [];
  if (callers.kind === "own") return callers.security;
  const { authorization, scopes } = callers;
  const name = callers.scheme ?? schemeFor(authorization, bound)?.name ?? "";
  const asked = scopes.length > 0 || !("scopes" in authorization) ? scopes : authorization.scopes;
  const checked =
    asked === "any-token" || asked.length === 0
      ? []
      : checkedListOnArrival(asked, headline, (arrived) =>
          scopesProblems(arrived, `${operationPath(key)}.security`),
        );
  return [Object.fromEntries([[name, checked], ...callers.keys.map((key) => [key, []])])];
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html */
function integrationOf(
  { integration, answers }: Answering,
  { settings }: PlannedOperation,
  { preflighted }: Completion,
): Raw {
  const { type, integrationHttpMethod, passthroughBehavior = "WHEN_NO_MATCH", ...rest } = integration;
  return {
    ...rest,
    type: String(type).toLowerCase(),
    httpMethod: integrationHttpMethod,
    passthroughBehavior: String(passthroughBehavior).toLowerCase(),
    timeoutInMillis: settings.timeoutMilliseconds ?? restLimits.timeout.most,
    ...(answers.length > 0 && { responses: answerMappings(answers, preflighted) }),
  };
}

function withSchemes({ version, root }: ApiDocument, { bound, headline }: Completion): Raw {
  const definitions = definitionsIn({ version, root });
  const completed = {
    ...Object.fromEntries(
      Object.entries(definitions).map(([name, definition]) => [name, ownDefinition(definition)]),
    ),
    ...Object.fromEntries(
      bound.map((scheme) => [scheme.name, definitionOf(scheme, definitions[scheme.name], headline)]),
    ),
  };
  if (version === "2") return { securityDefinitions: completed };
  return {
    components: { ...(isPlainRecord(root.components) ? root.components : {}), securitySchemes: completed },
  };
}

const validatorsExtension = "x-amazon-apigateway-request-validators";
const validatorExtension = "x-amazon-apigateway-request-validator";

/**
 * Validates requests, unless the document has its own validators. Without a validator, API Gateway ignores the schemas.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-validation-sample-api-swagger.html
 */
function validation(root: Raw): Raw {
  if (root[validatorExtension] !== undefined || root[validatorsExtension] !== undefined) return {};
  return {
    [validatorsExtension]: {
      "body and parameters": { validateRequestBody: true, validateRequestParameters: true },
    },
    [validatorExtension]: "body and parameters",
  };
}

/**
 * An import without VPC endpoints removes them until the provider adds them again. OpenAPI 3 has them in a server.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-endpoint-configuration.html
 */
function endpointConfiguration({ version, root }: ApiDocument, endpoint: PrivateEndpoint | undefined): Raw {
  if (!endpoint) return {};
  const configured = {
    "x-amazon-apigateway-endpoint-configuration": { vpcEndpointIds: endpoint.vpcEndpointIds },
  };
  if (version === "2") return configured;
  const [first, ...others] = Array.isArray(root.servers) ? root.servers : [];
  return { servers: [{ ...(isPlainRecord(first) ? first : { url: "/" }), ...configured }, ...others] };
}

/**
 * The API's own values replace those of the document, because an import may set both.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/openapi-extensions-security-policy.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/openapi-extensions-endpoint-access-mode.html
 */
function tlsExtensions(endpoint: PrivateEndpoint | undefined): Raw {
  const { securityPolicy, endpointAccessMode } = apiTls(endpoint);
  return {
    "x-amazon-apigateway-security-policy": securityPolicy,
    "x-amazon-apigateway-endpoint-access-mode": endpointAccessMode,
  };
}

function gatewayResponses(root: Raw, preflighted: Preflighted | undefined): Raw {
  const given = root["x-amazon-apigateway-gateway-responses"];
  const headers = gatewayResponseHeaders(preflighted);
  const ours = Object.entries(gatewayResponseTemplates).map(([type, template]) => [
    type,
    {
      responseTemplates: { "application/json": template },
      ...(Object.keys(headers).length > 0 && { responseParameters: headers }),
    },
  ]);
  return { ...Object.fromEntries(ours), ...(isPlainRecord(given) && given) };
}
