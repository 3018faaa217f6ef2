import { knownValue, type Seen, type View } from "../../stack";
import type { Answer, Credential } from "../credential";

/** Which headers, cookies and query parameters are meant. */
export interface Selection {
  headersConfig?: { headerBehavior?: string; headers?: { items?: string[] } };
  cookiesConfig?: { cookieBehavior?: string; cookies?: { items?: string[] } };
  queryStringsConfig?: { queryStringBehavior?: string; queryStrings?: { items?: string[] } };
}

/** Whether a credential is among them. */
export function selects(selection: View<Selection>, credential: Credential): Answer {
  switch (credential.place) {
    case "header": {
      const config = selection.record("headersConfig");
      if (config.kind !== "known") return config.kind === "unknown" ? "unknown" : "no";
      return isSelected(
        config.value.word("headerBehavior"),
        itemsOf(config.value.record("headers")),
        credential,
      );
    }
    case "cookie": {
      const config = selection.record("cookiesConfig");
      if (config.kind !== "known") return config.kind === "unknown" ? "unknown" : "no";
      return isSelected(
        config.value.word("cookieBehavior"),
        itemsOf(config.value.record("cookies")),
        credential,
      );
    }
    case "query parameter": {
      const config = selection.record("queryStringsConfig");
      if (config.kind !== "known") return config.kind === "unknown" ? "unknown" : "no";
      return isSelected(
        config.value.word("queryStringBehavior"),
        itemsOf(config.value.record("queryStrings")),
        credential,
      );
    }
  }
}

function itemsOf(list: Seen<View<{ items?: string[] }>>): Seen<readonly Seen<string>[]> {
  return list.kind === "known" ? list.value.list("items") : list;
}

/** A cookie without a name counts as one of those that are listed: they were chosen for something. */
export function isSelected(
  behavior: Seen<string>,
  items: Seen<readonly Seen<string>[]>,
  { name }: Credential,
): Answer {
  if (behavior.kind === "unknown") return "unknown";
  const word = knownValue(behavior) ?? "NONE";
  if (word === "NONE") return "no";
  if (word !== "WHITELIST" && word !== "ALLEXCEPT") return "yes";
  if (items.kind === "unknown") return "unknown";
  const listed = (knownValue(items) ?? []).map((item) =>
    item.kind === "known" ? item.value.toLowerCase() : item.kind,
  );
  const isListed =
    name === undefined ? listed.length > 0 && word === "WHITELIST" : listed.includes(name.toLowerCase());
  if (!isListed && (knownValue(items) ?? []).some(({ kind }) => kind === "unknown")) return "unknown";
  return isListed === (word === "WHITELIST") ? "yes" : "no";
}
