import { describe, expect, test } from "vitest";
import {
  heardAlarms,
  MetricAlarm,
  metricsOf,
  queriesOf,
} from "../../../policies/src/endpoints/cloudwatch/alarm";
import {
  accessLogGroups,
  apiLogs,
  subscribedGroups,
} from "../../../policies/src/endpoints/cloudwatch/log-group";
import {
  filtersBehind,
  groupsOfContributors,
} from "../../../policies/src/endpoints/cloudwatch/metric-filter";
import { kindOfApi, signals, watchedApis } from "../../../policies/src/endpoints/cloudwatch/watched-api";
import type { RawRecord } from "../../../policies/src/stack";
import type { TestedResource } from "../../../policies/src/testing";
import { UNKNOWN } from "../../unknown";
import { httpApi, restApi, webSocketApi } from "../resources";
import { firstOf, stackFrom } from "../stack-from";
import { deployment, logGroup, loggingTo, stage, stageV2, writing } from "../stage-resources";

type Dependencies = TestedResource["dependencies"];

const of = (
  type: string,
  name: string,
  properties: RawRecord,
  dependencies: Dependencies = {},
): TestedResource => ({
  type: `aws:cloudwatch/${type}`,
  name,
  properties,
  dependencies,
});
const alarm = (properties: RawRecord, dependencies?: Dependencies, name = "alarm") =>
  of("metricAlarm:MetricAlarm", name, properties, dependencies);
const names = (all: Iterable<{ readonly name: string }>) => [...all].map(({ name }) => name);

describe("the metrics and queries that an alarm reads", () => {
  const read = (properties: RawRecord) => firstOf(stackFrom(alarm(properties)), MetricAlarm);
  const count = { namespace: "AWS/ApiGateway", name: "Count", dimensions: { ApiId: "a1" } };
  const metric = { namespace: "AWS/ApiGateway", metricName: "Count", dimensions: { ApiId: "a1" } };

  test.each<[what: string, properties: RawRecord, metrics: readonly unknown[], queries: readonly string[]]>([
    ["none", {}, [], []],
    ["one", metric, [count], []],
    ["one without dimensions", { ...metric, dimensions: undefined }, [{ ...count, dimensions: {} }], []],
    [
      "one whose dimensions aren't known",
      { ...metric, dimensions: UNKNOWN },
      [{ ...count, dimensions: undefined }],
      [],
    ],
    ["one whose name isn't known", { ...metric, metricName: UNKNOWN }, [{ ...count, name: undefined }], []],
    ["one in a query", { metricQueries: [{ metric }] }, [count], []],
    [
      "an expression over one",
      { metricQueries: [{ metric }, { expression: "m1 * 2" }] },
      [count],
      ["m1 * 2"],
    ],
    ["queries that aren't known", { metricQueries: UNKNOWN }, [], []],
    ["a query that isn't known", { metricQueries: [UNKNOWN, { expression: UNKNOWN }] }, [], []],
    ["PromQL", { evaluationCriteria: { promqlCriteria: { query: "up" } } }, [], ["up"]],
    ["PromQL that isn't known", { evaluationCriteria: { promqlCriteria: UNKNOWN } }, [], []],
    ["criteria that aren't known", { evaluationCriteria: UNKNOWN }, [], []],
  ])("%s", (_what, properties, metrics, queries) => {
    expect(metricsOf(read(properties))).toEqual(metrics);
    expect(queriesOf(read(properties))).toEqual(queries);
  });
});

describe("the alarms of which somebody hears", () => {
  const acting = { alarmActions: [UNKNOWN] };
  const silent = (name: string, properties: RawRecord = {}) => alarm({ name, ...properties }, {}, name);
  const composite = (name: string, properties: RawRecord, dependencies: Dependencies = {}) =>
    of("compositeAlarm:CompositeAlarm", name, properties, dependencies);
  const dashboard = (dashboardBody: unknown, made: readonly string[] = []) =>
    of("dashboard:Dashboard", "board", { dashboardBody }, { dashboardBody: made });
  const eventRule = (eventPattern: unknown, properties: RawRecord = {}) =>
    of("eventRule:EventRule", "rule", { eventPattern, ...properties });
  const change = { source: ["aws.cloudwatch"], "detail-type": ["CloudWatch Alarm State Change"] };

  test.each<[what: string, resources: readonly TestedResource[], heard: readonly string[]]>([
    ["one without an action", [silent("quiet")], []],
    ["one with an action", [silent("loud", acting), silent("quiet")], ["loud"]],
    ["one with an empty list", [silent("quiet", { alarmActions: [] })], []],
    ["one with actions that are off", [silent("quiet", { ...acting, actionsEnabled: false })], []],
    ["one with actions that may be off", [silent("loud", { ...acting, actionsEnabled: UNKNOWN })], ["loud"]],
    [
      "one behind a composite",
      [
        silent("in"),
        silent("out"),
        composite("any", { ...acting, alarmRule: UNKNOWN }, { alarmRule: ["in"] }),
      ],
      ["in"],
    ],
    [
      "one behind a composite without an action",
      [silent("in"), composite("any", { alarmRule: UNKNOWN }, { alarmRule: ["in"] })],
      [],
    ],
    [
      "one behind a composite of composites",
      [
        silent("in"),
        composite("inner", { alarmRule: UNKNOWN }, { alarmRule: ["in"] }),
        composite("outer", { ...acting, alarmRule: UNKNOWN }, { alarmRule: ["inner"] }),
      ],
      ["in"],
    ],
    [
      "one that a composite names",
      [
        silent("in"),
        silent("out"),
        composite("any", { ...acting, alarmRule: 'ALARM("in") OR ALARM("else")' }),
      ],
      ["in"],
    ],
    [
      "one that a composite names without quotes",
      [silent("in"), composite("any", { ...acting, alarmRule: "ALARM(in)" })],
      ["in"],
    ],
    [
      "one that a composite names by its ARN",
      [
        silent("in"),
        composite("any", { ...acting, alarmRule: 'ALARM("arn:aws:cloudwatch:eu-central-1:1:alarm:in")' }),
      ],
      ["in"],
    ],
    [
      "one that a composite names by its ARN without quotes",
      [
        silent("in"),
        composite("any", { ...acting, alarmRule: "ALARM(arn:aws:cloudwatch:eu-central-1:1:alarm:in)" }),
      ],
      ["in"],
    ],
    [
      "one whose name begins like another's",
      [silent("in"), composite("any", { ...acting, alarmRule: "ALARM(inner)" })],
      [],
    ],
    [
      "one that one of two composites names",
      [
        silent("in"),
        composite("any", { ...acting, alarmRule: "ALARM(else)" }),
        composite("other", { ...acting, alarmRule: "ALARM(in)" }),
      ],
      ["in"],
    ],
    [
      "one without a name",
      [alarm({}, {}, "undefined"), composite("any", { ...acting, alarmRule: "ALARM(undefined)" })],
      [],
    ],
    ["one on a dashboard", [silent("in"), silent("out"), dashboard(UNKNOWN, ["in"])], ["in"]],
    [
      "one that a dashboard names",
      [silent("in"), silent("out"), dashboard('{"alarms":["arn:aws:x:alarm:in"]}')],
      ["in"],
    ],
    ["all, by an event", [silent("in"), eventRule(JSON.stringify(change))], ["in"]],
    ["all, by an event of a template", [silent("in"), eventRule(change)], ["in"]],
    ["all, by a rule that is on", [silent("in"), eventRule(change, { state: "ENABLED" })], ["in"]],
    [
      "all, by a rule that is on, as in earlier versions",
      [silent("in"), eventRule(change, { isEnabled: true })],
      ["in"],
    ],
    ["all, by a rule that may be off", [silent("in"), eventRule(change, { state: UNKNOWN })], ["in"]],
    ["none, by a rule that is off", [silent("in"), eventRule(change, { state: "DISABLED" })], []],
    [
      "none, by a rule that is off, as in earlier versions",
      [silent("in"), eventRule(change, { isEnabled: false })],
      [],
    ],
    ["none, by another event", [silent("in"), eventRule('{"source":["aws.ec2"]}')], []],
    ["none, by an event that isn't known", [silent("in"), eventRule(UNKNOWN)], []],
    ["none, by no event", [silent("in"), eventRule(undefined)], []],
  ])("%s", (_what, resources, heard) => {
    expect(names(heardAlarms(stackFrom(...resources)))).toEqual(heard);
  });
});

const access = logGroup("access", { name: "access" });
const other = logGroup("other", { name: "other" });

describe("the groups that a log goes to", () => {
  const arn = "arn:aws:logs:eu-central-1:123456789012:log-group:access";

  test.each<[what: string, written: TestedResource, groups: readonly string[]]>([
    ["none", stage("live"), []],
    ["the group that it was made of", loggingTo("access", stage("live")), ["access"]],
    ["the group that its ARN names", stage("live", writing("$context.status", arn)), ["access"]],
    [
      "the group that its ARN names, with a wildcard",
      stage("live", writing("$context.status", `${arn}:*`)),
      ["access"],
    ],
    ["a group elsewhere", stage("live", writing("$context.status", `${arn}s`)), []],
    [
      "no group",
      stage("live", writing("$context.status", "arn:aws:firehose:eu-central-1:1:deliverystream/x")),
      [],
    ],
    ["what isn't known", stage("live", writing("$context.status")), []],
    ["settings that aren't known", stage("live", { accessLogSettings: UNKNOWN }), []],
    [
      "the group of a deployment",
      {
        ...deployment("live", { stageName: "live", stageDescription: UNKNOWN }),
        dependencies: { stageDescription: ["access"] },
      },
      ["access"],
    ],
  ])("%s", (_what, written, groups) => {
    const nameless = logGroup("nameless");
    const stack = stackFrom(nameless, other, access, written);
    const found = stack.resources.find(({ name }) => name === "live") as never;
    expect(names(accessLogGroups(stack, found))).toEqual(groups);
  });

  test("the logs of APIs, and who writes to each", () => {
    const graphqlApi: TestedResource = { type: "aws:appsync/graphQLApi:GraphQLApi", name: "graph" };
    const ofGraph = { ...logGroup("graphs", { name: UNKNOWN }), dependencies: { name: ["graph"] } };
    const stack = stackFrom(
      ...[access, other, graphqlApi, ofGraph],
      ...[loggingTo("access", stage("live")), loggingTo("access", stageV2("next"))],
    );
    const told = apiLogs(stack).map(({ group, writers }) => `${group.name}: ${names(writers)}`);
    expect(told).toEqual(["access: live,next", "graphs: graph"]);
  });

  test.each<[what: string, properties: RawRecord, made: readonly string[], groups: readonly string[]]>([
    ["all", { logGroup: UNKNOWN, filterPattern: "" }, ["access"], ["access"]],
    ["all, where nothing is said", { logGroup: UNKNOWN }, ["access"], ["access"]],
    ["all, by a blank", { logGroup: UNKNOWN, filterPattern: " " }, ["access"], ["access"]],
    ["some", { logGroup: UNKNOWN, filterPattern: "ERROR" }, ["access"], []],
    ["perhaps some", { logGroup: UNKNOWN, filterPattern: UNKNOWN }, ["access"], []],
    ["all, by name", { logGroup: "other" }, [], ["other"]],
    [
      "all, of the group that it was made of and not of the one of that name",
      { logGroup: "other" },
      ["access"],
      ["access"],
    ],
    ["all, of a group that isn't known", { logGroup: UNKNOWN }, [], []],
    ["all, of no group", {}, [], []],
  ])("what is delivered elsewhere: %s", (_what, properties, made, groups) => {
    const subscription = of("logSubscriptionFilter:LogSubscriptionFilter", "copy", properties, {
      logGroup: made,
    });
    expect(names(subscribedGroups(stackFrom(logGroup("nameless"), access, other, subscription)))).toEqual(
      groups,
    );
  });
});

const filter = (
  metric: unknown,
  dependencies: Dependencies = {},
  properties: RawRecord = {},
  name = "filter",
) =>
  of(
    "logMetricFilter:LogMetricFilter",
    name,
    { logGroupName: UNKNOWN, metricTransformation: metric, ...properties },
    { logGroupName: ["access"], ...dependencies },
  );

describe("the filters behind an alarm", () => {
  const refused = { namespace: "Orders", name: "Refused" };
  const onRefused = { namespace: "Orders", metricName: "Refused" };
  const unnamed = { namespace: "Orders", name: UNKNOWN };
  const onUnnamed = { namespace: "Orders", metricName: UNKNOWN };
  const ofAccess = { metricTransformation: ["access"] };

  test.each<
    [
      what: string,
      filters: readonly TestedResource[],
      properties: RawRecord,
      made: Dependencies,
      found: readonly string[],
    ]
  >([
    ["no filter", [], onRefused, {}, []],
    ["its metric", [filter(refused)], onRefused, {}, ["filter"]],
    ["another metric", [filter(refused)], { ...onRefused, metricName: "Served" }, {}, []],
    ["another namespace", [filter(refused)], { ...onRefused, namespace: "Lookups" }, {}, []],
    [
      "two filters of one metric",
      [filter(refused), filter(refused, {}, {}, "second")],
      onRefused,
      {},
      ["filter", "second"],
    ],
    ["a metric in a query", [filter(refused)], { metricQueries: [{ metric: onRefused }] }, {}, ["filter"]],
    ["a filter that it was made of", [filter(UNKNOWN)], onUnnamed, { metricName: ["filter"] }, ["filter"]],
    [
      "a filter that a query was made of",
      [filter(UNKNOWN)],
      { metricQueries: UNKNOWN },
      { metricQueries: ["filter"] },
      ["filter"],
    ],
    ["names of one group", [filter(unnamed, ofAccess)], onUnnamed, { metricName: ["access"] }, ["filter"]],
    ["names of two groups", [filter(unnamed, ofAccess)], onUnnamed, { metricName: ["other"] }, []],
    [
      "names of one group, and two namespaces",
      [filter(unnamed, ofAccess)],
      { ...onUnnamed, namespace: "Lookups" },
      { metricName: ["access"] },
      [],
    ],
    [
      "a name of a group, and a known one",
      [filter(refused, ofAccess)],
      onUnnamed,
      { metricName: ["access"] },
      [],
    ],
    ["names that nothing is known of", [filter(unnamed)], onUnnamed, {}, []],
    ["no transformation", [filter(undefined)], onRefused, {}, []],
  ])("%s", (_what, filters, properties, made, found) => {
    const stack = stackFrom(access, other, ...filters, alarm(properties, made));
    expect(names(filtersBehind(stack, firstOf(stack, MetricAlarm)))).toEqual(found);
  });

  const insight = (name: string, ruleName: unknown, group: string) =>
    of(
      "contributorInsightRule:ContributorInsightRule",
      name,
      { ruleName, ruleDefinition: UNKNOWN },
      { ruleDefinition: [group] },
    );
  const reading = (...expressions: readonly string[]) => ({
    metricQueries: expressions.map((expression) => ({ expression })),
  });

  test.each<[what: string, properties: RawRecord, made: Dependencies, groups: readonly string[]]>([
    ["a rule that it names", reading('INSIGHT_RULE_METRIC("one", "MaxContributorValue")'), {}, ["access"]],
    ["the other rule", reading('INSIGHT_RULE_METRIC("two", "MaxContributorValue")'), {}, ["other"]],
    [
      "both",
      reading('INSIGHT_RULE_METRIC("two", "Sum")', 'INSIGHT_RULE_METRIC("one", "Sum")'),
      {},
      ["access", "other"],
    ],
    ["a rule elsewhere", reading('INSIGHT_RULE_METRIC("three", "Sum")'), {}, []],
    ["a rule whose name begins like that", reading('INSIGHT_RULE_METRIC("ones", "Sum")'), {}, []],
    ["a rule without a name", reading('INSIGHT_RULE_METRIC("undefined", "Sum")'), {}, []],
    [
      "a rule that it was made of",
      reading('INSIGHT_RULE_METRIC("made", "Sum")'),
      { metricQueries: ["second"] },
      ["other"],
    ],
    ["what isn't about contributors", reading('SUM("one")'), {}, []],
    [
      "what isn't about contributors, beside what is",
      reading('SUM("one")', 'INSIGHT_RULE_METRIC("two", "Sum")'),
      {},
      ["other"],
    ],
    ["a rule that it was made of, and doesn't read", reading("m1"), { metricQueries: ["second"] }, []],
  ])("whose contributors it reads: %s", (_what, properties, made, groups) => {
    const rules = [
      insight("first", "one", "access"),
      insight("second", "two", "other"),
      insight("third", undefined, "other"),
    ];
    const stack = stackFrom(access, other, ...rules, alarm(properties, made));
    expect(names(groupsOfContributors(stack, firstOf(stack, MetricAlarm)))).toEqual(groups);
  });
});

describe("what an API's alarms notice", () => {
  const gateway = "AWS/ApiGateway";
  const rest = [restApi("orders", { name: "Orders" }), stage("live", {}, "orders")];
  const http = [httpApi("lookups"), stageV2("live", {}, "lookups")];
  const chat = [webSocketApi("chat"), stageV2("live", {}, "chat")];
  const metric = (
    metricName: unknown,
    dimensions: unknown = { ApiName: "Orders" },
    namespace: unknown = gateway,
  ) => ({
    namespace,
    metricName,
    dimensions,
  });
  const query = (...expressions: readonly unknown[]) => ({
    metricQueries: expressions.map((expression) => ({ expression })),
  });

  /** Each API's signals that the alarm notices, and whether it is misnamed. */
  const told = (...resources: readonly TestedResource[]) =>
    Object.fromEntries(
      [...watchedApis(stackFrom(...resources))].map(([api, { bySignal, misnamed }]) => [
        api.name,
        [
          ...signals.filter((signal) => bySignal[signal].size > 0),
          ...(misnamed.size > 0 ? ["misnamed"] : []),
        ].join(", "),
      ]),
    );
  const all = "errors, refused callers, volume";

  test("an API is of one of three kinds", () => {
    const kinds = stackFrom(...rest, httpApi("lookups"), webSocketApi("chat")).resources.flatMap((one) =>
      /Api$/.test(one.type) ? [kindOfApi(one as never)] : [],
    );
    expect(kinds).toEqual(["REST", "HTTP", "WEBSOCKET"]);
  });

  test.each<[what: string, properties: RawRecord, made: Dependencies, noticed: string]>([
    ["nothing", metric("Latency"), {}, ""],
    ["errors", metric("5XXError"), {}, "errors"],
    ["refused callers", metric("4XXError"), {}, "refused callers"],
    ["volume", metric("Count"), {}, "volume"],
    ["another API's", metric("Count", { ApiName: "Others" }), {}, ""],
    ["the metric of another kind of API", metric("5xx"), {}, ""],
    ["another namespace's", metric("Count", { ApiName: "Orders" }, "AWS/Lambda"), {}, ""],
    ["a namespace's that isn't known", metric("Count", { ApiName: "Orders" }, UNKNOWN), {}, "volume"],
    ["what the API made", metric("Count", { ApiName: UNKNOWN }), { dimensions: ["orders"] }, "volume"],
    ["what the stage made", metric("Count", { ApiName: UNKNOWN }), { dimensions: ["live"] }, "volume"],
    ["dimensions that aren't known", metric("Count", UNKNOWN), { dimensions: ["orders"] }, "volume"],
    ["the wrong dimension", metric("Count", { ApiId: UNKNOWN }), { dimensions: ["orders"] }, "misnamed"],
    [
      "the wrong dimension of what is no metric of API Gateway's",
      metric("Count", { ApiId: UNKNOWN }, "Orders"),
      { dimensions: ["orders"] },
      "",
    ],
    ["no dimension", metric("Count", null), {}, ""],
    ["a name of which nothing is known", metric("Count", { ApiName: UNKNOWN }), {}, ""],
    [
      "two metrics, one of them well named",
      { metricQueries: [{ metric: metric("Count") }, { metric: metric("5XXError", { ApiId: "Orders" }) }] },
      {},
      "volume, misnamed",
    ],
    ["a query of all APIs", query(`SELECT SUM("5XXError") FROM "${gateway}"`), {}, "errors"],
    ["a query of all APIs, in small letters", query(`select sum(Count) from "${gateway}"`), {}, "volume"],
    ["a query of all that is something else", query('SELECT SUM(Count) FROM "AWS/Lambda"'), {}, ""],
    ["an expression about API Gateway that selects nothing", query(`SEARCH('{${gateway}} Count')`), {}, ""],
    [
      "a query of one API",
      query(`SELECT SUM("4XXError") FROM "${gateway}" WHERE ApiName = 'Orders'`),
      {},
      "refused callers",
    ],
    [
      "a query of one API, in double quotes",
      query(`SELECT SUM("4XXError") FROM "${gateway}" WHERE "ApiName" = "Orders"`),
      {},
      "refused callers",
    ],
    [
      "a query of another API",
      query(`SELECT SUM("4XXError") FROM "${gateway}" WHERE ApiName = 'Others'`),
      {},
      "",
    ],
    [
      "a query of one API beside an expression",
      query("m1 * 2", `SELECT SUM(Count) FROM "${gateway}"`),
      {},
      "volume",
    ],
    ["a metric whose name begins like that", query(`SELECT SUM(Counts) FROM "${gateway}"`), {}, ""],
    [
      "all in one query",
      query(`SELECT SUM("5XXError"), SUM("4XXError"), SUM(Count) FROM "${gateway}"`),
      {},
      all,
    ],
  ])("a REST API's: %s", (_what, properties, made, noticed) => {
    expect(told(...rest, alarm(properties, made))).toEqual({ orders: noticed });
  });

  test.each<[what: string, api: readonly TestedResource[], metricName: string, noticed: string]>([
    ["errors", http, "5xx", "errors"],
    ["refused callers", http, "4xx", "refused callers"],
    ["data", http, "DataProcessed", "volume"],
    ["what only a REST API has", http, "5XXError", ""],
    ["errors of integrations", chat, "IntegrationError", "errors"],
    ["errors of executions", chat, "ExecutionError", "errors"],
    ["refused callers of a WebSocket", chat, "ClientError", "refused callers"],
    ["messages", chat, "MessageCount", "volume"],
    ["connections", chat, "ConnectCount", "volume"],
    ["what only an HTTP API has", chat, "Count", ""],
  ])("another API's, by its id: %s", (_what, resources, metricName, noticed) => {
    const [api] = resources;
    if (!api) throw new Error("the case has an API");
    const withId = [{ ...api, outputs: { ...api.properties, id: "a1b2" } }, ...resources.slice(1)];
    const byId = alarm(metric(metricName, { ApiId: "a1b2" }));
    expect(told(...withId, byId)).toEqual({ [api.name]: noticed });
    const byName = alarm(metric(metricName, { ApiName: UNKNOWN }), { dimensions: [api.name] });
    expect(told(...withId, byName)).toEqual({ [api.name]: "misnamed" });
  });

  test("an alarm and an API whose names aren't known may mean each other", () => {
    const unnamed = [restApi("orders", { name: UNKNOWN }), stage("live", {}, "orders")];
    const named = [restApi("named", { name: "Named" }), { ...stage("second", {}, "named") }];
    const byUnknown = alarm(metric("Count", { ApiName: UNKNOWN }));
    expect(told(...unnamed, ...named, byUnknown)).toEqual({ orders: "volume", named: "" });
    const ofNamed = alarm(metric("Count", { ApiName: UNKNOWN }), { dimensions: ["named"] });
    expect(told(...unnamed, ...named, ofNamed)).toEqual({ orders: "", named: "volume" });
    expect(told(...unnamed, alarm(metric("Count", { ApiName: "Orders" })))).toEqual({ orders: "" });
    const oneOfTwo = {
      metricQueries: [{ metric: metric("Count", { ApiName: UNKNOWN }) }, { metric: metric("Latency") }],
    };
    expect(told(...unnamed, alarm(oneOfTwo))).toEqual({ orders: "volume" });
  });

  test("only an API with a stage here is watched", () => {
    const onOrders = alarm(metric("Count"));
    expect(told(restApi("orders", { name: "Orders" }), onOrders)).toEqual({});
    expect(told(restApi("orders", { name: "Orders" }), stage("elsewhere"), onOrders)).toEqual({});
    expect(told(...rest, { ...stage("second", {}, "orders") }, onOrders)).toEqual({ orders: "volume" });
    const unwatched = [restApi("others", { name: "Others" })];
    expect(told(...rest, ...unwatched, alarm(metric("Count", { ApiName: "Others" })))).toEqual({
      orders: "",
    });
    const wrongly = alarm(metric("Count", { ApiId: UNKNOWN }), { dimensions: ["others"] });
    expect(told(...rest, ...unwatched, wrongly)).toEqual({ orders: "" });
  });

  const served = { namespace: "Orders", name: "Served", value: "1" };
  const onServed = alarm({ namespace: "Orders", metricName: "Served" });
  const logged = [restApi("orders"), access, loggingTo("access", stage("live", {}, "orders"))];

  test.each<[pattern: unknown, noticed: string]>([
    ["", "volume"],
    [undefined, "volume"],
    ["{ $.requestId = * }", "volume"],
    [UNKNOWN, ""],
    ["{ $.status = 401 }", "refused callers"],
    ["{ $.status = 4* }", "refused callers"],
    ["{ $.status = 40* }", "refused callers"],
    ["{ $.status = 4?? }", "refused callers"],
    ["{ $.status = 4xx }", "refused callers"],
    ["{ $.status = 4XX }", "refused callers"],
    ["{ $.status = %4[0-9]{2}% }", "refused callers"],
    ["{ $.status = 503 }", "errors"],
    ["{ $.status = 5* }", "errors"],
    ["{ $.status = 401 || $.status = 500 }", "errors, refused callers"],
    ["{ $.status >= 400 }", "errors, refused callers"],
    ["{ $.status>=400 }", "errors, refused callers"],
    ["{ $.status > 399 }", "errors, refused callers"],
    ['{ $.status >= "400" }', "errors, refused callers"],
    ["{ $.status > = 400 }", "errors, refused callers"],
    ["{ $.latency > 4000 }", "volume"],
    ["{ $.latency > 5000 || $.latency = 4000 }", "volume"],
    ["{ $.status = 399 }", "volume"],
    ["{ $.took = 1.401 }", "volume"],
    ["{ $.took = 1401 }", "volume"],
    ["{ $.status = 200 }", "volume"],
  ])("a filter of its access log, %j: %s", (pattern, noticed) => {
    const resources = [...logged, filter(served, {}, { pattern }), onServed];
    expect(told(...resources)).toEqual({ orders: noticed });
  });

  test("a filter of another log, and the contributors of its own", () => {
    const ofOther = { ...filter(served), dependencies: { logGroupName: ["other"] } };
    expect(told(...logged, other, ofOther, onServed)).toEqual({ orders: "" });
    const insight = of(
      "contributorInsightRule:ContributorInsightRule",
      "callers",
      { ruleName: "callers", ruleDefinition: UNKNOWN },
      { ruleDefinition: ["access"] },
    );
    const reading = alarm(query('INSIGHT_RULE_METRIC("callers", "MaxContributorValue")'));
    expect(told(...logged, insight, reading)).toEqual({ orders: "volume" });
    expect(told(...rest, access, insight, reading)).toEqual({ orders: "" });
  });
});
