export { type SdkTypes, sdkTypes } from "./sdk-types";
export type { Field, Fields, Shape } from "./shape";
