import { UserError } from "../text/errors";
import { mistakeIn } from "../text/json";
import { type Fields, isRecord } from "../text/records";

/** How a preview of the engine is written as a stream of events. */
export const streamCommand =
  "PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true pulumi preview --json --policy-pack node_modules/@api-guardrails/policies";

/** The events of a preview, in their order. */
export interface EventStream {
  readonly events: readonly Fields[];
  /** Sentences about lines that couldn't be read. */
  readonly problems: readonly string[];
}

/**
 * Reads what `pulumi preview --json` writes with PULUMI_ENABLE_STREAMING_JSON_PREVIEW: one event of the engine on each line. It is the
 * only form with what the policies say; without the variable, the command writes a digest of the steps.
 *
 * @param name of the file, for the sentences
 * @throws UserError if the text is no such stream
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/events.go EngineEvent
 */
export function eventsIn(text: string, name: string): EventStream {
  const lines = text.split("\n");
  const read = lines.map((line) => (line.trim() === "" ? undefined : eventIn(line)));
  const events = read.filter((event) => typeof event === "object");
  if (events.length === 0) throw new UserError(`${name} ${whatElse(text)}`);
  const problems = read.flatMap((event, index) => {
    if (event !== "no event") return [];
    const isLast = lines.slice(index + 1).every((line) => line.trim() === "");
    return isLast && lines[index]?.startsWith("{")
      ? [`${name} ends in the middle of an event, on line ${index + 1}: the preview was cut short.`]
      : [
          `${name} has a line that is no event of the engine, line ${index + 1}. Keep the standard error of pulumi preview out of it.`,
        ];
  });
  return { events, problems };
}

function eventIn(line: string): Fields | "no event" {
  try {
    const event: unknown = JSON.parse(line);
    return isRecord(event) && typeof event.sequence === "number" ? event : "no event";
  } catch {
    return "no event";
  }
}

/** What a text without events is, and what to run instead. */
function whatElse(text: string): string {
  const run = `Run: ${streamCommand}`;
  if (text.trim() === "") return `is empty. ${run}`;
  // The digest may come after lines of the standard error.
  const start = /^\{/m.exec(text)?.index ?? 0;
  const json = text.slice(start);
  const content: unknown = mistakeIn(json) === undefined ? JSON.parse(json) : undefined;
  if (isRecord(content) && ("steps" in content || "changeSummary" in content)) {
    return `holds the digest of pulumi preview --json, which doesn't contain what the policies say. ${run}`;
  }
  if (isRecord(content) && ("deployment" in content || "checkpoint" in content)) {
    return `holds a state, and no preview. List its ways in with inventory --state, or run: ${streamCommand}`;
  }
  return `holds no events of a preview. ${run}`;
}
