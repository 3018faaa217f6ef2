import { knownValue, type Resource, type ResourceOf, resourceType } from "../../stack";

/** An object of a Kubernetes cluster, of which a controller makes something in AWS. */
interface ObjectArgs {
  metadata?: { annotations?: Record<string, string> };
}

const object = (token: string) => resourceType<ObjectArgs>(`kubernetes:${token}`);

/**
 * What AWS Controllers for Kubernetes and Crossplane make an API of.
 *
 * @see https://aws-controllers-k8s.github.io/community/reference/apigatewayv2/v1alpha1/api/
 * @see https://aws-controllers-k8s.github.io/community/reference/lambda/v1alpha1/functionurlconfig/
 * @see https://marketplace.upbound.io/providers/upbound/provider-aws-apigatewayv2/
 */
export const controlledApis = [
  object("apigatewayv2.services.k8s.aws/v1alpha1:API"),
  object("lambda.services.k8s.aws/v1alpha1:FunctionURLConfig"),
  object("apigateway.aws.upbound.io/v1beta1:RestAPI"),
  object("apigatewayv2.aws.upbound.io/v1beta1:API"),
  object("lambda.aws.upbound.io/v1beta1:FunctionURL"),
] as const;

/** Their routes. Where the API is in the program, it is named for all of them. */
export const controlledRoutes = [
  object("apigatewayv2.services.k8s.aws/v1alpha1:Route"),
  object("apigateway.aws.upbound.io/v1beta1:Method"),
  object("apigatewayv2.aws.upbound.io/v1beta1:Route"),
] as const;

/** Of which the load balancer controller makes a load balancer, if its annotations say so. */
export const Ingress = resourceType<ObjectArgs>("kubernetes:networking.k8s.io/v1:Ingress", {
  metadata: "reference",
});

const prefix = "alb.ingress.kubernetes.io/";

/**
 * Whether the annotations of an ingress say that it is an API: its load balancer authenticates callers or verifies tokens, or
 * it speaks gRPC. Every other ingress may be a web site.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/
 */
function isPlainlyApi(ingress: ResourceOf<typeof Ingress>): boolean {
  const metadata = knownValue(ingress.record("metadata"));
  const annotations = metadata && knownValue(metadata.record("annotations"));
  const word = (name: string) => annotations && knownValue(annotations.word(`${prefix}${name}`));
  return (
    ["COGNITO", "OIDC"].includes(word("auth-type") ?? "") ||
    word("jwt-validation") !== undefined ||
    word("backend-protocol-version") === "GRPC"
  );
}

/** Whether a controller makes an API of the resource. */
export function isControlledApi(resource: Resource): boolean {
  return controlledApis.some((type) => type.is(resource)) || (Ingress.is(resource) && isPlainlyApi(resource));
}
