import { Deployment, type LoggedStage, Stage } from "../../endpoints/api-gateway/stage";
import { qualifiedTypeOf } from "../../stack";

/** A setting as a stage of a REST API has it, and as CloudFormation has it in the description of a deployment's stage. */
interface Setting {
  readonly ofStage: string;
  readonly ofDescription: string;
}

/** How to give a setting to a stage of a REST API, or to the stage that a deployment creates. */
export function inRestStage(stage: LoggedStage, { ofStage, ofDescription }: Setting): string {
  if (Deployment.is(stage)) {
    return stage.written?.schema === "CloudFormation"
      ? `stageDescription: { ${ofDescription} }`
      : `new aws.apigateway.Stage("...", { restApi: api.id, deployment: deployment.id, stageName: "...", ${ofStage} })   // in place of the deployment's stageName`;
  }
  // The component of aws-apigateway has no argument for it, but its children can be changed from outside.
  return qualifiedTypeOf(stage.urn).includes("aws-apigateway:")
    ? `transforms: [({ type, props, opts }) => type === "${Stage.token}" ? { props: { ...props, ${ofStage} }, opts } : undefined]   // in the options of the component that created it`
    : ofStage;
}
