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

const besideCertificates = [
  ...behindCertificates(true),
  domainName("web", { domainName: "web.example.com" }),
  apiMapping("web-mapping", "orders", "web"),
];

export const rows: readonly UnknownRow[] = [
  { situation: "a second domain without mutual TLS", resources: besideCertificates, on: "web" },
  { situation: "the mapping of a second domain", resources: besideCertificates, on: "web-mapping" },
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
