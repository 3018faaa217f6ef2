import { templateOf, templateTypes } from "../../endpoints/templates/template";
import { documentFindings } from "../authentication/document-findings";
import { nist, owasp } from "../controls";
import { acceptApiKeys, unknownDocuments } from "../options";
import { resourceRule } from "../rule";

export const templateEndpointsRequireAuthorization = resourceRule({
  id: "template-endpoints-require-authorization",
  theme: "governance",
  title: "APIs inside CloudFormation templates require authorization",
  severity: "critical",
  level: "mandatory",
  controls: [owasp("API2:2023"), nist("AC-3")],
  why: "A template brings methods, routes and function URLs that Pulumi never registers, so that no other rule sees them. They are read here, in CloudFormation's words and those of the serverless transform, and judged as any other. What CloudFormation alone works out, in the deployment (AWS::Include, a condition in a document), nobody can read before: it counts as open.",
  fix: `in the template, on each method, route or function URL: AuthorizationType: AWS_IAM   # or an authorizer; Auth: { Authorizer: ... } on an event of a serverless function; OnUnauthenticatedRequest: deny on a listener's login; the document itself, in place of AWS::Include or of its location`,
  examples: {
    bad: `new aws.cloudformation.Stack("open-template", {
    templateBody: JSON.stringify({
        Resources: { Url: { Type: "AWS::Lambda::Url", Properties: { AuthType: "NONE", TargetFunctionArn: "lookup" } } },
    }),
});`,
    good: `new aws.cloudformation.Stack("template", {
    templateBody: JSON.stringify({
        Resources: { Url: { Type: "AWS::Lambda::Url", Properties: { AuthType: "AWS_IAM", TargetFunctionArn: "lookup" } } },
    }),
});`,
  },
  options: { acceptApiKeys, unknownDocuments },
  resources: templateTypes,
  reads: {
    templateBody: "document",
    parameters: "deciding word",
    typeName: "document",
    desiredState: "document",
  },
  check: (resource, context) =>
    documentFindings(templateOf(resource), context.options, {
      unknown: {
        sentence: `The template of "${resource.name}" is not known before the deployment, or not all of it: its endpoints are judged before the resource is created.`,
        fix: "to have it judged at preview, hand what is not known yet over as parameters of the template",
      },
      unreadable: (because) => ({
        sentence: `The template of "${resource.name}" ${because}. What can't be read can't be shown to be protected.`,
        fix: "write it as one JSON or YAML document with Resources, with every key once",
      }),
      open: { isExemptedOnly: true },
    }),
});
