export const rootStackType = "pulumi:pulumi:Stack";

/** A resource's URN. As in the engine, the types of the parents precede its own type, except for the stack's. */
export function urnOf(stack: string, project: string, parent: string, type: string, name: string): string {
  const parentType = parent.split("::")[2] ?? "";
  const qualified = parentType === "" || parentType === rootStackType ? type : `${parentType}$${type}`;
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}

/** The type and the name in a URN. */
export function partsOf(urn: string): { readonly type: string; readonly name: string } {
  const [, , qualified = "", ...name] = urn.split("::");
  return { type: qualified.split("$").pop() ?? "", name: name.join("::") };
}

export function isProvider(type: string): boolean {
  return type.startsWith("pulumi:providers:");
}
