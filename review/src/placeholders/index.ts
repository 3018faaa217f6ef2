export { type PlaceholderValues, placeholderPattern, placeholderValues } from "./placeholder-values";
