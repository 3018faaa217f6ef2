export { type InventoryRequest, type InventoryResult, inventory } from "./inventory";
