import type { Seen } from "../../stack";
import { type Caller, type Network, presented } from "./policy-caller";
import { type Answer, every, not, type Reach, reachOf, some } from "./policy-condition";
import type { Elements, Policy, PrincipalName, Statement } from "./statement";
import { covers, overlaps, type Wildcard, wildcard } from "./wildcard";

/** What is asked of a policy: whether somebody whom it doesn't name gets at a resource. */
export interface AccessQuestion {
  readonly caller: Caller;
  /** What the resource is called with: `sqs:*`, `execute-api:Invoke`. Any of them counts. */
  readonly actions: readonly string[];
  /** Which part of the resource, where it matters, in the words of `resourceOf`. Default: any. */
  readonly resource?: string;
  /** How the policy's resources are spelled in the question. Undefined: one that isn't part of it. Default: as they stand. */
  readonly resourceOf?: (text: string) => string | undefined;
  /** How requests get there. Default: over the internet and through VPC endpoints. */
  readonly networks?: readonly Network[];
  /** Whether a service that the policy names is somebody: any account can have it act. Default: it is who it is. */
  readonly suspectsNamedServices?: boolean;
  /** Whether the keys of a principal are there for requests that nobody signed. Default: they are. */
  readonly hasIdentityKeys?: boolean;
}

export type Access =
  /** The statement that lets the caller in, counted from 1. */
  | { readonly kind: "allowed"; readonly statement: number }
  | { readonly kind: "denied" }
  /** Depends on what isn't known before the deployment. */
  | { readonly kind: "unknown" };

/**
 * Whether a policy lets a caller in: an Allow has to be satisfiable, and no Deny may be inevitable.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function accessOf(policy: Policy, question: AccessQuestion): Access {
  let isUndecided = false;
  for (const network of question.networks ?? (["internet", "endpoint"] as const)) {
    const judged = policy.statements.map((statement) => judge(statement, question, network));
    const denials = judged.filter(({ denies }) => denies !== false);
    for (const [index, statement] of judged.entries()) {
      if (statement.allows === false) continue;
      const answer = every([statement.allows, leavesSomething(statement, denials)]);
      if (answer === true) return { kind: "allowed", statement: index + 1 };
      isUndecided ||= answer === "unknown";
    }
  }
  return { kind: isUndecided ? "unknown" : "denied" };
}

/** A statement as it meets one caller: any of its actions goes with any of its resources. */
interface Judged {
  readonly allows: Answer;
  readonly denies: Answer;
  /** What it is about, where it allows. */
  readonly actions: readonly Part[];
  readonly resources: readonly Part[];
  /** Whether it is about all of a part, where it denies. */
  coversActions(part: Part): Answer;
  coversResources(part: Part): Answer;
}

/** Whether there is an action on a resource that a statement is about, and that no denial covers. */
function leavesSomething({ actions, resources }: Judged, denials: readonly Judged[]): Answer {
  const onActions = actions.map((part) => ({
    exists: part.exists,
    covered: denials.map((denial) => denial.coversActions(part)),
  }));
  const onResources = resources.map((part) => ({
    exists: part.exists,
    covered: denials.map((denial) => denial.coversResources(part)),
  }));
  let answer: Answer = false;
  for (const action of onActions) {
    for (const resource of onResources) {
      const isLeft = every([
        action.exists,
        resource.exists,
        ...denials.map(({ denies }, index) =>
          not(every([denies, action.covered[index] ?? false, resource.covered[index] ?? false])),
        ),
      ]);
      if (isLeft === true) return true;
      if (isLeft === "unknown") answer = "unknown";
    }
  }
  return answer;
}

/** What matches all the patterns, and none of those left out. */
interface Part {
  readonly patterns: readonly Wildcard[];
  readonly leftOut: readonly Wildcard[];
  /** Whether there is anything of it. */
  readonly exists: Answer;
  /** Whether it is narrowed by a pattern that isn't known. */
  readonly isPartlyUnknown: boolean;
}

function judge(seen: Seen<Statement>, question: AccessQuestion, network: Network): Judged {
  const askedActions = question.actions.map(actionPattern);
  const askedResource = wildcard(question.resource ?? "*", { variables: false });
  const actionsIn = (actions: Patterns) => askedActions.flatMap((action) => granted(actions, action, action));
  const resourcesIn = (resources: Patterns) =>
    granted(resources, askedResource, question.resource ?? question.resourceOf);
  if (seen.kind !== "known") {
    const anything = { isNegated: false, known: [], isPartlyUnknown: true };
    return {
      allows: "unknown",
      denies: "unknown",
      actions: actionsIn(anything),
      resources: resourcesIn(anything),
      coversActions: () => "unknown",
      coversResources: () => "unknown",
    };
  }
  const statement = seen.value;
  const is = (effect: "Allow" | "Deny"): Answer =>
    statement.effect.kind === "known" ? statement.effect.value === effect : "unknown";
  const meets: readonly Reach[] = [
    principalReach(statement.principals, question),
    ...statement.conditions.map((condition): Reach => {
      if (condition.kind !== "known") return { canHold: "unknown", canFail: "unknown" };
      const has = presented(question.caller, network, condition.value.key, question.hasIdentityKeys ?? true);
      return reachOf(condition.value, has, statement.hasVariables);
    }),
  ];
  const resourcePatterns = (variables: boolean): Patterns =>
    patternsOf(statement.resources, (text) => {
      const part = question.resourceOf ? question.resourceOf(text) : text;
      return part === undefined ? undefined : wildcard(part, { variables });
    });
  const actions = patternsOf(statement.actions, actionPattern);
  // A variable is some text: an Allow may mean whichever suits the caller, a Deny means only one.
  const denied = resourcePatterns(statement.hasVariables && statement.resources.isNegated);
  return {
    allows: every([is("Allow"), ...meets.map(({ canHold }) => canHold)]),
    denies: every([is("Deny"), ...meets.map(({ canFail }) => not(canFail))]),
    actions: actionsIn(actions),
    resources: resourcesIn(resourcePatterns(statement.hasVariables && !statement.resources.isNegated)),
    coversActions: (part) => covered(actions, part),
    coversResources: (part) => covered(denied, part),
  };
}

interface Patterns {
  readonly isNegated: boolean;
  readonly known: readonly Wildcard[];
  readonly isPartlyUnknown: boolean;
}

function patternsOf(elements: Elements<string>, read: (text: string) => Wildcard | undefined): Patterns {
  return {
    isNegated: elements.isNegated,
    known: elements.listed
      .map((element) => (element.kind === "known" ? read(element.value) : undefined))
      .filter((pattern) => pattern !== undefined),
    isPartlyUnknown: elements.listed.some(({ kind }) => kind === "unknown"),
  };
}

/** Actions are compared without regard to case. */
function actionPattern(text: string): Wildcard {
  return wildcard(text.toLowerCase(), { variables: false });
}

/**
 * What of the asked is listed.
 *
 * @param narrowing whether what is asked leaves anything out; undefined: whatever is listed is part of it
 */
function granted(
  { isNegated, known, isPartlyUnknown }: Patterns,
  asked: Wildcard,
  narrowing: unknown,
): Part[] {
  if (isNegated) {
    if (known.some((pattern) => covers(pattern, asked))) return [];
    return [
      { patterns: [asked], leftOut: known, exists: isPartlyUnknown ? "unknown" : true, isPartlyUnknown },
    ];
  }
  const parts: Part[] = known
    .filter((pattern) => overlaps(pattern, asked))
    .map((pattern) => ({ patterns: [asked, pattern], leftOut: [], exists: true, isPartlyUnknown: false }));
  if (!isPartlyUnknown) return parts;
  const exists = narrowing === undefined ? true : "unknown";
  return [...parts, { patterns: [asked], leftOut: [], exists, isPartlyUnknown }];
}

/** Whether all of a part is listed. Where several patterns together list it, it isn't seen. */
function covered({ isNegated, known, isPartlyUnknown }: Patterns, part: Part): Answer {
  if (!isNegated) {
    if (known.some((pattern) => part.patterns.some((narrow) => covers(pattern, narrow)))) return true;
    return isPartlyUnknown || (part.isPartlyUnknown && known.length > 0) ? "unknown" : false;
  }
  const isApart = known.every(
    (pattern) =>
      part.patterns.some((other) => !overlaps(pattern, other)) ||
      part.leftOut.some((other) => covers(other, pattern)),
  );
  if (isApart) return isPartlyUnknown ? "unknown" : true;
  return part.isPartlyUnknown ? "unknown" : false;
}

/**
 * Whether a caller is among the principals.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
function principalReach({ isNegated, listed }: Elements<PrincipalName>, question: AccessQuestion): Reach {
  const each = listed.map((principal) =>
    principal.kind === "known"
      ? namedReach(principal.value, question)
      : { canHold: "unknown" as const, canFail: "unknown" as const },
  );
  const named: Reach = {
    canHold: some(each.map(({ canHold }) => canHold)),
    canFail: every(each.map(({ canFail }) => canFail)),
  };
  return isNegated ? { canHold: named.canFail, canFail: named.canHold } : named;
}

function namedReach({ kind, name }: PrincipalName, question: AccessQuestion): Reach {
  const { caller, suspectsNamedServices = false } = question;
  const is = (canHold: boolean, canFail = !canHold): Reach => ({ canHold, canFail });
  if (kind === "Service") {
    if (caller !== "service") return is(false);
    return name === "*" ? is(true) : is(suspectsNamedServices, true);
  }
  // "AWS": "*" means the same as "*". The other kinds can't be written so; if one is, somebody meant anyone.
  if (name === "*") return is(true);
  // IAM takes no wildcard inside of an ARN: what some service makes of one is not relied on.
  return is(caller === "account" && /^arn:[^:]*:[^:]*:[^:]*:[^:]*[*?]/.test(name), true);
}
