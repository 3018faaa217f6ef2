/** The host name in a URL, or in what stands for one; in small letters. Undefined if there is none. */
export function hostOf(text: string): string | undefined {
  const authority = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/?#\s]+)/i.exec(text.trim())?.[1] ?? "";
  // Without a user's name and a port.
  const host = authority.replace(/^.*@/, "").replace(/:\d+$/, "").toLowerCase();
  return host === "" ? undefined : host;
}
