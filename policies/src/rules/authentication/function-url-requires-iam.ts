import { letsAnyoneIn } from "../../endpoints/endpoint";
import { FunctionUrl, functionUrlAuthentication } from "../../endpoints/lambda/function-url";
import { cis, fsbp, nist, owasp, pci, soc2 } from "../controls";
import { resourceRule } from "../rule";

export const functionUrlRequiresIam = resourceRule({
  id: "function-url-requires-iam",
  theme: "authentication",
  title: "Lambda function URLs require IAM authorization",
  severity: "critical",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [
    owasp("API2:2023"),
    nist("AC-3"),
    pci("7.3.3"),
    pci("8.3.1"),
    soc2("CC6.1"),
    fsbp("Lambda.1"),
    cis("12.6"),
  ],
  why: "A function URL with authorizationType NONE opens the function to the internet, and the provider adds the public permission by itself. A function URL can't have an authorizer.",
  fix: 'authorizationType: "AWS_IAM"   // or put the function behind an API that authorizes its callers',
  exceptionIf:
    "the function answers callers who can't sign requests, such as a webhook's sender, and checks by itself who they are; one PublicAccess as the parent of the URL and of both of its permissions declares all three",
  links: [
    "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-1",
  ],
  kinds: {
    "no-authorization":
      "The function URL has authorizationType NONE, none at all, or one that is not known before the deployment.",
  },
  examples: {
    bad: `new aws.lambda.FunctionUrl("open-url", { functionName: lookup.name, authorizationType: "NONE" });`,
    good: `new aws.lambda.FunctionUrl("url", { functionName: lookup.name, authorizationType: "AWS_IAM" });`,
  },
  resources: [FunctionUrl],
  reads: { authorizationType: "deciding word" },
  *check(url) {
    const authentication = functionUrlAuthentication(url);
    if (letsAnyoneIn(authentication)) {
      yield { kind: "no-authorization", openings: [{ route: "$default", what: authentication.because }] };
    }
  },
});
