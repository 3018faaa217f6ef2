import type { ReviewedDeclaration } from "../reading/exceptions/declaration";
import type { Exemption } from "../reading/exceptions/exemption";
import type { InStack, PropertyOf, Resource, ResourceOf, ResourceType, Stack, UnknownMeans } from "../stack";
import type { Control } from "./controls";
import type { LevelWithReason } from "./level";

/** How much a violation weighs: a mandatory one stops the deployment. */
export type Level = "advisory" | "mandatory";

export type Severity = "low" | "medium" | "high" | "critical";

/** An option that an organization sets in the pack's configuration, as a JSON schema with its default. */
export interface Option {
  readonly type: "boolean" | "string" | "integer" | "array";
  readonly description: string;
  /** Left out where the option does nothing until it is set. */
  readonly default?: unknown;
  readonly [keyword: string]: unknown;
}

/** One route that lets in who shouldn't. */
export interface Opening {
  /** As declarations spell it (`GET /customers`); a method alone where the path can't be known; undefined where nothing is. */
  readonly route: string | undefined;
  /** Completes the sentence that starts with the route. */
  readonly what: string;
  /** The resource that the route is, where the finding is on another one: its exceptions cover the opening too. */
  readonly at?: { readonly resource: Resource; readonly holdsSeveral: boolean };
}

/** Another way out of a violation than its fix. */
export interface WayOut {
  /** Completes "or, ...". */
  readonly when: string;
  /** Code that can be pasted. */
  readonly write?: string;
}

/** What is wrong with one resource. Either routes that stand open, which an exception may cover, or a sentence. */
export interface Finding<Kind extends string = string> {
  /** The name of its kind, among the rule's `kinds`: the violation's page has a part of that name. */
  readonly kind: Kind;
  /** The resource to change: by default the one that is checked; a stack rule names it. */
  readonly resource?: Resource;
  readonly openings?: readonly Opening[];
  /** Whether the resource holds several routes, so that an exemption has to list those it means. */
  readonly holdsSeveral?: boolean;
  readonly sentence?: string;
  /** Instead of the rule's own `fix`. */
  readonly fix?: string;
  /** What else its reader may do, after the fix. */
  readonly waysOut?: readonly WayOut[];
  /** Whether only an exemption covers it: a declaration over this resource would be one of no route. */
  readonly isExemptedOnly?: boolean;
  /** The exemption that it is about, by where it is written: `exemptions[0]`. */
  readonly exemption?: string;
  /**
   * Why this is an advisory although the rule is mandatory. A document that is unknown is decided by the same rule
   * before its resource is created, and a reminder asks for nothing yet: they stay advisory in `strict` too.
   */
  readonly lowered?: "unknown document" | "reminder" | "lesser finding";
}

/** What a check may ask besides the resource. */
export interface Context {
  /** The rule's options, defaults filled in. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The resources of a type that were registered before this one in the run. */
  registeredBefore<Args>(resource: Resource, type: ResourceType<Args>): readonly Resource<Args>[];
  /** Whether the engine showed the resource when it was registered, and not only at the end. */
  wasAnalyzed(resource: Resource): boolean;
  /** Whether the policy of another rule was called in this run. Nobody calls a disabled one. */
  isCalled(id: string): boolean;
  /** How far ahead the review of an exception may lie, in days. */
  maxReviewDays(): number;
  /** What a component declares public, checked against today's date. */
  declarationsOf(component: Resource): readonly ReviewedDeclaration[];
  /** The exemptions in the pack's configuration, with what this run knows about them. */
  exemptions(): readonly ExemptionStatus[];
}

export interface ExemptionStatus {
  readonly exemption: Exemption;
  /** The stack of which all that follows is said. */
  readonly inStack: InStack;
  /** Whether it is for that stack. */
  readonly isForThisStack: boolean;
  /** The URNs of the resources that its `resource` names: a name that names two exempts neither. */
  readonly named: readonly string[];
  /** Whether it covers a finding. */
  readonly covers: boolean;
  /** The rules whose findings it covers although it names the rule that they were part of. */
  readonly underFormerName: readonly string[];
  /** What it may be meant for, where it covers nothing. */
  readonly nearMiss: NearMiss | undefined;
  /** Whether a lockdown closes what it names for the time being, so that nothing is found there. */
  readonly isSuspended: boolean;
}

/** What keeps an exemption from covering what it may be meant for. */
export interface NearMiss {
  /** A clause that an exemption is the subject of: "lacks routes". */
  readonly what: string;
  /** What to write in the exemption, as JSON. */
  readonly fix: string;
}

/** The metadata and the check of one rule. It knows neither `@pulumi/policy` nor where its resources came from. */
export interface Rule {
  readonly id: string;
  readonly theme: string;
  readonly title: string;
  readonly severity: Severity;
  readonly level: Level;
  /** Why it has that level. */
  readonly because: LevelWithReason["because"];
  readonly controls: readonly Control[];
  /** Why it matters, for somebody who meets the rule for the first time. */
  readonly why: string;
  /** What to write instead, as code that can be pasted. */
  readonly fix: string;
  /** When an exception is right: completes "An exception is right if ...". Left out where none ever is. */
  readonly exceptionIf?: string;
  /** The AWS pages that its facts come from. */
  readonly links: readonly string[];
  /** Each kind of finding by its stable name: what it means, as a sentence. */
  readonly kinds: Readonly<Record<string, string>>;
  /**
   * The kinds that name something which no preview of this program sees, because it is defined elsewhere: a template behind a
   * URL, an API of another stack. The policy's tags carry them, so that a preview lists such findings under what it didn't see.
   */
  readonly liesOutside?: readonly string[];
  /** Ids of the rules whose exemptions cover the findings of this one, too. */
  readonly exemptedWith?: readonly string[];
  /** The id of the rule that this one was part of. For one version that id still means this rule, too. */
  readonly splitFrom?: string;
  /**
   * Whether it judged the resources of templates before every rule did. For one version its exemptions cover what the other
   * rules find in templates, too.
   */
  readonly judgesTemplates?: boolean;
  /** Whether its policy carries the list of exemptions. One rule's does. */
  readonly ownsExemptions?: boolean;
  /** Programs in TypeScript, with `aws`, `pulumi` and the components in scope. */
  readonly examples: {
    readonly bad: string;
    readonly good: string;
    /** What has to be configured for the rule to speak. */
    readonly options?: Readonly<Record<string, unknown>>;
  };
  readonly options: Readonly<Record<string, Option>>;
  /** The types that `check` judges. */
  readonly resources: readonly ResourceType[];
  /** The types whose inputs `checkStack` reads. */
  readonly stackResources: readonly ResourceType[];
  /** The properties that `check` reads, and what the unknown means in each. */
  readonly reads: Readonly<Record<string, UnknownMeans>>;
  check?(resource: Resource, context: Context): Iterable<Finding>;
  /**
   * The properties with which a resource of these types violates the rule no longer, under the policy level `remediate`: those
   * that change, whole. Undefined where nothing has to change, or where no value would be right for everybody. Never anything
   * about who may call.
   *
   * @param properties the resource's own, as the provider takes them; what is secret is wrapped
   */
  remediate?(
    resource: Resource,
    properties: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, unknown>> | undefined;
  checkStack?(stack: Stack, context: Context): Iterable<Finding>;
}

type Metadata = LevelWithReason &
  Pick<
    Rule,
    | "id"
    | "theme"
    | "title"
    | "severity"
    | "controls"
    | "why"
    | "fix"
    | "exceptionIf"
    | "links"
    | "exemptedWith"
    | "splitFrom"
    | "ownsExemptions"
    | "judgesTemplates"
    | "examples"
  >;

/** The properties of any of these types. */
type PropertiesOf<Type> = Type extends ResourceType<infer Args> ? PropertyOf<Args> : never;

/**
 * A rule about one resource, judged before it is created. It may have a stack half for what the one resource can't
 * show; that half never repeats a finding of the first.
 */
export function resourceRule<
  const Types extends readonly ResourceType<never>[],
  const Kinds extends Readonly<Record<string, string>>,
>(
  rule: Metadata & {
    readonly kinds: Kinds;
    readonly liesOutside?: readonly (keyof Kinds & string)[];
    readonly options?: Rule["options"];
    readonly resources: Types;
    readonly reads: Readonly<Partial<Record<PropertiesOf<Types[number]>, UnknownMeans>>>;
    check(resource: ResourceOf<Types[number]>, context: Context): Iterable<Finding<keyof Kinds & string>>;
    remediate?(
      resource: ResourceOf<Types[number]>,
      properties: Readonly<Record<string, unknown>>,
    ): Readonly<Record<string, unknown>> | undefined;
    readonly stackResources?: readonly ResourceType<never>[];
    checkStack?(stack: Stack, context: Context): Iterable<Finding<keyof Kinds & string>>;
  },
): Rule {
  const { check, checkStack, remediate, ...rest } = rule;
  return {
    options: {},
    stackResources: [],
    ...(rest as unknown as Omit<Rule, "options" | "stackResources">),
    check: (resource, context) => check(resource as ResourceOf<Types[number]>, context),
    ...(remediate && {
      remediate: (resource, properties) => remediate(resource as ResourceOf<Types[number]>, properties),
    }),
    ...(checkStack && { checkStack }),
  };
}

/** A rule about what no single resource shows. The engine runs it at preview, and on an update after the fact. */
export function stackRule<const Kinds extends Readonly<Record<string, string>>>(
  rule: Metadata & {
    readonly kinds: Kinds;
    readonly liesOutside?: readonly (keyof Kinds & string)[];
    readonly options?: Rule["options"];
    readonly stackResources: readonly ResourceType<never>[];
    checkStack(stack: Stack, context: Context): Iterable<Finding<keyof Kinds & string>>;
  },
): Rule {
  return {
    options: {},
    resources: [],
    reads: {},
    ...(rule as unknown as Omit<Rule, "options" | "resources" | "reads">),
  };
}
