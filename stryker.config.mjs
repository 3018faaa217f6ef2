// `npm run mutation`: see docs/quality.md.
export default {
  mutate: ["policies/src/{rules,reading,endpoints}/**/*.ts"],
  plugins: ["./scripts/mutation/runner.mjs", "./scripts/mutation/ignore.mjs"],
  testRunner: "tables",
  ignorers: ["texts"],
  buildCommand: "node scripts/mutation/bundle-tests.mjs",
  coverageAnalysis: "perTest",
  // Which tests reach a mutant while modules are loaded can't be told; those reached later as well are judged by these tests.
  ignoreStatic: true,
  incremental: true,
  incrementalFile: ".mutation/incremental.json",
  reporters: ["json", "progress-append-only"],
  jsonReporter: { fileName: ".mutation/report.json" },
  tempDirName: ".mutation/sandbox",
  ignorePatterns: ["/.engine", "/.tmp", "/.mutation", "/.mutation2", "/examples", "/docs", "/review/lib"],
  concurrency: 2,
  timeoutMS: 20_000,
  thresholds: { high: 95, low: 85, break: null },
};
