import type { AuthorizerArgs } from "@pulumi/aws/apigateway";
import {
  absent,
  known,
  knownElements,
  knownValue,
  type Resource,
  type ResourceOf,
  resourceType,
  type Seen,
} from "../../stack";
import { type DocumentAuthorizer, documentAuthorizers, identitySourcesIn } from "./document-authorizer";
import { HttpAuthorizer } from "./jwt-authorizer";

/** An authorizer of a REST API. */
export const RestAuthorizer = resourceType<AuthorizerArgs>("aws:apigateway/authorizer:Authorizer", {
  restApi: "reference",
  type: "deciding word",
  providerArns: "presence",
  authorizerUri: "presence",
  identitySource: "deciding word",
  identityValidationExpression: "reference",
  authorizerResultTtlInSeconds: "deciding word",
});

/** A Lambda authorizer, wherever it is written, with the defaults filled in. */
export interface LambdaAuthorizer {
  /** The scheme's name, where a document defines the authorizer. */
  readonly scheme: string | undefined;
  readonly surface: "rest" | "http";
  /** `TOKEN`, which only REST APIs have, or `REQUEST`. */
  readonly type: Seen<string>;
  /** For how many seconds an answer is cached. */
  readonly resultTtl: Seen<number>;
  /** The key of the cache. */
  readonly identitySources: Seen<readonly Seen<string>[]>;
  /** Whether it answers yes or no instead of returning a policy. */
  readonly enableSimpleResponses: Seen<boolean>;
  /** Only `TOKEN` authorizers have one. */
  readonly identityValidationExpression: Seen<string>;
}

/** The default of REST APIs, and what the provider aws sends for an HTTP API. */
const defaultTtl = known(300);

/** The Lambda authorizers of a resource: the resource itself, or those that its document defines. */
export function lambdaAuthorizers(resource: Resource): readonly LambdaAuthorizer[] {
  if (RestAuthorizer.is(resource)) return restLambdaAuthorizer(resource);
  if (HttpAuthorizer.is(resource)) return httpLambdaAuthorizer(resource);
  return documentAuthorizers(resource).flatMap(documentLambdaAuthorizer);
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html */
function restLambdaAuthorizer(authorizer: ResourceOf<typeof RestAuthorizer>): readonly LambdaAuthorizer[] {
  const type = authorizer.word("type");
  // If the type is unknown, the other properties tell: only a Lambda authorizer has a URI.
  const isOfUserPools = authorizer.isSet("providerArns") && !authorizer.isSet("authorizerUri");
  if (isOther(type) || (type.kind === "unknown" && isOfUserPools)) return [];
  return [
    {
      scheme: undefined,
      surface: "rest",
      type: orDefault(type, known("TOKEN")),
      resultTtl: orDefault(authorizer.number("authorizerResultTtlInSeconds"), defaultTtl),
      // The provider fills in method.request.header.Authorization where it is absent.
      identitySources: identitySourcesIn(authorizer.text("identitySource")),
      enableSimpleResponses: absent,
      identityValidationExpression: authorizer.text("identityValidationExpression"),
    },
  ];
}

/**
 * Of an HTTP or a WebSocket API. For an HTTP API the provider aws sends 300 seconds if none are set; CloudFormation
 * leaves them out, and then nothing is cached. A WebSocket API caches nothing.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html
 */
function httpLambdaAuthorizer(authorizer: ResourceOf<typeof HttpAuthorizer>): readonly LambdaAuthorizer[] {
  const type = authorizer.word("authorizerType");
  const hasUri = authorizer.isSet("authorizerUri");
  if (isOther(type) || (type.kind !== "known" && !hasUri)) return [];
  const identitySources = authorizer.list("identitySources");
  const cachesByDefault =
    authorizer.written?.schema !== "CloudFormation" && !isOfWebSocketApi(identitySources);
  return [
    {
      scheme: undefined,
      surface: "http",
      type,
      resultTtl: orDefault(
        authorizer.number("authorizerResultTtlInSeconds"),
        cachesByDefault ? defaultTtl : known(0),
      ),
      identitySources,
      enableSimpleResponses: authorizer.flag("enableSimpleResponses"),
      identityValidationExpression: absent,
    },
  ];
}

function documentLambdaAuthorizer({ name, surface, authorizer }: DocumentAuthorizer) {
  const type = authorizer.word("type");
  if (isOther(type)) return [];
  const lambda: LambdaAuthorizer = {
    scheme: name,
    surface,
    type,
    resultTtl: orDefault(
      authorizer.number("authorizerResultTtlInSeconds"),
      surface === "rest" ? defaultTtl : known(0),
    ),
    identitySources: identitySourcesIn(authorizer.text("identitySource")),
    enableSimpleResponses: authorizer.flag("enableSimpleResponses"),
    identityValidationExpression: authorizer.text("identityValidationExpression"),
  };
  return [lambda];
}

function isOther(type: Seen<string>): boolean {
  return type.kind === "known" && type.value !== "TOKEN" && type.value !== "REQUEST";
}

function orDefault<T>(seen: Seen<T>, whenAbsent: Seen<T>): Seen<T> {
  return seen.kind === "absent" ? whenAbsent : seen;
}

/** A WebSocket API writes identity sources without a dollar sign: `route.request.header.Authorization`. */
function isOfWebSocketApi(sources: Seen<readonly Seen<string>[]>): boolean {
  const texts = (knownValue(sources) ?? []).flatMap((source) => knownValue(source) ?? []);
  return (
    texts.length > 0 && texts.every((text) => /^(route\.request|stageVariables|context)\./i.test(text.trim()))
  );
}

/** An answer to a question about an authorizer. `unknown`: it depends on a value that is unknown before the deployment. */
export type Answer = "yes" | "no" | "unknown";

/**
 * Whether everybody is allowed what one caller is allowed: API Gateway caches a REQUEST authorizer's answers under its
 * identity sources, and none of these tells callers apart. A TOKEN authorizer's answers are cached under the token itself.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
export function sharesAnswers(authorizer: LambdaAuthorizer): Answer {
  return allOf(isCaching(authorizer), everySource(authorizer.identitySources, isTheSameForAll));
}

/**
 * Whether a cached yes counts for every route that uses the authorizer: a simple response names no route, so the identity
 * sources have to.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.caching
 */
export function answersForAllRoutes(authorizer: LambdaAuthorizer): Answer {
  if (authorizer.surface === "rest") return "no";
  return allOf(
    isCaching(authorizer),
    isTrue(authorizer.enableSimpleResponses),
    everySource(authorizer.identitySources, namesNoRoute),
  );
}

/** Whether a TOKEN authorizer's function is invoked for anything in the header. */
export function acceptsAnyToken(authorizer: LambdaAuthorizer): Answer {
  if (authorizer.surface === "http") return "no";
  return allOf(
    isWord(authorizer.type, "TOKEN"),
    isAnything(authorizer.identityValidationExpression) ? "yes" : "no",
  );
}

/**
 * Whether a REST API's authorizer requires no particular form of token. `identityValidationExpression` is matched against
 * the token itself, or against its audience where the authorizer asks user pools.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html
 */
export function matchesAnyToken(authorizer: ResourceOf<typeof RestAuthorizer>): boolean {
  return isAnything(authorizer.text("identityValidationExpression"));
}

function isAnything(expression: Seen<string>): boolean {
  if (expression.kind !== "known") return expression.kind === "absent";
  return /^\^?\(?\.[*+]\??\)?\$?$/.test(expression.value.trim());
}

/** How long a cached answer may outlive the token that it was for, in seconds. */
export const longestTtl = 300;

/** Whether answers are cached for longer than that. */
export function cachesTooLong({ resultTtl }: LambdaAuthorizer): Answer {
  return isAbove(resultTtl, longestTtl);
}

function isCaching({ type, resultTtl }: LambdaAuthorizer): Answer {
  return allOf(isWord(type, "REQUEST"), isAbove(resultTtl, 0));
}

/** Whether all of it is known, and one of the identity sources is no expression that AWS accepts. */
export function hasUnacceptedSource({ type, resultTtl, identitySources }: LambdaAuthorizer): boolean {
  const seen: readonly Seen<unknown>[] = [
    type,
    resultTtl,
    ...(knownValue(identitySources) ?? [identitySources]),
  ];
  return (
    seen.every(({ kind }) => kind !== "unknown") &&
    knownElements(identitySources).some((source) => isTheSameForAll(source.trim()) === "unknown")
  );
}

/** Headers that say nothing about who calls: any client may send any value. */
const anyonesHeader =
  /^(accept(-.*)?|cache-control|cloudfront-.*|connection|content-.*|forwarded|host|origin|pragma|referer|sec-(ch|fetch)-.*|user-agent|via|x-amzn-trace-id|x-forwarded-(by|for|host|port|proto|server)|x-real-ip|x-requested-with)$/i;

/** Context variables with something that the caller has proved: a key, a certificate, a signature. */
export const callersContext =
  /^\$?context\.identity\.(apiKey|apiKeyId|clientCert(\..+)?|accessKey|caller|user|userArn|cognito.+)$/i;

/**
 * Whether an identity source has the same value for every caller, or whatever value a caller likes: stage and context
 * variables, the path, and headers that prove nothing.
 */
export function isTheSameForAll(source: string): Answer {
  if (/^\$?(stageVariables|context)\./i.test(source)) return callersContext.test(source) ? "no" : "yes";
  const [, place = "", name = ""] = /^(?:\$|method\.|route\.)request\.(\w+)\.?(.*)$/i.exec(source) ?? [];
  if (/^(path|body)$/i.test(place)) return "yes";
  if (/^(multivalue)?header$/i.test(place)) return anyonesHeader.test(name) ? "yes" : "no";
  // AWS accepts no other expression, so this one couldn't be read.
  return /^(multivalue)?querystring$/i.test(place) ? "no" : "unknown";
}

function namesNoRoute(source: string): Answer {
  return /^\$context\.routeKey$/i.test(source) ? "no" : "yes";
}

/** Without any identity source nothing is cached: AWS requires one for that. */
function everySource(sources: Seen<readonly Seen<string>[]>, holds: (source: string) => Answer): Answer {
  if (sources.kind !== "known") return sources.kind === "absent" ? "no" : "unknown";
  const set = sources.value.filter(({ kind }) => kind !== "absent");
  if (set.length === 0) return "no";
  return allOf(
    ...set.map((source) => (source.kind === "known" ? holds(source.value.trim()) : ("unknown" as const))),
  );
}

function isWord(seen: Seen<string>, word: string): Answer {
  if (seen.kind !== "known") return "unknown";
  return seen.value === word ? "yes" : "no";
}

function isTrue(flag: Seen<boolean>): Answer {
  if (flag.kind === "unknown") return "unknown";
  return knownValue(flag) === true ? "yes" : "no";
}

function isAbove(seen: Seen<number>, limit: number): Answer {
  if (seen.kind !== "known") return "unknown";
  return seen.value > limit ? "yes" : "no";
}

function allOf(...answers: readonly Answer[]): Answer {
  if (answers.includes("no")) return "no";
  return answers.includes("unknown") ? "unknown" : "yes";
}
