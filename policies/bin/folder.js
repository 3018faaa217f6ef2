#!/usr/bin/env node

// Prints the folder of the pack, wherever a package manager has put it, for --policy-pack.
const { dirname } = require("node:path");

const usage = `Usage: api-guardrails-policies

Prints the folder of the policy pack @api-guardrails/policies, for instance for
  pack="$(npx --no api-guardrails-policies)" &&
    pulumi preview --policy-pack "$pack"

In one step, pulumi would preview without any pack where this command fails.
`;

const [argument] = process.argv.slice(2);
if (argument === undefined) process.stdout.write(`${dirname(__dirname)}\n`);
else if (argument === "--help" || argument === "-h") process.stdout.write(usage);
else {
  process.stderr.write(`api-guardrails-policies takes no arguments.\n\n${usage}`);
  process.exitCode = 2;
}
