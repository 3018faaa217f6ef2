import { type AnyApi, apiOf } from "../../endpoints/api-gateway/api-of";
import {
  asksForCertificates,
  type DomainMapping,
  domainMappings,
  domainTypes,
} from "../../endpoints/api-gateway/custom-domain";
import { defaultEndpointOf } from "../../endpoints/api-gateway/default-endpoint";
import { documentOf } from "../../endpoints/api-gateway/document";
import { RestApiPut } from "../../endpoints/api-gateway/rest-api";
import { type Endpoint, letsAnyoneIn } from "../../endpoints/endpoint";
import { endpointsOf, endpointTypes } from "../../endpoints/endpoints";
import type { Stack } from "../../stack";
import { nist, owasp } from "../controls";
import { unknownDocuments } from "../options";
import { type Finding, stackRule } from "../rule";
import { enumeration } from "../wording";

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
  title: "Mutual TLS on a domain closes the API's default endpoint",
  severity: "critical",
  level: "mandatory",
  controls: [owasp("API2:2023"), nist("IA-3"), nist("AC-3")],
  why: "Client certificates are asked for at the custom domain only. API Gateway gives every API an execute-api host besides, which anybody can work out from a response or a log, and there no certificate is asked for: the door with the lock stands beside an open one.",
  fix: "disableExecuteApiEndpoint: true   // on the API; it takes effect with the next deployment",
  examples: {
    bad: partners(`{ protocolType: "HTTP" }`),
    good: partners(`{ protocolType: "HTTP", disableExecuteApiEndpoint: true }`),
  },
  options: { unknownDocuments },
  stackResources: [...endpointTypes, ...domainTypes],
  *checkStack(stack, context) {
    const byApi = new Map<AnyApi, DomainMapping[]>();
    for (const mapping of domainMappings(stack)) {
      if (mapping.apis.length === 0 && asksForCertificates(mapping.domain)) yield elsewhere(mapping);
      for (const api of mapping.apis) byApi.set(api, [...(byApi.get(api) ?? []), mapping]);
    }
    if (byApi.size === 0) return;
    const endpoints = endpointsOf(stack);
    for (const [api, mappings] of byApi) {
      const endpoint = defaultEndpointOf(stack, api);
      if (endpoint === "closed" || endpoint === "private") continue;
      const isUnknownDocument = endpoint === "open-unless-in-document";
      const how =
        endpoint === "undetermined"
          ? "whether its default endpoint is closed is not known before the deployment: write disableExecuteApiEndpoint as a plain value"
          : "it answers at its default endpoint as well";
      const certified = mappings.find(({ domain }) => asksForCertificates(domain))?.domain;
      if (!certified) {
        yield {
          resource: api,
          sentence: `"${api.name}" has a domain of its own, and ${how}. Whatever guards the domain can be gone round there.`,
          lowered: isUnknownDocument ? "unknown document" : "lesser finding",
        };
        continue;
      }
      const own = ownAuthentication(stack, api, endpoints);
      yield {
        resource: api,
        sentence: `"${certified.name}" asks the clients of "${api.name}" for a certificate, and ${how}, where nobody is asked for one. ${own.sentence}`,
        ...loweredBy(own, isUnknownDocument, context.options.unknownDocuments),
      };
    }
  },
});

function loweredBy(
  own: OwnAuthentication,
  mayBeClosed: boolean,
  unknownDocumentsAre: unknown,
): Pick<Finding, "lowered"> {
  if (own.kind === "asked of everyone") return { lowered: "lesser finding" };
  const isDecidedLater = mayBeClosed || own.kind === "in an unknown document";
  return isDecidedLater && unknownDocumentsAre !== "mandatory" ? { lowered: "unknown document" } : {};
}

function elsewhere({ resource, domain }: DomainMapping): Finding {
  return {
    resource,
    sentence: `"${resource.name}" leads from "${domain?.name}", which asks for client certificates, to an API that this stack doesn't hold. Whether its default endpoint is closed can't be seen here.`,
    fix: "see to it that the API has disableExecuteApiEndpoint: true where it is made",
    lowered: "lesser finding",
  };
}

interface OwnAuthentication {
  readonly kind: "asked of everyone" | "lets anyone in" | "in an unknown document" | "not here";
  readonly sentence: string;
}

/** What an API asks of its callers by itself, apart from certificates. A declaration doesn't count: it speaks of them. */
function ownAuthentication(stack: Stack, api: AnyApi, endpoints: readonly Endpoint[]): OwnAuthentication {
  const own = endpoints.filter(({ resource }) => apiOf(stack, resource) === api);
  const nobody = { apiKeys: false, privateNetworks: false };
  const open = own.filter(({ authentication }) => letsAnyoneIn(authentication, nobody));
  if (open.length > 0) {
    const listed = open.slice(0, 10).flatMap(({ route }) => route ?? []);
    const more = open.length > listed.length && listed.length > 0 ? ", among others" : "";
    const what = listed.length > 0 ? enumeration(listed) : "it";
    return { kind: "lets anyone in", sentence: `Without a certificate anyone can call ${what}${more}.` };
  }
  const documents = [api, ...stack.of(RestApiPut).filter((put) => apiOf(stack, put) === api)].map(documentOf);
  const isUnknown = documents.some(
    (document) =>
      document?.kind === "unknown" ||
      (document?.kind === "read" &&
        (document.isPartlyUnknown || document.operations.some((o) => o.isUnknown))),
  );
  if (isUnknown) {
    return {
      kind: "in an unknown document",
      sentence: "Whether it asks for anything else is in a body that is not known before the deployment.",
    };
  }
  return own.length === 0
    ? {
        kind: "not here",
        sentence: "None of its routes is in this stack, so nothing shows that they ask for anything else.",
      }
    : {
        kind: "asked of everyone",
        sentence: "Its own authorization still stands there, the certificates don't.",
      };
}
