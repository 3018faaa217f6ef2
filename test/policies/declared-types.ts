import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { rules } from "../../policies/src";
import type { ResourceType, UnknownMeans } from "../../policies/src/stack";

const isResourceType = (value: unknown): value is ResourceType =>
  typeof value === "object" && value !== null && "token" in value && "is" in value;

/** The types that the pack's own files declare, whether a rule judges them or not. */
export const declaredTypes: readonly ResourceType[] = (
  await Promise.all(
    ["endpoints", "loopholes", "reading", "rules"].flatMap((folder) =>
      readdirSync(resolve("policies/src", folder), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts"))
        .map((file) => import(resolve("policies/src", folder, file)) as Promise<Record<string, unknown>>),
    ),
  )
)
  .flatMap((exported) => Object.values(exported))
  .concat(rules.flatMap((rule) => [...rule.resources, ...rule.stackResources]))
  .filter(isResourceType);

/** What the pack reads of each type, by its token. */
export const readsOfTypes: Readonly<Record<string, Readonly<Record<string, UnknownMeans>>>> =
  Object.fromEntries(declaredTypes.map(({ token, reads }) => [token, reads]));

/** What only @pulumi/aws 6 has: there, a deployment makes a stage. */
export const onlyInVersion6: readonly string[] = ["stageName", "stageDescription"];

/** What only CloudFormation's form of a type has; the provider aws knows no such arguments. */
export const onlyInCloudFormation: readonly string[] = [
  "bodyS3Location",
  "cloneFrom",
  "integration",
  "methodSettings",
  "statement",
  "roles",
  "secondStage",
  "methodSettings",
];
