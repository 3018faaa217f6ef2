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
  why: "A template brings methods, routes and function URLs that Pulumi never registers, so no other rule sees them. This rule reads them in the terms of CloudFormation and of the serverless transform, and judges them like any other. A value that only CloudFormation computes during the deployment (AWS::Include, a condition in a document) is never visible to us, so it is a violation.",
  fix: `in the template, on each method, route or function URL: AuthorizationType: AWS_IAM   # or an authorizer; Auth: { Authorizer: ... } on an event of a serverless function; OnUnauthenticatedRequest: deny on a listener's login; the document itself, in place of AWS::Include or of its location`,
  exceptionIf:
    "the endpoint in the template is public on purpose, and returns nothing that has to be protected",
  links: [
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html",
    "https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-controlling-access-to-apis.html",
    "https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-operations-create.html",
  ],
  kinds: {
    "no-authorization":
      "Endpoints in the template have no authorization, or only CloudFormation computes whether they have one.",
    "unknown-document": "The template, or a part of it, is not known before the deployment.",
    "unreadable-document": "The template can't be read, so nobody can tell what it opens.",
  },
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
        sentence: `The template of "${resource.name}" is not known before the deployment, or not all of it. Its endpoints are judged before the resource is created.`,
        fix: "to have it judged at preview, pass unknown values as parameters of the template",
      },
      unreadable: (because) => ({
        sentence: `The template of "${resource.name}" ${because}. A template that can't be read may open anything.`,
        fix: "write it as one JSON or YAML document with Resources, with every key once",
      }),
      open: { isExemptedOnly: true },
    }),
});
