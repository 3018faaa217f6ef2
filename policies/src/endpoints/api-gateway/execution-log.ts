import { knownElements, knownValue, type Resource, type Seen, type View } from "../../stack";
import { Deployment, MethodSettings, Stage, StageV2 } from "./stage";

/** What a stage, or a part of its settings, writes into the execution log. */
interface LogSettings {
  loggingLevel?: string;
  dataTraceEnabled?: boolean;
}

/** The resources with settings of an execution log. */
export const executionLogTypes = [MethodSettings, Stage, Deployment, StageV2] as const;

/** How much of a request reaches the execution log. */
export type Trace =
  /** Whole requests and answers. */
  | "everything"
  /** They would, if anything were logged. */
  | "everything once logged"
  /** Not known before the deployment. */
  | "unknown"
  /** Nothing says so. CloudFormation then leaves it as it was. */
  | "unsaid";

/**
 * What a resource lets the execution log contain, for each of its settings. A trace is written whatever the level of the log is, but
 * not at the level OFF, the default. A method's settings inherit nothing from those of its stage.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-stage-methodsetting.html
 * @see https://github.com/aws/aws-cdk/issues/17578 (a property that is left out)
 */
export function traces(resource: Resource): readonly Trace[] {
  const isCloudFormation = resource.written?.schema === "CloudFormation";
  return settingsIn(resource).flatMap((settings): readonly Trace[] => {
    const trace = settings.flag("dataTraceEnabled");
    const level = settings.word("loggingLevel");
    const isOff = level.kind === "absent" || knownValue(level) === "OFF";
    if (trace.kind === "absent") return isCloudFormation && !isOff ? ["unsaid"] : [];
    if (trace.kind === "unknown") return isOff ? [] : ["unknown"];
    if (!trace.value) return [];
    return [isOff ? "everything once logged" : "everything"];
  });
}

function settingsIn(resource: Resource): readonly View<LogSettings>[] {
  const of = resource as Resource<{
    settings?: LogSettings;
    defaultRouteSettings?: LogSettings;
    routeSettings?: LogSettings[];
    methodSettings?: LogSettings[];
    stageDescription?: LogSettings & { methodSettings?: LogSettings[] };
  }>;
  if (MethodSettings.is(resource)) return one(of.record("settings"));
  if (StageV2.is(resource)) {
    return [...one(of.record("defaultRouteSettings")), ...knownElements(of.records("routeSettings"))];
  }
  if (Stage.is(resource)) return knownElements(of.records("methodSettings"));
  const description = of.record("stageDescription");
  return description.kind === "known"
    ? [description.value, ...knownElements(description.value.records("methodSettings"))]
    : [];
}

const one = <T>(seen: Seen<T>): readonly T[] => (seen.kind === "known" ? [seen.value] : []);
