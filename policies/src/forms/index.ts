export { forms, nativeTokens } from "./forms";
export { nestsTemplate, readTemplate, type Template, type TemplateResource, unreadPart } from "./template";
export { dependenciesIn, dependenciesInTermsOfAws, inTermsOfAws, propertiesIn } from "./translate";
