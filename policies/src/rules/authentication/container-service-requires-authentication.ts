import {
  containerTypes,
  ExpressService,
  isInPublicSubnet,
  publicBecause,
  Subnet,
} from "../../endpoints/containers/container-service";
import type { Resource } from "../../stack";
import { nist, owasp, pci, soc2 } from "../controls";
import { type Context, type Finding, type Option, resourceRule } from "../rule";
import { isRequired, requireOn as requireOnLoadBalancers } from "./required-load-balancers";

const requireOn: Option = {
  ...requireOnLoadBalancers,
  description:
    'Which container services serve an API and may not be public: "tag:KEY" or "tag:KEY=VALUE" for those with a tag, "name:NAME" for those with a name in the program, or "all". A public one that it names is mandatory; every other one is an advisory, since many serve web sites with a login of their own.',
};

export const containerServiceRequiresAuthentication = resourceRule({
  id: "container-service-requires-authentication",
  theme: "authentication",
  title: "Public container services authenticate their callers",
  severity: "high",
  // An advisory, unless requireOn says that the service is an API.
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API2:2023"), nist("AC-3"), nist("SC-7"), pci("1.4.2"), soc2("CC6.6")],
  why: "App Runner, ECS Express, Lightsail and Elastic Beanstalk give containers an address on the internet and authenticate nobody. Whether a caller is anyone at all is left to the code in the container, which a preview doesn't show.",
  fix: "networkConfiguration: { ingressConfiguration: { isPubliclyAccessible: false } }   // and an API that authenticates its callers in front",
  exceptionIf: "the code in the container authenticates every caller, or what it serves is public",
  links: [
    "https://docs.aws.amazon.com/apprunner/latest/dg/network-pl.html",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/express-service-overview.html",
    "https://docs.aws.amazon.com/lightsail/latest/userguide/amazon-lightsail-container-services.html",
    "https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html",
  ],
  kinds: {
    "public-service": "Anybody on the internet reaches the service, and nothing before it asks who calls.",
  },
  examples: {
    options: { requireOn: ["tag:exposure=api"] },
    bad: `new aws.apprunner.Service("open-lookup", {
    serviceName: "open-lookup",
    tags: { exposure: "api" },
    sourceConfiguration: {
        imageRepository: { imageIdentifier: "111111111111.dkr.ecr.eu-west-1.amazonaws.com/lookup:1", imageRepositoryType: "ECR" },
    },
});`,
    good: `new aws.apprunner.Service("private-lookup", {
    serviceName: "private-lookup",
    tags: { exposure: "api" },
    networkConfiguration: { ingressConfiguration: { isPubliclyAccessible: false } },
    sourceConfiguration: {
        imageRepository: { imageIdentifier: "111111111111.dkr.ecr.eu-west-1.amazonaws.com/lookup:1", imageRepositoryType: "ECR" },
    },
});`,
  },
  options: { requireOn },
  resources: containerTypes,
  reads: {
    networkConfiguration: "deciding word",
    networkConfigurations: "reference",
    publicEndpoint: "presence",
    tier: "deciding word",
    settings: "deciding word",
    tags: "reference",
  },
  stackResources: [Subnet],
  *check(service, { options }) {
    const because = publicBecause(service);
    if (because !== undefined) yield publicService(service, because, options);
  },
  *checkStack(stack, { options }) {
    for (const service of stack.of(ExpressService)) {
      if (publicBecause(service) !== undefined || !isInPublicSubnet(stack, service)) continue;
      yield publicService(service, "is in a subnet that gives its members public addresses", options);
    }
  },
});

const fixes: Readonly<Record<string, string>> = {
  "aws:ecs/expressGatewayService:ExpressGatewayService":
    "networkConfigurations: [{ subnets: privateSubnetIds }]   // and an API that authenticates its callers in front",
  "aws:lightsail/containerServiceDeploymentVersion:ContainerServiceDeploymentVersion":
    "leave publicEndpoint out; the other Lightsail resources still reach the private domain of the service",
  "aws:elasticbeanstalk/environment:Environment":
    'settings: [{ namespace: "aws:ec2:vpc", name: "ELBScheme", value: "internal" }]   // and an API that authenticates its callers in front',
};

function publicService(
  service: Resource,
  because: string,
  options: Context["options"],
): Finding<"public-service"> {
  const required = isRequired(options.requireOn, { path: [service] });
  const fix = fixes[service.type];
  return {
    kind: "public-service",
    resource: service,
    openings: [{ route: "$default", what: `${because}, and nothing before it authenticates callers` }],
    ...(fix !== undefined && { fix }),
    ...(required === undefined && {
      sentence: `Whether requireOn names "${service.name}" depends on tags that are not known before the deployment: write them as plain strings.`,
    }),
    ...(required === false && { lowered: "lesser finding" as const }),
  };
}
