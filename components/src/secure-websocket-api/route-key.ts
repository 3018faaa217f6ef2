/** The only route with an authorization. */
export const connectKey = "$connect";
const disconnectKey = "$disconnect";
const defaultKey = "$default";

/** API Gateway reserves all keys that start with a dollar sign. These exist. */
const predefinedKeys = [connectKey, disconnectKey, defaultKey];

/** Whether a key is for messages, which a lockdown has to stop on open connections. */
export function isMessageKey(key: string): boolean {
  return key !== connectKey && key !== disconnectKey;
}

/** Without `*` and `?`, which are wildcards in the source ARN of a Lambda permission. */
const actionKey = /^[\w.:/-]{1,128}$/;

/** Whether API Gateway accepts a text as the key of a WebSocket route. */
export function isWebSocketRouteKey(text: string): boolean {
  return predefinedKeys.includes(text) || actionKey.test(text);
}
