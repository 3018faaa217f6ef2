import {
  isAboutUrl,
  LambdaPermission,
  type LambdaPermissionLapse,
  LambdaPolicy,
  lambdaPolicyGrant,
  namesNoArn,
  permissionGrant,
  permissionLapse,
} from "../../endpoints/lambda/lambda-permission";
import { knownValue, type ResourceOf } from "../../stack";
import { cis, fsbp, nist, owasp, pci, soc2 } from "../controls";
import { unknownDocuments } from "../options";
import { type Finding, resourceRule } from "../rule";
import { grantFindings, kindOfGrant, policyKinds } from "./grant-findings";

export const lambdaPermissionNamesItsCaller = resourceRule({
  id: "lambda-permission-names-its-caller",
  theme: "bypass",
  title: "Permissions to invoke a function name their caller",
  severity: "critical",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [
    owasp("API2:2023"),
    nist("AC-3"),
    pci("7.3.3"),
    soc2("CC6.6"),
    fsbp("Lambda.1"),
    cis("12.6"),
    cis("12.10"),
  ],
  why: "A function trusts whoever its policy lets in. The principal * is every AWS account. A service such as API Gateway acts for all of its customers: without a sourceArn or a sourceAccount, somebody else's API, in an account of theirs, calls the function behind yours and bypasses every authorizer.",
  fix: `sourceArn: pulumi.interpolate\`\${api.executionArn}/*/*\`   // the one API, topic, rule or bucket that may call; or sourceAccount`,
  exceptionIf: "the function is meant for callers of any account, and checks by itself who they are",
  links: [
    "https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html",
    "https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html",
    "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-1",
  ],
  kinds: {
    ...policyKinds,
    "bucket-without-owner":
      "The permission names a bucket and not its owner, so it also counts for whoever takes over the bucket's name.",
    "source-of-another-account": "The permission names a source in another account than the function's.",
  },
  examples: {
    bad: `new aws.lambda.Permission("any-api", {
    function: lookup.name,
    action: "lambda:InvokeFunction",
    principal: "apigateway.amazonaws.com",
});`,
    good: `new aws.lambda.Permission("this-api", {
    function: lookup.name,
    action: "lambda:InvokeFunction",
    principal: "apigateway.amazonaws.com",
    sourceArn: pulumi.interpolate\`\${restApi.executionArn}/*/*\`,
});`,
  },
  options: { unknownDocuments },
  resources: [LambdaPermission, LambdaPolicy],
  reads: {
    principal: "reference",
    sourceArn: "reference",
    sourceAccount: "reference",
    principalOrgId: "reference",
    eventSourceToken: "reference",
    action: "deciding word",
    functionUrlAuthType: "deciding word",
    invokedViaFunctionUrl: "deciding word",
    function: "reference",
    policy: "document",
  },
  *check(resource, { options }) {
    if (LambdaPermission.is(resource)) yield* permissionFindings(resource);
    if (!LambdaPolicy.is(resource)) return;
    yield* grantFindings(resource, lambdaPolicyGrant(resource), options, ({ to, statement }) =>
      to === "anonymous"
        ? {
            openings: [
              { route: "$default", what: `may be called by anyone: statement ${statement} names nobody` },
            ],
            fix: policyFix,
            ...besideUrl,
          }
        : {
            sentence:
              to === "account"
                ? `Statement ${statement} of the policy "${resource.name}" lets every AWS account call the function.`
                : `Statement ${statement} of the policy "${resource.name}" lets an AWS service call the function for any of its customers.`,
            fix: policyFix,
          },
    );
  },
});

type PermissionKind = "any-caller" | "any-customer" | LambdaPermissionLapse;

function* permissionFindings(
  permission: ResourceOf<typeof LambdaPermission>,
): Iterable<Finding<PermissionKind>> {
  const grant = permissionGrant(permission);
  if (grant.kind === "open") {
    const found = grant.to === "service" ? anyCustomer(permission) : anyCaller(permission);
    yield { kind: kindOfGrant(grant), ...found };
    return;
  }
  const kind = permissionLapse(permission);
  switch (kind) {
    case "bucket-without-owner":
      yield {
        kind,
        sentence: `The permission "${permission.name}" names a bucket and not its owner. Once the bucket is deleted, anybody can create one with that name, which may then call the function.`,
        fix: "sourceAccount: aws.getCallerIdentityOutput().accountId   // beside sourceArn: the ARN of a bucket names no account",
        lowered: "lesser finding",
      };
      break;
    case "source-of-another-account":
      yield {
        kind,
        sentence: `The permission "${permission.name}" names a source in another account than the function's.`,
        fix: "if that is intended, say so with sourceAccount beside sourceArn",
        lowered: "lesser finding",
      };
      break;
  }
}

/** A declaration opens the function URL. As the parent of the permission alone it opens nothing. */
const besideUrl: Pick<Finding, "waysOut" | "isExemptedOnly"> = {
  isExemptedOnly: true,
  waysOut: [
    {
      when: "if the function URL is declared public, give this resource the same PublicAccess as its parent: one declaration covers the URL and both of its permissions",
    },
  ],
};

const policyFix =
  'name accounts or roles as the Principal; for a service, "Condition": { "StringEquals": { "aws:SourceAccount": "..." } }, or "ArnLike" with "aws:SourceArn"';
const nothingNarrows = "no sourceArn, sourceAccount or principalOrgId narrows it to a caller";

function anyCaller(permission: ResourceOf<typeof LambdaPermission>): Omit<Finding, "kind"> {
  const fix = "principal: caller.arn   // a role or an account; or, beside the principal *, principalOrgId";
  const isIam = knownValue(permission.word("functionUrlAuthType")) === "AWS_IAM";
  const who = isIam ? "every AWS account" : "anyone";
  if (isAboutUrl(permission)) {
    const what = `may be called by ${who}: the principal is *, and ${nothingNarrows}`;
    return { openings: [{ route: "$default", what }], fix, ...besideUrl };
  }
  return {
    sentence: `The permission "${permission.name}" lets every AWS account call the function: the principal names nobody, and ${nothingNarrows}.`,
    fix,
  };
}

function anyCustomer(permission: ResourceOf<typeof LambdaPermission>): Omit<Finding, "kind"> {
  const who = "lets an AWS service call the function for any of its customers";
  const isWide = permission.isSet("sourceArn");
  if (namesNoArn(permission)) {
    return {
      sentence: `The permission "${permission.name}" names nobody: its sourceArn is no ARN. A plain template literal doesn't wait for an Output, and writes undefined for one that isn't there.`,
    };
  }
  return {
    sentence: isWide
      ? `The permission "${permission.name}" ${who}: its sourceArn matches resources of other AWS accounts.`
      : `The permission "${permission.name}" ${who}: no sourceArn, sourceAccount, principalOrgId or eventSourceToken says for whom.`,
  };
}
