import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { transformed } from "../override/transform";
import type { Part } from "./part";
import type { Surroundings } from "./surroundings";

/** Of the API itself what changes how it answers; its name, its description and its tags don't. */
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
 * Makes a snapshot of an API, which is what a stage serves: anew whenever what it is made of changes how it answers, and
 * before the one that it replaces is gone.
 *
 * @param parts everything beside the API itself that says how it answers
 * @param needs what else has to be there before a request arrives
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
    // It is replaced by its nature. Protected with its component, it couldn't be.
    { ...opts, protect: false, dependsOn: [...parts.map(({ resource }) => resource), ...needs] },
  );
}

/**
 * Taken of arguments, which a preview knows where nothing changes: an optional output that isn't set is unknown there. The
 * ids say which resources it is of.
 */
function digestOf(parts: readonly Part[]): pulumi.Output<string> {
  const inputs = parts.map(({ resource, args }) => ({ id: resource.id, urn: resource.urn, args }));
  return pulumi.output(inputs).apply((known) => {
    const lines = known.map((part) => JSON.stringify(canonical(part))).sort();
    return createHash("sha256").update(lines.join("\n")).digest("hex");
  });
}

/** The same text for the same value, in whatever order its properties come. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, canonical(inner)]));
}
