import type { Authorization } from "../authorization/authorization";
import type { InputProblem, Names, PlainRecord } from "../input-problems";
import type { Integration } from "../integration/integration";

/** What a kind of API supports, for the checks that all kinds share. */
export interface ApiSurface {
  /** The authorizations that it supports, with the function that creates each. */
  readonly authorizations: Readonly<Partial<Record<Authorization["type"], string>>>;
  /** Checks what is specific to this kind about an authorization, for instance a missing `clientIds`. */
  authorizationProblems?(authorization: Authorization, propertyPath: string): readonly InputProblem[];
  /** The integrations that may answer a route. A Lambda function always may. */
  readonly integrations: readonly Integration["type"][];
  /** Whether it has mapping templates, which can escape what they put into JSON. */
  readonly hasTemplates: boolean;
  /** The arguments of a route, except those that say who may call it. */
  readonly routeArguments: Names;
  /** Checks these arguments. */
  routeProblems(route: PlainRecord, path: string, key: string): readonly InputProblem[];
}
