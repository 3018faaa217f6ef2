import type { Unwrap } from "@pulumi/pulumi";
import { parseUrn } from "./urn";
import { type PropertyOf, unknownView, type View, view } from "./view";

/** A resource as plain data, with readers for its properties. */
export interface Resource<Args = unknown> extends View<Args> {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly project: string;
  readonly stack: string;
  /** URN of the parent, if it has one. */
  readonly parent: string | undefined;
  /**
   * `inputs`: what the program asked for, with the provider's defaults where the engine filled them in.
   * `outputs`: all that is known of a resource that the engine showed only at the end.
   */
  readonly source: "inputs" | "outputs";
  /** The raw properties that the readers read. Only for documents and for tests. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** The paths of which the program ignores changes: what is deployed there stays as it was. */
  readonly ignoreChanges: readonly string[];
  /** Set where the program wrote the resource in another form than the one that is read here. */
  readonly written: WrittenForm | undefined;
  /** Set for a resource of a template, which is no resource of the program. */
  readonly template: TemplatePlace | undefined;
}

/** Where a resource of a template stands. */
export interface TemplatePlace {
  /** The resource of the program that brings the template. */
  readonly holder: Pick<Resource, "urn" | "name" | "type">;
  /** The name within the template; with those of the templates around it, as in `Inner.Lookup`. */
  readonly logicalId: string;
  /** Whether the engine knows all that the program hands over: what is unknown then, only the deployment computes. */
  readonly isFinal: boolean;
}

/** How a program wrote a resource: its type, and what it calls the properties, and what is in them, that have other names there. */
export interface WrittenForm {
  readonly type: string;
  /** Whose schema the form follows: also its defaults, where the provider aws has others. */
  readonly schema: "CloudFormation" | "Terraform";
  readonly names: Readonly<Record<string, string>>;
}

/**
 * What the unknown means in a property before the deployment.
 * `presence`: what is unknown is there. `deciding word`: a violation wherever some value would be one.
 * `document`: an advisory; the same rule decides before the resource is created. `reference`: silent at preview.
 */
export type UnknownMeans = "presence" | "deciding word" | "document" | "reference";

/** The properties that are read of a resource, and what the unknown means in each. */
export type Reads<Args> = Readonly<Partial<Record<PropertyOf<Args>, UnknownMeans>>>;

/** The type token of a resource, with the arguments that its class takes. */
export interface ResourceType<Args = unknown> {
  readonly token: string;
  /** The properties that the pack reads of it. None where it is enough that the resource is there. */
  readonly reads: Readonly<Record<string, UnknownMeans>>;
  /** Whether a resource is of this type. */
  is(resource: Resource): resource is Resource<Args>;
}

/** The resources of a type. */
export type ResourceOf<Type> = Type extends ResourceType<infer Args> ? Resource<Args> : never;

/**
 * Names a resource type. The arguments come from an `import type`, so that a misspelt property doesn't compile
 * and `@pulumi/aws` is never loaded; a test holds every token against the class's own `__pulumiType`.
 *
 * @typeParam Args the class's arguments, for instance `aws.apigatewayv2.RouteArgs`
 * @param token the token under which the provider registers it
 * @param reads the properties that the pack reads, and what the unknown means in each
 */
export function resourceType<Args>(token: string, reads?: Reads<Unwrap<Args>>): ResourceType<Unwrap<Args>> {
  return {
    token,
    reads: (reads ?? {}) as ResourceType["reads"],
    is: (resource): resource is Resource<Unwrap<Args>> => resource.type === token,
  };
}

/** Every type. */
export const anyType: ResourceType = {
  token: "*",
  reads: {},
  is: (resource): resource is Resource => resource !== undefined,
};

/** Makes a resource of what the engine shows. */
export function resource(shown: {
  readonly urn: string;
  readonly type: string;
  readonly name?: string;
  readonly parent?: string | undefined;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly source?: "inputs" | "outputs";
  readonly ignoreChanges?: readonly string[] | undefined;
  readonly written?: WrittenForm | undefined;
  readonly template?: TemplatePlace | undefined;
}): Resource {
  const { stack, project, name } = parseUrn(shown.urn);
  const source = shown.source ?? "inputs";
  // The outputs are {} where the provider's configuration isn't known: that is not "nothing set".
  const isBlank = source === "outputs" && Object.keys(shown.properties).length === 0;
  return {
    urn: shown.urn,
    type: shown.type,
    name: shown.name ?? name,
    project,
    stack,
    parent: shown.parent,
    source,
    properties: shown.properties,
    ignoreChanges: shown.ignoreChanges ?? [],
    written: shown.written,
    template: shown.template,
    ...(isBlank ? unknownView<unknown>() : view<unknown>(shown.properties)),
  };
}
