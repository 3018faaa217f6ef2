import { withoutControls } from "../text/controls";

/** Fields with sentences of which some have several lines, such as what a program says when it fails. */
const ofSeveralLines: ReadonlySet<string> = new Set(["problems", "notices", "unseen"]);

/**
 * The result with every text on one line. A name with a line break or with a sequence that moves the cursor could otherwise write
 * lines of its own into a report for people, such as that nothing is open.
 */
export function oneLineTexts<T>(result: T): T {
  const inside = (value: unknown, plain: (text: string) => string): unknown => {
    if (typeof value === "string") return plain(value);
    if (Array.isArray(value)) return value.map((one) => inside(one, plain));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => [
        name,
        inside(field, ofSeveralLines.has(name) ? eachLine : plain),
      ]),
    );
  };
  return inside(result, withoutControls) as T;
}

const eachLine = (text: string) => text.split("\n").map(withoutControls).join("\n");
