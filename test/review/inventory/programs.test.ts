import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inventory } from "../../../review/src/inventory";
import { inventoryText } from "../../../review/src/reports/inventory-text";
import { inDays } from "../../dates";
import { lineOf } from "./lines";

const reviewBy = inDays(90);
const declared = `open until ${reviewBy} by team-edge`;

/** Who may call what in the examples and in the programs of the tests, written by hand. Preflights are left out. */
const programs: Readonly<Record<string, readonly string[]>> = {
  "examples/open-customer-lookup": [
    "REST API customers-rest/live | GET /customers/{id} | open",
    "HTTP API customers-http/$default | GET /customers/{id} | open",
    "REST API customers-partners/... | GET /customers | open",
    "REST API customers-partners/... | GET /customers/{id} | open",
  ],
  "examples/secure-customer-lookup": [
    `HTTP API customers/$default | GET /health | ${declared} at customers.example.com`,
    "HTTP API customers/$default | GET /customers/{id} | authenticated by JWT with customers/read at customers.example.com",
    "HTTP API customers/$default | POST /customers | authenticated by JWT with customers/write at customers.example.com",
  ],
  "examples/secure-rest-api": [
    `REST API orders/live | GET /health | ${declared}`,
    "REST API orders/live | GET /orders/{id} | authenticated by Cognito user pool with orders/read",
    "REST API orders/live | POST /orders | authenticated by Cognito user pool with orders/write",
    "REST API orders/live | DELETE /orders/{id} | authenticated by IAM",
  ],
  "examples/rest-from-openapi": [
    `REST API customers/live | GET /health | ${declared}`,
    "REST API customers/live | GET /customers/{id} | authenticated by Cognito user pool with customers/read",
    "REST API customers/live | POST /customers | authenticated by Cognito user pool with customers/write",
  ],
  "examples/private-api": ["REST API inventory/live | GET /items/{id} | authenticated by IAM"],
  "examples/custom-domain-mutual-tls": [
    "HTTP API partners/$default | POST /scores | authenticated by JWT with scores/read at partners.example.com",
  ],
  "examples/secure-websocket-api": [
    "WebSocket API chat/live | $connect | authenticated by Lambda authorizer",
  ],
  "test/fixtures/programs/open-http-route": ["HTTP API api/... | GET /customers/{id} | open"],
  "test/fixtures/programs/smallest-http-api": [
    "HTTP API customers/$default | GET /customers/{id} | authenticated by IAM",
  ],
  "test/fixtures/programs/smallest-rest-api": [
    "REST API customers/live | GET /customers/{id} | authenticated by IAM",
  ],
  "test/fixtures/programs/golden-http-api": [
    `HTTP API customers/$default | GET /health | ${declared} at customers.example.com`,
    // The scope is made of an id, so nobody knows it before the deployment.
    "HTTP API customers/$default | GET /customers/{id} | authenticated by JWT at customers.example.com",
    "HTTP API customers/$default | ANY /orders/{proxy+} | authenticated by JWT at customers.example.com",
    "HTTP API customers/$default | POST /customers | authenticated by JWT with customers/write at customers.example.com",
    "HTTP API customers/$default | DELETE /customers/{id} | authenticated by IAM at customers.example.com",
    "HTTP API customers/$default | GET /reports/{year} | authenticated by JWT with reports/read at customers.example.com",
    "HTTP API customers/$default | POST /webhooks/{proxy+} | authenticated by Lambda authorizer at customers.example.com",
    "HTTP API customers/$default | POST /orders | authenticated by JWT at customers.example.com",
    "HTTP API customers/$default | POST /reports | authenticated by JWT at customers.example.com",
  ],
  "test/fixtures/programs/golden-api-watch": [
    "HTTP API customers/$default | GET /customers/{id} | authenticated by IAM",
    "WebSocket API chat/... | $connect | authenticated by IAM",
  ],
  "test/fixtures/programs/golden-rest-api": [
    `REST API customers/v1 | GET /health | ${declared} at customers.example.com`,
    "REST API customers/v1 | GET / | authenticated by Cognito user pool with customers/enter at customers.example.com",
    // The scope is made of an id.
    "REST API customers/v1 | GET /customers/{id} | authenticated by Cognito user pool at customers.example.com",
    "REST API customers/v1 | PATCH /customers/{id} | authenticated by Cognito user pool at customers.example.com",
    "REST API customers/v1 | POST /customers | authenticated by Cognito user pool with customers/write at customers.example.com",
    "REST API customers/v1 | DELETE /customers/{id} | authenticated by IAM at customers.example.com",
    "REST API customers/v1 | GET /reports/{id} | authenticated by IAM at customers.example.com",
    "REST API customers/v1 | ANY /webhooks/{proxy+} | authenticated by Lambda authorizer at customers.example.com",
    "REST API customers/v1 | POST /orders | authenticated by Cognito user pool at customers.example.com",
    "REST API customers/v1 | POST /notices | authenticated by Cognito user pool at customers.example.com",
  ],
  "test/fixtures/programs/golden-user-directory": [
    "HTTP API customers/$default | GET /customers/{id} | authenticated by JWT with customers/read",
  ],
  // Whatever its transforms try to open.
  "test/fixtures/programs/transformed-http-api": [
    `HTTP API customers/$default | GET /health | ${declared} at customers.example.com`,
    "HTTP API customers/$default | GET /customers | authenticated by JWT with customers/read at customers.example.com",
    "HTTP API customers/$default | GET /orders | authenticated by JWT with orders/read at customers.example.com",
    "HTTP API customers/$default | ANY /carts/{proxy+} | authenticated by JWT with customers/read at customers.example.com",
    "HTTP API customers/$default | POST /webhooks | authenticated by Lambda authorizer at customers.example.com",
  ],
  "test/fixtures/programs/golden-api-domain": [
    "HTTP API orders/$default | GET /{id} | authenticated by IAM at api.example.com/orders/v2",
    // On a domain of another stack too, whose name arrives later.
    "HTTP API carts/$default | GET /{id} | authenticated by IAM at an unknown name/carts and api.example.com/carts and *.tenants.example.com/carts",
    "REST API reports/live | GET /{id} | authenticated by IAM at api.example.com/reports",
    "REST API offers/live | GET /{id} | authenticated by IAM at partners.example.com",
    "REST API stock/live | GET /{id} | authenticated by IAM at stock.example.com/stock",
    "WebSocket API chat/live | $connect | authenticated by IAM at live.example.com/chat",
  ],
  "test/fixtures/programs/golden-websocket-api": [
    `WebSocket API status/live | $connect | ${declared}`,
    "WebSocket API feed/live | $connect | authenticated by IAM",
    "WebSocket API chat/v1 | $connect | authenticated by Lambda authorizer at chat.example.com",
  ],
  "test/fixtures/programs/documented-rest-api": [
    `REST API customers/live | GET /health | ${declared}`,
    "REST API customers/live | GET /customers/{id} | authenticated by Cognito user pool with customers/read",
    "REST API customers/live | DELETE /customers/{id} | authenticated by Cognito user pool with customers/admin",
    "REST API customers/live | POST /customers | authenticated by Cognito user pool with customers/write",
    "REST API customers/live | ANY /webhooks/{proxy+} | authenticated by Lambda authorizer",
    "REST API customers/live | GET /audit | authenticated by Lambda authorizer",
    "REST API customers/live | PUT /audit | authenticated by IAM",
  ],
};

/** What the programs of the tests ask for. */
const settings: Readonly<Record<string, readonly string[]>> = {
  "test/fixtures/programs/transformed-http-api": [`reviewBy=${reviewBy}`, "way=transforms", "lockdown=none"],
  "test/fixtures/programs/golden-http-api": [`reviewBy=${reviewBy}`, "lockdown=none", "protect=false"],
  "test/fixtures/programs/golden-websocket-api": [`reviewBy=${reviewBy}`, "lockdown=none"],
  "test/fixtures/programs/documented-rest-api": [`reviewBy=${reviewBy}`, "lockdown=none", "functions=made"],
};

test.each(Object.entries(programs))("%s", async (directory, lines) => {
  const { rows, sources, exitCode } = await inventory({
    directories: [directory],
    states: [],
    config: settings[directory] ?? [`reviewBy=${reviewBy}`],
    lookAhead: true,
  });
  expect({ exitCode, problems: sources.flatMap(({ problems }) => problems) }).toEqual({
    exitCode: 0,
    problems: [],
  });
  const own = rows.filter(({ authentication }) => authentication.verdict !== "preflight");
  expect(own.map(lineOf).toSorted()).toEqual([...lines].toSorted());
});

test("every program of the tests is among them, but for those that make mistakes", () => {
  const all = readdirSync("test/fixtures/programs").filter((name) => !name.startsWith("mistaken-"));
  const listed = Object.keys(programs);
  expect(all.filter((name) => !listed.includes(`test/fixtures/programs/${name}`))).toEqual([]);
});

test("docs/inventory.md shows what an example answers", async () => {
  const shown = /<!-- inventory: (\S+) -->\n```text\n([\s\S]*?)```/.exec(
    readFileSync("docs/inventory.md", "utf8"),
  );
  const [, directory = "", text] = shown ?? [];
  const result = await inventory({ directories: [directory], states: [], lookAhead: true });
  expect(inventoryText(result, { colors: false })).toBe(text);
});
