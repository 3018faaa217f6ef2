import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Proof } from "../authorization/proof-headers";
import type { PublicAccessArgs } from "../public-access/declaration";
import type { RouteKey } from "../routes/route-key";
import type { Throttle } from "../throttle";
import type { EffectiveAuthorization } from "./effective-authorizations";
import type { Part } from "./part";
import type { Place } from "./surroundings";

/** An API with valid arguments, before its resources are created. */
export interface PlannedApi {
  /** How each route is authorized. */
  readonly routes: readonly EffectiveAuthorization[];
  /** The declarations of public routes. */
  readonly publicAccess: readonly PublicAccessArgs[];
  readonly throttles: readonly { readonly key: RouteKey; readonly throttle: Throttle | undefined }[];
  /** Where callers send their credentials. */
  readonly authorizations: readonly Proof[];
  /** Creates everything that decides how the API answers. */
  make(place: Place): MadeApi;
}

/** An API whose resources are created. It is ready for a deployment. */
export interface MadeApi {
  readonly api: Part<aws.apigateway.RestApi>;
  /** The routes that are separate resources. */
  readonly methods: Readonly<Record<RouteKey, aws.apigateway.Method>>;
  /** What else decides how the API answers. */
  readonly parts: readonly Part[];
  /** What else has to exist before a request arrives. */
  readonly needs: readonly pulumi.Resource[];
}
