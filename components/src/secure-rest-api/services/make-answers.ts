import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { childName } from "../../child-name";
import type { RouteKey } from "../../routes/route-key";
import { answerHeaders, type Preflighted } from "../cors/headers";
import { makePart, type Part } from "../part";
import { withoutParameterNames } from "../paths";
import type { Surroundings } from "../surroundings";
import type { Answer } from "./answers";

/** The method that the answers belong to. */
interface OfMethod {
  readonly key: RouteKey;
  readonly place: {
    readonly restApi: pulumi.Output<string>;
    readonly resourceId: pulumi.Input<string>;
    readonly httpMethod: string;
  };
  readonly method: Part;
  readonly integration: Part;
}

/** Creates the answers of a route that an AWS service answers, with the headers with which pages can read them. */
export function makeAnswers(
  answers: readonly Answer[],
  { key, place, method, integration }: OfMethod,
  preflighted: Preflighted | undefined,
  { component, transform, opts }: Surroundings,
): readonly Part[] {
  const { headers, template: ofOrigin } = answerHeaders(preflighted);
  const after = (...parts: readonly Part[]) => ({
    ...opts,
    dependsOn: parts.map(({ resource }) => resource),
  });
  return answers.flatMap(({ selectionPattern, statusCode, template }) => {
    const name = childName(component, `${withoutParameterNames(key)} ${statusCode}`);
    const response = makePart(
      aws.apigateway.MethodResponse,
      "aws:apigateway/methodResponse:MethodResponse",
      name,
      {
        ...place,
        statusCode,
        responseParameters: Object.fromEntries(Object.keys(headers).map((header) => [header, true])),
      },
      { transform: transform.methodResponse, opts: after(method) },
    );
    const mapped = makePart(
      aws.apigateway.IntegrationResponse,
      "aws:apigateway/integrationResponse:IntegrationResponse",
      name,
      {
        ...place,
        statusCode,
        ...(selectionPattern !== undefined && { selectionPattern }),
        responseParameters: headers,
        responseTemplates: { "application/json": ofOrigin(template) },
      },
      { transform: transform.integrationResponse, opts: after(integration, response) },
    );
    return [response, mapped];
  });
}
