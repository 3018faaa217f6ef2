export { once } from "./once";
export {
  anyType,
  type Reads,
  type Resource,
  type ResourceOf,
  type ResourceType,
  resource,
  resourceType,
  type TemplatePlace,
  type UnknownMeans,
  type WrittenForm,
} from "./resource";
export {
  type Absent,
  absent,
  isUnknown,
  type Known,
  known,
  knownElements,
  knownValue,
  type Seen,
  type Unknown,
  unknown,
  unknownValue,
} from "./seen";
export { groupBy, type Stack, type StackMember, stackOf, type Target } from "./stack";
export { type InStack, isSameStack, parseUrn, qualifiedTypeOf, type UrnParts } from "./urn";
export { isRecord, own, type PropertyOf, type RawRecord, unknownView, type View, view } from "./view";
