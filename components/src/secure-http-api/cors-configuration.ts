import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { HttpAuthorization } from "../authorization/authorization";
import { authorizationHeader } from "../authorization/authorizer-identity";
import { type Cors, defaultMaxAgeSeconds, originsProblems } from "../cors/args";
import { checkedListOnArrival } from "../input-problems";
import type { PlannedRoute } from "../routes/planned-route";

/** What ANY stands for. OPTIONS is the preflight itself, which no page asks leave for. */
const methodsOfAny = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];

/** What a signed request carries: https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html */
const headersOfSignatures = ["authorization", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"];

/** CORS in the terms of an HTTP API: the methods of its routes, and the headers that its authorizations need. */
export function corsConfiguration(
  cors: Cors,
  routes: readonly PlannedRoute<HttpAuthorization, unknown>[],
  headline: string,
): aws.types.input.apigatewayv2.ApiCorsConfiguration {
  const hasCredentials = cors.allowCredentials === true;
  const origins: readonly pulumi.Input<string>[] = cors.allowOrigins;
  return {
    allowOrigins: checkedListOnArrival(origins, headline, (arrived) =>
      originsProblems(arrived, hasCredentials, "cors.allowOrigins"),
    ),
    allowMethods: methodsOf(routes),
    allowHeaders: headersOf(routes, cors.allowHeaders ?? []),
    maxAge: cors.maxAgeSeconds ?? defaultMaxAgeSeconds,
    ...(hasCredentials && { allowCredentials: true }),
    ...(cors.exposeHeaders?.length && { exposeHeaders: [...cors.exposeHeaders] }),
  };
}

function methodsOf(routes: readonly PlannedRoute<HttpAuthorization, unknown>[]): string[] {
  const methods = new Set(routes.map(({ key }) => key.slice(0, key.indexOf(" "))));
  // A wildcard would be none to a browser that sends credentials (https://fetch.spec.whatwg.org/#cors-protocol-and-credentials).
  return methodsOfAny.filter((method) => methods.has(method) || methods.has("ANY"));
}

function headersOf(
  routes: readonly PlannedRoute<HttpAuthorization, unknown>[],
  others: readonly string[],
): string[] {
  const needed = routes.flatMap(({ callers }) =>
    callers.kind === "anyone" ? [] : headersThatProve(callers.authorization),
  );
  const all = ["content-type", ...needed, ...others].map((header) => header.toLowerCase());
  return [...new Set(all)].sort();
}

/** The request headers in which an authorization finds its proof. */
function headersThatProve(authorization: HttpAuthorization): readonly string[] {
  switch (authorization.type) {
    case "JWT":
    case "COGNITO_USER_POOLS":
      return ["authorization"];
    case "AWS_IAM":
      return headersOfSignatures;
    case "CUSTOM":
      return (authorization.identitySources ?? [authorizationHeader]).flatMap(
        (source) => /^\$request\.header\.(.+)$/.exec(source)?.[1] ?? [],
      );
  }
}
