import { GatewayComponent, gatewayComponentRoutes } from "../../endpoints/api-gateway/gateway-component";
import { RestApi } from "../../endpoints/api-gateway/rest-api";
import {
  controlledApis,
  controlledRoutes,
  Ingress,
  isControlledApi,
} from "../../endpoints/kubernetes/controllers";
import {
  CloudControlResource,
  CloudFormationStack,
  CloudFormationStackSet,
  contentsOf,
  ProvisionedProduct,
  ServerlessApplication,
} from "../../endpoints/templates/template";
import type { Resource, Stack } from "../../stack";
import { nist, owasp, soc2 } from "../controls";
import { exemptedIf } from "../exception-code";
import { type Finding, resourceRule } from "../rule";
import { shortEnumeration } from "../wording";

/** How many unread resources of a template the message names. */
const listedParts = 10;

const id = "unread-infrastructure-is-named";

export const unreadInfrastructureIsNamed = resourceRule({
  id,
  theme: "governance",
  title: "Infrastructure that nobody could read is named",
  severity: "medium",
  level: "advisory",
  because: "what decides lies outside of the stack",
  controls: [owasp("API9:2023"), nist("CM-8"), soc2("CC7.1")],
  why: "A template behind a URL, an application of the Serverless Application Repository, a product of the Service Catalog, a clone of another API, an object of a cluster of which a controller makes an API, or a component that shows neither inputs nor children may hold any number of open APIs. If this rule is silent, every template and component was read. What code creates is never read and not reported here: a command, a dynamic provider, a custom resource of a template.",
  fix: "bring the template into the program as templateBody, or write its APIs with Pulumi",
  exceptionIf: "somebody reviewed the infrastructure where it is defined",
  links: [
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-restapi.html",
    "https://aws-controllers-k8s.github.io/community/reference/apigatewayv2/v1alpha1/api/",
    "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/",
    "https://docs.aws.amazon.com/serverlessrepo/latest/devguide/serverlessrepo-how-to-consume.html",
  ],
  kinds: {
    "defined-elsewhere":
      "A template behind a URL, an application, a product or a cloned API is defined outside of the program, and was not read.",
    "unread-part":
      "A template contains resources that were not read: nested templates behind a URL, clones, products, or what a macro creates.",
    "made-in-a-cluster":
      "A controller of a Kubernetes cluster makes an AWS API of the object: AWS Controllers for Kubernetes, Crossplane, or the load balancer controller where its annotations say that callers are authenticated or that it speaks gRPC.",
    "hidden-component": "A component shows neither its routes nor the REST API that it creates.",
  },
  liesOutside: ["defined-elsewhere", "unread-part", "made-in-a-cluster"],
  examples: {
    bad: `new aws.cloudformation.Stack("elsewhere", { templateUrl: "https://templates.s3.amazonaws.com/api.yaml" });`,
    good: `new aws.cloudformation.Stack("here", { templateBody: JSON.stringify({ Resources: {} }) });`,
  },
  resources: [
    CloudFormationStack,
    CloudFormationStackSet,
    CloudControlResource,
    ServerlessApplication,
    ProvisionedProduct,
    RestApi,
    Ingress,
    ...controlledApis,
  ],
  reads: {
    metadata: "reference",
    templateUrl: "presence",
    templateBody: "document",
    parameters: "document",
    typeName: "document",
    desiredState: "document",
    cloneFrom: "presence",
  },
  check: unreadIn,
  stackResources: [GatewayComponent, RestApi, ...controlledRoutes],
  checkStack: unreadInStack,
});

/** What a resource brings that isn't read. */
export function* unreadIn(given: Resource): Iterable<Finding<Kind>> {
  const read = given as Resource<{ templateUrl: string; cloneFrom: string }>;
  if (ServerlessApplication.is(given)) {
    yield named("defined-elsewhere", given, "is an application of the Serverless Application Repository");
    return;
  }
  if (ProvisionedProduct.is(given)) {
    yield named("defined-elsewhere", given, "is a product of the Service Catalog");
    return;
  }
  if (read.type === RestApi.token) {
    if (read.isSet("cloneFrom")) yield named("defined-elsewhere", read, "is a clone of another API");
    return;
  }
  if (isControlledApi(read)) yield madeInCluster(read);
  if (read.isSet("templateUrl")) yield named("defined-elsewhere", read, "has its template behind a URL");
  const template = contentsOf(read);
  if (template?.kind !== "read" || template.unread.length === 0) return;
  yield named("unread-part", read, `contains ${shortEnumeration(template.unread, listedParts)}`);
}

/** What isn't read, as only the whole stack shows. */
export function* unreadInStack(stack: Stack): Iterable<Finding<Kind>> {
  // The API that a route belongs to is named by itself.
  if (!controlledApis.some((type) => stack.of(type).length > 0)) {
    for (const route of controlledRoutes.flatMap((type) => stack.of(type))) yield madeInCluster(route);
  }
  for (const component of stack.of(GatewayComponent)) {
    const isShown = gatewayComponentRoutes(component) !== undefined;
    const hasApi = stack.childrenOf(component).some((child) => RestApi.is(child));
    if (!isShown && !hasApi)
      yield named("hidden-component", component, "shows neither its routes nor the REST API that it creates");
  }
}

type Kind = "defined-elsewhere" | "unread-part" | "made-in-a-cluster" | "hidden-component";

function madeInCluster(resource: Resource): Finding<"made-in-a-cluster"> {
  return {
    ...named("made-in-a-cluster", resource, "is made in AWS by a controller of its cluster"),
    fix: "write the API with Pulumi, so that its routes are read",
  };
}

function named<Named extends Kind>(kind: Named, resource: Resource, what: string): Finding<Named> {
  return {
    kind,
    resource,
    sentence: `"${resource.name}" ${what}: what it exposes was not read.`,
    waysOut: [exemptedIf("it was reviewed where it is defined", id, resource)],
  };
}
