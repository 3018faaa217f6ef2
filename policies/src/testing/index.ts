export type { TestedPack } from "./configured";
export { type Judgement, type JudgeOptions, judge, type NotRun, type Violation } from "./judge";
export type { TestedResource } from "./tested-resource";
export { secret, unknown } from "./values";
