import { knownValue } from "../../stack";
import type { GraphqlApiResource } from "./graphql-api";

/** What keeps the log of a GraphQL API from being evidence. */
export type GraphqlLogFault =
  /** It writes none. */
  | "none"
  /** It doesn't say which fields were resolved. */
  | "no-fields"
  /** It contains headers, and the arguments and answers of resolvers. */
  | "verbose";

/**
 * The faults of a GraphQL API's log. Absent is off: AppSync writes no log without `logConfig`, and leaves nothing out of it unless
 * `excludeVerboseContent` says so. An unknown setting is decided before the API is created.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/monitoring.html
 * @see https://docs.aws.amazon.com/appsync/latest/APIReference/API_LogConfig.html
 */
export function graphqlLogFaults(api: GraphqlApiResource): readonly GraphqlLogFault[] {
  const config = api.record("logConfig");
  if (config.kind === "unknown") return [];
  if (config.kind === "absent") return ["none"];
  const level = config.value.word("fieldLogLevel");
  const excludes = config.value.flag("excludeVerboseContent");
  return [
    ...(level.kind === "absent" || knownValue(level) === "NONE" ? (["no-fields"] as const) : []),
    ...(excludes.kind === "absent" || knownValue(excludes) === false ? (["verbose"] as const) : []),
  ];
}
