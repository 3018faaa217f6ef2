import { contentsOf, templateTypes, type UnknownPart } from "../../endpoints/templates/template";
import { nist, owasp, pci, soc2 } from "../controls";
import { unknownDocuments } from "../options";
import { type Finding, resourceRule } from "../rule";
import { loweredWhileUnknown } from "../unknown-documents";

export const templateEndpointsRequireAuthorization = resourceRule({
  id: "template-endpoints-require-authorization",
  theme: "governance",
  title: "CloudFormation templates can be read before the deployment",
  severity: "critical",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API2:2023"), nist("AC-3"), pci("7.3.3"), pci("8.3.1"), soc2("CC6.1")],
  why: "A template brings methods, routes and function URLs that Pulumi never registers. Every rule judges them in CloudFormation's terms and those of the serverless transform, as far as they can be read. What only CloudFormation computes during the deployment, such as what AWS::Include inserts, is never visible to us, so it is a violation.",
  fix: "write the resource itself in the template, in place of the macro, AWS::Include or the location that brings it",
  exceptionIf: "somebody reviewed the part of the template where it is defined",
  links: [
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html",
    "https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-controlling-access-to-apis.html",
    "https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-operations-create.html",
  ],
  kinds: {
    "unknown-part":
      "A resource of the template may have endpoints, and only CloudFormation computes what it is, or it can't be read.",
    "unknown-document": "The template, or a part of it, is not known before the deployment.",
    "unreadable-document": "The template can't be read, so nobody can tell what it opens.",
  },
  judgesTemplates: true,
  examples: {
    bad: `new aws.cloudformation.Stack("included", {
    templateBody: JSON.stringify({
        Resources: { Url: { "Fn::Transform": { Name: "AWS::Include", Parameters: { Location: "s3://templates/url.yaml" } }, Type: "AWS::Lambda::Url" } },
    }),
});`,
    good: `new aws.cloudformation.Stack("template", {
    templateBody: JSON.stringify({
        Resources: { Url: { Type: "AWS::Lambda::Url", Properties: { AuthType: "AWS_IAM", TargetFunctionArn: "lookup" } } },
    }),
});`,
  },
  options: { unknownDocuments },
  resources: templateTypes,
  reads: {
    templateBody: "document",
    parameters: "deciding word",
    typeName: "document",
    desiredState: "document",
  },
  *check(resource, { options }) {
    const contents = contentsOf(resource);
    if (contents?.kind === "unreadable") {
      yield {
        kind: "unreadable-document",
        sentence: `The template of "${resource.name}" ${contents.because}. A template that can't be read may open anything.`,
        fix: "write it as one JSON or YAML document with Resources, with every key once",
      };
    }
    const unknownParts = contents?.kind === "read" ? contents.unknown : [];
    const isFinal = contents?.kind === "read" && contents.isFinal;
    if (contents?.kind === "unknown" || (unknownParts.length > 0 && !isFinal)) {
      yield {
        kind: "unknown-document",
        sentence: `The template of "${resource.name}" is not known before the deployment, or not all of it. Its endpoints are judged before the resource is created.`,
        fix: "to have it judged at preview, pass unknown values as parameters of the template",
        ...loweredWhileUnknown(options),
      };
    } else if (unknownParts.length > 0) {
      yield unknownFinding(unknownParts);
    }
  },
});

function unknownFinding(parts: readonly UnknownPart[]): Finding<"unknown-part"> {
  return {
    kind: "unknown-part",
    openings: parts.map(({ logicalId, because }) => ({
      route: undefined,
      what: `${because}, in ${logicalId}`,
    })),
    holdsSeveral: true,
    isExemptedOnly: true,
  };
}
