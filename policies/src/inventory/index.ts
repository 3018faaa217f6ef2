export {
  type JudgedResource,
  type JudgedSettings,
  type JudgedViolation,
  judgedStack,
  type StackJudgement,
} from "../crossguard/judged-stack";
export type { GivenResource } from "./given";
export { byDanger, type Inventory, type InventoryRequest, inventoryOf, type PackSettings } from "./inventory";
export type {
  AuthenticationKind,
  DeclaredOpening,
  Host,
  InventoryLog,
  InventoryRow,
  InventoryThrottle,
  KeyQuota,
  Surface,
  TrustedResource,
  UnknownField,
} from "./row";
