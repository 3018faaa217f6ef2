export {
  type Acceptance,
  type FixturesSetting,
  readSettings,
  type Settings,
  settingsFileOf,
} from "./settings";
export type { StackValues } from "./stack-values";
