export { type InventoryResult, inventory } from "./inventory";
