import { type InputProblem, isPlainRecord, unknownProperties } from "../input-problems";
import { isPublicAccess } from "../public-access/route-access";
import { type AccessLog, retentionsInDays } from "./args";
import { ownAuthorizationProblems, routesProblems } from "./route-problems";
import { throttleProblems } from "./throttle";

const apiArguments = ["authorization", "routes", "throttle", "accessLog", "tags"];
const accessLogArguments: readonly (keyof AccessLog)[] = ["retentionInDays", "kmsKeyId"];

/** Everything that is wrong with the arguments of a `SecureHttpApi`, for callers that TypeScript doesn't check. */
export function argumentProblems(args: unknown): InputProblem[] {
  if (!isPlainRecord(args)) {
    return [{ propertyPath: "", reason: "give { authorization, routes }, an object that is not an Output" }];
  }
  return [
    ...unknownProperties(args, apiArguments, ""),
    ...defaultAuthorizationProblems(args.authorization),
    ...routesProblems(args.routes, args.authorization),
    ...throttleProblems(args.throttle, "throttle"),
    ...accessLogProblems(args.accessLog),
  ];
}

function defaultAuthorizationProblems(authorization: unknown): InputProblem[] {
  const propertyPath = "authorization";
  if (authorization === undefined) return [];
  if (isPublicAccess(authorization)) {
    return [{ propertyPath, reason: "public access is declared route by route, never for the whole API" }];
  }
  return ownAuthorizationProblems(authorization, propertyPath);
}

function accessLogProblems(accessLog: unknown): InputProblem[] {
  if (accessLog === undefined) return [];
  if (!isPlainRecord(accessLog)) {
    return [{ propertyPath: "accessLog", reason: "give { retentionInDays, kmsKeyId }" }];
  }
  const problems = unknownProperties(accessLog, accessLogArguments, "accessLog.");
  const { retentionInDays } = accessLog;
  if (retentionInDays !== undefined && !retentionsInDays.some((days) => days === retentionInDays)) {
    problems.push({
      propertyPath: "accessLog.retentionInDays",
      reason: `give one of the numbers that CloudWatch Logs takes: ${retentionsInDays.join(", ")}`,
    });
  }
  return problems;
}
