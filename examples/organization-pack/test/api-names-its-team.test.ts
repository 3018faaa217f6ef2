import assert from "node:assert/strict";
import { test } from "node:test";
import { judge, secret, type TestedResource, unknown } from "@api-guardrails/policies/testing";
import { apiNamesItsTeam } from "../api-names-its-team";

const api = (properties: TestedResource["properties"] = {}): TestedResource => ({
  type: "aws:apigatewayv2/api:Api",
  name: "orders",
  properties,
});

const passes: readonly (readonly [situation: string, resource: TestedResource])[] = [
  ["an API that names its team", api({ tags: { team: "orders" } })],
  ["an API whose team is known after the deployment only", api({ tags: { team: unknown } })],
  ["an API whose tags are known after the deployment only", api({ tags: unknown })],
  ["an API whose team is marked as secret", api({ tags: { team: secret("orders") } })],
  ["another resource", { type: "aws:sqs/queue:Queue", name: "orders" }],
];
for (const [situation, resource] of passes) {
  test(`${situation} passes`, async () => {
    assert.deepEqual(await judge([apiNamesItsTeam], [resource]), { violations: [], notRun: [] });
  });
}

const violates: readonly (readonly [situation: string, resource: TestedResource])[] = [
  ["an API without tags", api()],
  ["an API with other tags", api({ tags: { stage: "live" } })],
  ["a REST API without tags", { type: "aws:apigateway/restApi:RestApi", name: "orders" }],
];
for (const [situation, resource] of violates) {
  test(`${situation} is reported`, async () => {
    const { violations } = await judge([apiNamesItsTeam], [resource]);
    assert.deepEqual(
      violations.map(({ policy, level, resource: name }) => [policy, level, name]),
      [["api-names-its-team", "advisory", "orders"]],
    );
  });
}
