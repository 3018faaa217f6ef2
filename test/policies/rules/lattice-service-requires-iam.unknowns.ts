import { authPolicy, latticeService, serviceAssociation, serviceNetwork } from "../lattice-resources";
import type { UnknownRow } from "../unknown-row";

export const rows: readonly UnknownRow[] = ["orders", "mesh", "association", "only-us"].map((on) => ({
  situation: `neither a service nor its network asks for IAM: "${on}"`,
  resources: [
    latticeService("orders", { authType: "NONE" }),
    serviceNetwork("mesh", { authType: "NONE" }),
    serviceAssociation("association", "orders", "mesh"),
    authPolicy("only-us", "mesh"),
  ],
  on,
  reported: "advisory",
}));
