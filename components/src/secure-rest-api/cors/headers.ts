import * as pulumi from "@pulumi/pulumi";
import { type Proof, proofHeaders } from "../../authorization/proof-headers";
import { type Cors, defaultMaxAgeSeconds, originsProblems } from "../../cors/args";
import { checkedOnArrival } from "../../input-problems";
import { wholeSchemeProblems } from "./origins";

/** What an API answers to preflights. */
export interface Preflighted {
  readonly cors: Cors;
  /** The authorizations of the API's routes. */
  readonly authorizations: readonly Proof[];
  readonly isMetered: boolean;
  /** The first line of an error. */
  readonly headline: string;
}

/** The origins. One that arrives later is checked then. */
export function originsOf({ cors, headline }: Preflighted): readonly pulumi.Output<string>[] {
  const hasCredentials = cors.allowCredentials === true;
  return cors.allowOrigins.map((origin) =>
    checkedOnArrival(pulumi.output<string>(origin), headline, (arrived) => [
      ...originsProblems([arrived], hasCredentials, "cors.allowOrigins"),
      ...wholeSchemeProblems([arrived], "cors.allowOrigins"),
    ]),
  );
}

/** The headers of the answer to a preflight, except the origin's, quoted for a mapping: `'3600'`. */
export function preflightHeaders(
  preflighted: Preflighted,
  methods: readonly string[],
): Readonly<Record<string, string>> {
  const { cors } = preflighted;
  return {
    "Access-Control-Allow-Methods": quoted(methods.join(",")),
    "Access-Control-Allow-Headers": quoted(allowedHeaders(preflighted).join(",")),
    "Access-Control-Max-Age": quoted(String(cors.maxAgeSeconds ?? defaultMaxAgeSeconds)),
    ...credentialsHeader(cors),
    Vary: quoted("Origin"),
  };
}

/**
 * The headers with which pages can read API Gateway's own answers. These answers say only that a request was refused. With
 * several origins, the answers name any origin, so they don't allow credentials: a page that sends cookies can't read them.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
export function gatewayResponseHeaders(
  preflighted: Preflighted | undefined,
): Readonly<Record<string, pulumi.Input<string>>> {
  if (!preflighted) return {};
  const { cors } = preflighted;
  const [origin, ...others] = originsOf(preflighted);
  const headers: Readonly<Record<string, pulumi.Input<string> | undefined>> = {
    // A gateway response can't choose among several origins, so it allows the one that asks, whichever that is.
    ...(others.length > 0
      ? { "Access-Control-Allow-Origin": "method.request.header.Origin" }
      : { "Access-Control-Allow-Origin": origin?.apply(quoted), ...credentialsHeader(cors) }),
    ...(cors.exposeHeaders?.length && {
      "Access-Control-Expose-Headers": quoted(cors.exposeHeaders.join(",")),
    }),
  };
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [`gatewayresponse.header.${name}`, value ?? ""]),
  );
}

function credentialsHeader({ allowCredentials }: Cors): Readonly<Record<string, string>> {
  return allowCredentials ? { "Access-Control-Allow-Credentials": quoted("true") } : {};
}

function allowedHeaders({ cors, authorizations, isMetered }: Preflighted): readonly string[] {
  const proof = authorizations.flatMap(proofHeaders);
  const all = ["content-type", ...proof, ...(isMetered ? ["x-api-key"] : []), ...(cors.allowHeaders ?? [])];
  return [...new Set(all.map((header) => header.toLowerCase()))].sort();
}

/** A text, quoted for a mapping. */
export function quoted(text: string): string {
  return `'${text}'`;
}
