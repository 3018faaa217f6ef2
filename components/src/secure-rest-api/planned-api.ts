import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Proof } from "../authorization/proof-headers";
import type { PublicAccessArgs } from "../public-access/declaration";
import type { RouteKey } from "../routes/route-key";
import type { Throttle } from "../throttle";
import type { EffectiveAuthorization } from "./effective-authorizations";
import type { Part } from "./part";
import type { Place } from "./surroundings";

/** An API whose arguments are right, before anything of it is made. */
export interface PlannedApi {
  /** How each route is authorized. */
  readonly routes: readonly EffectiveAuthorization[];
  /** Which of them are open on purpose, and who answers for it. */
  readonly publicAccess: readonly PublicAccessArgs[];
  readonly throttles: readonly { readonly key: RouteKey; readonly throttle: Throttle | undefined }[];
  /** What is asked of callers. */
  readonly authorizations: readonly Proof[];
  /** Makes everything that says how the API answers. */
  make(place: Place): MadeApi;
}

/** An API that is ready to be deployed. */
export interface MadeApi {
  readonly api: Part<aws.apigateway.RestApi>;
  /** The routes that are resources of their own. */
  readonly methods: Readonly<Record<RouteKey, aws.apigateway.Method>>;
  /** What else says how the API answers. */
  readonly parts: readonly Part[];
  /** What else has to be there before a request arrives. */
  readonly needs: readonly pulumi.Resource[];
}
