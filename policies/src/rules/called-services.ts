import { enumeration } from "./wording";

const names: Readonly<Record<string, string>> = {
  "execute-api": "API Gateway's APIs",
  lambda: "Lambda functions",
  appsync: "AppSync's APIs",
  "bedrock-agentcore": "agents",
  "vpc-lattice": "VPC Lattice's services",
  es: "search domains",
};

/** Services as a message names what is called there. */
export function calledServices(services: readonly string[]): string {
  return enumeration(services.map((service) => names[service] ?? service));
}
