export { type NodeOptions, type Project, type ProjectRequest, readProject, secretValues } from "./project";
