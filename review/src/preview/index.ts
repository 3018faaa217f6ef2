export { bySeriousness } from "./order";
export { preview } from "./preview";
export type {
  PreviewedPack,
  PreviewedResource,
  PreviewRequest,
  PreviewResult,
  Reported,
  ReportedPack,
  Unseen,
  Violation,
} from "./result";
export { type WrittenFixtures, writeFixtures } from "./write-fixtures";
