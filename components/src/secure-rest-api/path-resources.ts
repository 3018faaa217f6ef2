import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { transformed } from "../override/transform";
import { childName } from "../routes/route-key";
import { lastPartOf, pathAbove, pathsUpTo } from "./paths";
import type { Surroundings } from "./surroundings";

/** The resources of an API's paths. */
export interface PathResources {
  readonly made: readonly aws.apigateway.Resource[];
  /** @param path one of the paths that they were made for, or one that leads there */
  idOf(path: string): pulumi.Output<string>;
}

/**
 * Makes the tree of a REST API's paths: a resource for each, which all routes under it share. Its name is of its path
 * alone, so other routes may come and go.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html#setup-method-resources
 */
export function makePathResources(paths: readonly string[], surroundings: Surroundings): PathResources {
  const { component, api, transform, opts } = surroundings;
  const byPath = new Map<string, aws.apigateway.Resource>();
  const idOf = (path: string) => byPath.get(path)?.id ?? api.rootResourceId;
  for (const path of pathsUpTo(paths)) {
    const name = childName(component, path);
    const resource = new aws.apigateway.Resource(
      name,
      transformed(transform.resource, "aws:apigateway/resource:Resource", name, {
        restApi: api.id,
        parentId: idOf(pathAbove(path)),
        pathPart: lastPartOf(path),
      }),
      opts,
    );
    byPath.set(path, resource);
  }
  return { made: [...byPath.values()], idOf };
}
