import * as aws from "@pulumi/aws";
import { type AccessLog, keptLike, logGroupNameOf } from "../../access-log/args";
import { headersIn, type Proof } from "../../authorization/proof-headers";
import { transformed } from "../../override/transform";
import type { Surroundings } from "../surroundings";
import type { OwnWebAcl, WebAclArgs } from "./args";
import { visibility, webAclRules } from "./rules";

/** What stands behind a web ACL. */
export interface Shielded {
  readonly stage: aws.apigateway.Stage;
  readonly accessLog: AccessLog | undefined;
  /** Those of the API's routes: what proves a caller is kept out of the log. */
  readonly authorizations: readonly Proof[];
}

/**
 * Puts a web ACL before the stage: the one that is given, or one that is made, with its log.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html
 * @returns the one that was made
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
    // Another web ACL means another association, and AWS takes any off a stage by the stage's ARN alone: the old one, deleted
    // last, would take the new one along (https://github.com/pulumi/pulumi-aws/issues/4782).
    { ...opts, deleteBeforeReplace: true },
  );
  return own;
}

function makeWebAcl(own: OwnWebAcl, shielded: Shielded, surroundings: Surroundings): aws.wafv2.WebAcl {
  const { component, tags, transform, opts } = surroundings;
  // What a web ACL and its metric may be called (https://docs.aws.amazon.com/waf/latest/APIReference/API_WebACL.html).
  const plainName = component.replace(/[^A-Za-z0-9_-]+/g, "-");
  const webAcl = new aws.wafv2.WebAcl(
    component,
    transformed(transform.webAcl, "aws:wafv2/webAcl:WebAcl", component, {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      rules: webAclRules(own),
      visibilityConfig: visibility(plainName),
      ...(plainName !== component && { namePrefix: `${plainName}-` }),
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
  const group = new aws.cloudwatch.LogGroup(
    name,
    transformed(transform.webAclLogGroup, "aws:cloudwatch/logGroup:LogGroup", name, {
      namePrefix: `aws-waf-logs-${logGroupNameOf(component)}-`,
      ...keptLike(accessLog),
      ...(tags !== undefined && { tags }),
    }),
    opts,
  );
  new aws.wafv2.WebAclLoggingConfiguration(
    component,
    {
      resourceArn: webAcl.arn,
      logDestinationConfigs: [group.arn],
      redactedFields: redactedFields(authorizations),
      // What passed is in the access log.
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

/** What proves a caller, wherever it stands in a request. */
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
