export {
  collected,
  exitCodeOf,
  type InventoryRequest,
  type InventoryResult,
  inventory,
  inventoryReads,
} from "./inventory";
export type { InventorySource, Read } from "./source";
