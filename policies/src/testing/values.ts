/**
 * Stands for a value that isn't known before the deployment, as the engine shows it to a policy at a preview. Reading it throws
 * the SDK's `UnknownValueError`.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go UnknownStringValue
 */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * A value that is marked as secret, as the engine shows it. A policy reads the value: it must not print it.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig.go SecretSig
 */
export function secret<Value>(value: Value) {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}
