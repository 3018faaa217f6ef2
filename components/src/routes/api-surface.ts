import type { Authorization } from "../authorization/authorization";
import type { InputProblem, Names, PlainRecord } from "../input-problems";
import type { Integration } from "../integration/integration";

/** What a kind of API takes, for the checks that all kinds share. */
export interface ApiSurface {
  /** The authorizations it knows, with the function that makes each. */
  readonly authorizations: Readonly<Partial<Record<Authorization["type"], string>>>;
  /** What is wrong with an authorization that the kind knows in general: for instance a missing `clientIds`. */
  authorizationProblems?(authorization: Authorization, propertyPath: string): readonly InputProblem[];
  /** What may answer a route besides a Lambda function. */
  readonly integrations: readonly Integration["type"][];
  /** What a route can have besides what says who may call it. */
  readonly routeArguments: Names;
  /** What is wrong with these. */
  routeProblems(route: PlainRecord, path: string, key: string): readonly InputProblem[];
}
