// `npm run mutation`: see docs/quality.md.
export default {
  mutate: ["policies/src/{rules,reading,endpoints}/**/*.ts"],
  plugins: ["./scripts/mutation/runner.mjs", "./scripts/mutation/ignore.mjs"],
  testRunner: "tables",
  ignorers: ["texts"],
  buildCommand: "node scripts/mutation/bundle-tests.mjs",
  coverageAnalysis: "perTest",
  // Nothing tells which tests notice a mutant that only runs while a module is loaded: each would have to meet all of them.
  ignoreStatic: true,
  incremental: true,
  incrementalFile: ".mutation/incremental.json",
  reporters: ["json", "progress-append-only"],
  jsonReporter: { fileName: ".mutation/report.json" },
  tempDirName: ".mutation/sandbox",
  ignorePatterns: ["/.engine", "/.tmp", "/.mutation", "/examples", "/docs", "/review/lib"],
  concurrency: 2,
  timeoutMS: 20_000,
  thresholds: { high: 95, low: 85, break: null },
};
