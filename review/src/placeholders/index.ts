export {
  type PlaceholderValues,
  placeholderMark,
  placeholderPattern,
  placeholderValues,
} from "./placeholder-values";
