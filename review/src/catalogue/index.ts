export type { Catalogue, CatalogueRule } from "./catalogue";
export { findRule } from "./find-rule";
export { ownCatalogue } from "./own-catalogue";
export { packCatalogue } from "./pack-catalogue";
