import type * as pulumi from "@pulumi/pulumi";
import type { AccessLog } from "../access-log/args";
import type { HttpAuthorization } from "../authorization/authorization";
import type { HttpIntegration, VpcLinkIntegration } from "../integration/integration";
import type { Handler } from "../lambda-function/handler";
import type { AuthorizedRoutes } from "../routes/route-types";
import type { Throttle } from "../throttle";

/** What a route has beside its authorization. */
export interface HttpRouteSettings {
  /** What answers: a Lambda function, in payload format 2.0, or what `Integration` makes. */
  readonly handler: Handler | HttpIntegration | VpcLinkIntegration;
  /** Default: the API's. */
  readonly throttle?: Throttle | undefined;
  /** Milliseconds after which API Gateway gives up waiting for the handler, 50 to 30000. Default: 30000. */
  readonly timeoutMilliseconds?: number | undefined;
}

/** What a `SecureHttpApi` has beside its routes. */
interface HttpApiSettings {
  /** For every route that has none of its own. Default: 100 requests per second, 200 at once. */
  readonly throttle?: Throttle | undefined;
  readonly accessLog?: AccessLog | undefined;
  /** For the API, its stage and its log group. */
  readonly tags?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>> | undefined;
}

/** The arguments of a `SecureHttpApi`. */
export type SecureHttpApiArgs = HttpApiSettings & AuthorizedRoutes<HttpAuthorization, HttpRouteSettings>;
