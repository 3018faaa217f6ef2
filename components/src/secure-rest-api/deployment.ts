import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { transformed } from "../override/transform";
import type { Part } from "./part";
import type { Surroundings } from "./surroundings";

/** The properties of the API that change how it answers. Its name, description and tags don't. */
const answering: readonly (keyof aws.apigateway.RestApiArgs)[] = [
  "body",
  "disableExecuteApiEndpoint",
  "endpointConfiguration",
  "securityPolicy",
  "endpointAccessMode",
  "binaryMediaTypes",
  "minimumCompressionSize",
  "apiKeySource",
];

/**
 * Creates a deployment, the snapshot of an API that a stage serves. Any change to how the API answers replaces it. The new
 * one is created before the old one is deleted.
 *
 * @param parts everything besides the API itself that decides how it answers
 * @param needs what else has to exist before a request arrives
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html
 */
export function makeDeployment(
  api: Part<aws.apigateway.RestApi>,
  parts: readonly Part[],
  needs: readonly pulumi.Resource[],
  { component, transform, opts }: Surroundings,
): aws.apigateway.Deployment {
  const restApi = Object.fromEntries(
    Object.entries(api.args).filter(([name]) => answering.some((it) => it === name)),
  );
  const snapshot = digestOf([{ resource: api.resource, args: restApi }, ...parts]);
  return new aws.apigateway.Deployment(
    component,
    transformed(transform.deployment, "aws:apigateway/deployment:Deployment", component, {
      restApi: api.resource.id,
      triggers: { snapshot },
    }),
    // Every change replaces it, which `protect` on the component would prevent.
    { ...opts, protect: false, dependsOn: [...parts.map(({ resource }) => resource), ...needs] },
  );
}

/**
 * A digest of arguments rather than outputs: in a preview, an unset optional output is unknown, even if nothing changes. The
 * ids tell resources apart.
 */
function digestOf(parts: readonly Part[]): pulumi.Output<string> {
  const inputs = parts.map(({ resource, args }) => ({ id: resource.id, urn: resource.urn, args }));
  return pulumi.output(inputs).apply((known) => {
    const lines = known.map((part) => JSON.stringify(canonical(part))).sort();
    return createHash("sha256").update(lines.join("\n")).digest("hex");
  });
}

/** Sorts the properties, so that equal values have equal JSON. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, canonical(inner)]));
}
