// What the command line learns about a program while it runs, beyond what the program registers: one line of JSON for each
// observation (review/src/look-ahead/observations.ts).
const { readFileSync, writeSync } = require("node:fs");
const { fileURLToPath } = require("node:url");
const { sep } = require("node:path");

const descriptor = Number(process.env.API_GUARDRAILS_OBSERVATIONS_FD);
const settingsFile = process.env.API_GUARDRAILS_LOOK_AHEAD;
/** Whether the program runs only to find out what it asks. */
exports.isSurvey = process.env.API_GUARDRAILS_SURVEY === "true";
// A process that the program starts has none of these.
delete process.env.API_GUARDRAILS_OBSERVATIONS_FD;
delete process.env.API_GUARDRAILS_LOOK_AHEAD;
delete process.env.API_GUARDRAILS_SURVEY;

exports.isObserved = descriptor > 0;

/** The settings of a look-ahead; undefined in a preview. */
exports.settings = settingsFile === undefined ? undefined : JSON.parse(readFileSync(settingsFile, "utf8"));

const sent = new Set();

/** Tells the command line something once. Never throws, because the program would see the error. */
exports.observe = (observation) => {
  try {
    const text = JSON.stringify(observation);
    if (sent.has(text)) return;
    sent.add(text);
    let line = Buffer.from(`${text}\n`);
    while (line.length > 0) line = line.subarray(writeSync(descriptor, line));
  } catch {}
};

/** Deep enough to find the program's own line behind a library's. */
const frames = 40;

/** Remembers where the caller stands. The stack is only read if it is asked for. */
exports.here = (below) => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = frames;
  const place = {};
  Error.captureStackTrace(place, below);
  Error.stackTraceLimit = stackTraceLimit;
  return place;
};

/** The file of the caller, without the work of a whole stack. */
exports.callingFile = (below) => {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const place = {};
  try {
    Error.stackTraceLimit = 1;
    Error.prepareStackTrace = (_error, sites) => sites[0]?.getFileName();
    Error.captureStackTrace(place, below);
    const file = place.stack;
    return typeof file === "string" && file.startsWith("file://") ? fileURLToPath(file) : file;
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
};

/** The files and lines of a place, the nearest caller first: `/home/me/app/index.ts:14`. */
exports.linesOf = ({ stack }) =>
  String(stack)
    .split("\n")
    .flatMap((line) => {
      const [, path, at] =
        /^\s+at (?:.*\()?(?:async )?((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*?):(\d+)(?::\d+)?\)?$/.exec(line) ??
        [];
      if (path === undefined) return [];
      return [`${path.startsWith("file://") ? fileURLToPath(path) : path}:${at}`];
    });

/** Whether a line is in a package rather than in the program's own files. */
exports.isInPackage = (line) => line.includes(`${sep}node_modules${sep}`);
