import type { LoadBalancerDoor } from "../../endpoints/load-balancer/load-balancer-endpoints";
import type { Resource } from "../../stack";
import type { Option } from "../rule";

/** Exact words, each of which a typing mistake takes out of the pattern: the engine refuses it before anything runs. */
const spelled = /^(all|name:[^\s*]+|tag:[^\s*=][^*=]*(=[^*]+)?)$/;

export const requireOn: Option = {
  type: "array",
  items: { type: "string", pattern: spelled.source },
  minItems: 1,
  uniqueItems: true,
  description:
    'Which load balancers serve an API and have to authenticate its callers: "tag:KEY" or "tag:KEY=VALUE" for those with a tag, "name:NAME" for those with a name in the program, or "all". The tag or the name may also be that of a listener, a listener rule or a target group, and then means what leads through it. Until it is set, no load balancer has to: many carry web sites with a login of their own.',
};

/** Whether an option names what a way leads through; undefined where its tags, which decide, aren't known. */
export function isRequired(option: unknown, { parts }: LoadBalancerDoor): boolean | undefined {
  if (option === undefined || option === null) return false;
  // What nobody can read may mean anything.
  const words: readonly unknown[] = Array.isArray(option) ? option : [undefined];
  const answers = words.flatMap((word) =>
    typeof word === "string" && spelled.test(word) ? parts.map((part) => isNamed(word, part)) : [true],
  );
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

function isNamed(word: string, part: Resource): boolean | undefined {
  if (word === "all") return true;
  const [kind, ...rest] = word.split(":");
  const named = rest.join(":");
  if (kind === "name") return part.name === named;
  const [key = "", ...values] = named.split("=");
  const tags = (part as Resource<Tagged>).record("tags");
  if (tags.kind !== "known") return tags.kind === "absent" ? false : undefined;
  const tag = tags.value.value(key);
  if (values.length === 0 || tag.kind === "absent") return tag.kind !== "absent";
  return tag.kind === "unknown" ? undefined : tag.value === values.join("=");
}

interface Tagged {
  tags?: Record<string, string> | undefined;
}
