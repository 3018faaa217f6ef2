export { digestCommand, digestIn } from "./digest";
export { reportedPlan } from "./reported";
