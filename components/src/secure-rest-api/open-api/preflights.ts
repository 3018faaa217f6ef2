import { originsOf, originTemplate, type Preflighted, preflightHeaders, quoted } from "../cors/headers";
import {
  preflightContentHandling,
  preflightedPaths,
  preflightRequestTemplate,
  preflightStatus,
} from "../cors/preflight";
import { integrationExtension, type PlannedDocument } from "./operations";
import type { Raw } from "./read";

/** The operations that answer preflights, one for each path of the document. */
export function preflightOperations(
  { document, operations }: PlannedDocument,
  preflighted: Preflighted | undefined,
): readonly (readonly [path: string, operation: Raw])[] {
  if (!preflighted) return [];
  const keys = operations.map(({ key }) => key);
  return [...preflightedPaths(keys)].map(([path, methods]) => [
    path,
    preflightOperation(preflighted, methods, document.version),
  ]);
}

function preflightOperation(preflighted: Preflighted, methods: readonly string[], version: "2" | "3"): Raw {
  const [origin, ...others] = originsOf(preflighted);
  const headers: Raw = {
    "Access-Control-Allow-Origin": origin?.apply(quoted),
    ...preflightHeaders(preflighted, methods),
  };
  const text = version === "2" ? { type: "string" } : { schema: { type: "string" } };
  return {
    security: [],
    responses: {
      [preflightStatus]: {
        description: "what a browser asks before a page calls",
        headers: Object.fromEntries(Object.keys(headers).map((name) => [name, text])),
      },
    },
    [integrationExtension]: {
      type: "mock",
      requestTemplates: { "application/json": preflightRequestTemplate },
      contentHandling: preflightContentHandling,
      responses: {
        default: {
          statusCode: preflightStatus,
          contentHandling: preflightContentHandling,
          responseParameters: Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value]),
          ),
          ...(others.length > 0 && { responseTemplates: { "application/json": originTemplate(others) } }),
        },
      },
    },
  };
}
