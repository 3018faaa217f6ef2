import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { childName } from "../child-name";
import { legacyTls } from "../domain/tls";
import { checkedOnArrival, entryOf } from "../input-problems";
import { transformed } from "../override/transform";
import type { ApiDomainArgs } from "./args";
import { vpcEndpointIdProblems } from "./argument-problems";

type PrivateDomainArgs = Extract<ApiDomainArgs, { readonly apis: "private REST" }>;

/**
 * Creates a private domain, which only the VPC endpoints can reach, and its association with each.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains-tutorial.html
 */
export function makePrivateDomain(
  name: string,
  { name: domainName, certificateArn, vpcEndpoints, tags, transform = {} }: PrivateDomainArgs,
  headline: string,
  opts: pulumi.CustomResourceOptions,
): aws.apigateway.DomainName {
  const tagged = tags !== undefined && { tags };
  const endpoints = Object.entries(vpcEndpoints).map(([key, id]) => ({
    key,
    id: checkedOnArrival(pulumi.output(id), headline, (arrived) =>
      vpcEndpointIdProblems(arrived, entryOf("vpcEndpoints", key)),
    ),
  }));
  const domain = new aws.apigateway.DomainName(
    name,
    transformed(transform.domainName, "aws:apigateway/domainName:DomainName", name, {
      domainName,
      certificateArn,
      endpointConfiguration: { types: "PRIVATE" },
      ...legacyTls,
      policy: pulumi.jsonStringify(policyOf(endpoints.map(({ id }) => id))),
      ...tagged,
    }),
    opts,
  );
  for (const { key, id } of endpoints) {
    const child = childName(name, key);
    new aws.apigateway.DomainNameAccessAssociation(
      child,
      transformed(
        transform.accessAssociation,
        "aws:apigateway/domainNameAccessAssociation:DomainNameAccessAssociation",
        child,
        {
          domainNameArn: domain.arn,
          accessAssociationSource: id,
          accessAssociationSourceType: "VPCE",
          ...tagged,
        },
      ),
      opts,
    );
  }
  return domain;
}

/** As on AWS's page. It lets nobody do more than the policy and the routes of the API behind it. */
function policyOf(vpcEndpointIds: readonly pulumi.Input<string>[]): object {
  const everything = { Principal: "*", Action: "execute-api:Invoke", Resource: "*" };
  return {
    Version: "2012-10-17",
    Statement: [
      { Sid: "Callers", Effect: "Allow", ...everything },
      {
        Sid: "OtherEndpoints",
        Effect: "Deny",
        ...everything,
        Condition: { StringNotEquals: { "aws:SourceVpce": vpcEndpointIds } },
      },
    ],
  };
}
