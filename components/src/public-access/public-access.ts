import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../input-problems";
import { declarationProblems, type PublicAccessArgs } from "./declaration";

/**
 * Declares that the named routes among its direct children are public on purpose. The policy pack accepts these routes, and
 * nothing else, until the review date.
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
 * It never replaces a deployed route: each child gets an alias to the declaration's own parent. To remove a declaration,
 * leave an alias on the route.
 *
 * @see `docs/components/public-access.md` for the alias
 * @throws pulumi.InputPropertiesError with every field that is missing or invalid
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

/** Gives each direct child an alias with the parent that it had without the declaration. */
function aliasToFormerParent(name: string, parent: pulumi.Resource | undefined): pulumi.ResourceTransform {
  return async ({ type, name: childName, props, opts }) => {
    // The transform also runs for the declaration itself and for grandchildren. They need no alias.
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
