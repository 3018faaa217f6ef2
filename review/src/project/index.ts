export { stacksIn } from "./chosen-stack";
export { type Project, readProject, secretValues } from "./project";
