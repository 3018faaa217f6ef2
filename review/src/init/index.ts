export { type InitResult, init } from "./init";
export { type CiSystem, ciSystems } from "./surroundings";
