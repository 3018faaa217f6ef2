import { expect, test } from "vitest";
import { findServiceModels } from "./components/aws-calls/service-model";
import { findPulumi, findPython } from "./rig";

test.each([
  [
    "CLI",
    findPulumi,
    "There is no Pulumi CLI, so NO TEST OF THE REAL ENGINE RUNS. Build it with: npm run engine",
  ],
  [
    "Python",
    findPython,
    "There is no .engine/python, so NO TEST OF A PROGRAM IN PYTHON RUNS. Make it with: npm run engine:python",
  ],
  [
    "model of AWS's services",
    findServiceModels,
    "There are no models of AWS's services, so NO CALL OF A COMPONENT IS CHECKED BY THEM. Install them with: npm run engine:python",
  ],
])("the %s is there, wherever it has to be", (_, find, complaint) => {
  if (find()) return;
  console.warn(`\n  ${complaint}\n`);
  // CI builds it and never skips.
  expect(process.env.CI).toBeUndefined();
});
