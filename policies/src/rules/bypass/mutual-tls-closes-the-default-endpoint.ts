import { type AnyApi, apiOf } from "../../endpoints/api-gateway/api-of";
import {
  type DomainMapping,
  domainMappings,
  domainTypes,
  requiresCertificates,
} from "../../endpoints/api-gateway/custom-domain";
import { defaultEndpointOf } from "../../endpoints/api-gateway/default-endpoint";
import { documentOf } from "../../endpoints/api-gateway/document";
import { RestApiPut } from "../../endpoints/api-gateway/rest-api";
import { type Endpoint, letsAnyoneIn } from "../../endpoints/endpoint";
import { endpointsOf, endpointTypes } from "../../endpoints/endpoints";
import { once, type Stack } from "../../stack";
import { nist, owasp, pci, soc2 } from "../controls";
import { unknownDocuments } from "../options";
import { type Context, type Finding, stackRule } from "../rule";
import { loweredWhileUnknown } from "../unknown-documents";
import { shortEnumeration } from "../wording";

const mostListed = 10;

const partners = (api: string) => `const partners = new aws.apigatewayv2.Api("partners", ${api});
const byCertificate = new PublicAccess("by-certificate", {
    routes: ["GET /orders"],
    reason: "partners prove who they are with client certificates",
    owner: "team-partners",
    reviewBy: config.require("reviewBy"),
});
new aws.apigatewayv2.Route("orders", { apiId: partners.id, routeKey: "GET /orders", target }, { parent: byCertificate });
const domain = new aws.apigatewayv2.DomainName("partners-domain", {
    domainName: "partners.example.com",
    domainNameConfiguration: { certificateArn, endpointType: "REGIONAL", securityPolicy: "TLS_1_2" },
    mutualTlsAuthentication: { truststoreUri: "s3://truststore/partners.pem", truststoreVersion: "1" },
});
new aws.apigatewayv2.ApiMapping("partners-mapping", { apiId: partners.id, domainName: domain.domainName, stage: "$default" });`;

export const mutualTlsClosesTheDefaultEndpoint = stackRule({
  id: "mutual-tls-closes-the-default-endpoint",
  theme: "bypass",
  title: "An API with a domain of its own closes its default endpoint",
  severity: "critical",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API2:2023"), nist("IA-3"), nist("AC-3"), pci("6.2.4"), soc2("CC6.6")],
  why: "API Gateway requires client certificates at the custom domain only. Every API also answers at an execute-api host, which anybody can find in a response or a log, and which requires no certificate. So does every other domain that leads to the API, unless it has mutual TLS too. Callers who use such a host bypass mutual TLS.",
  fix: "disableExecuteApiEndpoint: true   // on the API; it takes effect with the next deployment",
  exceptionIf: "the API authenticates its callers by itself, and the certificates only add to that",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mutual-tls.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-disable-default-endpoint.html",
  ],
  kinds: {
    "bypasses-certificates": "Callers who use the default endpoint need no client certificate.",
    "bypasses-domain": "Callers who use the default endpoint bypass whatever protects the API's own domain.",
    "second-domain":
      "Callers who use another domain of the API need no client certificate, or nothing shows that they do.",
    "api-elsewhere":
      "A domain with client certificates leads to an API of another stack, whose default endpoint may be open.",
  },
  liesOutside: ["api-elsewhere"],
  examples: {
    bad: partners(`{ protocolType: "HTTP" }`),
    good: partners(`{ protocolType: "HTTP", disableExecuteApiEndpoint: true }`),
  },
  options: { unknownDocuments },
  stackResources: [...endpointTypes, ...domainTypes],
  *checkStack(stack, { options }) {
    const byApi = new Map<AnyApi, DomainMapping[]>();
    for (const mapping of domainMappings(stack)) {
      if (mapping.apis.length === 0 && requiresCertificates(mapping.domain)) yield elsewhere(mapping);
      for (const api of mapping.apis) byApi.set(api, [...(byApi.get(api) ?? []), mapping]);
    }
    if (byApi.size === 0) return;
    const endpoints = endpointsOf(stack);
    for (const [api, mappings] of byApi) {
      yield* secondDomains(stack, api, mappings, endpoints, options);
      const endpoint = defaultEndpointOf(stack, api);
      if (endpoint === "closed" || endpoint === "private") continue;
      const mayBeClosed = endpoint === "open-unless-in-document";
      const how =
        endpoint === "undetermined"
          ? "whether its default endpoint is closed is not known before the deployment: write disableExecuteApiEndpoint as a plain value"
          : "it also answers at its default endpoint";
      const certified = mappings.find(({ domain }) => requiresCertificates(domain))?.domain;
      if (!certified) {
        yield {
          kind: "bypasses-domain",
          resource: api,
          sentence: `"${api.name}" has a domain of its own, and ${how}. Callers who use the default endpoint bypass whatever protects the domain.`,
          lowered: mayBeClosed ? "unknown document" : "lesser finding",
        };
        continue;
      }
      const other = otherAuthentication(stack, api, endpoints);
      yield {
        kind: "bypasses-certificates",
        resource: api,
        sentence: `"${certified.name}" requires client certificates for "${api.name}", and ${how}, which requires none. ${other.sentence}`,
        ...loweredBy(other, mayBeClosed, options),
      };
    }
  },
});

function loweredBy(
  { kind }: OtherAuthentication,
  mayBeClosed: boolean,
  options: Context["options"],
): Pick<Finding, "lowered"> {
  if (kind === "required") return { lowered: "lesser finding" };
  return mayBeClosed || kind === "in an unknown document" ? loweredWhileUnknown(options) : {};
}

/** Where an API has a domain with client certificates, its other domains, each of which leads to it without them. */
function* secondDomains(
  stack: Stack,
  api: AnyApi,
  mappings: readonly DomainMapping[],
  endpoints: readonly Endpoint[],
  options: Context["options"],
): Iterable<Finding<"second-domain">> {
  const certified = mappings.find(({ domain }) => requiresCertificates(domain))?.domain;
  if (!certified) return;
  const others = mappings.flatMap(({ domain }) => (domain && !requiresCertificates(domain) ? [domain] : []));
  const otherwise = once(() => otherAuthentication(stack, api, endpoints));
  for (const domain of new Set(others)) {
    const other = otherwise();
    yield {
      kind: "second-domain",
      resource: domain,
      sentence: `"${certified.name}" requires client certificates for "${api.name}", and "${domain.name}" leads to it too, without requiring any. ${other.sentence}`,
      fix: 'mutualTlsAuthentication: { truststoreUri: "s3://..." }   // on this domain, too; or remove its mapping to the API',
      ...loweredBy(other, false, options),
    };
  }
  for (const { resource } of mappings.filter(({ domain }) => domain === undefined)) {
    yield {
      kind: "second-domain",
      resource,
      sentence: `"${certified.name}" requires client certificates for "${api.name}", and "${resource.name}" leads to it from a domain that this stack doesn't hold. Nothing shows here whether that domain requires them.`,
      fix: "make sure that the domain has mutualTlsAuthentication in the stack that creates it",
      lowered: "lesser finding",
    };
  }
}

function elsewhere({ resource, domain }: DomainMapping): Finding<"api-elsewhere"> {
  return {
    kind: "api-elsewhere",
    resource,
    sentence: `"${resource.name}" leads from "${domain?.name}", which requires client certificates, to an API that this stack doesn't hold. Nothing shows here whether its default endpoint is closed.`,
    fix: "make sure that the API has disableExecuteApiEndpoint: true in the stack that creates it",
    lowered: "lesser finding",
  };
}

interface OtherAuthentication {
  readonly kind: "required" | "not required" | "in an unknown document" | "not here";
  readonly sentence: string;
}

/** What an API requires besides certificates. A declaration doesn't count, since it relies on them. */
function otherAuthentication(stack: Stack, api: AnyApi, endpoints: readonly Endpoint[]): OtherAuthentication {
  const ofApi = endpoints.filter(({ resource }) => apiOf(stack, resource) === api);
  const open = ofApi.filter(({ authentication }) => letsAnyoneIn(authentication));
  if (open.length > 0) {
    const routes = open.flatMap(({ route }) => route ?? []);
    const what = routes.length > 0 ? shortEnumeration(routes, mostListed) : "it";
    return { kind: "not required", sentence: `Without a certificate anyone can call ${what}.` };
  }
  const documents = [api, ...stack.of(RestApiPut).filter((put) => apiOf(stack, put) === api)].map(documentOf);
  const isUnknown = documents.some(
    (document) =>
      document?.kind === "unknown" ||
      (document?.kind === "read" &&
        (document.isPartlyUnknown || document.operations.some((operation) => operation.isUnknown))),
  );
  if (isUnknown) {
    return {
      kind: "in an unknown document",
      sentence:
        "Whether it requires anything else depends on a body that is not known before the deployment.",
    };
  }
  return ofApi.length === 0
    ? {
        kind: "not here",
        sentence: "None of its routes is in this stack, so nothing shows that they require anything else.",
      }
    : {
        kind: "required",
        sentence: "Its other authorization still applies there; the certificates don't.",
      };
}
