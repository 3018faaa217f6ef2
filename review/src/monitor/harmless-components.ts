import { matchesType } from "../engine/type-pattern";

/** Remote components that create nothing that a caller could reach as an API. */
export interface HarmlessComponents {
  /** Types, or modules (`awsx:ec2:*`). */
  readonly types: readonly string[];
  /** Completes "They create". */
  readonly create: string;
  /** The page or the source that says so. */
  readonly source: string;
}

/**
 * The components of Pulumi's published packages that are known to create no API endpoint, nor anything that decides who may
 * call one. So nothing is missing if their children aren't seen.
 *
 * Left out on purpose, because they create an endpoint, open one, or decide who may call it:
 *
 * - `aws-apigateway:index:RestAPI`: an API.
 * - `awsx:lb:*`: load balancers and their listeners, and the permission by which one calls a function.
 * - `awsx:ecs:FargateService`, `awsx:ecs:EC2Service`: they put containers behind a load balancer. Without a network
 *   configuration, a Fargate service gets a security group that lets in everybody, and a public address if it asks for one.
 * - `aws-iam:index:*`: roles that its arguments let others assume, and policies that say what their holders may call.
 * - `aws-static-website:index:Website`: a distribution, and a bucket with a public policy.
 * - `kubernetes-ingress-nginx:index:IngressController`: a service of the cluster for which AWS creates a load balancer.
 * - A Terraform module, and a component of any other package: it may create anything.
 */
export const harmlessComponents: readonly HarmlessComponents[] = [
  {
    types: ["awsx:ec2:*"],
    create: "a network: a VPC, its subnets, routes, gateways and VPC endpoints",
    source: "https://www.pulumi.com/registry/packages/awsx/api-docs/ec2/vpc/",
  },
  {
    types: ["awsx:ecr:*"],
    create: "a repository of images with its lifecycle policy, and images in one",
    source: "https://www.pulumi.com/registry/packages/awsx/api-docs/ecr/repository/",
  },
  {
    types: ["awsx:ecs:FargateTaskDefinition", "awsx:ecs:EC2TaskDefinition"],
    create: "a task definition with its log group and roles, which runs nothing until a service names it",
    source: "https://www.pulumi.com/registry/packages/awsx/api-docs/ecs/fargatetaskdefinition/",
  },
  {
    types: ["awsx:cloudtrail:*"],
    create: "a trail with its bucket and log group",
    source: "https://www.pulumi.com/registry/packages/awsx/api-docs/cloudtrail/trail/",
  },
  {
    types: ["eks:index:*"],
    create:
      "a cluster with its nodes, roles and add-ons. Its API server authenticates every caller with IAM; what runs in the cluster is not a resource of AWS",
    source: "https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html",
  },
  {
    types: ["aws-quickstart-vpc:index:*"],
    create: "a network: a VPC, its subnets, routes and gateways",
    source: "https://github.com/pulumi/pulumi-aws-quickstart-vpc",
  },
  {
    types: ["synced-folder:index:*"],
    create: "the objects of a bucket that the program creates",
    source: "https://www.pulumi.com/registry/packages/synced-folder/",
  },
  {
    types: ["kubernetes-cert-manager:index:*"],
    create: "a controller inside of a cluster, which issues certificates",
    source: "https://www.pulumi.com/registry/packages/kubernetes-cert-manager/",
  },
  {
    types: ["docker:index:*", "docker-build:index:*"],
    create: "images, and containers of a Docker daemon",
    source: "https://www.pulumi.com/registry/packages/docker/",
  },
  {
    types: ["random:index:*", "tls:index:*", "tls-self-signed-cert:index:*"],
    create: "values: random ones, keys and certificates",
    source: "https://www.pulumi.com/registry/packages/random/",
  },
];

/** What a remote component of a type creates, if that is known to be no API endpoint; undefined otherwise. */
export function harmlessCreationOf(type: string): string | undefined {
  return harmlessComponents.find(({ types }) => types.some((pattern) => matchesType(pattern, type)))?.create;
}
