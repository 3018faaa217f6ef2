// Draws what a component creates: runs the example of its docstring in the offline preview and groups its resources by type.
// Fails if the example doesn't run, or if the pack blocks it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "./packed.mjs";

const { preview } = createRequire(import.meta.url)("../review/dist/preview");

/** What the examples use without declaring it. The picture leaves it out. */
const inScope = {
  config: "new pulumi.Config()",
  issuer: `"https://login.example.com"`,
  hostedZoneId: `"Z0123456789"`,
  api: `new aws.apigatewayv2.Api("api", { protocolType: "HTTP" })`,
  target: `"integrations/abc"`,
  logGroup: `new aws.cloudwatch.LogGroup("access")`,
  stage: `new aws.apigatewayv2.Stage("stage", { apiId: api.id, name: "$default", autoDeploy: true, accessLogSettings: { destinationArn: "arn:aws:logs:eu-west-1:111111111111:log-group:access", format: "{}" } })`,
  pager: `new aws.sns.Topic("pager")`,
  userPool: `new aws.cognito.UserPool("users", { adminCreateUserConfig: { allowAdminCreateUserOnly: true } })`,
  customerSchema: `{ type: "object", required: ["name"], properties: { name: { type: "string" } } }`,
  ...Object.fromEntries(
    ["lookup", "create", "health", "verify", "connected", "disconnected", "send"].map((name) => [
      name,
      lambda(name),
    ]),
  ),
};

function lambda(name) {
  return `new aws.lambda.Function("${name}", { role: "arn:aws:iam::123456789012:role/lambda", runtime: "nodejs22.x", handler: "index.handler", code: new pulumi.asset.StringAsset("exports.handler = async () => ({});") })`;
}

/** The example as a program. */
function programOf(example, exported) {
  const isNamed = (name) => new RegExp(`(?<![."/-])\\b${name}\\b(?!["/:-])`).test(example);
  const isDeclared = (name) => new RegExp(`\\bconst ${name}\\b`).test(example);
  return [
    `import { ${exported.filter((name) => new RegExp(`\\b${name}\\b`).test(example)).join(", ")} } from "@api-guardrails/components";`,
    `import * as aws from "@pulumi/aws";`,
    `import * as pulumi from "@pulumi/pulumi";`,
    ...Object.entries(inScope)
      .filter(([name]) => isNamed(name) && !isDeclared(name))
      .map(([name, code]) => `const ${name} = ${code};`),
    example,
  ].join("\n");
}

const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/**
 * @param component the component's token
 * @param example the code of its docstring
 * @param exported the names that the package exports
 * @returns a Mermaid flowchart, as a block of Markdown
 * @throws Error where the example doesn't pass
 */
export async function pictureOf(component, example, exported) {
  const registered = await resourcesOf(component, example, exported);
  const byUrn = new Map(registered.map((resource) => [resource.urn, resource]));
  const isInside = (resource) => {
    for (let one = resource; one; one = byUrn.get(one.parent)) if (one.type === component) return true;
    return false;
  };
  const children = registered.filter((resource) => isInside(resource) && resource.type !== component);
  const groups = new Map();
  for (const { type, urn } of children) {
    const key = titleOf(type);
    groups.set(key, [...(groups.get(key) ?? []), urn]);
  }
  const given = new Set();
  const edges = new Set();
  for (const child of children) {
    const needed = new Set(Object.values(child.propertyDependencies ?? {}).flat());
    for (const urn of needed) {
      const other = byUrn.get(urn);
      if (!other || other.urn === child.urn || other.type.startsWith("pulumi:")) continue;
      const from = titleOf(child.type);
      const to = titleOf(other.type);
      if (isInside(other)) {
        if (other.type !== component && from !== to) edges.add(`  ${idOf(from)} --> ${idOf(to)}`);
      } else {
        given.add(to);
        edges.add(`  ${idOf(from)} -.-> given_${idOf(to)}`);
      }
    }
  }
  const [, , name] = component.split(":");
  return [
    "```mermaid",
    "flowchart LR",
    `  subgraph ${name}`,
    ...[...groups]
      .sort()
      .map(([title, urns]) => `    ${idOf(title)}["${title}${urns.length > 1 ? ` × ${urns.length}` : ""}"]`),
    "  end",
    ...[...given].sort().map((title) => `  given_${idOf(title)}(["${title}"])`),
    ...[...edges].sort(),
    "```",
  ].join("\n");
}

async function resourcesOf(component, example, exported) {
  mkdirSync(join(root, ".tmp"), { recursive: true });
  const directory = mkdtempSync(join(root, ".tmp", "example-"));
  try {
    const files = {
      "Pulumi.yaml": `name: example\nruntime: nodejs\nconfig:\n  aws:region: eu-west-1\n  reviewBy: "${inDays(90)}"\n`,
      "package.json": `{ "name": "example", "private": true, "main": "index.ts" }`,
      "tsconfig.json": `{ "compilerOptions": { "module": "node16", "moduleResolution": "node16", "strict": true, "skipLibCheck": true, "types": ["node"] }, "files": ["index.ts"] }`,
      "index.ts": programOf(example, exported),
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
    const { resources, violations, problems, log } = await preview({ directory });
    const said = [
      ...problems,
      ...log.filter(({ severity }) => severity === "error").map(({ message }) => message),
      ...violations.filter(({ level }) => level === "mandatory").map(({ message }) => message),
    ];
    if (said.length > 0) throw new Error(`The example of ${component} doesn't pass:\n${said.join("\n")}`);
    return resources;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** `apigatewayv2 Route` for `aws:apigatewayv2/route:Route`. */
function titleOf(type) {
  const [provider, module = "", name = ""] = type.split(":");
  return provider === "aws" ? `${module.split("/")[0]} ${name}` : name;
}

function idOf(title) {
  return title.replace(/\W+/g, "_");
}
