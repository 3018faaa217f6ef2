export { type Project, readProject, secretValues } from "./project";
export { type ProjectPlace, placeInRepository } from "./repository";
