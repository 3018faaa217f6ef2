import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkedOnArrival } from "../input-problems";
import { type MutualTlsArgs, truststoreUriProblems, truststoreVersionProblems } from "./args";

/**
 * Who issues the certificates that callers show. Whether the object has a version may show only when it arrives.
 *
 * @param headline how an error begins
 */
export function truststore(
  { truststoreUri, truststoreVersion }: MutualTlsArgs,
  headline: string,
): aws.types.input.apigateway.DomainNameMutualTlsAuthentication {
  return {
    truststoreUri: checkedOnArrival(pulumi.output(truststoreUri), headline, (uri) =>
      truststoreUriProblems(uri, "domain.mutualTls.truststoreUri"),
    ),
    truststoreVersion: checkedOnArrival(pulumi.output(truststoreVersion), headline, (version) =>
      truststoreVersionProblems(version, "domain.mutualTls.truststoreVersion"),
    ),
  };
}
