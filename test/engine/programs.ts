import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stringify } from "yaml";

/**
 * The resources that programs of the engine tests make, without @pulumi/aws: it would take seconds to load in each run, and
 * the engine knows resources by their tokens only.
 */
const resourceClasses = `
const pulumi = require("@pulumi/pulumi");
const resource = (type, outputs = []) => class extends pulumi.CustomResource {
  constructor(name, args, opts) {
    super(type, name, { ...Object.fromEntries(outputs.map((output) => [output, undefined])), ...args }, opts);
  }
  static get(name, id, opts) {
    return new this(name, {}, { ...opts, id });
  }
};
const Api = resource("aws:apigatewayv2/api:Api", ["executionArn", "apiEndpoint"]);
const Route = resource("aws:apigatewayv2/route:Route");
const Authorizer = resource("aws:apigatewayv2/authorizer:Authorizer");
const RestApi = resource("aws:apigateway/restApi:RestApi", ["rootResourceId", "executionArn"]);
const Resource = resource("aws:apigateway/resource:Resource");
const Method = resource("aws:apigateway/method:Method");
const Integration = resource("aws:apigateway/integration:Integration");
const DomainName = resource("aws:apigatewayv2/domainName:DomainName");
const ApiMapping = resource("aws:apigatewayv2/apiMapping:ApiMapping");
const BasePathMapping = resource("aws:apigateway/basePathMapping:BasePathMapping");
const Deployment = resource("aws:apigateway/deployment:Deployment");
const FunctionUrl = resource("aws:lambda/functionUrl:FunctionUrl");
const AgentcoreGateway = resource("aws:bedrock/agentcoreGateway:AgentcoreGateway");
const LatticeService = resource("aws:vpclattice/service:Service");
const GraphQLApi = resource("aws:appsync/graphQLApi:GraphQLApi");
const CloudFormationStack = resource("aws:cloudformation/stack:Stack");
const Permission = resource("aws:lambda/permission:Permission");
const Queue = resource("aws:sqs/queue:Queue", ["arn", "url"]);
const QueuePolicy = resource("aws:sqs/queuePolicy:QueuePolicy");
const Function = resource("aws:lambda/function:Function", ["arn", "invokeArn"]);
const config = new pulumi.Config();
/** Of a REST API: callers of its default endpoint have to speak TLS 1.2. */
const modernTls = { securityPolicy: "SecurityPolicy_TLS12_PFS_2025_EDGE", endpointAccessMode: "BASIC" };
`;

/** These programs are JavaScript, and there are many: loading a compiler would take as long as the rest of one. */
const withoutCompiler = { name: "nodejs", options: { typescript: false } };

const folders: string[] = [];

function newFolder(name: string): string {
  mkdirSync(".tmp", { recursive: true });
  const folder = resolve(mkdtempSync(join(".tmp", `${name}-`)));
  folders.push(folder);
  return folder;
}

/** Writes a Pulumi program into a folder from where the SDK is found. `removePrograms` removes it. */
export function program(source: string, name = "engine"): string {
  const folder = newFolder(name);
  writeFileSync(join(folder, "Pulumi.yaml"), stringify({ name, runtime: withoutCompiler }));
  // In a block of its own, a program may name its classes as it likes.
  writeFileSync(join(folder, "index.js"), `${resourceClasses}\n{\n${source}\n}\n`);
  return folder;
}

/** Begins the name of each resource with an index, whatever its class. */
const withIndex = `
const pulumi = require("@pulumi/pulumi");
const named = (Resource, index, position) => class extends Resource {
  constructor(...given) {
    super(...given.with(position, index + " " + given[position]));
  }
};
const pulumiOf = (index) => ({
  ...pulumi,
  CustomResource: named(pulumi.CustomResource, index, 1),
  ComponentResource: named(pulumi.ComponentResource, index, 1),
  ProviderResource: named(pulumi.ProviderResource, index, 1),
});
const requireOf = (index) => (name) => {
  if (name === "@pulumi/pulumi") return pulumiOf(index);
  const found = require(name);
  return name === "@api-guardrails/components" ? { PublicAccess: named(found.PublicAccess, index, 0) } : found;
};
`;

/**
 * The source of one program of several, because each preview takes seconds: each of them in a scope of its own, in which the
 * names of its resources begin with its index.
 */
export function together(sources: readonly (readonly [index: number, source: string])[]): string {
  const each = sources.map(
    ([index, source]) => `((require) => {\n${resourceClasses}\n{\n${source}\n}\n})(requireOf(${index}));`,
  );
  return [withIndex, ...each].join("\n");
}

const pythonExample = "examples/python-public-access";

/** The resources that programs in Python make, for the same reason without pulumi_aws. */
const pythonResourceClasses = `
import pulumi
from public_access import PublicAccess


def resource(type):
    class Resource(pulumi.CustomResource):
        def __init__(self, name, props, opts=None):
            super().__init__(type, name, props, opts)

    return Resource


Api = resource("aws:apigatewayv2/api:Api")
Route = resource("aws:apigatewayv2/route:Route")
config = pulumi.Config()
`;

/** Writes a Pulumi program in Python beside the example's declaration, which it imports. */
export function pythonProgram(source: string): string {
  const folder = newFolder("python");
  writeFileSync(join(folder, "Pulumi.yaml"), "name: engine\nruntime: python\n");
  cpSync(join(pythonExample, "public_access.py"), join(folder, "public_access.py"));
  writeFileSync(join(folder, "__main__.py"), `${pythonResourceClasses}\n${source}\n`);
  return folder;
}

/** Copies the example in Python with another `__main__.py`, which a function makes of its own. */
export function pythonExampleWith(change: (source: string) => string): string {
  const folder = newFolder("python");
  cpSync(pythonExample, folder, { recursive: true });
  const file = join(folder, "__main__.py");
  writeFileSync(file, change(readFileSync(file, "utf8")));
  return folder;
}

/** Writes a file beside the programs, for instance a pack's configuration. Answers its path. */
export function json(content: unknown): string {
  const folder = newFolder("json");
  const file = join(folder, "content.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

export function removePrograms(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
