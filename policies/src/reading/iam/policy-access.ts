import type { Seen } from "../../stack";
import { type Caller, type Network, presented } from "./policy-caller";
import { type Answer, anyOf, every, not, type Reach, reachOf } from "./policy-condition";
import type { Elements, Policy, PrincipalName, Statement } from "./statement";
import { withUnitedAddresses } from "./united-addresses";
import { covers, overlaps, type Wildcard, wildcard } from "./wildcard";

/** A question to a policy: whether it lets somebody use a resource although it doesn't name them. */
export interface AccessQuestion {
  readonly caller: Caller;
  /** The actions in question, any of which counts: `sqs:*`, `execute-api:Invoke`. */
  readonly actions: readonly string[];
  /** The part of the resource in question, as `resourceOf` spells it. Default: any. */
  readonly resource?: string;
  /** How the question spells a resource of the policy; undefined for one that it isn't about. Default: as it is. */
  readonly resourceOf?: (text: string) => string | undefined;
  /** How requests arrive. Default: over the internet and through VPC endpoints. */
  readonly networks?: readonly Network[];
  /** Whether a service that the policy names may act for any account. Default: it is trusted. */
  readonly suspectsNamedServices?: boolean;
  /** Whether requests that nobody signed have the keys of a principal. Default: they do. */
  readonly hasIdentityKeys?: boolean;
}

export type Access =
  /** The statement that lets the caller in, counted from 1. */
  | { readonly kind: "allowed"; readonly statement: number }
  | { readonly kind: "denied" }
  /** It depends on a value that is unknown before the deployment. */
  | { readonly kind: "unknown" };

/**
 * Whether a policy lets a caller in: the caller can satisfy an Allow, and avoid every Deny.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function accessOf(policy: Policy, question: AccessQuestion): Access {
  const { statements } = withUnitedAddresses(policy);
  let isUndecided = false;
  for (const network of question.networks ?? (["internet", "endpoint"] as const)) {
    const judged = statements.map((statement) => judge(statement, question, network));
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

/** A statement judged for one caller. Any of its actions goes with any of its resources. */
interface Judged {
  readonly allows: Answer;
  readonly denies: Answer;
  /** What it allows. */
  readonly actions: readonly Part[];
  readonly resources: readonly Part[];
  /** Whether it denies all of a part. */
  coversActions(part: Part): Answer;
  coversResources(part: Part): Answer;
}

/** Whether a statement allows an action on a resource that no denial covers. */
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

/** The texts that match all of the patterns, and none of those left out. */
interface Part {
  readonly patterns: readonly Wildcard[];
  readonly leftOut: readonly Wildcard[];
  /** Whether there are any such texts. */
  readonly exists: Answer;
  /** Whether a pattern that is unknown narrows it. */
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
  // A variable stands for one text: an Allow may mean whichever suits the caller, a Deny is sure of none.
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

/** IAM ignores case in actions. */
function actionPattern(text: string): Wildcard {
  return wildcard(text.toLowerCase(), { variables: false });
}

/**
 * The parts of what is asked that are listed.
 *
 * @param narrowing undefined if the question leaves nothing out, so that whatever is listed is part of it
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

/** Whether one pattern lists all of a part. It doesn't see that several patterns together do. */
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
  const named = anyOf(each);
  return isNegated ? { canHold: named.canFail, canFail: named.canHold } : named;
}

function namedReach({ kind, name }: PrincipalName, question: AccessQuestion): Reach {
  const { caller, suspectsNamedServices = false } = question;
  const is = (canHold: boolean, canFail = !canHold): Reach => ({ canHold, canFail });
  if (kind === "Service") {
    if (caller !== "service") return is(false);
    return name === "*" ? is(true) : is(suspectsNamedServices, true);
  }
  // "AWS": "*" means the same as "*". IAM refuses * for the other kinds; if one is written so, it means anyone.
  if (name === "*") return is(true);
  // IAM accepts no wildcard inside an ARN, so what a service makes of one can't be relied on.
  return is(caller === "account" && /^arn:[^:]*:[^:]*:[^:]*:[^:]*[*?]/.test(name), true);
}
