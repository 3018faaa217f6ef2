export { type Project, readProject, secretValues } from "./project";
