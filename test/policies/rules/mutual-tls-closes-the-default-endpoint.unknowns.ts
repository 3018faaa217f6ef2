import { apiMapping, domainName, mutualTls } from "../bypass-resources";
import { httpApi, publicAccess, route, under } from "../resources";
import type { UnknownRow } from "../unknown-row";

const behindCertificates = (disableExecuteApiEndpoint: boolean) => [
  httpApi("orders", { disableExecuteApiEndpoint }),
  publicAccess("certificates", ["GET /orders"]),
  under("certificates", route("list", "GET /orders", { authorizationType: "NONE" }, "orders")),
  domainName("partners", mutualTls),
  apiMapping("mapping", "orders", "partners"),
];

export const rows: readonly UnknownRow[] = [
  {
    situation: "a default endpoint that is open beside a domain with mutual TLS",
    resources: behindCertificates(false),
    on: "orders",
  },
  {
    situation: "the domain with mutual TLS",
    resources: behindCertificates(false),
    on: "partners",
    endsWithout: ["mutualTlsAuthentication"],
  },
  {
    situation: "the mapping of the domain with mutual TLS",
    resources: behindCertificates(false),
    on: "mapping",
  },
  {
    situation: "a default endpoint that is closed",
    resources: behindCertificates(true),
    on: "orders",
    reported: "silent",
  },
];
