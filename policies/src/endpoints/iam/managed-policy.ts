/**
 * The policies of AWS's own that let their holder call an endpoint, by name, with the actions that do. Every other one lets
 * nobody call an endpoint.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const invoking: Readonly<Record<string, readonly string[]>> = {
  AdministratorAccess: ["*"],
  PowerUserAccess: ["*"],
  AmazonAPIGatewayInvokeFullAccess: ["execute-api:Invoke", "execute-api:ManageConnections"],
  AWSAppSyncAdministrator: ["appsync:*"],
  AWSAppSyncInvokeFullAccess: ["appsync:GraphQL"],
  AWSLambdaFullAccess: ["lambda:*"],
  AWSLambdaInvocation: ["lambda:InvokeFunction"],
  AWSLambda_FullAccess: ["lambda:*"],
  AWSLambdaRole: ["lambda:InvokeFunction"],
  AmazonESFullAccess: ["es:*"],
  AmazonOpenSearchServiceFullAccess: ["es:*"],
  BedrockAgentCoreFullAccess: ["bedrock-agentcore:*"],
  VPCLatticeServicesInvokeAccess: ["vpc-lattice-svcs:Invoke"],
};

/** What a policy of AWS's own allows, as far as it is about calls. Undefined for an ARN of somebody else's policy. */
export function managedPolicy(arn: string): object | undefined {
  const name = /^arn:[^:]*:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
  if (name === undefined) return undefined;
  const actions = Object.hasOwn(invoking, name) ? (invoking[name] ?? []) : [];
  return {
    Version: "2012-10-17",
    Statement: actions.length > 0 ? { Effect: "Allow", Action: actions, Resource: "*" } : [],
  };
}
