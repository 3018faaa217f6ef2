import type { PackConfiguration } from "../packs/configuration";
import { type PreviewRequest, preview } from "../preview";
import { tagsOf } from "./owner";
import type { JudgedSource } from "./source";

/**
 * A program as a preview judges it.
 *
 * @throws UserError if it can't be previewed
 */
export async function judgedProgram(
  request: PreviewRequest,
  configuration: PackConfiguration | undefined,
): Promise<JudgedSource> {
  const result = await preview({
    ...request,
    policyPackConfigs: configuration === undefined ? [] : [configuration],
  });
  const [pack] = result.packs;
  const { name: project, stack, config } = result.project;
  return {
    project,
    stack,
    resources: result.resources,
    stackTags: tagsOf(config["pulumi:tags"]),
    violations: result.violations,
    told: pack?.told ?? [],
    settings: pack?.settings ?? {},
    problems: result.problems,
    unseen: result.unseen.map(({ sentence }) => sentence),
    notices: result.notices,
  };
}
