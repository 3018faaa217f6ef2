import * as aws from "@pulumi/aws";
import { fittingChild } from "../aws-name";
import { childName } from "../child-name";
import { type InputProblem, isPlainRecord } from "../input-problems";
import { isIntegration } from "../integration/integration";
import { permissionOf } from "../lambda-function/handler";
import { permissionType } from "../lambda-function/permission";
import { functionLimits } from "../limits";

const { most: mostBytes } = functionLimits.policy;
const aroundStatements = '{"Version":"2012-10-17","Id":"default","Statement":[]}'.length;

/** The shortest that AWS has. With unknown values, an API that would deploy must not be refused. */
const shortest = { place: "us-east-1:123456789012", api: "abcdefghij", name: "f" };

/** The routes of an API, their paths in the arguments, and their names in permissions. */
interface Routes {
  /** Routes by key, each with its handler. Anything else is refused elsewhere. */
  readonly routes: unknown;
  /** The path of a route in the arguments. */
  readonly pathOf: (key: string) => string;
  /** The end of the source ARN in the permission of a route: `STAGE/GET/customers`. */
  readonly resourceOf: (key: string) => string;
  /** What to say if it is the component's own function. Default: for a function of the program. */
  readonly ownProblem?: (room: { readonly count: number; readonly fitting: number }) => InputProblem;
}

/**
 * Refuses more routes than a function's policy has room for. Each route has its own statement there, so that a removed route
 * can't invoke the function. A version or an alias has its own policy. Lambda refuses a policy that is too long only during
 * the deployment (`PolicyLengthExceededException`).
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
export function permissionRoomProblems(
  component: string,
  { routes, pathOf, resourceOf, ownProblem }: Routes,
): InputProblem[] {
  if (!isPlainRecord(routes)) return [];
  const taken = new Map<unknown, { readonly keys: string[]; bytes: number; fitting: number }>();
  for (const [key, route] of Object.entries(routes)) {
    const handler = isPlainRecord(route) ? route.handler : undefined;
    if (handler === undefined || isIntegration(handler)) continue;
    // Its owner writes its policy, with as few statements as they like.
    if (permissionOf(handler) === "elsewhere") continue;
    const policy = policyOf(handler);
    const room = taken.get(policy) ?? { keys: [], bytes: aroundStatements, fitting: 0 };
    taken.set(policy, room);
    room.keys.push(key);
    room.bytes += statementLength(permissionName(component, key), handler, resourceOf(key));
    if (room.bytes <= mostBytes) room.fitting = room.keys.length;
  }
  return [...taken.values()].flatMap(({ keys, fitting }) => {
    const first = keys[fitting];
    if (first === undefined) return [];
    if (ownProblem) return [ownProblem({ count: keys.length, fitting })];
    const reason =
      `its function would answer ${keys.length} routes, and its policy of ${mostBytes} bytes has room for ` +
      `${fitting}: let another function answer some of them, or an alias of this one, which has its own policy, ` +
      "or combine several routes into one";
    return [{ propertyPath: `${pathOf(first)}.handler`, reason }];
  });
}

function permissionName(component: string, key: string): string {
  return fittingChild(permissionType, childName(component, key), {}).name;
}

/** A value that is equal for two handlers with the same policy, as far as that is known. */
function policyOf(handler: unknown): unknown {
  const { name, qualifier } = referenceOf(handler);
  return name === undefined ? handler : `${name}:${qualifier ?? ""}`;
}

/** The name and the qualifier of a function reference, if they are plain. */
function referenceOf(handler: unknown): { readonly name?: string; readonly qualifier?: string } {
  if (!isPlainRecord(handler) || aws.lambda.Function.isInstance(handler)) return {};
  const { functionName, qualifier } = handler;
  const name = typeof functionName === "string" ? functionName.replace(/^.*:function:/, "") : undefined;
  return {
    ...(name !== undefined && { name }),
    ...(typeof qualifier === "string" && { qualifier }),
  };
}

/** The length of a statement as Lambda writes it. The suffix that the provider adds to the name isn't counted. */
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
