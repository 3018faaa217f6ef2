/**
 * Which way imports run in each package (docs/architecture.md), type-only ones included. `npm run check` holds them to it.
 *
 * @type {import("dependency-cruiser").IConfiguration}
 */

/** The floors of each package, the lowest first: a file imports from its own floor and from those before it. */
const packFloors = [
  "^policies/src/stack/",
  "^policies/src/reading/",
  "^policies/src/forms/",
  "^policies/src/endpoints/",
  "^policies/src/loopholes/",
  "^policies/src/rules/",
  "^policies/src/crossguard/",
  "^policies/src/inventory/",
  "^policies/src/testing/",
  "^policies/src/(index|pack)\\.ts$",
];
const reviewFloors = [
  "^review/src/text/",
  "^review/src/installed/",
  "^review/src/engine/",
  "^review/src/(settings|secrets|project|sdk-types)/",
  "^review/src/placeholders/",
  "^review/src/invokes/",
  "^review/src/(monitor|packs)/",
  "^review/src/preview/",
  "^review/src/plan/",
  "^review/src/(inventory|catalogue|init)/",
  "^review/src/diff/",
  "^review/src/baseline/",
  "^review/src/reports/",
  "^review/src/commands/",
  "^review/src/cli\\.ts$",
];

const keepsToFloors = (floors) =>
  floors.slice(0, -1).map((floor, height) => ({
    name: `nothing-above-${floor.replace(/^\^|\/src|\/$/g, "")}`,
    severity: "error",
    from: { path: floor },
    to: { path: floors.slice(height + 1) },
  }));

module.exports = {
  forbidden: [
    { name: "no-circle", severity: "error", from: {}, to: { circular: true } },
    ...keepsToFloors(packFloors),
    ...keepsToFloors(reviewFloors),
    {
      name: "side-by-side",
      comment: "What both need is on a lower floor. The program and the packs meet in preview/ only.",
      severity: "error",
      from: { path: "^review/src/(monitor|packs)/" },
      to: { path: "^review/src/(monitor|packs)/", pathNot: "^review/src/$1/" },
    },
    {
      name: "packs-know-no-program",
      comment:
        "A pack judges resources. What they come from, and what answered the program, is the monitor's matter.",
      severity: "error",
      from: { path: "^review/src/packs/" },
      to: { path: "^review/src/(invokes|project)/" },
    },
    {
      name: "rules-know-no-policy-sdk",
      comment: "A rule runs in the engine, over a state file and in a test, unchanged.",
      severity: "error",
      from: { path: "^policies/src/(?!crossguard/|testing/|pack\\.ts)" },
      to: { path: "@pulumi/policy" },
    },
    {
      name: "a-package-imports-no-other",
      comment: "They meet in the tests, and in the inputs of api-guardrails:index:* components.",
      severity: "error",
      from: { path: "^(policies|components|review)/src/" },
      to: { path: "^(policies|components|review)/(src|dist)/", pathNot: "^$1/src/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "/dist/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
  },
};
