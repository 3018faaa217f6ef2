import { PolicyPack } from "@pulumi/policy";
import { guardrails } from "./crossguard/guardrails";

const { policies, initialConfig } = guardrails({ preset: "recommended" });

new PolicyPack(
  "api-guardrails",
  { policies, description: "Stops unauthenticated AWS APIs at preview", enforcementLevel: "mandatory" },
  initialConfig,
);
