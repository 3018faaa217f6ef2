import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { childName } from "../child-name";
import { makePart, type Part } from "./part";
import { lastPartOf, pathAbove, pathsUpTo, withoutParameterNames } from "./paths";
import type { Surroundings } from "./surroundings";

/** The resources of an API's paths. */
export interface PathResources {
  readonly made: readonly Part<aws.apigateway.Resource>[];
  /** @param path one of the paths that they were made for, or one that leads there */
  idOf(path: string): pulumi.Output<string>;
}

/**
 * Makes the tree of a REST API's paths: a resource for each, which all routes under it share. Its name is of its path
 * alone, so other routes may come and go, and its parameters may be renamed.
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
