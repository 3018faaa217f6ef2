export { stacksIn } from "./chosen-stack";
export { type Project, readProject, secretValues } from "./project";
export { projectFile, projectsAt, projectsIn } from "./project-file";
export { type ProjectPlace, placeInRepository } from "./repository";
