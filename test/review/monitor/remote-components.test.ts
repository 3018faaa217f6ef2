import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { harmlessComponents } from "../../../review/src/monitor/harmless-components";
import type { PreviewRequest, PreviewResult } from "../../../review/src/preview";
import { UserError } from "../../../review/src/text/errors";
import { UNKNOWN as unknown } from "../../unknown";
import { type Files, mirrorPack, previewProgram, shown } from "../written-program";

const remote = `
class Remote extends pulumi.ComponentResource {
  constructor(type, name, args = {}) { super(type, name, args, {}, true); }
}
`;
const registering = (types: readonly string[]) =>
  `${remote}${types.map((type) => `new Remote("${type}", "${type.replaceAll(/\W/g, "-")}");`).join("\n")}`;

const previewed = (source: string, request: Omit<PreviewRequest, "directory"> & { files?: Files } = {}) =>
  previewProgram(source, { policyPacks: [mirrorPack], ...request });

describe("remote components that are known to create no endpoint are no hole", () => {
  const types = [
    "awsx:ec2:Vpc",
    "awsx:ec2:DefaultVpc",
    "awsx:ecr:Repository",
    "awsx:ecr:Image",
    "awsx:ecr:RegistryImage",
    "awsx:ecs:FargateTaskDefinition",
    "awsx:ecs:EC2TaskDefinition",
    "awsx:cloudtrail:Trail",
    "eks:index:Cluster",
    "eks:index:ManagedNodeGroup",
    "eks:index:Addon",
    "aws-quickstart-vpc:index:Vpc",
    "synced-folder:index:S3BucketFolder",
    "kubernetes-cert-manager:index:CertManager",
    "docker:index:Image",
    "docker-build:index:Image",
    "random:index:Names",
    "tls:index:Keys",
    "tls-self-signed-cert:index:SelfSignedCertificate",
  ];
  let result: PreviewResult;
  beforeAll(async () => {
    result = await previewed(registering(types));
  });

  test("and the run has no problem", () => {
    expect(result.problems).toEqual([]);
    expect(result.unseen).toEqual([]);
    expect(result.exitCode).toBe(0);
  });

  test.each(types)("%s", (type) => {
    expect(Object.values(shown(result, "resource")).map((resource) => resource.type)).toContain(type);
  });

  test("and docs/preview.md lists them, with what they create and the source", () => {
    const page = readFileSync("docs/preview.md", "utf8");
    const rows = harmlessComponents.map(
      ({ types, create, source }) =>
        `| ${types.map((type) => `\`${type}\``).join(", ")} | [${create}](${source}) |`,
    );
    expect(rows.filter((row) => !page.includes(row))).toEqual([]);
  });
});

describe("other remote components are a problem of the run, which names the option", () => {
  const types = [
    "aws-apigateway:index:RestAPI",
    "awsx:lb:ApplicationLoadBalancer",
    "awsx:lb:NetworkLoadBalancer",
    "awsx:lb:TargetGroupAttachment",
    "awsx:ecs:FargateService",
    "awsx:ecs:EC2Service",
    "awsx:apigateway:API",
    "aws-iam:index:AssumableRole",
    "aws-static-website:index:Website",
    "kubernetes-ingress-nginx:index:IngressController",
    "acme:index:Api",
    // A module that only starts like a harmless one.
    "awsx:ec2x:Vpc",
    "eks-blueprints:index:Cluster",
  ];
  let result: PreviewResult;
  beforeAll(async () => {
    result = await previewed(registering(types));
  });

  test.each(types)("%s", (type) => {
    const name = type.replaceAll(/\W/g, "-");
    expect(result.problems).toContain(
      `The remote component "${name}" (${type}) creates its children in a provider plugin, which is not run here, so they were not judged. Run the program with the Pulumi CLI to judge them. If it creates no API, say so with --accept-unseen ${type}`,
    );
    expect(result.exitCode).toBe(2);
  });
});

describe("what --accept-unseen names may stay unseen", () => {
  const types = ["acme:index:Api", "acme:index:Site", "acme:data:Table", "other:index:Api"];
  const accepted = async (acceptUnseen: readonly string[]) => {
    const result = await previewed(registering(types), { acceptUnseen });
    const stillMissing = result.problems.map((problem) => /\((.*?)\)/.exec(problem)?.[1]);
    return { ...result, accepted: result.unseen.map(({ type }) => type), stillMissing };
  };

  test("one type", async () => {
    const { accepted: seen, stillMissing, exitCode } = await accepted(["acme:index:Api"]);
    expect(seen).toEqual(["acme:index:Api"]);
    expect(stillMissing).toEqual(["acme:index:Site", "acme:data:Table", "other:index:Api"]);
    expect(exitCode).toBe(2);
  });

  test("a module and a type, which makes exit code 0 possible", async () => {
    const result = await accepted(["acme:index:*", "acme:data:Table", "other:index:Api"]);
    expect(result.accepted).toEqual(types);
    expect(result.stillMissing).toEqual([]);
    expect(result.exitCode).toBe(0);
    expect(result.notices).toEqual([]);
    expect(result.unseen[1]).toEqual({
      because: "accepted",
      urn: "urn:pulumi:dev::customers::acme:index:Site::acme-index-Site",
      type: "acme:index:Site",
      name: "acme-index-Site",
      sentence:
        'The children of the remote component "acme-index-Site" (acme:index:Site) weren\'t judged, which --accept-unseen accepts.',
      reason: undefined,
      owner: undefined,
    });
  });

  test("what never occurs, and what needs no acceptance, is a notice", async () => {
    const result = await previewed(registering(["awsx:ec2:Vpc"]), {
      acceptUnseen: ["acme:index:Api", "awsx:ec2:*"],
    });
    expect(result.exitCode).toBe(0);
    expect(result.notices).toEqual([
      "--accept-unseen, acme:index:Api, accepted nothing in this run: the program has no remote component of that type. Remove it.",
      "--accept-unseen, awsx:ec2:*, isn't needed: such a component is known to create no API endpoint. Remove it.",
    ]);
  });

  test("but there is no notice if the program was not seen whole", async () => {
    const result = await previewed("process.exit(3);", { acceptUnseen: ["acme:index:Api"] });
    expect(result.notices).toEqual([]);
  });

  test.each(["acme", "acme:index", "*", "acme:*", "acme:index:Ap*", "a c:index:Api", ""])(
    "%j is no type and no module",
    async (type) => {
      await expect(previewed("", { acceptUnseen: [type] })).rejects.toThrow(
        new UserError(
          `--accept-unseen "${type}" is not the type of a component. Write the whole type, for instance acme:index:Api, or a module, acme:index:*`,
        ),
      );
    },
  );
});

describe("a method of a remote component", () => {
  /** The SDK of a package whose components have a method with two results. */
  const sdk = (packageName: string, name: string): Files => ({
    [`node_modules/@pulumi/${packageName}/package.json`]: { name: `@pulumi/${packageName}` },
    [`node_modules/@pulumi/${packageName}/${name}.d.ts`]: `
export declare namespace ${name.charAt(0).toUpperCase()}${name.slice(1)} {
    interface DescribeResult {
        readonly result: string;
        /** What else it says. */
        readonly rules: {
            [key: string]: any;
        };
    }
}
`,
  });
  const calling = (type: string, method = "describe") => `${remote}
    const component = new Remote("${type}", "it");
    const described = pulumi.runtime.call("${type}/${method}", { __self__: component }, component);
    new Api("described", { name: described.result, tags: described.rules });`;

  test.each<[situation: string, type: string, request: Omit<PreviewRequest, "directory">]>([
    ["of a component that creates no endpoint", "eks:index:Cluster", {}],
    ["of an accepted one", "acme:index:Cluster", { acceptUnseen: ["acme:index:Cluster"] }],
    ["of an accepted module", "acme:index:Cluster", { acceptUnseen: ["acme:index:*"] }],
  ])("%s returns unknowns, never nothing", async (_situation, type, request) => {
    const files = sdk(type.split(":")[0] ?? "", "cluster");
    const result = await previewed(calling(type), { ...request, files });
    expect(result.problems).toEqual([]);
    expect(shown(result, "resource").described?.properties).toEqual({ name: unknown, tags: unknown });
    expect(result.exitCode).toBe(0);
  });

  test("returns placeholders in a look-ahead, so that callbacks that get its result are judged", async () => {
    const result = await previewed(
      `${calling("eks:index:Cluster")}
       described.result.apply((name) => new Api("ahead", { name }));`,
      { files: sdk("eks", "cluster"), lookAhead: true },
    );
    expect(result.problems).toEqual([]);
    expect(shown(result, "resource").ahead?.properties).toEqual({ name: unknown });
  });

  test("of a provider returns its own settings", async () => {
    const result = await previewed(`
      const aws = new pulumi.ProviderResource("aws", "elsewhere", {});
      const config = pulumi.runtime.call("pulumi:providers:aws/terraformConfig", { __self__: aws }, aws);
      new Api("described", { name: config.result });`);
    expect(result.problems).toEqual([]);
    expect(shown(result, "resource").described?.properties).toEqual({ name: unknown });
  });

  test("of another component is a problem of the run, which names the option", async () => {
    const result = await previewed(calling("acme:index:Cluster"), { files: sdk("acme", "cluster") });
    expect(result.exitCode).toBe(2);
    expect(result.problems).toContain(
      "The program calls acme:index:Cluster/describe, a method of a remote component. It runs in a provider plugin, which is not run here. Run the program with the Pulumi CLI. If the method creates no API, say so with --accept-unseen acme:index:Cluster",
    );
  });

  test("is a problem of the run if nobody knows what it returns: the program would read nothing", async () => {
    const result = await previewed(calling("eks:index:Cluster", "undeclared"), {
      files: sdk("eks", "cluster"),
    });
    expect(result.exitCode).toBe(2);
    expect(result.problems).toEqual([
      "The program calls eks:index:Cluster/undeclared, a method of a remote component. It runs in a provider plugin, which is not run here, and the package that is installed for the program doesn't declare what it returns. Run the program with the Pulumi CLI.",
    ]);
  });
});
