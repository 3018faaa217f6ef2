import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { takeLines } from "../../../review/src/text/take-lines";

type Step = readonly [stream: "stdout" | "stderr", written: string];

test.each<[situation: string, steps: readonly Step[], output: string]>([
  [
    "a line in two pieces, with another stream's between them",
    [
      ["stdout", "hun"],
      ["stderr", "no\n"],
      ["stdout", "ter2\n"],
    ],
    "no\nhunter2\n",
  ],
  [
    "lines and the beginning of one",
    [
      ["stdout", "a\nb\nhun"],
      ["stderr", "no\n"],
      ["stdout", "ter2"],
    ],
    "a\nb\nno\nhunter2",
  ],
  [
    "no end of line at the end of either",
    [
      ["stdout", "hunter2"],
      ["stderr", "no"],
    ],
    "hunter2no",
  ],
  ["nothing", [], ""],
])("%s", async (_situation, steps, output) => {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
  let taken = "";
  for (const stream of Object.values(streams)) {
    takeLines(stream.setEncoding("utf8"), (lines) => {
      taken += lines;
    });
  }
  const arrived = (stream: PassThrough) => new Promise((done) => stream.once("data", done));
  for (const [name, written] of steps) {
    const data = arrived(streams[name]);
    streams[name].write(written);
    await data;
  }
  for (const stream of Object.values(streams)) {
    const end = new Promise((done) => stream.once("end", done));
    stream.end();
    await end;
  }
  expect(taken).toBe(output);
});
