import { type LocalServer, serveLocally } from "../engine/grpc";
import { newestProtocol } from "../engine/protocol";
import type { Fixtures, MissingAnswer } from "../invokes";
import type { PlaceholderValues } from "../placeholders";
import type { Project } from "../project";
import type { SdkTypes } from "../sdk-types";
import type { Secrets } from "../secrets";
import { engineMethods, monitorMethods } from "./methods";
import { unusedAcceptances } from "./remote-components";
import type { OnRegister } from "./show";
import {
  type AcceptedComponent,
  emptyStack,
  type LogEntry,
  type RegisteredResource,
} from "./stack-under-preview";

/** The engine's side of a program's preview. */
export interface ResourceMonitor extends LocalServer {
  /** By URN. */
  readonly resources: ReadonlyMap<string, RegisteredResource>;
  readonly log: readonly LogEntry[];
  /** Sentences about what could not be run or read here. */
  readonly problems: ReadonlySet<string>;
  /** Makes up what nobody answers, in a survey. */
  readonly survey: PlaceholderValues | undefined;
  /** What nobody answers here. Each is a problem, too, by its message, except in a survey. */
  readonly unanswered: readonly MissingAnswer[];
  /** The remote components whose children weren't seen, as far as the user accepts that. */
  readonly accepted: readonly AcceptedComponent[];
  /** A notice for each acceptance that covered nothing so far. */
  unusedAcceptances(): readonly string[];
  readonly rootUrn: string;
  /** Whether the program ran to its end. */
  readonly isComplete: boolean;
}

/**
 * Serves `ResourceMonitor` and `Engine`, and answers a program as the engine does in a preview: ids and computed outputs are
 * unknown, and everything else is what the program sent.
 *
 * @param secrets collects what any message marks as secret
 * @param lookAhead makes the answers of a look-ahead, and adds each whole value to the set
 * @param isSurvey whether what nobody answers is made up, and is no problem
 */
export async function startMonitor(
  project: Project,
  fixtures: Fixtures,
  secrets: Secrets,
  onRegister: OnRegister,
  lookAhead?: (wholeValues: Set<unknown>, types: SdkTypes) => PlaceholderValues,
  isSurvey = false,
): Promise<ResourceMonitor> {
  const protocol = newestProtocol(project.programDirectory);
  const stack = emptyStack(project, fixtures, protocol, secrets, lookAhead, isSurvey);
  const server = await serveLocally([
    [protocol.monitorService, monitorMethods(stack, onRegister)],
    [protocol.engineService, engineMethods(stack)],
  ]);
  return {
    ...server,
    resources: stack.resources,
    log: stack.log,
    problems: stack.problems,
    unanswered: stack.unanswered,
    survey: stack.survey,
    accepted: stack.accepted,
    unusedAcceptances: () => unusedAcceptances(stack),
    get rootUrn() {
      return stack.rootUrn;
    },
    get isComplete() {
      return stack.isComplete;
    },
  };
}
