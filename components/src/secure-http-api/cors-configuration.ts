import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { HttpAuthorization } from "../authorization/authorization";
import { proofHeaders } from "../authorization/proof-headers";
import { type Cors, defaultMaxAgeSeconds, originsProblems } from "../cors/args";
import { preflightedMethods } from "../http-method";
import { checkedListOnArrival } from "../input-problems";
import type { PlannedRoute } from "../routes/planned-route";
import { methodOf } from "../routes/route-key";

/** CORS as an HTTP API spells it, with the methods of its routes and the headers that its authorizations need. */
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
  const methods = new Set(routes.map(({ key }) => methodOf(key)));
  // A browser that sends credentials ignores a wildcard (https://fetch.spec.whatwg.org/#cors-protocol-and-credentials).
  return preflightedMethods.filter((method) => methods.has(method) || methods.has("ANY"));
}

function headersOf(
  routes: readonly PlannedRoute<HttpAuthorization, unknown>[],
  others: readonly string[],
): string[] {
  const needed = routes.flatMap(({ callers }) =>
    callers.kind === "anyone" ? [] : proofHeaders(callers.authorization),
  );
  const all = ["content-type", ...needed, ...others].map((header) => header.toLowerCase());
  return [...new Set(all)].sort();
}
