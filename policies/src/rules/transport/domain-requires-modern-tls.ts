import { DomainName, DomainNameV2, domainAcceptsOldTls } from "../../endpoints/api-gateway/custom-domain";
import { type DefaultEndpointTls, defaultEndpointTlsOf } from "../../endpoints/api-gateway/default-endpoint";
import { endpointTypeOf, RestApi, RestApiPut } from "../../endpoints/api-gateway/rest-api";
import { unknownProperty } from "../../endpoints/endpoint";
import { knownValue, type ResourceOf } from "../../stack";
import { nist, owasp, pci, soc2 } from "../controls";
import { type Finding, resourceRule } from "../rule";

const domain = (name: string, securityPolicy: string) => `new aws.apigateway.DomainName("${name}", {
    domainName: "api.example.com",
    regionalCertificateArn: certificateArn,
    endpointConfiguration: { types: "REGIONAL" },
    securityPolicy: "${securityPolicy}",
});`;

export const domainRequiresModernTls = resourceRule({
  id: "domain-requires-modern-tls",
  theme: "transport",
  title: "Hosts of an API accept TLS 1.2 or newer only",
  severity: "high",
  level: "advisory",
  because: "it limits damage and lets nobody in",
  controls: [owasp("API8:2023"), nist("SC-8"), nist("SC-13"), pci("4.2.1"), soc2("CC6.7")],
  why: "TLS 1.0 and 1.1 have weaknesses that let somebody on the way read what is sent. A custom domain accepts neither, unless its security policy is TLS_1_0. The default endpoint of a regional or an edge-optimized REST API accepts TLS 1.0, unless the API has a security policy that doesn't.",
  fix: 'securityPolicy: "TLS_1_2"   // of an aws.apigatewayv2.DomainName in its domainNameConfiguration',
  exceptionIf: "a caller that can't be replaced speaks no newer version of TLS, and it is known who that is",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/openapi-extensions-security-policy.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-ciphers.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-ciphers.html",
  ],
  kinds: {
    "old-domain":
      "The security policy of a custom domain accepts TLS 1.0, or it is not known before the deployment.",
    "old-default-endpoint":
      "The default endpoint of a REST API accepts TLS 1.0, by a security policy or without one, or the policy is not known before the deployment.",
    "old-unless-in-document":
      "The default endpoint of a REST API accepts TLS 1.0, unless the API's document says otherwise, which can't be read before the deployment.",
  },
  examples: { bad: domain("old-domain", "TLS_1_0"), good: domain("modern-domain", "TLS_1_2") },
  resources: [DomainName, DomainNameV2],
  reads: { securityPolicy: "deciding word", domainNameConfiguration: "reference" },
  *check(resource) {
    const old = domainAcceptsOldTls(resource);
    if (old === "no") return;
    const what =
      old === "yes" ? "has a security policy that accepts TLS 1.0" : unknownProperty("securityPolicy");
    yield {
      kind: "old-domain",
      sentence: `The domain "${resource.name}" ${what}.`,
      fix: DomainNameV2.is(resource)
        ? 'domainNameConfiguration: { ..., securityPolicy: "TLS_1_2" }'
        : 'securityPolicy: "TLS_1_2"',
    };
  },
  remediate(resource, properties) {
    if (domainAcceptsOldTls(resource) !== "yes") return undefined;
    if (!DomainNameV2.is(resource)) return { securityPolicy: "TLS_1_2" };
    const { domainNameConfiguration } = properties;
    // A secret, which can't be taken apart.
    if (Object.getPrototypeOf(domainNameConfiguration) !== Object.prototype) return undefined;
    return { domainNameConfiguration: { ...(domainNameConfiguration as object), securityPolicy: "TLS_1_2" } };
  },
  stackResources: [RestApi, RestApiPut],
  *checkStack(stack) {
    for (const api of stack.of(RestApi)) yield* ofDefaultEndpoint(api, defaultEndpointTlsOf(stack, api));
  },
});

function* ofDefaultEndpoint(
  api: ResourceOf<typeof RestApi>,
  tls: DefaultEndpointTls,
): Iterable<Finding<"old-default-endpoint" | "old-unless-in-document">> {
  if (tls === "new") return;
  const fix = `${policyFor(api)}   // or disableExecuteApiEndpoint: true, if callers use a domain`;
  if (tls === "old-unless-in-document") {
    yield {
      kind: "old-unless-in-document",
      resource: api,
      sentence: `"${api.name}" has no securityPolicy, so its default endpoint accepts TLS 1.0, unless its document says otherwise, which can't be read before the deployment.`,
      fix,
      lowered: "unknown document",
    };
    return;
  }
  yield {
    kind: "old-default-endpoint",
    resource: api,
    sentence: `"${api.name}" ${sentences[tls]}.`,
    fix,
  };
}

const sentences: Readonly<Record<Exclude<DefaultEndpointTls, "new" | "old-unless-in-document">, string>> = {
  old: "has a security policy that accepts TLS 1.0 at its default endpoint",
  "old by default": "has no securityPolicy, so its default endpoint accepts TLS 1.0",
  undetermined: unknownProperty("securityPolicy"),
};

/** Policies differ by the endpoint type. With any of them, API Gateway requires an access mode. */
function policyFor(api: ResourceOf<typeof RestApi>): string {
  const policy =
    knownValue(endpointTypeOf(api)) === "EDGE"
      ? "SecurityPolicy_TLS12_PFS_2025_EDGE"
      : "SecurityPolicy_TLS13_1_2_2021_06";
  return `securityPolicy: "${policy}", endpointAccessMode: "BASIC"`;
}
