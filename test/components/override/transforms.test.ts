import { expect, test } from "vitest";
import { type PreviewResult, preview } from "../../../review/src/preview";
import { inDays } from "../../dates";

const directory = "test/fixtures/programs/transformed-http-api";
const policyPacks = ["test/fixtures/packs/strict"];
const reviewBy = inDays(90);

const changed = (way: string, lockdown: string, opening = false): Promise<PreviewResult> =>
  preview({
    directory,
    config: [`way=${way}`, `lockdown=${lockdown}`, `opening=${opening}`, `reviewBy=${reviewBy}`],
    policyPacks,
  });

/** What each kind may have that it didn't have before: nothing that lets more callers in. */
const theirs: Readonly<Record<string, object>> = {
  "aws:apigatewayv2/api:Api": { description: "changed" },
  "aws:apigatewayv2/route:Route": { operationName: "changed" },
  "aws:apigatewayv2/integration:Integration": { description: "changed" },
  "aws:lambda/function:Function": { description: "changed" },
  "aws:iam/role:Role": { description: "changed" },
  "aws:apigatewayv2/authorizer:Authorizer": { name: "changed" },
  "aws:apigatewayv2/domainName:DomainName": { tags: { changed: "yes" } },
  "aws:lambda/permission:Permission": { statementId: "changed", sourceAccount: "123456789012" },
};
const raised = { throttlingRateLimit: 5000, throttlingBurstLimit: 2500 };
const theirsOfStage = (lockdown: string) => ({
  description: "changed",
  // Under a lockdown by throttling the numbers are what closes the API. Routes without settings have those of the stage.
  ...(lockdown !== "throttle" && { defaultRouteSettings: raised, routeSettings: [] }),
});

const unchanged = new Map<string, Promise<PreviewResult>>();

/** The preview without changes, once for each lockdown. */
function plainly(lockdown: string): Promise<PreviewResult> {
  const known = unchanged.get(lockdown) ?? changed("none", lockdown);
  unchanged.set(lockdown, known);
  return known;
}

/** Compares a preview with the one without changes. */
async function expectOnlyTheirs(way: string, lockdown: string, opening: boolean) {
  const plain = await plainly(lockdown);
  const result = await changed(way, lockdown, opening);
  expect(result).toMatchObject({ problems: [], exitCode: 0, violations: [] });
  const before = new Map(plain.resources.map((resource) => [resource.urn, resource]));
  expect(result.resources.map(({ urn }) => urn).sort()).toEqual([...before.keys()].sort());
  for (const { urn, type, properties, propertyDependencies, options } of result.resources) {
    const own = type === "aws:apigatewayv2/stage:Stage" ? theirsOfStage(lockdown) : theirs[type];
    expect(properties).toEqual({ ...before.get(urn)?.properties, ...own });
    const mayIgnore = type === "aws:apigatewayv2/domainName:DomainName" && way !== "transform";
    const ignored = before.get(urn)?.options.ignoreChanges ?? [];
    expect(options.ignoreChanges).toEqual(mayIgnore ? [...ignored, "tagsAll"] : ignored);
    for (const [property, on] of Object.entries(before.get(urn)?.propertyDependencies ?? {})) {
      expect([urn, property, propertyDependencies[property]?.toSorted()]).toEqual([
        urn,
        property,
        on.toSorted(),
      ]);
    }
  }
  return result;
}

const messagesOf = ({ log }: PreviewResult, severity: string) =>
  log.filter((entry) => entry.severity === severity).map(({ message }) => message);

test.each(["transforms", "transformations", "transform"])(
  "%s may change what decides nothing about callers, and make the API stricter",
  async (way) => {
    const result = await expectOnlyTheirs(way, "none", false);
    expect(messagesOf(result, "warning").filter((message) => message.includes("guards"))).toEqual([]);
  },
);

test.each([
  ["transforms", 'A transform of the component, for api-guardrails:index:SecureHttpApi "customers",'],
  ["transformations", 'A transform of the component, for api-guardrails:index:SecureHttpApi "customers",'],
  ["transform", 'The transform of aws:apigatewayv2/api:Api "customers"'],
])("%s that would open a door stop the program with a sentence", async (way, subject) => {
  const result = await changed(way, "none", true);
  expect(result.exitCode).toBe(2);
  const errors = messagesOf(result, "error").join("\n");
  expect(errors).toContain(`${subject} changes what the component guards:\n  `);
});

test.each([
  ["transforms", "deny"],
  ["transformations", "deny"],
  ["transforms", "throttle"],
])("%s that would open a door don't stop the lockdown %s, which stays", async (way, lockdown) => {
  const result = await expectOnlyTheirs(way, lockdown, true);
  const warnings = messagesOf(result, "warning").join("\n");
  expect(warnings).toContain('aws:apigatewayv2/stage:Stage "customers"');
  expect(warnings).toContain("Under the lockdown, its own values stay.");
});

test("transforms that a transformation adds stop the program, because they would run after the guard", async () => {
  const result = await changed("later", "none");
  expect(result.exitCode).toBe(2);
  expect(messagesOf(result, "error").join("\n")).toContain(
    "transforms: give these transforms to the component, which guards them",
  );
});
