/** What only `$connect` has is authorization; what comes after it is a message. */
export const connectKey = "$connect";
const disconnectKey = "$disconnect";
const defaultKey = "$default";

/** The keys that mean something to API Gateway. Others that begin with a dollar sign are kept for it. */
const predefinedKeys = [connectKey, disconnectKey, defaultKey];

/** Whether clients send it: what a lockdown of open connections is about. */
export function isMessageKey(key: string): boolean {
  return key !== connectKey && key !== disconnectKey;
}

/** Without `*` and `?`, which the source ARN of a Lambda permission would read as wildcards. */
const actionKey = /^[\w.:/-]{1,128}$/;

/** Whether a text can be the key of a route of a WebSocket API. */
export function isWebSocketRouteKey(text: string): boolean {
  return predefinedKeys.includes(text) || actionKey.test(text);
}
