import { template } from "../resources";
import type { UnknownRow } from "../unknown-row";

const nestingTemplate = JSON.stringify({ Resources: { Nested: { Type: "AWS::CloudFormation::Stack" } } });

export const rows: readonly UnknownRow[] = [
  {
    situation: "a template behind a URL",
    resources: [template({ templateUrl: "https://templates.example.com/api.yaml" })],
    on: "partners",
    reported: "advisory",
    endsWithout: ["templateUrl"],
  },
  {
    situation: "a template that contains another",
    resources: [template({ templateBody: nestingTemplate, parameters: { Authorization: "NONE" } })],
    on: "partners",
    reported: "advisory",
    endsWithout: ["templateBody"],
  },
  {
    situation: "a stack of Cloud Control whose template is behind a URL",
    resources: [
      {
        type: "aws:cloudcontrol/resource:Resource",
        name: "partners",
        properties: {
          typeName: "AWS::CloudFormation::Stack",
          desiredState: JSON.stringify({ TemplateURL: "https://templates.example.com/api.yaml" }),
        },
      },
    ],
    on: "partners",
    reported: "advisory",
    endsWithout: ["typeName", "desiredState"],
    caseMatters: ["typeName"],
  },
  {
    situation: "an ingress that authenticates callers",
    resources: [
      {
        type: "kubernetes:networking.k8s.io/v1:Ingress",
        name: "customers",
        properties: { metadata: { annotations: { "alb.ingress.kubernetes.io/auth-type": "oidc" } } },
      },
    ],
    on: "customers",
    reported: "advisory",
  },
  {
    situation: "a clone of another API",
    resources: [
      { type: "aws:apigateway/restApi:RestApi", name: "partners", properties: { cloneFrom: "abc" } },
    ],
    on: "partners",
    reported: "advisory",
    endsWithout: ["cloneFrom"],
  },
];
