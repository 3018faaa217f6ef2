import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { fittingChild, fittingText } from "../aws-name";
import { type Transform, transformed } from "../override/transform";
import type { Tags } from "../tags";
import type { ServiceCall } from "./service-call";

/** Changes the arguments of what service integrations need. */
export interface ServiceTransforms {
  /** For the role of each route that an AWS service answers. */
  readonly integrationRole?: Transform<aws.iam.RoleArgs> | undefined;
  /** For the policy of that role. */
  readonly integrationPolicy?: Transform<aws.iam.RolePolicyArgs> | undefined;
}

/** How a component creates a role. */
interface Making {
  readonly component: string;
  readonly transforms: ServiceTransforms;
  readonly tags: Tags | undefined;
  readonly opts: pulumi.CustomResourceOptions;
}

/**
 * Creates the role with which API Gateway makes the call, and answers its ARN. Each route has its own, so that what one route
 * may do doesn't depend on another. The ARN arrives when the role has its policy.
 */
export function makeServiceRole(
  name: string,
  call: ServiceCall,
  { component, transforms, tags, opts }: Making,
): pulumi.Output<string> {
  const roleType = "aws:iam/role:Role";
  const ofRole = fittingChild(roleType, name, opts);
  const role = new aws.iam.Role(
    ofRole.name,
    transformed(transforms.integrationRole, roleType, ofRole.name, {
      description: fittingText("roleDescription", `Allows ${call.permission} for a route of ${component}`),
      assumeRolePolicy: JSON.stringify(trustPolicy),
      ...(tags !== undefined && { tags }),
    }),
    ofRole.opts,
  );
  const policyType = "aws:iam/rolePolicy:RolePolicy";
  const ofPolicy = fittingChild(policyType, name, opts);
  const policy = new aws.iam.RolePolicy(
    ofPolicy.name,
    transformed(transforms.integrationPolicy, policyType, ofPolicy.name, {
      role: role.id,
      policy: pulumi.jsonStringify(policyOf(call)),
    }),
    ofPolicy.opts,
  );
  return pulumi.all([role.arn, policy.id]).apply(([arn]) => arn);
}

function policyOf({ permission, target, keyPermissions, keyArn }: ServiceCall) {
  return {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: permission, Resource: target.apply(({ arn }) => arn) },
      ...(keyArn === undefined ? [] : [{ Effect: "Allow", Action: [...keyPermissions], Resource: keyArn }]),
    ],
  };
}

/**
 * There is no condition on the source: API Gateway sends no `aws:SourceAccount` when it assumes the role of an integration, so
 * every request would be answered with 500
 * (https://github.com/aws-solutions-library-samples/accelerated-intelligent-document-processing-on-aws/pull/479), and no page of
 * AWS says that it sends `aws:SourceArn`. Whoever gives the role to an API needs `iam:PassRole`, which another account can't have
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html).
 */
const trustPolicy = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
};
