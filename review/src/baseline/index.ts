export { baseline } from "./baseline";
export { asText, readConfigurationFile } from "./configuration-file";
export { defaultOwnerTags } from "./owner";
export type { BaselineResult } from "./result";
export { isDate, weekOf } from "./review-dates";
