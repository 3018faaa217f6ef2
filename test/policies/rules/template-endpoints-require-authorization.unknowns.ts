import { template } from "../resources";
import type { UnknownRow } from "../unknown-row";

const included = JSON.stringify({
  Resources: { Url: { Type: "AWS::Lambda::Url", "Fn::Transform": { Name: "AWS::Include" } } },
});

export const rows: readonly UnknownRow[] = [
  {
    situation: "a template with a part that only CloudFormation computes",
    resources: [template({ templateBody: included, parameters: { Stage: "prod" } })],
    on: "partners",
    endsWithout: ["templateBody"],
    reads: { parameters: "document" },
  },
  {
    situation: "a template that is an object",
    resources: [template({ templateBody: JSON.parse(included) })],
    on: "partners",
    endsWithout: ["templateBody"],
  },
  {
    situation: "a state of Cloud Control that can't be read",
    resources: [
      {
        type: "aws:cloudcontrol/resource:Resource",
        name: "partners",
        properties: { typeName: "AWS::Lambda::Url", desiredState: "{" },
      },
    ],
    on: "partners",
    endsWithout: ["typeName", "desiredState"],
    caseMatters: ["typeName"],
  },
];
