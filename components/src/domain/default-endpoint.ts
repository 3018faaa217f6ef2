import type { InputProblem } from "../input-problems";

/** Whether callers can use the endpoint that API Gateway gives every API, `ID.execute-api.REGION.amazonaws.com`. */
export interface DefaultEndpoint {
  /**
   * `"off"` turns the API's default endpoint off, for an API behind a domain that is created elsewhere. Until a domain leads to
   * the API, nobody can call it, and `url` leads to the endpoint that is off. Default: on, unless `domain` is set, which turns
   * it off.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-disable-default-endpoint.html
   */
  readonly defaultEndpoint?: "off" | undefined;
}

/** Whether the default endpoint is off, so that nobody bypasses a domain, which may require client certificates. */
export function isDefaultEndpointOff({
  domain,
  defaultEndpoint,
}: DefaultEndpoint & { readonly domain?: unknown }): boolean {
  return domain !== undefined || defaultEndpoint === "off";
}

export function defaultEndpointProblems(defaultEndpoint: unknown, propertyPath: string): InputProblem[] {
  if (defaultEndpoint === undefined || defaultEndpoint === "off") return [];
  return [
    { propertyPath, reason: 'write "off", or leave it out: without a domain, the default endpoint is on' },
  ];
}
