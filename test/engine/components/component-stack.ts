import { type EngineStack, engineStack, type StackOptions } from "../rig";
import { refusedCalls } from "./aws-calls/refused-calls";

/** A stack of a program with components: after each update, AWS's own models have nothing to say against the calls that made what is there. */
export async function componentStack(options: StackOptions): Promise<EngineStack> {
  const stack = await engineStack(options);
  const up: EngineStack["up"] = async (given) => {
    const run = await stack.up(given);
    const refused = run.code === 0 ? refusedCalls(stack.cloud()) : [];
    if (refused.length > 0) throw new Error(`AWS would refuse:\n${refused.join("\n")}`);
    return run;
  };
  return { ...stack, up };
}
