import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { childName } from "../child-name";
import { makePart, type Part } from "./part";
import { lastPartOf, pathAbove, pathsUpTo, withoutParameterNames } from "./paths";
import type { Surroundings } from "./surroundings";

/** The resources for an API's paths. */
export interface PathResources {
  readonly made: readonly Part<aws.apigateway.Resource>[];
  /** @param path one of the paths that the resources were created for, or a parent of one */
  idOf(path: string): pulumi.Output<string>;
}

/**
 * Creates the tree of a REST API's paths, with one resource for each path. Routes share it. A resource is named after its
 * path only, so adding and removing routes and renaming parameters never replaces it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html#setup-method-resources
 */
export function makePathResources(paths: readonly string[], surroundings: Surroundings): PathResources {
  const { component, api, transform, opts } = surroundings;
  const byPath = new Map<string, Part<aws.apigateway.Resource>>();
  const idOf = (path: string) => byPath.get(path)?.resource.id ?? api.rootResourceId;
  for (const path of pathsUpTo(paths)) {
    const name = childName(component, withoutParameterNames(path));
    const args = { restApi: api.id, parentId: idOf(pathAbove(path)), pathPart: lastPartOf(path) };
    const made = makePart(aws.apigateway.Resource, "aws:apigateway/resource:Resource", name, args, {
      transform: transform.resource,
      opts,
    });
    byPath.set(path, made);
  }
  return { made: [...byPath.values()], idOf };
}
