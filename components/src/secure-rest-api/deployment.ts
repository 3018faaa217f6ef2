import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { transformed } from "../override/transform";
import type { Surroundings } from "./surroundings";

/** Of the resources that a deployment is a snapshot of, what changes how the API answers. By type. */
const answering = {
  restApi: [
    "body",
    "disableExecuteApiEndpoint",
    "endpointConfiguration",
    "securityPolicy",
    "endpointAccessMode",
    "binaryMediaTypes",
    "minimumCompressionSize",
    "apiKeySource",
  ],
  policy: ["policy"],
  resource: ["parentId", "pathPart"],
  method: [
    "resourceId",
    "httpMethod",
    "authorization",
    "authorizerId",
    "authorizationScopes",
    "apiKeyRequired",
    "requestModels",
    "requestParameters",
    "requestValidatorId",
  ],
  integration: [
    "type",
    "uri",
    "integrationHttpMethod",
    "connectionType",
    "connectionId",
    "integrationTarget",
    "credentials",
    "requestParameters",
    "requestTemplates",
    "passthroughBehavior",
    "contentHandling",
    "responseTransferMode",
    "timeoutMilliseconds",
    "tlsConfig",
  ],
  methodResponse: ["statusCode", "responseParameters", "responseModels"],
  integrationResponse: [
    "statusCode",
    "responseParameters",
    "responseTemplates",
    "selectionPattern",
    "contentHandling",
  ],
  authorizer: [
    "type",
    "providerArns",
    "authorizerUri",
    "authorizerCredentials",
    "identitySource",
    "identityValidationExpression",
    "authorizerResultTtlInSeconds",
  ],
  model: ["name", "contentType", "schema"],
  validator: ["validateRequestBody", "validateRequestParameters"],
  gatewayResponse: ["responseType", "statusCode", "responseParameters", "responseTemplates"],
} as const;

type Kind = keyof typeof answering;

/** What a deployment is a snapshot of, by type. */
export type Deployed = Readonly<Partial<Record<Kind, readonly pulumi.CustomResource[]>>>;

/**
 * Makes a snapshot of an API, which is what a stage serves: anew whenever something in it changes how the API answers, and
 * before the one that it replaces is gone.
 *
 * @param needs what else has to be there before a request arrives
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html
 */
export function makeDeployment(
  deployed: Deployed,
  needs: readonly pulumi.Resource[],
  { component, api, transform, opts }: Surroundings,
): aws.apigateway.Deployment {
  return new aws.apigateway.Deployment(
    component,
    transformed(transform.deployment, "aws:apigateway/deployment:Deployment", component, {
      restApi: api.id,
      triggers: { snapshot: digestOf(deployed) },
    }),
    { ...opts, dependsOn: [...Object.values(deployed).flat(), ...needs] },
  );
}

/** Unknown while something in it is; nothing is made of it, so a preview loses nothing but the digest. */
function digestOf(deployed: Deployed): pulumi.Output<string> {
  const parts = Object.entries(deployed).flatMap(([kind, resources]) =>
    resources.map((resource) => ({
      kind,
      urn: resource.urn,
      ...propertiesOf(resource, answering[kind as Kind]),
    })),
  );
  return pulumi.output(parts).apply((known) => {
    const lines = known.map((part) => JSON.stringify(canonical(part))).sort();
    return createHash("sha256").update(lines.join("\n")).digest("hex");
  });
}

function propertiesOf(
  resource: pulumi.CustomResource,
  names: readonly string[],
): Readonly<Record<string, unknown>> {
  const properties = resource as unknown as Readonly<Record<string, unknown>>;
  return Object.fromEntries(names.map((name) => [name, properties[name]]));
}

/** The same text for the same value, in whatever order its properties come. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, canonical(inner)]));
}
