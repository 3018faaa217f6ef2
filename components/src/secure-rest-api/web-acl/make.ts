import * as aws from "@pulumi/aws";
import type { AccessLog } from "../../access-log/args";
import { keptLogGroup } from "../../access-log/kept-log-group";
import { headersIn, type Proof } from "../../authorization/proof-headers";
import { fittingPrefix, isFitting } from "../../aws-name";
import { transformed } from "../../override/transform";
import type { Surroundings } from "../surroundings";
import type { OwnWebAcl, WebAclArgs } from "./args";
import { visibility, webAclRules } from "./rules";

/** What a web ACL protects. */
export interface Shielded {
  readonly stage: aws.apigateway.Stage;
  readonly accessLog: AccessLog | undefined;
  /** The authorizations of the routes. The log must not contain the credentials that they check. */
  readonly authorizations: readonly Proof[];
}

/**
 * Protects the stage with a web ACL: the one that was passed in, or a new one with its log.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html
 * @returns the new one, if any
 */
export function shieldStage(
  waf: WebAclArgs | "off" | undefined,
  shielded: Shielded,
  surroundings: Surroundings,
): aws.wafv2.WebAcl | undefined {
  if (waf === "off") return undefined;
  const { component, opts } = surroundings;
  const own = waf?.webAclArn === undefined ? makeWebAcl(waf ?? {}, shielded, surroundings) : undefined;
  new aws.wafv2.WebAclAssociation(
    component,
    { resourceArn: shielded.stage.arn, webAclArn: own?.arn ?? waf?.webAclArn ?? "" },
    // Another web ACL replaces the association. AWS removes an association by the stage's ARN only, so deleting the old one
    // last would remove the new one (as in https://github.com/pulumi/pulumi-aws/issues/4782).
    { ...opts, deleteBeforeReplace: true },
  );
  return own;
}

function makeWebAcl(own: OwnWebAcl, shielded: Shielded, surroundings: Surroundings): aws.wafv2.WebAcl {
  const { component, tags, transform, opts } = surroundings;
  const isPlain = isFitting("webAcl", component);
  const webAcl = new aws.wafv2.WebAcl(
    component,
    transformed(transform.webAcl, "aws:wafv2/webAcl:WebAcl", component, {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      rules: webAclRules(own),
      // The name of the metric can have the same characters.
      visibilityConfig: visibility(isPlain ? component : fittingPrefix("webAcl", component)),
      ...(!isPlain && { namePrefix: fittingPrefix("webAcl", `${component}-`) }),
      ...(tags !== undefined && { tags }),
    }),
    opts,
  );
  makeWebAclLog(webAcl, shielded, surroundings);
  return webAcl;
}

/** https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html */
function makeWebAclLog(
  webAcl: aws.wafv2.WebAcl,
  { accessLog, authorizations }: Shielded,
  { component, tags, transform, opts }: Surroundings,
): void {
  const name = `${component}-waf`;
  const namePrefix = fittingPrefix("logGroup", `aws-waf-logs-${component}-`);
  const group = keptLogGroup(
    name,
    { namePrefix },
    { accessLog, tags, transform: transform.webAclLogGroup },
    opts,
  );
  new aws.wafv2.WebAclLoggingConfiguration(
    component,
    {
      resourceArn: webAcl.arn,
      logDestinationConfigs: [group.arn],
      redactedFields: redactedFields(authorizations),
      // The access log has the requests that were let through.
      loggingFilter: {
        defaultBehavior: "DROP",
        filters: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            conditions: ["BLOCK", "COUNT"].map((action) => ({ actionCondition: { action } })),
          },
        ],
      },
    },
    opts,
  );
}

/** The places in a request that can carry credentials. */
function redactedFields(
  authorizations: readonly Proof[],
): aws.types.input.wafv2.WebAclLoggingConfigurationRedactedField[] {
  const sources = authorizations.flatMap(({ identitySources }) => identitySources ?? []);
  const headers = ["authorization", "cookie", "x-api-key", "x-amz-security-token", ...headersIn(sources)];
  const names = new Set(headers.map((header) => header.toLowerCase()));
  const isInQuery = sources.some((source) => source.startsWith("$request.querystring."));
  return [
    ...[...names].map((name) => ({ singleHeader: { name } })),
    ...(isInQuery ? [{ queryString: {} }] : []),
  ];
}
