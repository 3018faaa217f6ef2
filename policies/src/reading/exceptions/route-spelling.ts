/**
 * Whether two routes are probably meant to be the same: they differ only in the case of letters, a slash at the end, or the
 * names of path parameters, or one has the method `ANY`.
 */
export function isNearly(one: string, other: string): boolean {
  const [method, path] = plain(one);
  const [otherMethod, otherPath] = plain(other);
  if (one.includes("/") !== other.includes("/")) return false;
  const isSameMethod = method === otherMethod || method === "ANY" || otherMethod === "ANY";
  return isSameMethod && path === otherPath;
}

function plain(route: string): readonly [method: string, path: string] {
  const [method = "", path = ""] = route.split(" ");
  const unnamed = path.replace(/\{[^{}]*?(\+?)\}/g, "{$1}").replace(/\/$/, "");
  return [method.toUpperCase(), unnamed.toLowerCase()];
}
