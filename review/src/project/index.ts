export { type NodeOptions, type Project, type ProjectRequest, readProject } from "./project";
