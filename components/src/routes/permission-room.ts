import * as aws from "@pulumi/aws";
import { childName } from "../child-name";
import { type InputProblem, isPlainRecord } from "../input-problems";
import { isIntegration } from "../integration/integration";

/** Not to be raised: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (resource-based policy) */
const mostBytes = 20_480;
const aroundStatements = '{"Version":"2012-10-17","Id":"default","Statement":[]}'.length;

/** As short as any in AWS. What isn't known must not have an API refused that would be deployed. */
const shortest = { place: "us-east-1:123456789012", api: "abcdefghij", name: "f" };

/** Where the routes of an API stand, and how their permissions name them. */
interface Routes {
  /** By their keys, each with its handler; what isn't that is refused elsewhere. */
  readonly routes: unknown;
  /** How a route stands in the arguments. */
  readonly pathOf: (key: string) => string;
  /** What comes after the API's ARN in the permission of a route: `STAGE/GET/customers`. */
  readonly resourceOf: (key: string) => string;
}

/**
 * What is wrong with functions that answer more routes than they can permit. A route has a statement of its own in the
 * policy of its function, so that a route that is gone can't invoke it any more; a version and an alias have policies of
 * their own. Lambda refuses what is too long only when it is deployed (`PolicyLengthExceededException`).
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
export function permissionRoomProblems(
  component: string,
  { routes, pathOf, resourceOf }: Routes,
): InputProblem[] {
  if (!isPlainRecord(routes)) return [];
  const taken = new Map<unknown, { readonly keys: string[]; bytes: number; fitting: number }>();
  for (const [key, route] of Object.entries(routes)) {
    const handler = isPlainRecord(route) ? route.handler : undefined;
    if (handler === undefined || isIntegration(handler)) continue;
    const policy = policyOf(handler);
    const room = taken.get(policy) ?? { keys: [], bytes: aroundStatements, fitting: 0 };
    taken.set(policy, room);
    room.keys.push(key);
    room.bytes += statementLength(childName(component, key), handler, resourceOf(key));
    if (room.bytes <= mostBytes) room.fitting = room.keys.length;
  }
  return [...taken.values()].flatMap(({ keys, fitting }) => {
    const first = keys[fitting];
    if (first === undefined) return [];
    const reason =
      `its function would answer ${keys.length} routes, and its policy of ${mostBytes} bytes has room for ` +
      `${fitting}: let another function answer some of them, or an alias of this one, which has a policy of its own, ` +
      "or write one route in place of several";
    return [{ propertyPath: `${pathOf(first)}.handler`, reason }];
  });
}

/** What is the same for two handlers that have one policy, as far as that is known. */
function policyOf(handler: unknown): unknown {
  const { name, qualifier } = referenceOf(handler);
  return name === undefined ? handler : `${name}:${qualifier ?? ""}`;
}

/** The name and the qualifier of a function that is made elsewhere, where they are there now. */
function referenceOf(handler: unknown): { readonly name?: string; readonly qualifier?: string } {
  if (!isPlainRecord(handler) || aws.lambda.Function.isInstance(handler)) return {};
  const { functionName, qualifier } = handler;
  const name = typeof functionName === "string" ? functionName.replace(/^.*:function:/, "") : undefined;
  return {
    ...(name !== undefined && { name }),
    ...(typeof qualifier === "string" && { qualifier }),
  };
}

/** Lambda writes each permission like this. The provider adds to the name, which counts for nothing here. */
function statementLength(permission: string, handler: unknown, resource: string): number {
  const { name = shortest.name, qualifier = "" } = referenceOf(handler);
  const statement = {
    Sid: permission,
    Effect: "Allow",
    Principal: { Service: "apigateway.amazonaws.com" },
    Action: "lambda:InvokeFunction",
    Resource: `arn:aws:lambda:${shortest.place}:function:${name}${qualifier && `:${qualifier}`}`,
    Condition: {
      ArnLike: { "AWS:SourceArn": `arn:aws:execute-api:${shortest.place}:${shortest.api}/${resource}` },
    },
  };
  return `,${JSON.stringify(statement)}`.length;
}
