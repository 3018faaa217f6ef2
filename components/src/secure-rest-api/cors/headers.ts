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
    ...exposedHeaders(cors),
  };
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [`gatewayresponse.header.${name}`, value ?? ""]),
  );
}

/** The headers of answers that API Gateway makes for an AWS service, and what their templates have to begin with. */
export function answerHeaders(preflighted: Preflighted | undefined): {
  readonly headers: Readonly<Record<string, pulumi.Input<string>>>;
  readonly template: (body: string) => pulumi.Input<string>;
} {
  if (!preflighted) return { headers: {}, template: (body) => body };
  const { cors } = preflighted;
  const [origin, ...others] = originsOf(preflighted);
  const headers: Readonly<Record<string, pulumi.Input<string>>> = {
    "Access-Control-Allow-Origin": origin?.apply(quoted) ?? "",
    ...credentialsHeader(cors),
    ...exposedHeaders(cors),
    Vary: quoted("Origin"),
  };
  return {
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value]),
    ),
    template: (body) => (others.length > 0 ? pulumi.interpolate`${originTemplate(others)}\n${body}` : body),
  };
}

/**
 * Allows another origin than the first if that one asks. The header can't list several origins.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 */
export function originTemplate(others: readonly pulumi.Output<string>[]): pulumi.Output<string> {
  return pulumi.all([...others]).apply((origins) => {
    const isOne = origins.map((origin) => `$origin == "${origin}"`).join(" || ");
    const override = "#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)";
    return `#set($origin = $input.params("Origin"))\n#if(${isOne})\n${override}\n#end`;
  });
}

function exposedHeaders({ exposeHeaders = [] }: Cors): Readonly<Record<string, string>> {
  return exposeHeaders.length > 0 ? { "Access-Control-Expose-Headers": quoted(exposeHeaders.join(",")) } : {};
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
