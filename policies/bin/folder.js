#!/usr/bin/env node

// Prints the folder of the pack, wherever a package manager has put it: pulumi preview --policy-pack "$(...)"
const { dirname } = require("node:path");

const usage = `Usage: api-guardrails-policies

Prints the folder of the policy pack @api-guardrails/policies, for instance for
  pulumi preview --policy-pack "$(npx --no api-guardrails-policies)"
`;

const [argument] = process.argv.slice(2);
if (argument === undefined) process.stdout.write(`${dirname(__dirname)}\n`);
else if (argument === "--help" || argument === "-h") process.stdout.write(usage);
else {
  process.stderr.write(`api-guardrails-policies takes no arguments.\n\n${usage}`);
  process.exitCode = 2;
}
