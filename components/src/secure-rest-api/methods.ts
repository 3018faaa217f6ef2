import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { RestAuthorization } from "../authorization/authorization";
import { authorizerName, authorizerOf } from "../authorization/authorizer-identity";
import { childName } from "../child-name";
import { restLimits } from "../limits";
import type { Callers, PlannedRoute } from "../routes/planned-route";
import { methodOf, pathOf, routePath } from "../routes/route-key";
import { scopesOf } from "../routes/scopes";
import type { RestRouteSettings } from "./args";
import type { Preflighted } from "./cors/headers";
import { answeringOf, permitRoute } from "./integrations";
import { makePart, type Part } from "./part";
import type { PathResources } from "./path-resources";
import { withoutParameterNames } from "./paths";
import { makeAnswers } from "./services/make-answers";
import type { Surroundings } from "./surroundings";
import { makeModel } from "./validation/model";
import { parameterNames, type ValidatedParts, validatedParts } from "./validation/validators";

/** The resources of a route. */
export interface RestRoute {
  readonly method: aws.apigateway.Method;
  readonly parts: readonly Part[];
  /** What else has to exist before a request arrives. */
  readonly needs: readonly pulumi.Resource[];
}

/** What the routes of an API share. */
export interface Shared {
  readonly paths: PathResources;
  readonly authorizers: ReadonlyMap<string, Part<aws.apigateway.Authorizer>>;
  readonly validators: ReadonlyMap<ValidatedParts, Part<aws.apigateway.RequestValidator>>;
  readonly preflighted: Preflighted | undefined;
}

/**
 * Creates a route's method and integration. For a function, it also creates the permission to invoke it from this route only;
 * for a body, the model that it is checked against; for an AWS service, its role and the answers to callers.
 */
export function makeRoute(
  { key, settings, callers }: PlannedRoute<RestAuthorization, RestRouteSettings>,
  { paths, authorizers, validators, preflighted }: Shared,
  surroundings: Surroundings,
): RestRoute {
  const { component, headline, api, transform, opts } = surroundings;
  const name = childName(component, withoutParameterNames(key));
  const place = { restApi: api.id, resourceId: paths.idOf(pathOf(key)), httpMethod: methodOf(key) };
  const answering = answeringOf(settings, key, `${routePath(key)}.handler`, surroundings);
  const model = settings.body && makeModel(key, settings.body, surroundings);
  const parts = validatedParts(settings);
  const method = makePart(
    aws.apigateway.Method,
    "aws:apigateway/method:Method",
    name,
    {
      ...place,
      ...authorizationOf(callers, authorizers),
      authorizationScopes: scopesOf(callers, headline, `${routePath(key)}.scopes`),
      apiKeyRequired: settings.apiKeyRequired ?? false,
      ...(parts && { requestValidatorId: validators.get(parts)?.resource.id }),
      // A model for application/json only would accept any body with another content type.
      ...(model && { requestModels: { $default: model.resource.name } }),
      requestParameters: requiredOf([
        ...parameterNames(settings.requiredParameters),
        ...answering.pathParameters.map((parameter) => `path.${parameter}`),
      ]),
    },
    { transform: transform.method, opts },
  );
  const integration = makePart(
    aws.apigateway.Integration,
    "aws:apigateway/integration:Integration",
    name,
    {
      ...place,
      ...answering.integration,
      timeoutMilliseconds: settings.timeoutMilliseconds ?? restLimits.timeout.most,
    },
    // API Gateway refuses an integration for a method that doesn't exist yet.
    { transform: transform.integration, opts: { ...opts, dependsOn: [method.resource] } },
  );
  const ofMethod = { key, place, method, integration };
  const answers = makeAnswers(answering.answers, ofMethod, preflighted, surroundings);
  return {
    method: method.resource,
    parts: [method, integration, ...(model ? [model] : []), ...answers],
    needs: permitRoute(key, answering, surroundings),
  };
}

function requiredOf(parameters: readonly string[]): Readonly<Record<string, boolean>> | undefined {
  if (parameters.length === 0) return undefined;
  return Object.fromEntries(parameters.map((name) => [`method.request.${name}`, true]));
}

/** The authorization is always plain, because the pack checks it at preview. */
function authorizationOf(callers: Callers<RestAuthorization>, authorizers: Shared["authorizers"]) {
  if (callers.kind === "anyone") return { authorization: "NONE" };
  const authorizing = authorizerOf(callers.authorization);
  return {
    authorization: callers.authorization.type,
    authorizerId: authorizing && authorizers.get(authorizerName(authorizing))?.resource.id,
  };
}
