export { preview } from "./preview";
export type { PreviewedPack, PreviewRequest, PreviewResult, Unseen, Violation } from "./result";
export { type WrittenFixtures, writeFixtures } from "./write-fixtures";
