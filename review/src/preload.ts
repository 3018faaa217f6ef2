import { join } from "node:path";

/** What node loads before Pulumi's runners, so that they end soon where something is thrown. */
export const nodePreload: readonly string[] = ["-r", join(__dirname, "..", "preload", "uncolored-errors.js")];
