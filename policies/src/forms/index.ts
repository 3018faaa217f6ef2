export { forms, nativeTokens } from "./forms";
export { nestsTemplate, readTemplate, type Template, unreadPart } from "./template";
export type { TemplateResource } from "./template-resource";
export { isOfTerraformModule } from "./terraform";
export {
  dependenciesIn,
  dependenciesInTermsOfAws,
  idIn,
  innerIdsIn,
  inTermsOfAws,
  propertiesIn,
} from "./translate";
