import { beforeAll, describe, expect, test } from "vitest";
import { type PreviewResult, preview } from "../../../review/src/preview";
import { inDays } from "../../dates";

const directory = "test/fixtures/programs/transformed-http-api";
const policyPacks = ["test/fixtures/packs/strict"];
const reviewBy = inDays(90);

const changed = (way: string, lockdown: string): Promise<PreviewResult> =>
  preview({ directory, config: [`way=${way}`, `lockdown=${lockdown}`, `reviewBy=${reviewBy}`], policyPacks });

/** What each kind may have that it didn't have before: nothing that decides who may call. */
const theirs: Readonly<Record<string, object>> = {
  "aws:apigatewayv2/api:Api": { description: "changed" },
  "aws:apigatewayv2/route:Route": { operationName: "changed" },
  "aws:apigatewayv2/integration:Integration": { description: "changed" },
  "aws:lambda/function:Function": { description: "changed" },
  "aws:iam/role:Role": { description: "changed" },
  "aws:apigatewayv2/authorizer:Authorizer": { name: "changed" },
  "aws:apigatewayv2/domainName:DomainName": { tags: { changed: "yes" } },
  "aws:lambda/permission:Permission": { statementId: "changed" },
};
const raised = { throttlingRateLimit: 5000, throttlingBurstLimit: 2500 };
const theirsOfStage = (lockdown: string) => ({
  description: "changed",
  // Under a lockdown by throttling the numbers are what closes the API.
  ...(lockdown !== "throttle" && { defaultRouteSettings: raised, routeSettings: [] }),
});

describe.each(["none", "deny", "throttle"])("with the lockdown %s", (lockdown) => {
  let plain: PreviewResult;
  beforeAll(async () => {
    plain = await changed("none", lockdown);
  });

  test.each(["transforms", "transformations", "transform"])(
    "%s may change everything except who may call",
    async (way) => {
      const result = await changed(way, lockdown);
      expect(result).toMatchObject({ problems: [], exitCode: 0, violations: [] });
      const before = new Map(plain.resources.map((resource) => [resource.urn, resource]));
      expect(result.resources.map(({ urn }) => urn).sort()).toEqual([...before.keys()].sort());
      for (const { urn, type, properties, propertyDependencies, options } of result.resources) {
        const own = type === "aws:apigatewayv2/stage:Stage" ? theirsOfStage(lockdown) : theirs[type];
        expect(properties).toEqual({ ...before.get(urn)?.properties, ...own });
        const mayIgnore = type === "aws:apigatewayv2/domainName:DomainName" && way !== "transform";
        expect(options.ignoreChanges).toEqual(mayIgnore ? ["tagsAll"] : []);
        for (const [property, on] of Object.entries(before.get(urn)?.propertyDependencies ?? {})) {
          expect([urn, property, propertyDependencies[property]?.toSorted()]).toEqual([
            urn,
            property,
            on.toSorted(),
          ]);
        }
      }
    },
  );
});

test("a transform that a transformation adds doesn't run, because nothing would restore what it changes", async () => {
  const [plain, later] = await Promise.all([changed("none", "none"), changed("later", "none")]);
  expect(later).toMatchObject({ problems: [], exitCode: 0, violations: [] });
  const propertiesOf = ({ resources }: PreviewResult) =>
    Object.fromEntries(resources.map(({ urn, properties }) => [urn, properties]));
  expect(propertiesOf(later)).toEqual(propertiesOf(plain));
});
