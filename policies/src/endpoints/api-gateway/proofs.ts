import { knownValue, type Resource, type Seen, type Stack } from "../../stack";
import type { Proof } from "./access-log";
import { type AnyApi, apiOf } from "./api-of";
import { domainMappings, requiresCertificates } from "./custom-domain";
import { documentOf, documentTypes } from "./document";
import { documentAuthorizers } from "./document-authorizer";
import { Api, quickCreateAuthentication, Route, routeKeyOf } from "./http-api";
import { Method } from "./rest-api";

/**
 * How the callers of an API prove who they are: nothing in it if nobody has to, undefined if the stack doesn't show it. An API key and
 * a client certificate count where nothing else is asked for.
 */
export function proofsOf(stack: Stack, api: AnyApi): ReadonlySet<Proof> | undefined {
  const asked = stack.answer(askedByApi).get(api.urn);
  if (!asked || asked.size === 0 || asked.has("unknown")) return undefined;
  const proofs = new Set([...asked].filter((one) => one !== "nothing" && one !== "unknown"));
  if (proofs.size === 0 && stack.answer(certifiedApis).has(api.urn)) proofs.add("certificate");
  return proofs;
}

/** What one endpoint asks its callers for. */
type Asked = Proof | "nothing" | "unknown";

/** What the endpoints of each API ask for, by the API's URN. */
function askedByApi(stack: Stack): ReadonlyMap<string, ReadonlySet<Asked>> {
  const byApi = new Map<string, Set<Asked>>();
  const add = (endpoint: Resource, asked: Iterable<Asked>) => {
    const api = apiOf(stack, endpoint);
    if (!api) return;
    const all = byApi.get(api.urn) ?? new Set();
    byApi.set(api.urn, all);
    for (const one of asked) all.add(one);
  };
  for (const route of stack.of(Route)) {
    // An HTTP API has no API keys.
    const hasKey = routeKeyOf(route).kind === "connect" && knownValue(route.flag("apiKeyRequired"));
    add(route, [askedBy(route.word("authorizationType"), hasKey)]);
  }
  for (const method of stack.of(Method)) {
    add(method, [askedBy(method.word("authorization"), knownValue(method.flag("apiKeyRequired")))]);
  }
  for (const type of documentTypes) {
    for (const documented of stack.of<unknown>(type)) add(documented, askedInDocument(documented));
  }
  return byApi;
}

const askedByWord: ReadonlyMap<string, Asked> = new Map([
  ["NONE", "nothing"],
  ["AWS_IAM", "IAM"],
  ["CUSTOM", "Lambda authorizer"],
  ["JWT", "token"],
  ["COGNITO_USER_POOLS", "token"],
]);

function askedBy(authorization: Seen<string>, hasKey: boolean | undefined): Asked {
  const word = authorization.kind === "absent" ? "NONE" : (knownValue(authorization) ?? "");
  const asked = askedByWord.get(word) ?? "unknown";
  return asked === "nothing" && hasKey ? "API key" : asked;
}

const askedByExtension: ReadonlyMap<string, Asked> = new Map([
  ["REQUEST", "Lambda authorizer"],
  ["TOKEN", "Lambda authorizer"],
  ["COGNITO_USER_POOLS", "token"],
  ["JWT", "token"],
]);

function askedInDocument(documented: Resource): ReadonlySet<Asked> {
  const document = documentOf(documented);
  // Without an authorizer, it is the route of a quick create.
  if (!document)
    return new Set(Api.is(documented) && quickCreateAuthentication(documented) ? ["nothing"] : []);
  if (document.kind !== "read" || document.isPartlyUnknown) return new Set(["unknown"]);
  const ofOperations = document.operations.flatMap(({ authentication, isUnknown }): Asked[] => {
    if (isUnknown || authentication.verdict === "undetermined") return ["unknown"];
    if (authentication.verdict === "key-only") return ["API key"];
    if (authentication.verdict !== "authenticated") return ["nothing"];
    // The document's authorizers say what the others ask for.
    return authentication.isIam ? ["IAM"] : [];
  });
  const ofAuthorizers = documentAuthorizers(documented).map(({ authorizer }): Asked => {
    const type = authorizer.word("type");
    return (type.kind === "known" && askedByExtension.get(type.value)) || "unknown";
  });
  return new Set([...ofOperations, ...ofAuthorizers]);
}

/** The APIs that a domain with mutual TLS leads to, by their URNs. */
function certifiedApis(stack: Stack): ReadonlySet<string> {
  return new Set(
    domainMappings(stack)
      .filter(({ domain }) => requiresCertificates(domain))
      .flatMap(({ apis }) => apis.map(({ urn }) => urn)),
  );
}
