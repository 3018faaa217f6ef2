import * as aws from "@pulumi/aws";
import { childName } from "../../child-name";
import { shortDigest } from "../../digest";
import type { RouteKey } from "../../routes/route-key";
import { makePart, type Part } from "../part";
import { withoutParameterNames } from "../paths";
import type { Surroundings } from "../surroundings";
import type { JsonSchema } from "./args";

const draft4 = "http://json-schema.org/draft-04/schema#";

/**
 * Creates the model that the bodies of a route are checked against.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 */
export function makeModel(
  key: RouteKey,
  schema: JsonSchema,
  { component, api, transform, opts }: Surroundings,
): Part<aws.apigateway.Model> {
  const own = withoutParameterNames(key);
  const name = childName(component, own);
  return makePart(
    aws.apigateway.Model,
    "aws:apigateway/model:Model",
    name,
    {
      restApi: api.id,
      name: modelName(own),
      contentType: "application/json",
      schema: JSON.stringify({ $schema: draft4, ...schema }),
    },
    { transform: transform.model, opts },
  );
}

/** API Gateway accepts letters and digits only, so Pulumi can't choose the name. It is unique within the API. */
function modelName(key: string): string {
  return `${key.replace(/[^A-Za-z0-9]/g, "").slice(0, 40)}${shortDigest(key)}`;
}
