import { stringify } from "yaml";
import type { PreviewResult } from "../../review/src/preview";
import { UNKNOWN } from "../policies/analyze";

/**
 * What a preview registered under a component, as text that a reviewer can read: each resource by its type and name, under
 * which parent, with its inputs. Sorted, since registrations wait for what they need. Of what an `ApiWatch` makes there are
 * the names alone: that is read where it is tested.
 *
 * @param replaced what differs from day to day, and how it is written instead
 */
export function graphOf(
  { resources }: PreviewResult,
  component: string,
  replaced: Readonly<Record<string, string>> = {},
): string {
  const root = resources.find(({ type }) => type === `api-guardrails:index:${component}`);
  const names = new Map(resources.map(({ urn, type, name }) => [urn, `${type} ${name}`]));
  const watches = resources.filter(({ type }) => type === "api-guardrails:index:ApiWatch");
  const within = resources.filter(({ urn, parent }) => urn === root?.urn || isUnder(root?.urn, parent));
  const entries = within
    .map(({ urn, parent, properties }): [string, object] => [
      names.get(urn) ?? urn,
      {
        ...(urn !== root?.urn && { parent: names.get(parent ?? "") }),
        ...(!watches.some((watch) => watch.urn === parent) && {
          inputs: readable(properties, { [UNKNOWN]: "(known after the deployment)", ...replaced }),
        }),
      },
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return stringify(Object.fromEntries(entries), { lineWidth: 0, sortMapEntries: true });

  function isUnder(ancestor: string | undefined, parent: string | undefined): boolean {
    if (parent === undefined || parent === "") return false;
    const next = resources.find(({ urn }) => urn === parent);
    return parent === ancestor || isUnder(ancestor, next?.parent);
  }
}

/** Documents as what they hold, and assets as their text. */
function readable(value: unknown, replaced: Readonly<Record<string, string>>): unknown {
  if (typeof value === "string") {
    const text = Object.entries(replaced).reduce((so, [from, to]) => so.replaceAll(from, to), value);
    return /^\{".*\}$/s.test(text) ? JSON.parse(text) : text;
  }
  if (Array.isArray(value)) return value.map((element) => readable(element, replaced));
  if (typeof value !== "object" || value === null) return value;
  const shown = Object.entries(value).filter(([name]) => !/^(__pulumi|[0-9a-f]{32}$)/.test(name));
  return Object.fromEntries(shown.map(([name, inner]) => [name, readable(inner, replaced)]));
}
