import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PolicyPack } from "@pulumi/policy";
import { guardrails } from "./crossguard/guardrails";

const { policies, initialConfig } = guardrails({ preset: "recommended" });
/** Tools that make an installation smaller leave out its pages. */
const readme = join(__dirname, "..", "README.md");

new PolicyPack(
  "api-guardrails",
  {
    policies,
    displayName: "API guardrails",
    description: "Stops unauthenticated AWS APIs at preview",
    ...(existsSync(readme) && { readme: readFileSync(readme, "utf8") }),
    provider: "aws",
    tags: ["api", "authentication", "aws", "security"],
    enforcementLevel: "mandatory",
  },
  initialConfig,
);
