export { type Change, type ChangedRoute, type ChangeKind, changeKinds, rowOf } from "./change";
export { compare } from "./compare";
export { type DiffResult, diff, type FailOn, type Side, type StackDiff } from "./diff";
