// Writes policies/RULES.md from the rules themselves. With --check it writes nothing and fails where the page is stale.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const { rules } = createRequire(import.meta.url)("../policies/dist/index.js");
const page = new URL("../policies/RULES.md", import.meta.url);

const code = (text, language = "ts") => `\`\`\`${language}\n${text}\n\`\`\``;
const table = (head, rows) =>
  [head, head.map(() => "---"), ...rows]
    .map((row) => `| ${row.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");

const meaning = {
  presence: "what is unknown is there: it counts as set",
  "deciding word": "a violation wherever some value it could have would be one: write it as a plain value",
  document: "an advisory: the same rule decides before the resource is created",
  reference: "silent at preview: the same rule decides before the resource is created",
};

const configuration = ({ id, level, examples: { options } }) =>
  JSON.stringify({ [id]: { enforcementLevel: level, ...options } }, undefined, 2);

function section(rule) {
  const kinds = [rule.check && "each resource, before it is created", rule.checkStack && "the whole stack"];
  const options = Object.entries(rule.options);
  const reads = Object.entries(rule.reads);
  const language = rule.examples.bad.startsWith("// in the pack's configuration") ? "jsonc" : "ts";
  return [
    `### ${rule.id}`,
    `**${rule.title}.** ${rule.why}`,
    `Level: ${rule.level} · Severity: ${rule.severity} · Judges: ${kinds.filter(Boolean).join(", and ")}`,
    ...(rule.examples.options ? ["Configured with:", code(configuration(rule), "json")] : []),
    rule.level === "mandatory" ? "Blocked:" : "Reported:",
    code(rule.examples.bad, language),
    "Passes:",
    code(rule.examples.good, language),
    "Fix:",
    code(rule.fix, "text"),
    ...(options.length > 0
      ? [
          "Options:",
          table(
            ["option", "type", "default", "what it does"],
            options.map(([name, { type, default: value, description, enum: words }]) => [
              `\`${name}\``,
              words ? words.map((word) => `\`"${word}"\``).join(", ") : type,
              value === undefined ? "not set" : `\`${JSON.stringify(value)}\``,
              description,
            ]),
          ),
        ]
      : []),
    ...(reads.length > 0
      ? [
          "Not known before the deployment:",
          table(
            ["property", "what that means"],
            reads.map(([name, kind]) => [`\`${name}\``, meaning[kind]]),
          ),
        ]
      : []),
    `Controls: ${rule.controls.map(({ framework, version, id }) => `${framework} ${version}: ${id}`).join("; ")}.`,
  ].join("\n\n");
}

const themes = [...new Set(rules.map(({ theme }) => theme))].sort();
const declaration = `const health = new PublicAccess("health", {
    routes: ["GET /health"],
    reason: "load balancer health probe, returns no data",
    owner: "team-edge",
    reviewBy: config.require("reviewBy"),   // an ISO date, at most 180 days ahead
});
new aws.apigatewayv2.Route("health", { apiId: api.id, routeKey: "GET /health", target }, { parent: health });`;

const text = `${[
  "# Rules",
  "<!-- Generated from policies/src/rules by `npm run docs`. Change the rule, not this page. -->",
  "Each rule has a name, a level and a page here. In the preset `recommended`, *mandatory* means that an unauthenticated caller gets in, or that nobody could tell afterwards; everything else advises. `strict` makes every rule mandatory; `baseline` runs the themes authentication and governance only.",
  table(
    ["rule", "level", "severity", "what it asks"],
    themes.flatMap((theme) =>
      rules
        .filter((rule) => rule.theme === theme)
        .map(({ id, level, severity, title }) => [`[\`${id}\`](#${id})`, level, severity, title]),
    ),
  ),
  ...themes.flatMap((theme) => [
    `## ${theme}/`,
    ...rules.filter((rule) => rule.theme === theme).map(section),
  ]),
  "## Levels and options",
  "The file that `--policy-pack-config` names, with the Pulumi CLI and with `api-guardrails preview`, is JSON with an entry for each policy: a level, or an object with a level and the rule's options.",
  code(
    JSON.stringify(
      {
        all: "advisory",
        "http-route-requires-authorization": "mandatory",
        "rest-method-requires-authorization": { enforcementLevel: "mandatory", acceptApiKeys: true },
      },
      undefined,
      2,
    ),
    "json",
  ),
  "* `\"all\"` is the level of every policy that has none of its own in the file, whatever the pack says: a way to begin with advisories and to raise one rule at a time. The levels are `advisory`, `mandatory` and `disabled`; `remediate` is `mandatory` for a rule that changes nothing, as ours.\n* An entry without a level keeps the pack's. In a pack's own configuration the engine takes it for advisory: `guardrails({ levels, options })` writes the level.\n* The command line refuses the name of a policy or of an option that doesn't exist, as `guardrails` does; the engine ignores it.",
  "## Exceptions",
  "An endpoint that is open on purpose says so: which routes, why, who answers for it, and until when. A declaration or an exemption that lacks one of these, is malformed, expired or too far ahead, or isn't known before the deployment, opens nothing; then the violation says why.",
  "### In the program: PublicAccess",
  "The direct parent of what it opens: a route, a REST method, a function URL, an API with an OpenAPI body, or a load balancer's listener or listener rule.",
  code(declaration),
  '* Routes are spelled exactly, as API Gateway shows them, and there are no wildcards: `GET /customers/{id}`, `ANY /{proxy+}`; `$connect` for a WebSocket API; `$default` for a function URL, a quick-create API and the default actions of a listener. A listener rule is spelled as its conditions: `GET /orders/*` for a method and a path pattern, `ANY /*` where it has neither. In an OpenAPI body `x-amazon-apigateway-any-method` is `ANY`.\n* A REST method doesn\'t know its path when it is judged by itself, so there the HTTP method alone is held against the declaration. The stack half of `public-access-is-reviewed` holds the full path against it, at preview; with `pulumi up --skip-preview` a declaration for the wrong path is found after the fact.\n* The golden-path components carry their declarations in their own inputs (`publicAccess`), so that opening and closing a route changes no URN. There a route is opened by `access: publicAccess({ reason, owner, reviewBy })` among the component\'s arguments, and closed by an `authorization` in its place.\n* Inside a component of your own, the declaration takes the parent that the route had, `{ parent: this }`: so the route stays the same resource. A component that somebody else wrote takes no declaration for its children, nor do a CloudFormation template, the component of aws-apigateway and a policy: exempt them. The messages say which it is, with the code.\n* Whoever takes a declaration away leaves an alias on what stood under it, or Pulumi replaces that: `{ aliases: [{ parent: pulumi.createUrn("health", "api-guardrails:index:PublicAccess") }] }`. The messages on a declaration write it out. The pack reads a program and never sees what is deployed: once the declaration is gone from the program, it can\'t tell that an alias is missing. `pulumi preview` shows it, as a route to create and one to delete.\n* Fourteen days before its review is due, a declaration is named in an advisory.',
  "### From other languages",
  "A declaration is a component resource: a class of the program's own language with the type token `api-guardrails:index:PublicAccess` and these inputs. The open resources are its direct children. Any other token that starts with `api-guardrails:index:` carries a list of the same under the input `publicAccess`.",
  table(
    ["input", "type", "what it holds"],
    [
      ["`routes`", "list of strings", "the routes it opens, at least one"],
      ["`reason`", "string", "why anyone may call them, 20 characters or more"],
      ["`owner`", "string", "the team or person who answers for it"],
      ["`reviewBy`", "string", "an ISO date; it counts to its end in UTC"],
    ],
  ),
  table(
    ["language", "how to declare", "tested in the real engine"],
    [
      [
        "Python",
        "copy the class in [`examples/python-public-access`](../examples/python-public-access/public_access.py) into your program",
        "yes",
      ],
      [
        "Go, .NET, Java",
        "write a component resource as that class is written; in Go, register it with `RegisterComponentResourceV2`, since `RegisterComponentResource` sends no inputs",
        "no; it follows from the protocol, which is the same for every language",
      ],
      [
        "YAML",
        "not possible yet: YAML takes its types from plugins, and there is none for this token (`no resource plugin 'pulumi-resource-api-guardrails'`). Write an exemption instead",
        "no",
      ],
    ],
  ),
  "* The SDK has to send a component's inputs when it registers it; the one for Node.js does from 3.202 on, the one for Python was tried with 3.204 and 3.272. A declaration without inputs opens nothing, and the violation says so.\n* A class of your own gives each direct child an alias to the declaration's own parent, as the class in Python does. Without it, wrapping a deployed route replaces the route, and API Gateway refuses a second one with the same key.",
  "### In the pack's configuration: exemptions",
  "For what a program can't declare itself, such as a route inside somebody else's component. One list for all rules, on `exemption-is-current`:",
  code(
    JSON.stringify(
      {
        "exemption-is-current": {
          enforcementLevel: "mandatory",
          exemptions: [
            {
              rule: "http-route-requires-authorization",
              project: "customers",
              stacks: ["prod"],
              resource: "health",
              reason: "load balancer health probe, returns no data",
              owner: "team-edge",
              reviewBy: "2027-01-31",
            },
          ],
        },
      },
      undefined,
      2,
    ),
    "json",
  ),
  "* `resource` is a URN, or a name that only one resource of the rule's types has; a name that two have exempts neither.\n* `routes` lists what is meant where the resource holds several, and where a component is named for its children.\n* One that covers nothing is named in an advisory, with what to write where it comes near a finding: without the routes that it needs, with a route that is spelled otherwise, under another rule, with a name in other letters. A violation names those that are for it in another stack or project.\n* Always give `enforcementLevel`: without it the engine takes an entry of a mandatory policy for advisory. `guardrails({ exemptions })` does it for you.\n* With `exemption-is-current` disabled, no exemption counts.",
].join("\n\n")}\n`;

if (!process.argv.includes("--check")) writeFileSync(page, text);
else if (readFileSync(page, "utf8") !== text) {
  console.error("policies/RULES.md is not what the rules say. Run: npm run docs");
  process.exitCode = 1;
}
