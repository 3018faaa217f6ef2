import { Authorization, publicAccess, SecureHttpApi } from "@api-guardrails/components";
import { clientId, create, health, lookup, pager, review, userPool } from "../given";

const api = new SecureHttpApi("customers", {
  authorization: Authorization.cognito({ userPool, clientIds: [clientId], scopes: ["customers/read"] }),
  routes: {
    "GET /customers/{id}": { handler: lookup },
    "POST /customers": { handler: create, scopes: ["customers/write"] },
    "GET /health": { handler: health, access: publicAccess(review) },
  },
  watch: { alarmActions: [pager.arn] },
});
export const url = api.url;
