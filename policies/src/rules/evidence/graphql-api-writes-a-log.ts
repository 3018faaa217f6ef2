import { GraphqlApi } from "../../endpoints/app-sync/graphql-api";
import { type GraphqlLogFault, graphqlLogFaults } from "../../endpoints/app-sync/graphql-log";
import { fsbp, nist, owasp, soc2 } from "../controls";
import { resourceRule } from "../rule";

const logConfig =
  'logConfig: { cloudwatchLogsRoleArn: role.arn, fieldLogLevel: "ALL", excludeVerboseContent: true }';

export const graphqlApiWritesALog = resourceRule({
  id: "graphql-api-writes-a-log",
  theme: "evidence",
  title: "GraphQL APIs log which fields were read, without their contents",
  severity: "medium",
  level: "advisory",
  because: "what decides lies outside of the stack",
  controls: [owasp("API8:2023"), nist("AU-2"), nist("AU-3"), soc2("CC7.2"), fsbp("AppSync.2")],
  why: "AppSync has no access log. Its own log says which query ran, when, and which fields it resolved; without it, nobody can say after a breach what was read. Its verbose content repeats headers, arguments and answers, so whoever may read logs reads the data of customers.",
  fix: `${logConfig}   // role lets appsync.amazonaws.com write logs: AWSAppSyncPushToCloudWatchLogs`,
  exceptionIf: "the resolvers write a log of their own that names the caller and the object of every request",
  links: [
    "https://docs.aws.amazon.com/appsync/latest/devguide/monitoring.html",
    "https://docs.aws.amazon.com/appsync/latest/APIReference/API_LogConfig.html",
    "https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-graphqlapi.html",
  ],
  kinds: {
    none: "The API writes no log.",
    "no-fields": "The log doesn't say which fields were resolved.",
    verbose: "The log contains headers, and the arguments and answers of resolvers.",
  },
  examples: {
    bad: `new aws.appsync.GraphQLApi("unlogged", { authenticationType: "AWS_IAM" });`,
    good: `new aws.appsync.GraphQLApi("logged", {
    authenticationType: "AWS_IAM",
    ${logConfig},
});`,
  },
  resources: [GraphqlApi],
  reads: { logConfig: "reference" },
  *check(api) {
    const faults = graphqlLogFaults(api);
    const [kind] = faults;
    if (!kind) return;
    const says = faults.map((fault) => clauses[fault].says).join(", and it ");
    const write = faults.flatMap((fault) => clauses[fault].write ?? []).join(", ");
    yield {
      kind,
      sentence: `"${api.name}" ${says}.`,
      ...(write !== "" && { fix: `${write}   // in logConfig` }),
    };
  },
});

/** Each completes a sentence that starts with the API, with what to write in its log configuration. */
const clauses: Readonly<Record<GraphqlLogFault, { readonly says: string; readonly write?: string }>> = {
  none: { says: "writes no log, so nobody could say afterwards what was read" },
  "no-fields": {
    says: "doesn't log which fields were resolved (fieldLogLevel)",
    write: 'fieldLogLevel: "ALL"',
  },
  verbose: {
    says: "logs headers, and the arguments and answers of resolvers (excludeVerboseContent)",
    write: "excludeVerboseContent: true",
  },
};
