import type { InputProblem, PlainRecord } from "../input-problems";
import { isIntegration, isService } from "../integration/integration";
import { restLimits, timeoutProblems } from "../limits";

/** How API Gateway passes the answer of a handler on. */
export interface ResponseTransfer {
  /**
   * `STREAM` passes the answer on while it arrives: for more than 10 MB, for server-sent events, and for up to 15 minutes. Not
   * for AWS services. A function has to write its answer for streaming. Default: `BUFFERED`, API Gateway waits for the whole
   * answer.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html
   */
  readonly responseTransferMode?: "BUFFERED" | "STREAM" | undefined;
  /**
   * Milliseconds that API Gateway waits for the handler, 50 to 29000, or to 300000 if AWS has raised the quota of the account.
   * To 900000 for `STREAM`. Default: 29000.
   */
  readonly timeoutMilliseconds?: number | undefined;
}

export function transferProblems(
  { handler, responseTransferMode, timeoutMilliseconds }: PlainRecord,
  path: string,
): InputProblem[] {
  return [
    ...modeProblems(responseTransferMode, handler, `${path}.responseTransferMode`),
    ...transferTimeoutProblems(responseTransferMode, timeoutMilliseconds, `${path}.timeoutMilliseconds`),
  ];
}

export function transferTimeoutProblems(
  mode: unknown,
  milliseconds: unknown,
  propertyPath: string,
): InputProblem[] {
  const limit = mode === "STREAM" ? restLimits.streamTimeout : restLimits.timeout;
  return timeoutProblems(milliseconds, limit, propertyPath);
}

function modeProblems(mode: unknown, handler: unknown, propertyPath: string): InputProblem[] {
  if (mode === undefined || mode === "BUFFERED") return [];
  if (mode !== "STREAM") return [{ propertyPath, reason: "write STREAM or BUFFERED, not an Output" }];
  if (!isIntegration(handler) || !isService(handler)) return [];
  const reason =
    "leave it out: API Gateway streams the answers of functions and endpoints only, and gives callers of an AWS service a short answer of its own";
  return [{ propertyPath, reason }];
}

/**
 * The URI with which API Gateway invokes a function for streaming, made of the other one, because an alias has no other.
 * Pulumi's mocks may have none.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
 */
export function streamingInvokeArn(invokeArn: string | undefined): string {
  return (invokeArn ?? "").replace(
    /:lambda:path\/2015-03-31\/functions\/(.*)\/invocations$/,
    ":lambda:path/2021-11-15/functions/$1/response-streaming-invocations",
  );
}
