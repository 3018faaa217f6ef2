export { collectSecrets, type Secrets } from "./secrets";
