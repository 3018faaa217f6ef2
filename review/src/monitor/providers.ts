import type { Message } from "../engine/protocol";
import type { ProviderView, ResourceOptions } from "../engine/resource";
import { UserError } from "../text/errors";
import { type OnRegister, show } from "./show";
import { providerUrnOf, type RegisteredResource, type StackUnderPreview, urnIn } from "./stack-under-preview";

/** The provider that a request names. */
export function explicitProvider(stack: StackUnderPreview, reference: string): ProviderView | undefined {
  return view(stack.resources.get(providerUrnOf(reference)));
}

/**
 * The default provider of a package, for a registration, a read or an invoke that names no provider. The engine registers it
 * when it is first needed, and shows it to the packs (pulumi/pulumi pkg/resource/deploy/default_providers.go).
 *
 * @param token the type or the function that needs the provider
 * @throws UserError if the stack's configuration disables the provider
 */
export async function defaultProvider(
  stack: StackUnderPreview,
  onRegister: OnRegister,
  request: Message,
  token: string,
): Promise<ProviderView | undefined> {
  const [packageName = ""] = token.split(":");
  if (isDisabled(stack, packageName)) {
    throw new UserError(
      `"${request.getName?.() ?? token}" (${token}) names no provider, and the configuration pulumi:disable-default-providers disables the default provider of ${packageName}. Give it a provider with the option provider.`,
    );
  }
  const version = request.getVersion() || stack.packageVersions.get(request.getPackageref()) || "";
  const name = version ? `default_${version.replace(/[.+-]/g, "_")}` : "default";
  const type = `pulumi:providers:${packageName}`;
  const urn = urnIn(stack, "", type, name);
  const known = stack.resources.get(urn);
  if (known) return view(known);
  const configured = Object.entries(stack.project.config)
    .filter(([key]) => key.startsWith(`${packageName}:`))
    .map(([key, value]) => [key.slice(packageName.length + 1), value]);
  const properties = Object.fromEntries([...configured, ...(version ? [["version", version]] : [])]);
  const none = { provider: undefined, dependencies: [], propertyDependencies: {}, options: noOptions };
  return view(await show(stack, onRegister, { urn, type, name, parent: "", properties, ...none }));
}

/** The setting is a JSON list of packages. "*" stands for all of them, except for Pulumi's own. */
function isDisabled({ project }: StackUnderPreview, packageName: string): boolean {
  const disabled = project.config["pulumi:disable-default-providers"];
  if (!disabled || packageName === "pulumi") return false;
  try {
    const packages: unknown = JSON.parse(disabled);
    if (Array.isArray(packages) && packages.every((name) => typeof name === "string")) {
      return packages.some((name) => [packageName, "*"].includes(name.trim()));
    }
  } catch {}
  throw new UserError(
    'The configuration pulumi:disable-default-providers is not a list of packages. Write for instance: ["aws"]',
  );
}

function view(provider: RegisteredResource | undefined): ProviderView | undefined {
  return (
    provider && {
      urn: provider.urn,
      type: provider.type,
      name: provider.name,
      properties: provider.properties,
    }
  );
}

const noOptions: ResourceOptions = {
  protect: false,
  ignoreChanges: [],
  aliases: [],
  additionalSecretOutputs: [],
  deleteBeforeReplace: undefined,
  customTimeouts: { create: 0, update: 0, delete: 0, read: 0 },
};
