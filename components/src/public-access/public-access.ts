import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../input-problems";
import { declarationProblems, type PublicAccessArgs } from "./declaration";

/**
 * Declares that what stands directly under it is open to anyone on purpose. The policy pack lets the named routes
 * pass until the review date, and nothing else.
 *
 * ```ts
 * const open = new PublicAccess("health", {
 *     routes: ["GET /health"],
 *     reason: "load balancer health probe, returns no data",
 *     owner: "team-edge",
 *     reviewBy: config.require("reviewBy"),
 * });
 * new aws.apigatewayv2.Route("health", { apiId: api.id, routeKey: "GET /health", target }, { parent: open });
 * ```
 *
 * Wrapping a deployed route updates it in place: the children are aliased to the declaration's own parent. That
 * matters because API Gateway refuses a second route with the same key, and Pulumi creates before it deletes.
 * To take the declaration away again, leave an alias on the route:
 *
 * ```ts
 * { aliases: [{ parent: pulumi.createUrn("health", "api-guardrails:index:PublicAccess") }] }
 * ```
 *
 * and where the declaration had a parent of its own, `pulumi.createUrn("health",
 * "api-guardrails:index:PublicAccess", parent)`. The policy pack writes it out, with the names in your program, on a
 * declaration that opens nothing any more, whose review is due or whose date has passed. It reads the program and never
 * sees what is deployed: once the declaration is gone from the program, nothing there shows that an alias is missing.
 * `pulumi preview` does, which plans to create the route and to delete it.
 *
 * Inside a component, give the declaration the parent that the route had, or the route is replaced: `new
 * PublicAccess("health", { ... }, { parent: this })`.
 *
 * @throws pulumi.InputPropertiesError with every field that is missing or malformed
 */
export class PublicAccess extends pulumi.ComponentResource {
  /** The token under which the policy pack knows a declaration, in any language. */
  static readonly token = "api-guardrails:index:PublicAccess";

  constructor(name: string, args: PublicAccessArgs, opts: pulumi.ComponentResourceOptions = {}) {
    refuse(`PublicAccess "${name}" declares nothing yet:`, declarationProblems(args));
    const { routes, reason, owner, reviewBy } = args;
    super(
      PublicAccess.token,
      name,
      { routes, reason, owner, reviewBy },
      { ...opts, transforms: [...(opts.transforms ?? []), aliasToFormerParent(name, opts.parent)] },
    );
    this.registerOutputs({});
  }
}

/** Gives each direct child the name that it had before it was wrapped. */
function aliasToFormerParent(name: string, parent: pulumi.Resource | undefined): pulumi.ResourceTransform {
  return async ({ type, name: childName, props, opts }) => {
    // The transform runs for the declaration itself and for grandchildren too; they keep their names.
    if (type === PublicAccess.token && childName === name) return undefined;
    if (!(await isDirectChild(opts.parent, name))) return undefined;
    const former = parent ? { parent } : { parent: pulumi.rootStackResource };
    return { props, opts: pulumi.mergeOptions(opts, { aliases: [former] }) };
  };
}

async function isDirectChild(parent: pulumi.Resource | undefined, name: string): Promise<boolean> {
  if (!parent) return false;
  const urn = await new Promise<string>((done) => parent.urn.apply(done));
  return urn.endsWith(`${PublicAccess.token}::${name}`);
}
