import { createRequire } from "node:module";
import type * as pack from "@api-guardrails/policies/inventory";
import { ownPack } from "../installed/own-pack";

/**
 * The part of the installed pack that answers who may call what. It is that of the pack that a preview uses by default, so that both
 * say the same.
 *
 * @throws UserError if the pack isn't installed
 */
export function ownInventory(): typeof pack {
  return createRequire(`${ownPack()}/package.json`)("@api-guardrails/policies/inventory");
}
