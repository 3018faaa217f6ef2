export {
  type DeclarationInput,
  DeclaringComponent,
  declaringPlaceOf,
  isSecureRestApi,
  mayDeclare,
  type ReviewCalendar,
  type ReviewedDeclaration,
  readDeclarations,
} from "./declaration";
export { readDocumentText } from "./document-text";
export { type Exemption, readExemptions } from "./exemption";
export { graphqlNames } from "./graphql-names";
export { addressRange, holdsAnyone } from "./internet-address";
export { type Lockdown, lockdownOf } from "./lockdown";
export {
  anyMethod,
  isMethod,
  type OpenApi,
  type OpenApiDocument,
  type OpenApiOperation,
  type OperationDefinition,
  readOpenApi,
  type SchemeRequirement,
} from "./open-api";
export { holdsPlaceholder } from "./placeholder";
export { type Condition, type PolicyDocument, type PrincipalName, readPolicy } from "./policy";
export { type Access, type AccessQuestion, accessOf } from "./policy-access";
export type { Caller } from "./policy-caller";
export { patternLength } from "./policy-size";
export { isNearly } from "./route-spelling";
export { shortened } from "./shortened";
