import * as pulumi from "@pulumi/pulumi";
import { type InputProblem, refuse } from "../input-problems";
import { enumeration } from "../wording";
import type { Throttles } from "./guarded-properties";

/** How a component guards its children under its lockdown. */
export interface Guarding {
  readonly throttles: Throttles;
  readonly isLockedDown: boolean;
}

export const unlocked: Guarding = { throttles: "changeable", isLockedDown: false };

/**
 * Says what a transform may not change. Usually this stops the program. It never stops a lockdown, which somebody needs now: a
 * transform that is right without the lockdown may be in its way. The lockdown's values stay, with a warning.
 *
 * @param subject who changed what, to begin a sentence
 * @throws pulumi.InputPropertiesError
 */
export function tellRefused(
  subject: string,
  refused: readonly InputProblem[],
  { isLockedDown }: Guarding,
): void {
  if (refused.length === 0) return;
  if (!isLockedDown) refuse(`${subject} changes what the component guards:`, refused);
  const names = enumeration([...new Set(refused.map(({ propertyPath }) => propertyPath))], "and");
  pulumi.log.warn(
    `${subject} changes ${names}, which the component guards. Under the lockdown, its own values stay. The change is checked again when the lockdown ends.`,
  );
}
