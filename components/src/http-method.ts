/** The methods that API Gateway knows. */
export const httpMethods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;

/** The methods that a route of an HTTP API can have. `ANY` catches those for which the path has no route of its own. */
export type HttpMethod = (typeof httpMethods)[number] | "ANY";

export const routeMethods: readonly HttpMethod[] = [...httpMethods, "ANY"];

/** The methods that a page asks leave for. OPTIONS is the preflight itself. */
export const preflightedMethods = httpMethods.filter((method) => method !== "OPTIONS");
