import type { LoadBalancerEndpoint } from "../../endpoints/load-balancer/load-balancer-endpoints";
import { knownValue, type Resource } from "../../stack";
import type { Option } from "../rule";

/** The exact forms of the option's words. The engine refuses a misspelt word before anything runs. */
const spelled = /^(all|name:[^\s*]+|tag:[^\s*=][^*=]*(=[^*]+)?)$/;

export const requireOn: Option = {
  type: "array",
  items: { type: "string", pattern: spelled.source },
  minItems: 1,
  uniqueItems: true,
  description:
    'Which load balancers serve an API and have to authenticate its callers: "tag:KEY" or "tag:KEY=VALUE" for those with a tag, "name:NAME" for those with a name in the program, or "all". The tag or the name may also be that of a listener, a listener rule or a target group; it then means the requests that pass it. Until the option is set, no load balancer has to authenticate anyone: many serve web sites with a login of their own.',
};

/** Whether the option names a resource that a request passes. Undefined if that depends on unknown tags. */
export function isRequired(
  option: unknown,
  { path }: Pick<LoadBalancerEndpoint, "path">,
): boolean | undefined {
  if (option === undefined || option === null) return false;
  // A word that can't be read may name anything.
  const words: readonly unknown[] = Array.isArray(option) ? option : [undefined];
  const answers = words.flatMap((word) =>
    typeof word === "string" && spelled.test(word) ? path.map((resource) => isNamed(word, resource)) : [true],
  );
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

function isNamed(word: string, resource: Resource): boolean | undefined {
  if (word === "all") return true;
  const [kind, ...rest] = word.split(":");
  const named = rest.join(":");
  if (kind === "name") return resource.name === named;
  const [key = "", ...values] = named.split("=");
  const tags = (resource as Resource<Tagged>).record("tags");
  if (tags.kind !== "known") return tags.kind === "absent" ? false : undefined;
  const tag = tags.value.value(key);
  if (values.length === 0) return tag.kind !== "absent";
  return tag.kind === "unknown" ? undefined : knownValue(tag) === values.join("=");
}

interface Tagged {
  tags?: Record<string, string> | undefined;
}
