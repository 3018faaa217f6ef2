import type { Given } from "../analyze";
import { anyone, forwarding, listener, listenerRule, loadBalancer, targetGroup } from "../edge-resources";
import { publicAccess, under } from "../resources";
import type { UnknownRow } from "../unknown-row";

const optionalLogin = [
  { type: "authenticate-oidc", authenticateOidc: { onUnauthenticatedRequest: "allow" } },
  forwarding,
];
const behindLogin = (given: readonly Given[]) => [anyone, targetGroup, loadBalancer("web"), ...given];

export const rows: readonly UnknownRow[] = [
  {
    situation: "a listener that forwards callers who aren't logged in",
    resources: behindLogin([
      listener("https", "web", optionalLogin, { mutualAuthentication: { mode: "off" } }),
    ]),
    on: "https",
  },
  {
    situation: "a rule that forwards callers who aren't logged in",
    resources: behindLogin([listenerRule("shop", undefined, optionalLogin)]),
    on: "shop",
  },
  {
    situation: "a token for anybody",
    resources: behindLogin([
      listenerRule("shop", undefined, [{ type: "jwt-validation", jwtValidation: {} }, forwarding]),
    ]),
    on: "shop",
  },
  {
    situation: "a token of an issuer that strangers share",
    resources: behindLogin([
      listenerRule("shop", undefined, [
        {
          type: "jwt-validation",
          jwtValidation: {
            issuer: "https://gitlab.com",
            additionalClaims: [{ name: "aud", format: "single-string", values: ["orders"] }],
          },
        },
        forwarding,
      ]),
    ]),
    on: "shop",
  },
  {
    situation: "certificates that nobody verifies",
    resources: behindLogin([
      listener("https", "web", undefined, { mutualAuthentication: { mode: "passthrough" } }),
    ]),
    on: "https",
    reported: "advisory",
  },
  {
    situation: "a rule that is open by declaration",
    resources: behindLogin([
      publicAccess("open", ["ANY /orders/*"]),
      under("open", listenerRule("shop", undefined, optionalLogin)),
    ]),
    on: "shop",
    reported: "silent",
    caseMatters: ["conditions"],
  },
];
