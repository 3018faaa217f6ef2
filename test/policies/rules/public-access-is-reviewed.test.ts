import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import { distribution, made, server } from "../edge-resources";
import {
  day,
  declaration,
  functionUrl,
  httpApi,
  integration,
  method,
  publicAccess,
  restApi,
  restResource,
  route,
  under,
} from "../resources";

const rule = "public-access-is-reviewed";

/** A declaration and the open route under it. */
const health = (changed: object = {}, routes: unknown = ["GET /health"]): readonly Given[] => [
  publicAccess("open", routes, changed),
  under("open", route("health", "GET /health")),
];
const goldenPath = (publicAccessList: unknown): readonly Given[] => [
  {
    type: "api-guardrails:index:SecureHttpApi",
    name: "customers",
    properties: { publicAccess: publicAccessList },
  },
];

/** The declaration's own findings. What the route's rule says then stands in exceptions.test.ts. */
const problems: readonly (readonly [situation: string, resources: readonly Given[], says: string])[] = [
  ["no reason", health({ reason: null }), "its reason has fewer than 20 characters"],
  ["a short reason", health({ reason: "because" }), "its reason has fewer than 20 characters"],
  ["a reason of blanks", health({ reason: " ".repeat(30) }), "its reason has fewer than 20 characters"],
  ["a reason that nobody sees", health({ reason: "\u200b".repeat(20) }), "its reason has fewer than 20"],
  ["a word between zero-width spaces", health({ reason: "probe\u200b\u2060".repeat(2) }), "fewer than 20"],
  ["fillers of Hangul", health({ reason: "\u3164\u115f".repeat(20) }), "its reason has fewer than 20"],
  ["a reason of dots", health({ reason: ".".repeat(20) }), "its reason can't be read"],
  ["a reason of emoji", health({ reason: "🔓".repeat(20) }), "its reason can't be read"],
  ["a reason of marks on one letter", health({ reason: `a${"\u0300".repeat(30)}` }), "can't be read"],
  ["one letter over and over", health({ reason: "x".repeat(40) }), "its reason can't be read"],
  ["the same letter in other forms", health({ reason: "aA\uff21\u{1d5ee}".repeat(10) }), "can't be read"],
  ["a few letters over and over", health({ reason: "asdf ".repeat(8) }), "its reason can't be read"],
  ["a reason that is no text", health({ reason: ["health", "probe"] }), "its reason has fewer"],
  ["a reason that is unknown", health({ reason: UNKNOWN }), "its reason is not known before the deployment"],
  ["no owner", health({ owner: null }), "it names no owner"],
  ["an empty owner", health({ owner: " " }), "it names no owner"],
  ["an owner of one dot", health({ owner: "." }), "it names no owner"],
  ["an owner that nobody sees", health({ owner: "\u200b\u3164\u00ad" }), "it names no owner"],
  ["an owner that is no text", health({ owner: ["team-edge"] }), "it names no owner"],
  ["an owner that is unknown", health({ owner: UNKNOWN }), "its owner is not known"],
  ["no review date", health({ reviewBy: null }), 'its reviewBy is not a date such as "2027-01-31"'],
  ["a review date with a time", health({ reviewBy: `${day(30)}T00:00:00Z` }), "its reviewBy is not a date"],
  ["a day that no calendar has", health({ reviewBy: "2026-06-31" }), "its reviewBy is not a date"],
  ["a review date that is unknown", health({ reviewBy: UNKNOWN }), "its reviewBy is not known"],
  ["a review date that has passed", health({ reviewBy: day(-1) }), `its review date ${day(-1)} has passed`],
  [
    "a review date too far ahead",
    health({ reviewBy: day(181) }),
    `its review date ${day(181)} is more than 180 days ahead`,
  ],
  ["no routes", health({}, null), "it lists no routes"],
  ["an empty list of routes", health({}, []), "it lists no routes"],
  ["routes that are no list", health({}, "GET /health"), "it lists no routes"],
  ["routes that are unknown", health({}, UNKNOWN), "its routes are not known before the deployment"],
  ["one route unknown", health({}, ["GET /health", UNKNOWN]), "one of its routes is not known"],
  [
    "a route without a method",
    health({}, ["GET /health", "/status"]),
    "1 of its routes is not spelled as METHOD /path, $connect or $default",
  ],
  ["routes in lower case", health({}, ["get /health", "get /status"]), "2 of its routes are not spelled"],
  ["a wildcard for the method", health({}, ["* /health"]), "1 of its routes is not spelled"],
  [
    "several problems at once",
    health({ owner: "", reviewBy: day(-1) }),
    "it names no owner and its review date",
  ],
  ["publicAccess that is unknown", goldenPath(UNKNOWN), "publicAccess is not known before the deployment"],
  ["publicAccess that is no list", goldenPath(declaration(["GET /health"])), "publicAccess is not a list"],
  ["an entry that is unknown", goldenPath([UNKNOWN]), "it is not known before the deployment"],
  ["an entry that is no object", goldenPath(["GET /health"]), "it is not an object"],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ["a complete declaration", health()],
  [
    "a REST method at a path that one of two declarations names",
    [
      ...goldenPath([declaration(["GET /status"]), declaration(["GET /health"])]),
      restApi("rest"),
      restResource("path", "health", "rest"),
      restResource("status", "status", "rest"),
      under("customers", method("health", "GET", { authorization: "NONE" }, "path")),
      under("customers", method("status", "GET", { authorization: "NONE" }, "status")),
    ],
  ],
  ["a secret declaration", health({ owner: secret("team-edge") })],
  ["the last day that is not too far ahead", health({ reviewBy: day(180) })],
  ["fifteen days before the review", health({ reviewBy: day(15) })],
  ["a component that declares nothing", goldenPath(null)],
  ["a component with an empty list", goldenPath([])],
  [
    "a REST method at the declared path",
    [
      restApi("customers"),
      restResource("path", "health", "customers"),
      publicAccess("open", ["GET /health"]),
      under("open", method("health", "GET", { authorization: "NONE" }, "path")),
    ],
  ],
  [
    "a REST method at a path of several parts",
    [
      restApi("customers"),
      restResource("customer", "{id}", "customers"),
      restResource("path", "{proxy+}", "customer"),
      publicAccess("open", ["ANY /{id}/{proxy+}"]),
      under("open", method("all", "ANY", { authorization: "NONE" }, "path")),
    ],
  ],
  [
    "a REST method on the root",
    [
      restApi("customers"),
      publicAccess("open", ["GET /"]),
      under("open", method("root", "GET", { authorization: "NONE" }, "customers")),
    ],
  ],
  [
    "a quick create and a function URL",
    [
      publicAccess("open", ["$default"]),
      under("open", httpApi("quick", { target: UNKNOWN })),
      publicAccess("open-url", ["$default"]),
      under("open-url", functionUrl("url")),
    ],
  ],
];

describe(rule, () => {
  test.each(problems)("reports: %s", async (_situation, resources, says) => {
    const [declaring] = resources;
    const found = (await analyze(resources)).filter((reported) => reported.rule === rule);
    expect(found).toEqual([
      { rule, level: "mandatory", resource: declaring?.name, message: expect.stringContaining(says) },
    ]);
    expect(found.map(kindOf)).toEqual(["incomplete"]);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await analyze(resources, { preset: "strict" })).toEqual([]);
  });

  test.each([
    [14, "is due in 14 days"],
    [0, "is due today"],
  ])("reminds %i days before the review, in strict too", async (days, says) => {
    for (const preset of ["recommended", "strict"] as const) {
      const found = await analyze(health({ reviewBy: day(days) }), { preset });
      expect(found).toEqual([
        { rule, level: "advisory", resource: "open", message: expect.stringContaining(says) },
      ]);
      expect(found.map(kindOf)).toEqual(["review-due"]);
    }
  });

  const close = (route: string, name = "open") => [
    `  or, if it needn't be public any more, give ${route} an authorization, remove the PublicAccess and give its children an alias, or Pulumi replaces them:`,
    `    { aliases: [{ parent: pulumi.createUrn("${name}", "api-guardrails:index:PublicAccess") }] }`,
  ];
  const renewed = "after a new review: a date at most 180 days ahead";
  const replaced = ["  or, if it needn't be public any more, write an authorization in place of access."];
  const replacedOrLeftOut = [
    "  or, if it needn't be public any more, write an authorization in place of access; of a document's operation, leave out access and the empty security.",
  ];
  const later = (declared: object): readonly Given[] => [
    { type: "api-guardrails:index:Later", name: "customers", properties: { publicAccess: [declared] } },
  ];
  const rest = (declared: object, lockdown: string): readonly Given[] => [
    {
      type: "api-guardrails:index:SecureRestApi",
      name: "customers",
      properties: { publicAccess: [declared], lockdown },
    },
  ];
  const locked = (declared: object, lockdown: string): readonly Given[] =>
    rest(declared, lockdown).map((given) => ({ ...given, type: "api-guardrails:index:SecureHttpApi" }));
  const past = { reviewBy: day(-1) };

  /** What to write, in the place that its reader writes. */
  const fixes: readonly (readonly [
    situation: string,
    resources: readonly Given[],
    lines: readonly string[],
  ])[] = [
    [
      "a date that has passed",
      health(past),
      [
        `Fix: reviewBy: "YYYY-MM-DD"   // in the arguments of the PublicAccess "open", ${renewed}`,
        ...close("GET /health"),
      ],
    ],
    [
      "a review that is due soon",
      health({ reviewBy: day(3) }),
      [
        `Fix: reviewBy: "YYYY-MM-DD"   // in the arguments of the PublicAccess "open", ${renewed}`,
        ...close("GET /health"),
      ],
    ],
    [
      "no owner and no reason, of two routes",
      health({ owner: "", reason: null }, ["GET /health", "GET /status"]),
      [
        'Fix: reason: "...", owner: "..."   // in the arguments of the PublicAccess "open"',
        ...close("each of its routes"),
      ],
    ],
    [
      "a route that is misspelt",
      health({}, ["GET /health", "/status"]),
      [
        'Fix: routes: ["GET /health", "METHOD /path"]   // in the arguments of the PublicAccess "open"',
        ...close("GET /health"),
      ],
    ],
    [
      "a golden path's date",
      goldenPath([declaration(["GET /health"], past)]),
      [
        `Fix: routes: { "GET /health": { ..., access: publicAccess({ ..., reviewBy: "YYYY-MM-DD" }) } }   // in the arguments of "customers", ${renewed}`,
        ...replaced,
      ],
    ],
    [
      "a golden path's date, of a REST API that a document may describe",
      rest(declaration(["GET /health"], past), "none"),
      [
        `Fix: routes: { "GET /health": { ..., access: publicAccess({ ..., reviewBy: "YYYY-MM-DD" }) } }   // in the arguments of "customers", or among its openApi.operations, ${renewed}`,
        ...replacedOrLeftOut,
      ],
    ],
    [
      "a later component's date",
      later(declaration(["GET /health"], past)),
      [
        `Fix: publicAccess: [{ routes: ["GET /health"], reason: "...", owner: "...", reviewBy: "YYYY-MM-DD" }]   // in the arguments of "customers", ${renewed}`,
        "  or, if it needn't be public any more, give the route an authorization and remove it from publicAccess.",
      ],
    ],
    [
      "a golden path's date while everybody is throttled, where to deny passes",
      locked(declaration(["GET /health"], past), "throttle"),
      [
        expect.stringMatching(/^Fix: routes: /),
        ...replaced,
        '  or, to close the API at once, write lockdown: "deny", which passes as it is.',
      ],
    ],
    [
      "a REST API's date while everybody is throttled, where to deny doesn't pass either",
      rest(declaration(["GET /health"], past), "throttle"),
      [expect.stringMatching(/^Fix: routes: /), ...replacedOrLeftOut],
    ],
  ];
  test.each(fixes)(
    "says what to write where its reader writes it: %s",
    async (_situation, resources, lines) => {
      const [found] = (await analyze(resources)).filter((reported) => reported.rule === rule);
      expect(found?.message.split("\n").slice(2, -1)).toEqual(lines);
    },
  );

  test("a lockdown that denies everybody isn't stopped by a review that is overdue", async () => {
    const denied = rest(declaration(["GET /health"], past), "deny");
    const found = (await analyze(denied)).filter((reported) => reported.rule === rule);
    expect(found).toEqual([
      {
        rule,
        level: "advisory",
        resource: "customers",
        message: expect.stringContaining('Going back to "none" is blocked until it is corrected.'),
      },
    ]);
    const open = rest(declaration(["GET /health"], past), "none");
    expect((await analyze(open)).filter((reported) => reported.rule === rule)).toMatchObject([
      { level: "mandatory", message: expect.not.stringContaining("lockdown") },
    ]);
  });

  test("how far ahead a review may lie is the organization's own number", async () => {
    const options = { "exemption-is-current": { maxReviewDays: 30 } };
    const [found] = await analyze(health(past), { options });
    expect(found?.message).toContain("a date at most 30 days ahead\n");
  });

  test.each([
    ["without a method", ["/health", "/status"], "(the method comes first, as in GET /health)"],
    ["in small letters", ["get /health"], "(its method is in capital letters, as in GET /health)"],
    ["with a mistake of its own each", ["/health", "get /status"], "$connect or $default."],
    ["with a blank in its path", ["GET /health check"], "$connect or $default."],
  ])("says how a route is misspelt, and not the route: %s", async (_situation, routes, says) => {
    const [found] = await analyze([publicAccess("open", routes)]);
    expect(found?.message).toContain(says);
    expect(found?.message).not.toContain("status");
  });

  test("each declaration of a component is judged by itself", async () => {
    const resources = goldenPath([
      declaration(["GET /health"], { owner: "" }),
      declaration(["GET /status"], { reviewBy: day(3) }),
    ]);
    const found = await analyze([...resources, under("customers", route("status", "GET /status"))]);
    expect(found.map(({ level, message }) => [level, message.split("\n")[1]])).toEqual([
      [
        "mandatory",
        'The declaration publicAccess[0] of "customers" opens nothing because it names no owner.',
      ],
      [
        "advisory",
        'The review of the declaration publicAccess[1] of "customers" is due in 3 days; after that it opens nothing.',
      ],
    ]);
  });

  test("maxReviewDays of exemption-is-current limits declarations", async () => {
    const options = { "exemption-is-current": { maxReviewDays: 30 } };
    expect(await analyze(health({ reviewBy: day(30) }), { options })).toEqual([]);
    const found = await analyze(health({ reviewBy: day(31) }), { options });
    expect(found.map(({ rule, resource }) => [rule, resource])).toEqual([
      [rule, "open"],
      ["http-route-requires-authorization", "health"],
    ]);
    expect(found[0]?.message).toContain("more than 30 days ahead");
  });

  describe("the option approved", () => {
    test.each([
      ["the route isn't listed", ["customers GET /status"]],
      ["another project's route is listed", ["orders GET /health"]],
      ["the list is empty", []],
    ])("reports on the declaration alone: %s", async (_situation, approved) => {
      const found = await analyze(health(), { options: { [rule]: { approved } } });
      expect(found).toEqual([
        {
          rule,
          level: "mandatory",
          resource: "open",
          message: expect.stringContaining(
            'names GET /health, which the organization hasn\'t approved.\nFix: have it added to the option "approved": "customers GET /health"',
          ),
        },
      ]);
      expect(found.map(kindOf)).toEqual(["not-approved"]);
    });

    test("a list that can't be read approves nothing, and none at all is no list", async () => {
      const kinds = async (approved: unknown) =>
        (await analyze(health(), { options: { [rule]: { approved } } })).map(kindOf);
      expect(await kinds("customers GET /health")).toEqual(["not-approved"]);
      expect(await kinds(null)).toEqual([]);
    });

    test("is silent where the route is listed", async () => {
      expect(
        await analyze(health(), { options: { [rule]: { approved: ["customers GET /health"] } } }),
      ).toEqual([]);
    });
  });

  describe("contains the full path of a REST method against the declaration", () => {
    const at = (...resources: readonly Given[]) => [
      restApi("customers"),
      publicAccess("open", ["GET /health"]),
      ...resources,
      integration("answer", { httpMethod: "GET", type: "AWS_PROXY" }, "path"),
    ];
    const open = (place?: string) => under("open", method("health", "GET", { authorization: "NONE" }, place));

    const wrong: readonly (readonly [
      situation: string,
      resources: readonly Given[],
      kind: string,
      says: string,
    ])[] = [
      [
        "another path",
        at(restResource("path", "customers", "customers"), open("path")),
        "wrong-path",
        'GET /customers is open under the declaration "open", which names other paths.',
      ],
      [
        "the declared path with something above it",
        at(restResource("above", "v1", "customers"), restResource("path", "health", "above"), open("path")),
        "wrong-path",
        "GET /v1/health is open",
      ],
      [
        "the root",
        at(open("customers"), restResource("path", "health", "customers")),
        "wrong-path",
        "GET / is open",
      ],
      [
        "its resource is in another stack",
        at(restResource("path", "health", "customers"), open()),
        "unknown-path",
        'GET of "health" is open under the declaration "open", but its path can\'t be computed',
      ],
      [
        "the resource above is in another stack",
        at(restResource("path", "health"), open("path")),
        "unknown-path",
        'GET of "health"',
      ],
      [
        "a part of the path is unknown",
        at(restResource("path", UNKNOWN, "customers"), open("path")),
        "unknown-path",
        'GET of "health"',
      ],
    ];
    test.each(wrong)("reports once, on the method: %s", async (_situation, resources, kind, says) => {
      const found = await analyze(resources);
      expect(found).toEqual([
        { rule, level: "mandatory", resource: "health", message: expect.stringContaining(says) },
      ]);
      expect(found.map(kindOf)).toEqual([kind]);
    });

    const declaring = (routes: readonly string[]) => [
      restApi("customers"),
      restResource("path", "customers", "customers"),
      publicAccess("open", routes),
    ];
    const answered = integration("answer", { httpMethod: "GET", type: "AWS_PROXY" }, "path");
    test("reports another path beside declared routes of other methods", async () => {
      const found = await analyze([...declaring(["POST /health", "GET /health"]), open("path"), answered]);
      expect(found.filter((reported) => kindOf(reported) === "wrong-path")).toEqual([
        {
          rule,
          level: "mandatory",
          resource: "health",
          message: expect.stringContaining("GET /customers is open"),
        },
      ]);
    });

    test.each([
      [
        "a method that requires authorization",
        [
          ...declaring(["GET /health"]),
          under("open", method("health", "GET", { authorization: "AWS_IAM" }, "path")),
          answered,
        ],
      ],
      [
        "a preflight",
        [
          ...declaring(["OPTIONS /health"]),
          under("open", method("health", "OPTIONS", { authorization: "NONE" }, "path")),
          integration("answer", { httpMethod: "OPTIONS", type: "MOCK" }, "path"),
        ],
      ],
    ])("says nothing of the path of %s", async (_situation, resources) => {
      const found = (await analyze(resources)).filter((reported) => reported.rule === rule);
      expect(found.map(kindOf)).toEqual(["idle"]);
    });

    test("says what to write where the declaration is written", async () => {
      const [ofPublicAccess] = await analyze(
        at(restResource("path", "customers", "customers"), open("path")),
      );
      expect(ofPublicAccess?.message).toContain(
        'Fix: name it in the declaration, { routes: ["GET /customers"] }, or give the method an authorization\n',
      );
      const found = await analyze([
        ...rest(declaration(["GET /health"]), "none"),
        restApi("api"),
        restResource("path", "customers", "api"),
        under("customers", method("health", "GET", { authorization: "NONE" }, "path")),
      ]);
      expect(found.find((reported) => kindOf(reported) === "wrong-path")?.message).toContain(
        'Fix: routes: { "GET /customers": { ..., access: publicAccess({',
      );
    });

    test("an OPTIONS that reaches a backend at a path that can't be computed is reported", async () => {
      const preflight = [
        restApi("customers"),
        restResource("path", UNKNOWN, "customers"),
        publicAccess("open", ["OPTIONS /health"]),
        under("open", method("preflight", "OPTIONS", { authorization: "NONE" }, "path")),
        integration("answer", { httpMethod: "OPTIONS", type: "AWS_PROXY" }, "path"),
      ];
      const found = (await analyze(preflight)).filter((reported) => reported.resource === "preflight");
      expect(found.map(kindOf)).toContain("unknown-path");
    });

    test("what can't be worked out can be exempted, as the message says", async () => {
      const resources = at(restResource("path", "health"), open("path"));
      const [found] = await analyze(resources);
      expect(found?.message).toContain(
        'exempt it in the pack\'s configuration, with the rule "public-access-is-reviewed" and the resource "health"',
      );
      expect(found?.message).toContain('"rule": "public-access-is-reviewed", "project": "customers"');
      const { reason, owner, reviewBy } = declaration([]);
      const exemption = {
        rule,
        project: "customers",
        stacks: ["dev"],
        resource: "health",
        reason,
        owner,
        reviewBy,
      };
      expect(await analyze(resources, { exemptions: [exemption] })).toEqual([]);
    });

    test("an OPTIONS that reaches a backend is the stack rule's", async () => {
      const preflight = [
        restApi("customers"),
        restResource("path", "customers", "customers"),
        publicAccess("open", ["OPTIONS /health"]),
        under("open", method("preflight", "OPTIONS", { authorization: "NONE" }, "path")),
        integration("answer", { httpMethod: "OPTIONS", type: "AWS_PROXY" }, "path"),
      ];
      expect((await analyze(preflight)).map(({ rule, level, resource }) => [rule, level, resource])).toEqual([
        ["endpoint-requires-authentication", "advisory", "preflight"],
      ]);
    });
  });

  describe("a declaration that opens nothing", () => {
    const idle: readonly (readonly [situation: string, resources: readonly Given[], says: string])[] = [
      [
        "no child",
        [publicAccess("open", ["GET /health"])],
        "names GET /health, but no open route directly under it",
      ],
      [
        "its route is authorized by now",
        [
          publicAccess("open", ["GET /health"]),
          under("open", route("health", "GET /health", { authorizationType: "AWS_IAM" })),
        ],
        "names GET /health",
      ],
      [
        "one of its routes is gone",
        health({}, ["GET /health", "GET /status"]),
        "names GET /status, but no open route",
      ],
    ];
    test.each(idle)("is an advisory, and mandatory in strict: %s", async (_situation, resources, says) => {
      const message = expect.stringContaining(says);
      const found = await analyze(resources);
      expect(found).toEqual([{ rule, level: "advisory", resource: "open", message }]);
      expect(found.map(kindOf)).toEqual(["idle"]);
      expect(await analyze(resources, { preset: "strict" })).toMatchObject([{ rule, level: "mandatory" }]);
    });

    const alias = (name: string, type = "api-guardrails:index:PublicAccess") =>
      `\n    { aliases: [{ parent: pulumi.createUrn("${name}", "${type}") }] }\n`;

    /** What else is said of it, and how its routes stay the same resources once it is gone. */
    const why: readonly (readonly [
      situation: string,
      resources: readonly Given[],
      says: readonly string[],
      saysNot?: readonly string[],
    ])[] = [
      [
        "its route was taken out from under it",
        [
          publicAccess("open", ["GET /health"]),
          route("health", "GET /health", { authorizationType: "AWS_IAM" }),
        ],
        [
          'has this name. "health" is GET /health, but isn\'t its child.',
          '\nFix: give "health" the PublicAccess "open" as its parent\n',
          alias("open"),
        ],
      ],
      [
        "its route requires authorization by now",
        [
          publicAccess("open", ["GET /health"]),
          under("open", route("health", "GET /health", { authorizationType: "AWS_IAM" })),
        ],
        ['has this name. "health" requires authorization.', "\nFix: remove the route", alias("open")],
      ],
      [
        "one of two routes requires authorization by now, and the other is gone",
        [
          publicAccess("open", ["GET /status", "GET /health"]),
          under("open", route("health", "GET /health", { authorizationType: "AWS_IAM" })),
        ],
        ['has this name. "health" requires authorization.'],
      ],
      [
        "its route is another declaration's",
        [
          publicAccess("open", ["GET /health"]),
          publicAccess("other", ["GET /health"]),
          under("other", route("health", "GET /health")),
        ],
        ["has this name.\n", alias("open")],
        ["isn't its child"],
      ],
      [
        "it is in a component",
        [
          { type: "acme:index:Api", name: "shop" },
          under("shop", { type: "acme:index:Part", name: "part" }),
          under("part", publicAccess("open", ["GET /health"])),
        ],
        [alias("open", "acme:index:Api$acme:index:Part$api-guardrails:index:PublicAccess")],
      ],
      [
        "a golden path lists it, and its route is closed",
        [
          ...goldenPath([declaration(["GET /health"])]),
          under("customers", route("health", "GET /health", { authorizationType: "AWS_IAM" })),
        ],
        ['\nFix: write an authorization in place of the route\'s access, in the arguments of "customers"\n'],
        ["aliases"],
      ],
      [
        "a component of another language lists it",
        [
          {
            type: "api-guardrails:index:Later",
            name: "customers",
            properties: { publicAccess: [declaration(["GET /health"])] },
          },
        ],
        ["\nFix: remove the route from publicAccess, or spell it as API Gateway shows it\n"],
        ["aliases"],
      ],
    ];
    test.each(why.map(([situation, ...row]) => [situation, row] as const))(
      "says why, and what to leave behind: %s",
      async (_situation, [resources, says, saysNot = []]) => {
        const found = (await analyze(resources)).filter((reported) => reported.rule === rule);
        expect(found).toHaveLength(1);
        for (const text of says) expect(found[0]?.message).toContain(text);
        for (const text of saysNot) expect(found[0]?.message).not.toContain(text);
      },
    );

    test("says how the route under it is spelled", async () => {
      const found = (await analyze(health({}, ["GET /health/", "GET /status"]))).filter(
        (reported) => reported.rule === rule,
      );
      expect(found[0]?.message).toContain("has this name. Directly under it is GET /health.\n");
      expect(found[0]?.message).toContain(
        '\nFix: routes: ["GET /health"]   // in the arguments of the PublicAccess "open"\n',
      );
    });

    test("keeps what is spelled as its route is", async () => {
      const resources = [
        publicAccess("open", ["GET /status", "GET /health/"]),
        under("open", route("health", "GET /health")),
        under("open", route("status", "GET /status")),
      ];
      const found = (await analyze(resources)).filter((reported) => reported.rule === rule);
      expect(found[0]?.message).toContain('\nFix: routes: ["GET /status", "GET /health"]   //');
    });

    const documented = (operation: unknown) => [
      publicAccess("open", ["GET /health"]),
      under(
        "open",
        httpApi("customers", {
          body: {
            openapi: "3.0.1",
            paths: {
              "/health": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } },
              "/status": { get: operation },
            },
          },
        }),
      ),
    ];
    test.each([
      ["an operation", UNKNOWN, []],
      ["the security of an operation", { security: UNKNOWN }, []],
      ["nothing", { "x-amazon-apigateway-auth": { type: "AWS_IAM" } }, ["idle"]],
    ] as const)("depends on a document of which %s is unknown", async (_what, operation, kinds) => {
      const found = (await analyze(documented(operation))).filter((reported) => reported.rule === rule);
      expect(found.map(kindOf)).toEqual(kinds);
    });

    test("isn't said of a function URL with IAM for whose viewers a distribution signs", async () => {
      const url = under("open", functionUrl("url", { authorizationType: "AWS_IAM" }));
      const signed: readonly Given[] = [
        made(
          "aws:cloudfront/originAccessControl:OriginAccessControl",
          "signer",
          {},
          { originAccessControlOriginType: "lambda", signingBehavior: "always", signingProtocol: "sigv4" },
        ),
        distribution("cdn", ["url", "signer"], { origins: [server({ originAccessControlId: UNKNOWN })] }),
      ];
      const declared = [publicAccess("open", ["$default"]), url];
      const ofRule = async (resources: readonly Given[]) =>
        (await analyze(resources)).filter((reported) => reported.rule === rule).map(kindOf);
      expect(await ofRule([...declared, ...signed])).toEqual([]);
      expect(await ofRule(declared)).toEqual(["idle"]);
    });

    test("isn't said of a declaration whose only child is an unknown document", async () => {
      const resources = [
        publicAccess("open", ["GET /health"]),
        under("open", restApi("customers", { body: UNKNOWN })),
      ];
      expect((await analyze(resources)).filter((reported) => reported.rule === rule)).toEqual([]);
    });
  });
});
