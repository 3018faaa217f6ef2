export { preview } from "./preview";
export type { PreviewedPack, PreviewRequest, PreviewResult, Violation } from "./result";
