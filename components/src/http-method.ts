/** The methods that API Gateway knows. */
export const httpMethods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;

/** The method of a route. `ANY` catches the methods for which the path has no route of its own. */
export type HttpMethod = (typeof httpMethods)[number] | "ANY";

export const routeMethods: readonly HttpMethod[] = [...httpMethods, "ANY"];

/** The methods that a browser sends a preflight for. OPTIONS is the preflight itself. */
export const preflightedMethods = httpMethods.filter((method) => method !== "OPTIONS");
