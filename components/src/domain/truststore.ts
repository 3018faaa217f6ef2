import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkedOnArrival } from "../input-problems";
import { type MutualTlsArgs, truststoreUriProblems, truststoreVersionProblems } from "./mutual-tls";

/**
 * The truststore as a domain name spells it. A value that arrives later is checked then.
 *
 * @param headline the first line of an error
 * @param path where the arguments are, with a dot at the end
 */
export function truststore(
  { truststoreUri, truststoreVersion }: MutualTlsArgs,
  headline: string,
  path: string,
): aws.types.input.apigateway.DomainNameMutualTlsAuthentication {
  return {
    truststoreUri: checkedOnArrival(pulumi.output(truststoreUri), headline, (uri) =>
      truststoreUriProblems(uri, `${path}truststoreUri`),
    ),
    truststoreVersion: checkedOnArrival(pulumi.output(truststoreVersion), headline, (version) =>
      truststoreVersionProblems(version, `${path}truststoreVersion`),
    ),
  };
}
