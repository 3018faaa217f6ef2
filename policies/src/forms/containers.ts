import { isRecord, isUnknown, unknownValue } from "../stack";
import type { Form } from "./form";

/** CloudFormation's `[{ key, value }]` is a map in the provider aws. */
const tags = (list: unknown): unknown => {
  if (!Array.isArray(list)) return list;
  const isReadable = list.every((tag) => isRecord(tag) && typeof tag.key === "string" && !isUnknown(tag.key));
  return isReadable ? Object.fromEntries(list.map(({ key, value }) => [key, value])) : unknownValue;
};

const settings = (list: unknown): unknown =>
  Array.isArray(list)
    ? list.map((setting) =>
        isRecord(setting)
          ? { namespace: setting.namespace, name: setting.optionName, value: setting.value }
          : setting,
      )
    : list;

const tierName = (tier: unknown): unknown => (isRecord(tier) ? tier.name : tier);

const asList = (given: unknown): unknown => (isRecord(given) ? [given] : given);

/** The services that run containers, and what starts them, by their CloudFormation names. */
export const containers: Readonly<Record<string, Form>> = {
  "AWS::AppRunner::Service": { token: "aws:apprunner/service:Service", names: {}, values: { tags } },
  "AWS::ECS::ExpressGatewayService": {
    token: "aws:ecs/expressGatewayService:ExpressGatewayService",
    names: { networkConfigurations: "networkConfiguration" },
    values: { networkConfigurations: asList, tags },
  },
  "AWS::Lightsail::Container": {
    token: "aws:lightsail/containerServiceDeploymentVersion:ContainerServiceDeploymentVersion",
    names: {},
    within: "containerServiceDeployment",
    parts: { publicEndpoint: "publicEndpoint" },
  },
  "AWS::ElasticBeanstalk::Environment": {
    token: "aws:elasticbeanstalk/environment:Environment",
    names: { settings: "optionSettings" },
    values: { settings, tier: tierName, tags },
  },
  "AWS::EC2::Subnet": { token: "aws:ec2/subnet:Subnet", names: {} },
  "AWS::CodePipeline::Webhook": { token: "aws:codepipeline/webhook:Webhook", names: {} },
};
