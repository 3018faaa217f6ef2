import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PolicyPack } from "@pulumi/policy";
import { guardrails } from "./crossguard/guardrails";

const { policies, initialConfig } = guardrails({ preset: "recommended" });

new PolicyPack(
  "api-guardrails",
  {
    policies,
    displayName: "API guardrails",
    description: "Stops unauthenticated AWS APIs at preview",
    readme: readFileSync(join(__dirname, "..", "README.md"), "utf8"),
    provider: "aws",
    tags: ["api", "authentication", "aws", "security"],
    enforcementLevel: "mandatory",
  },
  initialConfig,
);
