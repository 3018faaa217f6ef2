import { functionUrl, template } from "../resources";
import type { UnknownRow } from "../unknown-row";

const openTemplate = JSON.stringify({
  Parameters: { Authorization: { Type: "String", Default: "NONE" } },
  Resources: { Url: { Type: "AWS::Lambda::Url", Properties: { AuthType: { Ref: "Authorization" } } } },
});

export const rows: readonly UnknownRow[] = [
  {
    situation: "a URL with NONE",
    resources: [functionUrl("url", { authorizationType: "NONE" })],
    on: "url",
  },
  {
    situation: "a template with an open function URL",
    resources: [template({ templateBody: openTemplate, parameters: { Authorization: "NONE" } })],
    on: "partners",
    endsWithout: ["templateBody"],
  },
  {
    situation: "a template that is an object",
    resources: [template({ templateBody: JSON.parse(openTemplate) })],
    on: "partners",
    endsWithout: ["templateBody"],
  },
  {
    situation: "an open function URL of Cloud Control",
    resources: [
      {
        type: "aws:cloudcontrol/resource:Resource",
        name: "partners",
        properties: { typeName: "AWS::Lambda::Url", desiredState: JSON.stringify({ AuthType: "NONE" }) },
      },
    ],
    on: "partners",
    endsWithout: ["typeName"],
    caseMatters: ["typeName"],
  },
];
