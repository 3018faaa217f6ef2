import type { HttpIntegration, RestVpcLinkIntegration } from "../integration/integration";
import type { Handler } from "../lambda-function/handler";

/** What answers a route: a Lambda function, in the proxy format 1.0, or what `Integration` makes. */
export type RestHandler = Handler | HttpIntegration | RestVpcLinkIntegration;
