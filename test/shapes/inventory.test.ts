import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type InventoryResult, inventory } from "../../review/src/inventory";
import { inDays } from "../dates";
import { program, removePrograms, together } from "../engine/programs";
import { lineOf } from "../review/inventory/lines";
import { shapes } from "./programs";

/**
 * Who may call what in each shape, written by hand from its source: SURFACE API/STAGE | ROUTE | VERDICT BY KIND. The dots stand for
 * a stage that the program doesn't have.
 */
const expected: Readonly<Record<string, readonly string[]>> = {
  "a REST API that proxies everything to a function, as tutorials begin": [
    "REST API customers/prod | ANY /{proxy+} | open",
  ],
  "a REST API behind a user pool, with preflights": [
    "REST API customers/prod | GET /customers | authenticated by Cognito user pool with customers/read",
    "REST API customers/prod | GET /orders | authenticated by Cognito user pool with orders/read",
    "REST API customers/prod | OPTIONS /customers | preflight",
    "REST API customers/prod | OPTIONS /orders | preflight",
  ],
  "an HTTP API with a JWT authorizer": [
    "HTTP API customers/$default | GET /customers/{id} | authenticated by JWT with customers/read",
  ],
  "an HTTP API by quick create": ["HTTP API customers/$default | $default | open"],
  "an HTTP API with a Lambda authorizer": [
    "HTTP API customers/... | GET /customers | authenticated by Lambda authorizer",
  ],
  "an HTTP API with IAM for machines": [
    "HTTP API internal/$default | DELETE /items/{id} | authenticated by IAM",
    "HTTP API internal/$default | GET /items | authenticated by IAM",
    "HTTP API internal/$default | POST /items | authenticated by IAM",
  ],
  "a WebSocket chat that asks for IAM": ["WebSocket API chat/... | $connect | authenticated by IAM"],
  "a WebSocket chat as the documentation begins": ["WebSocket API chat/... | $connect | open"],
  "a REST API that counts its clients by key": ["REST API partners/v1 | GET /quotes | key-only by API key"],
  "a REST API from an OpenAPI document with an authorizer": [
    "REST API documented/prod | GET /customers | authenticated by Lambda authorizer",
  ],
  "a function URL for a web hook": ["Lambda function URL hook/... | $default | open"],
  "a function URL behind CloudFront, signed by it": [
    "Lambda function URL origin/... | $default | authenticated by IAM",
  ],
  "a web site on a load balancer, with its own login": ["load balancer web/... | $default | open"],
  "a load balancer that lets pass whoever doesn't log in": ["load balancer elsewhere/... | $default | open"],
  "a load balancer that logs everybody in": [
    "load balancer elsewhere/... | $default | authenticated by OpenID Connect",
  ],
  "a load balancer for machines, with tokens for its audience": [
    "load balancer elsewhere/... | ANY /orders/* | authenticated by JWT",
  ],
  "a load balancer for machines, with any token of its user pool": [
    "load balancer web/... | $default | authenticated by JWT, too widely",
  ],
  "partners of a load balancer, by certificates that it verifies and that it passes on": [
    "load balancer web/... | $default | authenticated by client certificate",
    "load balancer web/... | $default | open",
  ],
  "a shop whose visitors may log in, which is declared": [
    `load balancer elsewhere/... | ANY /shop/* | open until ${inDays(90)} by team-shop`,
  ],
  "a private REST API for one VPC": ["REST API internal/v1 | GET /items | authenticated by IAM"],
  "mutual TLS on a domain of its own": [
    "HTTP API partners/$default | GET /quotes | authenticated by IAM at partners.example.com",
  ],
  "mutual TLS with a way round it": [
    "HTTP API partners/$default | GET /quotes | authenticated by IAM at partners.example.com and the default endpoint",
  ],
  "a GraphQL API behind a user pool": [
    "AppSync GraphQL API customers/... | POST /graphql | authenticated by Cognito user pool",
  ],
  "a GraphQL API with a key, as tutorials begin": [
    "AppSync GraphQL API customers/... | POST /graphql | key-only by API key",
  ],
  "a bucket's and a topic's events for a function": [],
  "a permission for any API Gateway in the world": [],
  "a serverless template that came along": [
    "HTTP API Api/... | GET /customers | authenticated by JWT",
    "HTTP API Api/... | GET /health | open",
  ],
  "routes that are added to another stack's API": [
    "HTTP API elsewhere/... | GET /orders | authenticated by IAM",
    "HTTP API elsewhere/... | GET /status | open",
  ],
  "a REST API whose methods changed without a deployment": [
    "REST API customers/prod | GET /customers | authenticated by IAM",
  ],
  "a site of files on S3 and CloudFront": [],
};

type Row = InventoryResult["rows"][number];

/** The place of a shape, with which the names of its resources begin. */
const placeOf = ({ urn }: Row) => Number(/::(\d+) [^:]*$/.exec(urn)?.[1]);

afterAll(removePrograms);

describe("who may call what in the shapes that programs commonly have", () => {
  const names = Object.keys(shapes);
  let result: InventoryResult;
  beforeAll(async () => {
    const all = Object.values(shapes).map(({ source }, index) => [index, source] as const);
    result = await inventory({ directories: [program(together(all))], states: [], lookAhead: true });
  });

  test("of a program that was seen whole", () => {
    expect(result).toMatchObject({ exitCode: 0, sources: [{ problems: [] }] });
    expect(Object.keys(expected)).toEqual(names);
  });

  test.each(Object.entries(expected))("%s", (name, lines) => {
    const own = result.rows.filter((row) => placeOf(row) === names.indexOf(name));
    expect(own.map(lineOf).toSorted()).toEqual([...lines].toSorted());
  });
});
