import {
  isAboutUrl,
  LambdaPermission,
  LambdaPolicy,
  lambdaPolicyGrant,
  permissionGrant,
  permissionLapse,
} from "../../endpoints/lambda/lambda-permission";
import { knownValue, type ResourceOf } from "../../stack";
import { fsbp, nist, owasp } from "../controls";
import { unknownDocuments } from "../options";
import { type Finding, resourceRule } from "../rule";
import { grantFindings } from "./grant-findings";

export const lambdaPermissionNamesItsCaller = resourceRule({
  id: "lambda-permission-names-its-caller",
  theme: "bypass",
  title: "Permissions to invoke a function name their caller",
  severity: "critical",
  level: "mandatory",
  controls: [owasp("API2:2023"), nist("AC-3"), fsbp("Lambda.1")],
  why: "A function trusts whoever its policy lets in. The principal * is every AWS account. A service such as API Gateway acts for all of its customers: without a sourceArn or a sourceAccount, somebody else's API, in an account of theirs, calls the function behind yours and goes round every authorizer.",
  fix: `sourceArn: pulumi.interpolate\`\${api.executionArn}/*/*\`   // the one API, topic, rule or bucket that may call; or sourceAccount`,
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

function* permissionFindings(permission: ResourceOf<typeof LambdaPermission>): Iterable<Finding> {
  const grant = permissionGrant(permission);
  if (grant.kind === "open") {
    yield grant.to === "service" ? anyCustomer(permission) : anyCaller(permission);
    return;
  }
  switch (permissionLapse(permission)) {
    case "bucket-without-owner":
      yield {
        sentence: `The permission "${permission.name}" names a bucket and not its owner. Once the bucket is deleted, anybody may make one of that name, and it calls the function.`,
        fix: "sourceAccount: aws.getCallerIdentityOutput().accountId   // beside sourceArn: the ARN of a bucket names no account",
        lowered: "lesser finding",
      };
      break;
    case "source-of-another-account":
      yield {
        sentence: `The permission "${permission.name}" names a source in another account than the function's.`,
        fix: "if that is meant, say so with sourceAccount beside sourceArn",
        lowered: "lesser finding",
      };
      break;
  }
}

/** It is the function URL that a declaration opens. One that stands over a permission alone opens nothing. */
const besideUrl: Pick<Finding, "waysOut" | "isExemptedOnly"> = {
  isExemptedOnly: true,
  waysOut: [
    { when: "if the function URL is declared public, give this the same PublicAccess as its parent" },
  ],
};

const policyFix =
  'name accounts or roles as the Principal; for a service, "Condition": { "StringEquals": { "aws:SourceAccount": "..." } }, or "ArnLike" with "aws:SourceArn"';
const narrowed = "sourceArn, sourceAccount nor principalOrgId";

function anyCaller(permission: ResourceOf<typeof LambdaPermission>): Finding {
  const fix = "principal: caller.arn   // a role or an account; or, beside the principal *, principalOrgId";
  const isIam = knownValue(permission.word("functionUrlAuthType")) === "AWS_IAM";
  const who = isIam ? "every AWS account" : "anyone";
  if (isAboutUrl(permission)) {
    const what = `may be called by ${who}: the principal is *, and neither ${narrowed} narrows it to a caller`;
    return { openings: [{ route: "$default", what }], fix, ...besideUrl };
  }
  return {
    sentence: `The permission "${permission.name}" lets every AWS account call the function: the principal names nobody, and neither ${narrowed} narrows it to a caller.`,
    fix,
  };
}

function anyCustomer(permission: ResourceOf<typeof LambdaPermission>): Finding {
  const who = "lets an AWS service call the function for any of its customers";
  const isWide = permission.isSet("sourceArn");
  return {
    sentence: isWide
      ? `The permission "${permission.name}" ${who}: its sourceArn matches what other AWS accounts have.`
      : `The permission "${permission.name}" ${who}: neither ${narrowed} says for whom, nor an eventSourceToken.`,
  };
}
