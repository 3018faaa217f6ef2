// Writes the pages about the rules from the rules themselves: the index policies/RULES.md, a page for each rule in
// policies/rules, policies/LEVELS.md, policies/CONFIGURATION.md, policies/EXCEPTIONS.md and docs/controls.md. With --check it writes nothing and fails where a page
// is stale.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { controlsPage } from "./controls-page.mjs";
import { code, generated, json, list, steps, table } from "./markdown.mjs";

const require = createRequire(import.meta.url);
const { presets, rules, themes: questions } = require("../policies/dist/index.js");
const { levelIn } = require("../policies/dist/crossguard/presets.js");
const { mandatoryReasons } = require("../policies/dist/rules/level.js");
const folder = new URL("../policies/", import.meta.url);
const meaning = {
  presence: "the unknown value counts as set",
  "deciding word": "a violation wherever some value it could have would be one, so write it as a plain value",
  document: "an advisory; the same rule decides before the resource is created",
  reference: "silent at preview; the same rule decides before the resource is created",
};

const outside =
  "That lies outside of the program: `api-guardrails preview` lists such a finding under what it didn't see, too.";

const judged = ({ check, checkStack }) =>
  [check && "each resource before it is created", checkStack && "the whole stack"]
    .filter(Boolean)
    .join(", and ");

function pageOf(rule) {
  const options = Object.entries(rule.options);
  const reads = Object.entries(rule.reads);
  const language = rule.examples.bad.startsWith("// in the pack's configuration") ? "jsonc" : "ts";
  return [
    `# ${rule.id}`,
    generated(`policies/src/rules/${rule.theme}/${rule.id}.ts`),
    `**${rule.title}.** ${rule.why}`,
    table(
      ["theme", "level", "because", "severity", "judges"],
      [[rule.theme, rule.level, rule.because, rule.severity, judged(rule)]],
    ),
    ...(rule.remediate
      ? ["Under the level `remediate`, it repairs the resource itself before it is created."]
      : []),
    ...(rule.splitFrom
      ? [
          `Until this version it was part of [\`${rule.splitFrom}\`](${rule.splitFrom}.md). An exemption that names that rule still covers it; so does a level or an option that \`guardrails()\` is given, unless this rule has one of its own. In a configuration file, name this rule. The next version no longer knows the old name.`,
        ]
      : []),
    rule.level === "mandatory" ? "## Blocked" : "## Reported",
    ...(rule.examples.options
      ? ["Configured with:", json({ [rule.id]: { enforcementLevel: rule.level, ...rule.examples.options } })]
      : []),
    code(rule.examples.bad, language),
    "## Passes",
    code(rule.examples.good, language),
    "## Fix",
    code(rule.fix, "text"),
    "## Kinds of finding",
    ...Object.entries(rule.kinds).flatMap(([kind, sentence]) => [
      `### ${kind}`,
      rule.liesOutside?.includes(kind) ? `${sentence} ${outside}` : sentence,
    ]),
    "## When an exception is right",
    rule.exceptionIf
      ? `If ${rule.exceptionIf}. [How to write one](../EXCEPTIONS.md).`
      : "Never: what this rule reports is repaired where it stands.",
    ...(options.length > 0
      ? [
          "## Options",
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
          "## Values that are not known before the deployment",
          table(
            ["property", "what that means"],
            reads.map(([name, kind]) => [`\`${name}\``, meaning[kind]]),
          ),
        ]
      : []),
    "## Controls",
    list(rule.controls.map(({ framework, version, id, title }) => `${framework} ${version} ${id}: ${title}`)),
    ...(rule.links.length ? ["## Sources", list(rule.links.map((link) => `<${link}>`))] : []),
  ];
}

const themes = [...new Set(rules.map(({ theme }) => theme))].sort();

const index = [
  "# Rules",
  generated("policies/src/rules"),
  `In the preset \`recommended\`, *mandatory* has one of three reasons: ${mandatoryReasons.join("; ")}. Everything else advises. [The level of each rule in each preset](LEVELS.md) · [Configuration](CONFIGURATION.md) · [Exceptions](EXCEPTIONS.md)`,
  ...themes.flatMap((theme) => [
    `## ${theme}`,
    ...(questions[theme] === undefined ? [] : [questions[theme]]),
    table(
      ["rule", "level", "severity", "what it asks"],
      rules
        .filter((rule) => rule.theme === theme)
        .map(({ id, level, severity, title }) => [`[\`${id}\`](rules/${id}.md)`, level, severity, title]),
    ),
  ]),
];

const levels = [
  "# Levels",
  generated("policies/src/rules"),
  "The level of each rule in each preset, and the reason for its level in `recommended`. A mandatory violation stops the deployment.",
  list([
    `\`recommended\` is the pack's own preset. A rule is mandatory there for one of three reasons: ${mandatoryReasons.join("; ")}.`,
    "`baseline` is for an organization that starts with existing stacks: the themes authentication and governance only.",
    "`strict` makes every rule mandatory.",
    "A mandatory rule lowers a lesser finding to an advisory, and an advisory never stops anything. In `strict`, only what a preview can't know yet stays an advisory, because the same rule decides it before the resource is created, and a reminder of a review.",
    "`guardrails({ preset, levels })` chooses a preset and levels of your own; so does a [configuration](CONFIGURATION.md), for one run.",
  ]),
  table(
    ["rule", ...presets.map((preset) => `\`${preset}\``), "because"],
    themes.flatMap((theme) =>
      rules
        .filter((rule) => rule.theme === theme)
        .map((rule) => [
          `[\`${rule.id}\`](rules/${rule.id}.md)`,
          ...presets.map((preset) => levelIn(preset, rule)),
          rule.because,
        ]),
    ),
  ),
];

const configuration = [
  "# Levels and options",
  generated("scripts/rule-pages.mjs"),
  "`--policy-pack-config` names a JSON file, both for the Pulumi CLI and for `api-guardrails preview`. It has an entry for each policy: a level, or an object with a level and the rule's options.",
  json({
    all: "advisory",
    "http-route-requires-authorization": "mandatory",
    "rest-method-requires-authorization": { enforcementLevel: "mandatory", acceptApiKeys: true },
  }),
  list([
    '`"all"` is the level of every policy that has no entry of its own, whatever the pack says. It lets you start with advisories and raise one rule at a time. The levels are `advisory`, `mandatory` and `disabled`; and `remediate`, under which a rule that can changes the resource itself before it is created, and any other rule is mandatory. The pages of the rules say which can. None changes anything about who may call.',
    "An entry without a level keeps the pack's level. In a pack's own configuration, the engine reads such an entry as advisory; `guardrails({ levels, options })` writes the level for you.",
    "The command line and `guardrails` refuse the name of a policy or an option that doesn't exist. The engine ignores it.",
  ]),
  "[LEVELS.md](LEVELS.md) has every rule's level in every preset, with its reason.",
  "## Adopt the pack step by step",
  steps([
    '**See what is there.** Configure `{ "all": "advisory" }`: everything is reported and nothing is blocked. `pulumi policy analyze` judges what is deployed already.',
    "**Exempt what is there.** [`api-guardrails baseline`](../docs/baseline.md) writes an exemption for everything that violates a mandatory rule today, with an owner and a review date. Everything passes that passed before, and what is opened from then on is blocked.",
    "**Close or declare what is open.** What is meant to be public is [declared or exempted](EXCEPTIONS.md), with an owner and a review date. The rest is closed.",
    '**Block what lets strangers in.** `guardrails({ preset: "baseline" })` in your organization\'s own pack runs authentication and governance only. It blocks the next open route from the first day, and says nothing about the rest.',
    '**Then `"recommended"`**, which is also the pack as it is installed. It adds ways around authentication, and everything that advises.',
    '**`"strict"` for new projects**: nothing there is an exception yet. Raise single rules with `levels` before that.',
  ]),
  "## When a new version brings a rule",
  'A new rule has its full level in the version that brings it: a mandatory one blocks at once, because it reports what lets strangers in, leaves no evidence or shows credentials. Nothing changes in a project until you install the version. Before you do, run the new version once with `{ "all": "advisory" }`. What a new rule then reports as mandatory in [LEVELS.md](LEVELS.md) is closed, declared or exempted first; or `levels` makes that rule advise for a while. A rule that was split or renamed keeps the levels, options and exemptions of its former name for one version.',
];

const declaration = `const health = new PublicAccess("health", {
    routes: ["GET /health"],
    reason: "load balancer health probe, returns no data",
    owner: "team-edge",
    reviewBy: config.require("reviewBy"),   // an ISO date, at most 180 days ahead
});
new aws.apigatewayv2.Route("health", { apiId: api.id, routeKey: "GET /health", target }, { parent: health });`;

const exceptions = [
  "# Exceptions",
  generated("scripts/rule-pages.mjs"),
  "An endpoint that is open on purpose says so: which routes, why, who answers for it, and until when. A declaration or an exemption opens nothing if it lacks one of these, is malformed, has expired, reaches too far ahead, or isn't known before the deployment. The violation then says why.",
  "## In the program: PublicAccess",
  "A declaration is the direct parent of what it opens: a route, a REST method, a function URL, an API with an OpenAPI body, or a load balancer's listener or listener rule.",
  code(declaration),
  list([
    "Spell routes exactly as API Gateway shows them; there are no wildcards. Write `GET /customers/{id}` or `ANY /{proxy+}`; `$connect` for a WebSocket API; `$default` for a function URL, a quick-create API and the default actions of a listener. A listener rule is spelled as its conditions: `GET /orders/*` for a method and a path pattern, `ANY /*` if it has neither. In an OpenAPI body, `x-amazon-apigateway-any-method` is `ANY`.",
    "A REST method doesn't know its path when it is judged by itself, so only its HTTP method is compared with the declaration there. The stack half of `public-access-is-reviewed` compares the full path, at preview. With `pulumi up --skip-preview`, a declaration for the wrong path is found after the fact.",
    "The golden-path components carry their declarations in their own inputs (`publicAccess`), so that opening and closing a route changes no URN. Open a route there with `access: publicAccess({ reason, owner, reviewBy })` among the component's arguments, and close it with an `authorization` in its place.",
    "In a component of your own, give the declaration the parent that the route had, `{ parent: this }`; the route then stays the same resource. You can't declare the children of a component that somebody else wrote, nor the resources of a CloudFormation template, the component of aws-apigateway or a policy: exempt them. The messages say which it is, with the code.",
    'If you remove a declaration, leave an alias on what stood under it, or Pulumi replaces that resource: `{ aliases: [{ parent: pulumi.createUrn("health", "api-guardrails:index:PublicAccess") }] }`. The messages on a declaration write it out. The pack reads a program and never sees what is deployed, so it can\'t tell that an alias is missing. `pulumi preview` shows it, as a route to create and one to delete.',
    "Fourteen days before its review is due, a declaration is named in an advisory.",
  ]),
  "## From other languages",
  "A declaration is a component resource: a class in the program's own language with the type token `api-guardrails:index:PublicAccess` and these inputs. The open resources are its direct children. Any other token that starts with `api-guardrails:index:` carries a list of the same under the input `publicAccess`.",
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
        "write a component resource as that class is written; in Go, register it with `RegisterComponentResourceV2`, because `RegisterComponentResource` sends no inputs",
        "no; it follows from the protocol, which is the same for every language",
      ],
      [
        "YAML",
        "not possible yet: YAML takes its types from plugins, and there is none for this token (`no resource plugin 'pulumi-resource-api-guardrails'`). Write an exemption instead",
        "no",
      ],
    ],
  ),
  list([
    "The SDK must send a component's inputs when it registers the component. The Node.js SDK does from 3.202 on; the Python SDK was tried with 3.204 and 3.272. A declaration without inputs opens nothing, and the violation says so.",
    "A class of your own must give each direct child an alias to the declaration's own parent, as the class in Python does. Without it, wrapping a deployed route replaces the route, and API Gateway refuses a second one with the same key.",
  ]),
  "## In the pack's configuration: exemptions",
  "For what a program can't declare itself, such as a route inside somebody else's component. One list serves all rules, on `exemption-is-current`:",
  json({
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
  }),
  list([
    '`stacks` are names. For stacks that come and go, such as one for each pull request, write the beginning of their names, three characters or more, and one `*`: `"pr-*"`. With a `*` anywhere else, or alone, an exemption exempts nothing.',
    "`resource` is a URN, or a name that only one resource of the rule's types has. A name that two resources have exempts neither.",
    '`logicalId` names a resource in the template that `resource` brings, `"Url"` or `"Inner.Url"` in a nested one.',
    "`routes` lists what is meant if the resource holds several, or if a component is named for its children.",
    "An exemption that covers nothing is named in an advisory. If it nearly covers a finding, the advisory says what to write: the routes that it lacks, the route that is spelled otherwise, the other rule, the name in other letters. A violation names the exemptions that are for it in another stack or project.",
    "Always give `enforcementLevel`: without it, the engine reads the entry of a mandatory policy as advisory. `guardrails({ exemptions })` gives it for you.",
    "If `exemption-is-current` is disabled, no exemption counts.",
    "[`api-guardrails baseline`](../docs/baseline.md) writes the list for everything that violates a mandatory rule today.",
  ]),
];

const pages = new Map([
  ["RULES.md", index],
  ["LEVELS.md", levels],
  ["CONFIGURATION.md", configuration],
  ["EXCEPTIONS.md", exceptions],
  ["../docs/controls.md", controlsPage(rules)],
  ...rules.map((rule) => [`rules/${rule.id}.md`, pageOf(rule)]),
]);

const isChecking = process.argv.includes("--check");
mkdirSync(new URL("rules/", folder), { recursive: true });
const gone = readdirSync(new URL("rules/", folder)).filter((file) => !pages.has(`rules/${file}`));
const stale = gone.map((file) => `rules/${file}`);
for (const [page, parts] of pages) {
  const text = `${parts.join("\n\n")}\n`;
  if (!isChecking) writeFileSync(new URL(page, folder), text);
  else if (readOrNothing(page) !== text) stale.push(page);
}
if (!isChecking) for (const file of gone) rmSync(new URL(`rules/${file}`, folder));
else if (stale.length > 0) {
  console.error(`Not what the rules say: ${stale.join(", ")}. Run: npm run docs`);
  process.exitCode = 1;
}

function readOrNothing(page) {
  try {
    return readFileSync(new URL(page, folder), "utf8");
  } catch {
    return undefined;
  }
}
