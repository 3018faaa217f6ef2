export { reportedPlan } from "./reported";
