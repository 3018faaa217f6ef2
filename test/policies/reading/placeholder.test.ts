import { expect, test } from "vitest";
import { holdsPlaceholder } from "../../../policies/src/reading/text/placeholder";

test.each<readonly [what: string, text: string, holds: boolean]>([
  ["nothing", "", false],
  ["words", "arn:aws:iam::123456789012:role/caller", false],
  ["what a template leaves", `arn:aws:iam::\${account}:role/caller`, true],
  ["braces of another template", "arn:aws:iam::{{ account }}:role/caller", true],
  ["a path parameter", "/pets/{id}", false],
  ["a stage variable of API Gateway", `https://\${stageVariables.host}/`, false],
  ["a stage variable and a placeholder", `https://\${stageVariables.host}/\${path}`, true],
  ["a placeholder that only starts like a stage variable", `https://\${stageVariablesOfMine}/`, true],
  ["an output in a template literal", "Calling [toString] on an [Output<T>] is not supported.", true],
  ["an output in JSON", "Calling [toJSON] on an [Output<T>] is not supported.", true],
])("a placeholder in a text: %s", (_what, text, holds) => {
  expect(holdsPlaceholder(text)).toBe(holds);
});
