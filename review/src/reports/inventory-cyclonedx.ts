import type { InventoryRow } from "@api-guardrails/policies/inventory";
import type { InventoryResult } from "../inventory";
import { addressOf, groups, routeOf, stackOf, stageOf } from "./inventory-sections";

/**
 * The inventory as a CycloneDX 1.6 bill of materials, whose services are the stages of APIs, with a service in it for each route. The
 * library of CycloneDX for JavaScript writes neither `endpoints` nor `authenticated`.
 *
 * @param made when it was made, and by which version of this tool
 * @see https://cyclonedx.org/docs/1.6/json/#services
 */
export function inventoryCycloneDx(
  { rows, exitCode }: InventoryResult,
  made: { readonly timestamp: string; readonly version: string },
): string {
  const services = groups(rows, (row) => JSON.stringify([stackOf(row), stageOf(row)])).map(([, own], index) =>
    stageService(own, `stage-${index + 1}`),
  );
  const bom = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      timestamp: made.timestamp,
      tools: {
        components: [{ type: "application", name: "api-guardrails", version: made.version }],
      },
      properties: [property("complete", exitCode === 0 ? "true" : "false")],
    },
    services,
  };
  return `${JSON.stringify(bom, undefined, 2)}\n`;
}

function stageService(rows: readonly InventoryRow[], reference: string) {
  const [first] = rows;
  if (!first) return undefined;
  const known = rows.map(isAuthenticated);
  return {
    "bom-ref": reference,
    group: first.project,
    name: first.api ?? first.surface,
    ...(first.stage !== null && { version: first.stage }),
    description: stageOf(first),
    endpoints: [...new Set(rows.flatMap(endpointsOf))],
    ...(known.every((one) => one !== undefined) && { authenticated: known.every(Boolean) }),
    "x-trust-boundary": rows.some(crossesBoundary),
    properties: [property("stack", first.stack), property("surface", first.surface)],
    services: rows.map((row, index) => routeService(row, `${reference}-route-${index + 1}`)),
  };
}

function routeService(row: InventoryRow, reference: string) {
  const { authentication, declaration } = row;
  const authenticated = isAuthenticated(row);
  return {
    "bom-ref": reference,
    name: routeOf(row),
    endpoints: endpointsOf(row),
    ...(authenticated !== undefined && { authenticated }),
    "x-trust-boundary": crossesBoundary(row),
    properties: [
      property("verdict", authentication.verdict),
      property("because", authentication.because),
      ...authentication.kinds.map((kind) => property("authentication", kind)),
      ...authentication.weaknesses.map((weakness) => property("weakness", weakness)),
      ...(declaration
        ? [
            property("declared:reason", declaration.reason),
            property("declared:owner", declaration.owner),
            property("declared:reviewBy", declaration.reviewBy),
          ]
        : []),
      property("urn", row.urn),
    ],
  };
}

/** Undefined where nobody can tell. */
function isAuthenticated({ authentication }: InventoryRow): boolean | undefined {
  if (authentication.verdict === "undetermined") return undefined;
  return authentication.verdict === "authenticated";
}

/** Whether a caller outside of a private network gets to it. */
function crossesBoundary({ authentication }: InventoryRow): boolean {
  return authentication.verdict !== "restricted";
}

/** References that are relative to the host where that isn't known. A variable of a path is escaped, as a URI can't hold a brace. */
function endpointsOf({ hosts, path }: InventoryRow): readonly string[] {
  const where = path?.startsWith("/") ? escaped(path) : "/";
  const addresses = hosts.flatMap((host) => addressOf(host) ?? []);
  return addresses.length > 0
    ? [...new Set(addresses)].map((address) => `https://${escaped(address)}${where}`)
    : [where];
}

/** `encodeURI` throws on half of a surrogate pair. */
function escaped(text: string): string {
  return encodeURI(Buffer.from(text).toString()).replace(/[[\]#?]/g, encodeURIComponent);
}

const property = (name: string, value: string) => ({ name: `api-guardrails:${name}`, value });
