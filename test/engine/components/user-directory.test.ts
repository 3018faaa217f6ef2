import { afterAll, beforeAll, describe, expect } from "vitest";
import { program, removePrograms } from "../programs";
import { type EngineStack, engineTest, findPulumi, removeStacks } from "../rig";
import { componentStack } from "./component-stack";
import { sharedStack, stepsOf, updated } from "./steps";

afterAll(() => {
  removeStacks();
  removePrograms();
});

/** A directory whose arguments are in the configuration, so that one stack can be changed step by step. */
const people = `
const { Authorization, SecureHttpApi, UserDirectory } = require("@api-guardrails/components");
const { directory, isLoosened } = config.requireObject("people");
const loosen = ({ type, props, opts }) => {
  if (type.endsWith(":UserPoolClient")) return { props: { ...props, allowedOauthFlows: ["implicit"] }, opts };
  if (type.endsWith(":UserPool")) return { props: { ...props, mfaConfiguration: "OFF" }, opts };
};
const { userPool, clients, issuer } = new UserDirectory("people", directory, isLoosened ? { transforms: [loosen] } : {});
if (clients.web) {
  new SecureHttpApi("customers", {
    authorization: Authorization.cognito({ userPool, clientIds: [clients.web.id], scopes: ["customers/read"] }),
    routes: { "GET /customers": { handler: { functionName: "lookup", invokeArn: "arn:aws:lambda:us-east-1:123456789012:function:lookup" } } },
  });
}
exports.issuer = issuer;
exports.secrets = Object.fromEntries(Object.entries(clients).map(([name, { clientSecret }]) => [name, clientSecret]));`;

const web = { type: "app", callbackUrls: ["https://www.example.com/"], scopes: ["openid", "customers/read"] };
const billing = { type: "machine", scopes: ["customers/read"] };
const full = {
  mfa: "optional",
  selfSignUp: false,
  resourceServers: { customers: { read: "look customers up" }, invoices: { read: "look invoices up" } },
  clients: { web, billing },
  domain: { prefix: "example-people" },
  tags: { team: "edge" },
};

describe("a user directory in the real engine", () => {
  let stack: EngineStack;
  const change = async (directory: object) => {
    stack.configure({ people: JSON.stringify({ directory }) });
    const run = await stack.up({ packs: ["test/fixtures/packs/strict"], args: ["--skip-preview"] });
    expect(run.output).not.toContain("error:");
    expect(run).toMatchObject({ code: 0 });
    return stepsOf(run);
  };
  const propertiesOf = (type: string) =>
    stack
      .cloud()
      .filter((resource) => resource.type.endsWith(`:${type}`))
      .map(({ properties }) => properties);

  beforeAll(async () => {
    if (findPulumi()) stack = await componentStack({ program: program(people) });
  });

  engineTest("its smallest form is made, and a second up changes nothing", async () => {
    expect(await change({})).toEqual([
      "create api-guardrails:index:UserDirectory people",
      "create aws:cognito/riskConfiguration:RiskConfiguration people",
      "create aws:cognito/userPool:UserPool people",
    ]);
    expect(await change({})).toEqual([]);
  });

  engineTest("its fullest form is reached in place, and a second up changes nothing", async () => {
    const steps = await change(full);
    expect(steps.filter((step) => /aws:cognito|UserDirectory/.test(step))).toEqual([
      "create aws:cognito/resourceServer:ResourceServer people-customers-21eb2153",
      "create aws:cognito/resourceServer:ResourceServer people-invoices-491dabd4",
      "create aws:cognito/userPoolClient:UserPoolClient people-billing-0c95c7ec",
      "create aws:cognito/userPoolClient:UserPoolClient people-web-4b5e57f6",
      "create aws:cognito/userPoolDomain:UserPoolDomain people",
      "update api-guardrails:index:UserDirectory people",
      "update aws:cognito/userPool:UserPool people",
    ]);
    expect(propertiesOf("Authorizer")).toMatchObject([
      {
        jwtConfiguration: {
          issuer: expect.stringMatching(/^https:\/\/cognito-idp\.us-east-1\.amazonaws\.com\/us-east-1_/),
        },
      },
    ]);
    expect(await change(full)).toEqual([]);
  });

  engineTest("the secrets of its clients are secrets of the stack", async () => {
    const { text } = await stack.exported();
    expect(text).not.toMatch(/people-billing-0c95c7ec-\d+-clientSecret/);
    expect(text).toContain("ciphertext");
  });

  engineTest(
    "opening sign-up, asking for a second factor and leaving the Plus plan, and back, are updates in place",
    async () => {
      const inPlace = [
        "update api-guardrails:index:UserDirectory people",
        "update aws:cognito/userPool:UserPool people",
      ];
      const risk = "aws:cognito/riskConfiguration:RiskConfiguration";
      const changed = { ...full, selfSignUp: true, mfa: "required", featurePlan: "essentials" };
      expect(await change(changed)).toEqual([`delete ${risk} people`, ...inPlace]);
      // Cognito would refuse to delete it: nobody asked.
      expect(stack.cloud().filter(({ type }) => type === risk)).toHaveLength(1);
      expect(propertiesOf("UserPool")).toMatchObject([
        {
          adminCreateUserConfig: { allowAdminCreateUserOnly: false },
          mfaConfiguration: "ON",
          userPoolTier: "ESSENTIALS",
          userPoolAddOns: { advancedSecurityMode: "OFF" },
        },
      ]);
      expect(await change(full)).toEqual([`create ${risk} people`, ...inPlace]);
    },
  );

  const renamed = { ...full, clients: { web, invoicing: billing } };
  const { customers } = full.resourceServers;
  const moved = { ...renamed, resourceServers: { customers: { ...customers, write: "change customers" } } };

  engineTest("renaming one client touches it alone", async () => {
    expect(await change(renamed)).toEqual([
      "create aws:cognito/userPoolClient:UserPoolClient people-invoicing-114ea685",
      "delete aws:cognito/userPoolClient:UserPoolClient people-billing-0c95c7ec",
      "update api-guardrails:index:UserDirectory people",
    ]);
  });

  engineTest("a scope more and a resource server less touch these alone", async () => {
    expect(await change(moved)).toEqual([
      "delete aws:cognito/resourceServer:ResourceServer people-invoices-491dabd4",
      "update api-guardrails:index:UserDirectory people",
      "update aws:cognito/resourceServer:ResourceServer people-customers-21eb2153",
    ]);
  });

  engineTest(
    "transforms of its options that would open a door stop the program with a sentence",
    async () => {
      stack.configure({ people: JSON.stringify({ directory: moved, isLoosened: true }) });
      const run = await stack.up({ packs: [], args: ["--skip-preview"] });
      expect(run.code).not.toBe(0);
      expect(run.output).toContain("mfaConfiguration: change mfa in the arguments");
      expect(
        propertiesOf("UserPoolClient").map(({ allowedOauthFlows }) => allowedOauthFlows),
      ).not.toContainEqual(["implicit"]);
    },
  );

  engineTest(
    "its pool is destroyed only after its protection was taken away, and leaves what goes with it or is kept",
    async () => {
      const refused = await stack.run(["destroy", "--yes"], { packs: [] });
      expect(refused.code).not.toBe(0);
      expect(refused.output).toContain("protected from deletion");
      await change({ ...moved, deletionProtection: false });
      const destroyed = await stack.run(["destroy", "--yes"], { packs: [] });
      expect(destroyed).toMatchObject({ code: 0 });
      expect(new Set(stack.cloud().map(({ type }) => type))).toEqual(
        new Set(["aws:cognito/riskConfiguration:RiskConfiguration", "aws:cloudwatch/logGroup:LogGroup"]),
      );
    },
  );
});

describe("directories with all that can be said, a custom domain and transforms included", () => {
  const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/auth";
  const stack = sharedStack(() =>
    componentStack({ program: "test/fixtures/programs/golden-user-directory", config: { certificateArn } }),
  );

  engineTest("are made", async () => {
    const made = await updated(stack(), { withPreview: true });
    expect(new Set(Object.values(made))).toEqual(new Set(["create"]));
  });
  engineTest("stay as they are", async () => expect(await updated(stack())).toEqual({}));
});
