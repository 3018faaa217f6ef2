export { printable } from "./printable";
export { collectSecrets, type Secrets } from "./secrets";
