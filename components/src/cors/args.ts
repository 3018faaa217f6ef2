import type * as pulumi from "@pulumi/pulumi";
import {
  arrivesLater,
  flagProblems,
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  unknownProperties,
  wholeNumberProblems,
} from "../input-problems";

/**
 * The origin of a web page: a scheme and a host, `https://app.example.com`, without a path and without a slash at the end.
 */
export type Origin = `https://${string}` | `http://${string}` | pulumi.Output<string>;

interface CorsSettings {
  /**
   * Further request headers that pages may send. `content-type` and the headers that carry credentials are always allowed.
   * Default: none.
   */
  readonly allowHeaders?: readonly string[] | undefined;
  /** Further response headers that pages may read, beyond those that every page may read. Default: none. */
  readonly exposeHeaders?: readonly string[] | undefined;
  /** Seconds for which a browser caches the answer to a preflight, 0 to 86400. Default: 300. */
  readonly maxAgeSeconds?: number | undefined;
}

/** Only pages of these origins may call. */
interface CorsOfOrigins extends CorsSettings {
  /** At least one. From configuration: `config.requireObject<Origin[]>("origins")`. */
  readonly allowOrigins: readonly Origin[];
  /** Whether pages may send cookies and client certificates. Bearer tokens don't need it. Default: false. */
  readonly allowCredentials?: boolean | undefined;
}

/** Pages of any origin may call, without cookies and client certificates. */
interface CorsOfAnyOrigin extends CorsSettings {
  /** Every page. */
  readonly allowOrigins: readonly ["*"];
  /** Default: false. `"*"` allows no other value. */
  readonly allowCredentials?: false | undefined;
}

/**
 * Which web pages of other origins may call an API from a browser. It doesn't keep other callers out: authorization does.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export type Cors = CorsOfOrigins | CorsOfAnyOrigin;

export const defaultMaxAgeSeconds = 300;
/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html, where -1 turns the cache off. */
const maxAgeBounds = { least: 0, most: 86_400 };

const corsArguments: NamesOf<Cors> = {
  allowOrigins: true,
  allowCredentials: true,
  allowHeaders: true,
  exposeHeaders: true,
  maxAgeSeconds: true,
};

export function corsProblems(cors: unknown, propertyPath: string): InputProblem[] {
  if (cors === undefined) return [];
  if (!isPlainRecord(cors)) {
    return [{ propertyPath, reason: "give { allowOrigins }, an object that is not an Output" }];
  }
  const { allowOrigins, allowCredentials, maxAgeSeconds } = cors;
  return [
    ...unknownProperties(cors, corsArguments, `${propertyPath}.`),
    ...originsProblems(allowOrigins, allowCredentials === true, `${propertyPath}.allowOrigins`),
    ...headersProblems(cors.allowHeaders, `${propertyPath}.allowHeaders`),
    ...headersProblems(cors.exposeHeaders, `${propertyPath}.exposeHeaders`),
    ...flagProblems(allowCredentials, `${propertyPath}.allowCredentials`),
    ...wholeNumberProblems(maxAgeSeconds, maxAgeBounds, "whole seconds", `${propertyPath}.maxAgeSeconds`),
  ];
}

/** AWS reads `https://*` as every origin with that scheme. */
const anyOrigin = /^(\*|https?:\/\/\*)$/;

/** @param hasCredentials whether browsers may send cookies. If so, every origin has to be named */
export function originsProblems(
  origins: unknown,
  hasCredentials: boolean,
  propertyPath: string,
): InputProblem[] {
  if (!Array.isArray(origins) || origins.length === 0) {
    return [{ propertyPath, reason: 'list at least one origin, for instance ["https://app.example.com"]' }];
  }
  const named = origins.filter((origin) => !arrivesLater(origin));
  const isOrigin = (origin: unknown) =>
    typeof origin === "string" && (anyOrigin.test(origin) || /^https?:\/\/[^\s/*]+$/.test(origin));
  if (!named.every(isOrigin)) {
    const reason = "spell each origin as https://HOST, without a path or a slash at the end";
    return [{ propertyPath, reason }];
  }
  if (hasCredentials && named.some((origin) => anyOrigin.test(origin))) {
    const reason =
      "name the origins: with allowCredentials, any page could act as whoever is signed in to the API";
    return [{ propertyPath, reason }];
  }
  return [];
}

/**
 * https://www.rfc-editor.org/rfc/rfc9110#name-tokens, without the wildcard, which browsers ignore when credentials are
 * allowed.
 */
const headerName = /^[A-Za-z0-9!#$%&'^_`|~.+-]+$/;

function headersProblems(headers: unknown, propertyPath: string): InputProblem[] {
  const isRight =
    headers === undefined ||
    (Array.isArray(headers) && headers.every((it) => typeof it === "string" && headerName.test(it)));
  return isRight
    ? []
    : [
        {
          propertyPath,
          reason: "list names of headers as plain text, for instance x-request-id, without wildcards",
        },
      ];
}
