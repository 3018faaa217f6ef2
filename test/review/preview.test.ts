import { expect, test } from "vitest";
import { preview } from "../../review/src/preview";

test("an open HTTP API route is blocked, and the message names the route and the fix", async () => {
  const result = await preview({ directory: "test/fixtures/programs/open-http-route" });
  expect(result.exitCode).toBe(1);
  expect(result.violations).toMatchObject([
    {
      policy: "http-route-requires-authorization",
      level: "mandatory",
      severity: "critical",
      name: "lookup",
      message: expect.stringMatching(
        /GET \/customers\/\{id\} has authorizationType NONE[\s\S]*Fix: authorizationType/,
      ),
    },
  ]);
});
