export type { Acceptance } from "./acceptance";
export { type Project, readProject, secretValues } from "./project";
