import * as pulumi from "@pulumi/pulumi";
import type { RestAuthorization } from "../../authorization/authorization";
import { authorizerName, authorizerOf, isSameAuthorizer } from "../../authorization/authorizer-identity";
import { arnOfUserPool } from "../../authorization/user-pool";
import { childName } from "../../child-name";
import { isPlainRecord } from "../../input-problems";
import { invokedFunction } from "../../lambda-function/handler";
import { permit } from "../../lambda-function/permission";
import { identitySourcesOf } from "../authorizers";
import type { Surroundings } from "../surroundings";
import type { PlannedOperation } from "./operations";
import type { Raw } from "./read";
import { authorizerExtension, authTypeExtension, isJwt } from "./schemes";

/** A security scheme for which API Gateway creates an authorizer. */
export interface BoundScheme {
  readonly name: string;
  readonly authorization: RestAuthorization;
  /** The path of the authorization in the arguments. */
  readonly path: string;
}

/** The schemes that the operations need, each once. An operation without a scheme gets a new one. */
export function boundSchemes(
  operations: readonly PlannedOperation[],
  definitions: Raw,
): readonly BoundScheme[] {
  const bound = new Map<string, BoundScheme>();
  const authorized = operations.flatMap(({ callers }) => (callers.kind === "authorized" ? [callers] : []));
  for (const { scheme, authorization, path } of authorized) {
    if (scheme !== undefined) bound.set(scheme, { name: scheme, authorization, path });
  }
  for (const { scheme, authorization, path } of authorized) {
    if (scheme !== undefined || schemeFor(authorization, [...bound.values()])) continue;
    const name = freeName(authorization, definitions);
    bound.set(name, { name, authorization, path });
  }
  return [...bound.values()];
}

/** The scheme of an authorization. */
export function schemeFor(
  authorization: RestAuthorization,
  bound: readonly BoundScheme[],
): BoundScheme | undefined {
  return bound.find((scheme) => isSame(scheme.authorization, authorization));
}

function isSame(a: RestAuthorization, b: RestAuthorization): boolean {
  return (a.type === "AWS_IAM" && b.type === "AWS_IAM") || isSameAuthorizer(a, b);
}

function freeName(authorization: RestAuthorization, definitions: Raw): string {
  const authorizing = authorizerOf(authorization);
  let name = authorizing ? authorizerName(authorizing) : "iam";
  while (Object.hasOwn(definitions, name)) name = `${name}-default`;
  return name;
}

/** The definition of a scheme to import, which replaces the one in the document. */
export function definitionOf({ authorization, path }: BoundScheme, given: unknown, headline: string): Raw {
  return readable(given, extensionsOf(authorization, path, headline));
}

/**
 * The definition to import for a scheme with API Gateway's extensions. A JWT authorizer doesn't change: AWS's page names no
 * type of scheme for JWT authorizers of REST APIs.
 */
export function ownDefinition(given: unknown): unknown {
  if (!isPlainRecord(given) || given.type === "apiKey") return given;
  const extensions = Object.fromEntries(
    [authTypeExtension, authorizerExtension].flatMap((name) =>
      given[name] === undefined ? [] : [[name, given[name]]],
    ),
  );
  return Object.keys(extensions).length === 0 || isJwt(given) ? given : readable(given, extensions);
}

/** API Gateway reads its extensions only in schemes of this type. */
function readable(given: unknown, extensions: Raw): Raw {
  const described = isPlainRecord(given) && given.description !== undefined;
  return {
    ...(described && { description: given.description }),
    type: "apiKey",
    in: "header",
    name: "Authorization",
    ...extensions,
  };
}

/**
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html
 */
function extensionsOf(authorization: RestAuthorization, path: string, headline: string): Raw {
  switch (authorization.type) {
    case "AWS_IAM":
      return { [authTypeExtension]: "awsSigv4" };
    case "COGNITO_USER_POOLS":
      return {
        [authTypeExtension]: "cognito_user_pools",
        [authorizerExtension]: {
          type: "cognito_user_pools",
          providerARNs: [arnOfUserPool(authorization.userPool, headline, `${path}.userPool`)],
        },
      };
    case "CUSTOM":
      return {
        [authTypeExtension]: "custom",
        [authorizerExtension]: {
          type: "request",
          authorizerUri: invokedFunction(authorization.handler, headline, `${path}.handler`).invokeArn,
          identitySource: identitySourcesOf(authorization).join(","),
          authorizerResultTtlInSeconds: authorization.resultTtlInSeconds ?? 0,
        },
      };
  }
}

/** Lets the API's authorizers invoke their functions. The import chooses their ids, so the permission is for all of them. */
export function permitAuthorizers(
  bound: readonly BoundScheme[],
  { component, headline, api, transform, opts }: Surroundings,
): readonly pulumi.Resource[] {
  const sourceArn = pulumi.interpolate`${api.executionArn}/authorizers/*`;
  return bound.flatMap(({ name, authorization, path }) => {
    if (authorization.type !== "CUSTOM") return [];
    const invoked = invokedFunction(authorization.handler, headline, `${path}.handler`);
    const making = { transform: transform.permission, opts };
    return permit(childName(component, `scheme ${name}`), invoked, sourceArn, making);
  });
}
