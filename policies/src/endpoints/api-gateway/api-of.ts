import { knownValue, type Resource, type ResourceOf, type Stack } from "../../stack";
import { foundAt } from "../target";
import { Api, Route } from "./http-api";
import { HttpAuthorizer } from "./jwt-authorizer";
import { RestAuthorizer } from "./lambda-authorizer";
import { Integration, Method, RestApi, RestApiPut } from "./rest-api";
import { Deployment, DeploymentV2, MethodSettings, Stage, StageV2 } from "./stage";

/** A REST, an HTTP or a WebSocket API. */
export type AnyApi = ResourceOf<typeof RestApi> | ResourceOf<typeof Api>;

/** The API that a resource is, or belongs to. Undefined if it isn't in this stack. */
export function apiOf(stack: Stack, resource: Resource): AnyApi | undefined {
  if (RestApi.is(resource) || Api.is(resource)) return resource;
  if (Route.is(resource)) return foundAt(stack.target(resource, "apiId", Api));
  if (HttpAuthorizer.is(resource)) return foundAt(stack.target(resource, "apiId", Api));
  if (StageV2.is(resource)) return foundAt(stack.target(resource, "apiId", Api));
  if (DeploymentV2.is(resource)) return foundAt(stack.target(resource, "apiId", Api));
  if (Method.is(resource)) return foundAt(stack.target(resource, "restApi", RestApi));
  if (RestAuthorizer.is(resource)) return foundAt(stack.target(resource, "restApi", RestApi));
  if (Integration.is(resource)) return foundAt(stack.target(resource, "restApi", RestApi));
  if (Stage.is(resource)) return foundAt(stack.target(resource, "restApi", RestApi));
  if (MethodSettings.is(resource)) return foundAt(stack.target(resource, "restApi", RestApi));
  if (Deployment.is(resource)) return foundAt(stack.target(resource, "restApi", RestApi));
  if (RestApiPut.is(resource)) return foundAt(stack.target(resource, "restApiId", RestApi));
  return undefined;
}

/**
 * Which API a resource belongs to: the URN of one in this stack, or the id of another, where the program writes it out. Undefined
 * where neither is known, so that no two resources seem to be of one API.
 */
export function whichApi(stack: Stack, resource: Resource): string | undefined {
  return (
    apiOf(stack, resource)?.urn ?? knownValue((resource as Resource<{ restApi: string }>).text("restApi"))
  );
}
