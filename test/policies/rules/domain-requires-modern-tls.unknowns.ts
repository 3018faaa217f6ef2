import { domainName } from "../bypass-resources";
import { made } from "../edge-resources";
import { restApi } from "../resources";
import type { UnknownRow } from "../unknown-row";

export const rows: readonly UnknownRow[] = [
  {
    situation: "a domain of a REST API",
    resources: [
      made(
        "aws:apigateway/domainName:DomainName",
        "api",
        {},
        { domainName: "api.example.com", securityPolicy: "TLS_1_0" },
      ),
    ],
    on: "api",
    reported: "advisory",
    endsWithout: ["securityPolicy"],
  },
  {
    situation: "a domain of an HTTP API",
    resources: [domainName("api", { domainNameConfiguration: { securityPolicy: "TLS_1_0" } })],
    on: "api",
    reported: "advisory",
    endsWithout: ["domainNameConfiguration"],
  },
  {
    situation: "a default endpoint",
    resources: [
      restApi("orders", {
        body: JSON.stringify({ openapi: "3.0.1", paths: {} }),
        endpointConfiguration: { types: "REGIONAL" },
        disableExecuteApiEndpoint: false,
        securityPolicy: "TLS_1_0",
      }),
    ],
    on: "orders",
    reported: "advisory",
  },
];
