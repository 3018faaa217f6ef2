import { createRequire } from "node:module";
import type { inventoryOf } from "@api-guardrails/policies/inventory";
import { ownPack } from "../installed/own-pack";

/**
 * The function with which the installed pack answers who may call what. It is loaded from the pack that a preview uses by default,
 * so that both say the same.
 *
 * @throws UserError if the pack isn't installed
 */
export function ownInventory(): typeof inventoryOf {
  const pack = ownPack();
  const loaded: { readonly inventoryOf: typeof inventoryOf } = createRequire(`${pack}/package.json`)(
    "@api-guardrails/policies/inventory",
  );
  return loaded.inventoryOf;
}
