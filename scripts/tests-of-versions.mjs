// Which tests run again with other versions: those in which our packages meet what has another version there. The others would
// prove the same once more, since what they test never sees Pulumi's SDK, or Node.js beyond the language itself.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./packed.mjs";

/** The sets of test/versions.json: Pulumi's SDK, the AWS SDK, and the Node.js that belongs to them. */
const ofSdk = [
  {
    why: "A component creates resources with the AWS SDK, in the process of a program.",
    files: [
      "test/components/api-domain/preview.test.ts",
      "test/components/api-watch/preview.test.ts",
      "test/components/secure-http-api/preview.test.ts",
      "test/components/secure-rest-api/preview.test.ts",
      "test/components/secure-websocket-api/preview.test.ts",
      "test/components/user-directory/preview.test.ts",
    ],
  },
  {
    why: "Transforms are the SDK's, and a component's run between those of a program.",
    files: ["test/components/override/transforms.test.ts", "test/review/monitor/transforms.test.ts"],
  },
  {
    why: "The SDK's mocks register what a component creates.",
    files: ["test/components/secure-http-api/resources.test.ts"],
  },
  {
    why: "The SDK's runners run programs and packs, and report how they fail and which lines register a resource.",
    files: [
      "test/review/failure-place.test.ts",
      "test/review/other-sdk.test.ts",
      "test/review/packs/packs.test.ts",
      "test/review/preview.test.ts",
      "test/review/program.test.ts",
      "test/review/source-lines.test.ts",
    ],
  },
  {
    why: "The monitor answers what the SDK asks, in messages of that version.",
    files: [
      "test/review/engine/protocol.test.ts",
      "test/review/invokes/program.test.ts",
      "test/review/monitor/aliases.test.ts",
      "test/review/monitor/lookups.test.ts",
      "test/review/monitor/providers.test.ts",
      "test/review/monitor/remote-components.test.ts",
      "test/review/monitor/resource-monitor.test.ts",
    ],
  },
  {
    why: "The preload watches what a program does with the SDK: callbacks, secrets, lookups.",
    files: [
      "test/review/look-ahead/look-ahead.test.ts",
      "test/review/missing-answers.test.ts",
      "test/review/secrets/printed.test.ts",
    ],
  },
  {
    why: "The types of outputs come from what the AWS SDK declares.",
    files: ["test/review/sdk-types/sdk-types.test.ts"],
  },
];

/**
 * Of these files, what is decided in our own code, whatever the SDK. Each preview takes seconds. These are parts of the full name
 * of a test, so that a test with another name runs.
 */
const decidedHere = [
  {
    why: "The sentence is the component's. How a program's failure is reported is in test/review/program.test.ts.",
    names: ["stops the program with a sentence", "plain http, later", "a host that callers choose, later"],
  },
  {
    why: "A lockdown changes values that the component computes; the preview without one shows that they arrive.",
    names: [
      'a lockdown "deny"',
      'a lockdown "throttle"',
      "a lockdown a misspelled value",
      '"?(throttle|deny)"? passes every rule',
      "with the lockdown (deny|throttle)",
    ],
  },
  {
    why: "What ends a finding is the pack's to say.",
    names: ["the fix of endpoint-is-watched"],
  },
  {
    why: "Whether a program runs a second time is the command line's to say, and how it looks to the pack.",
    names: [
      "a program in which nothing is open passes",
      "a message of several lines, which a callback throws",
      "is told without a look-ahead",
      "not if the program fails",
      "not with --no-look-ahead",
    ],
  },
  {
    why: "Types are checked by the project's own TypeScript. One CommonJS program and one ES module run with each SDK.",
    names: [
      "a folder whose settings ask for no check",
      "an enum that a package only declares",
      "options that don't go with compiling file by file",
    ],
  },
  {
    why: "Only the pack compares the review date.",
    names: ["is blocked after its review date has passed"],
  },
  {
    why: "An option is compared with the type that the registration names.",
    names: ["what --accept-unseen names may stay unseen"],
  },
  {
    why: "These are the forms of our placeholders, and the text of our entries.",
    names: ["what placeholders get wrong", "--write-fixtures"],
  },
];

/** Another Node.js alone: processes, terminals, pipes, files and modules. */
const ofNode = [
  "test/policies/message.test.ts",
  "test/policies/module-graph.test.ts",
  "test/policies/reading/open-api.test.ts",
  "test/policies/reading/policy-access.test.ts",
  "test/review/cli.test.ts",
  "test/review/engine/node-process.test.ts",
  "test/review/installed/own-pack.test.ts",
  "test/review/installed/package-manager.test.ts",
  "test/review/look-ahead/refused-operations.test.ts",
  "test/review/monitor/resource-monitor.test.ts",
  "test/review/preview.test.ts",
  "test/review/project/configuration.test.ts",
  "test/review/project/project.test.ts",
  "test/review/secrets/printed.test.ts",
  "test/review/settings/settings.test.ts",
  "test/review/text/json.test.ts",
  "test/review/text/take-lines.test.ts",
];

const names = decidedHere.flatMap((group) => group.names).join("|");

/** The files with tests that meet the SDK. */
export const filesOfSdk = () => existing(ofSdk.flatMap((group) => group.files));

/** The arguments with which vitest runs what meets the SDK. */
export const testsOfSdk = () => [...filesOfSdk(), "--testNamePattern", `^(?!.*(?:${names}))`];

/** The arguments with which vitest runs what the same files test of our own code alone. */
export const testsDecidedHere = () => [...filesOfSdk(), "--testNamePattern", `(?:${names})`];

/** The arguments with which vitest runs what depends on Node.js. */
export const testsOfNode = () => existing(ofNode);

/** A file that is gone would be a test that silently doesn't run. */
function existing(files) {
  for (const file of files) {
    if (!existsSync(join(root, file))) throw new Error(`There is no ${file}.`);
  }
  return files;
}
