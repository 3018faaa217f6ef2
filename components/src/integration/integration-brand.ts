import { brandOf } from "../brand";

/** The mark of what `Integration` makes. */
export const integrationBrand = brandOf("integration");
