import type { HttpIntegration, RestVpcLinkIntegration } from "../integration/integration";
import type { ServiceIntegration } from "../integration/service-integration";
import type { Handler } from "../lambda-function/handler";

/** What answers a route: a Lambda function, in payload format 1.0, or an `Integration`. */
export type RestHandler = Handler | HttpIntegration | RestVpcLinkIntegration | ServiceIntegration;
