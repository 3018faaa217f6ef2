import * as pulumi from "@pulumi/pulumi";
import { answerInvoke, noFixtures } from "../../review/src/invokes";

/** A resource that a program registered, as its provider would receive it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** `URN::ID` of the provider, if the program gave one. */
  readonly provider?: string;
}

/**
 * Runs part of a program without an engine, and answers what it registered, by type and name. Every resource is made: ids are
 * `NAME-id`, and the ARNs that AWS would compute are made of the name.
 *
 * @param region what the AWS provider is configured with
 */
export function registered(program: () => unknown, region = "eu-west-1"): Promise<readonly Registered[]> {
  return registeredWith(program, region, ({ name, inputs }) => {
    const state = {
      name: `${name}-name`,
      arn: `arn:${name}`,
      invokeArn: `arn:invoke:${name}`,
      executionArn: `arn:aws:execute-api:eu-west-1:123456789012:${name}`,
      rootResourceId: `${name}-root`,
      domainNameId: `${name}-domain-id`,
      invokeUrl: invokeUrlOf(inputs),
      domainValidationOptions: [
        { resourceRecordName: "_a", resourceRecordType: "CNAME", resourceRecordValue: "_b" },
      ],
    };
    return { id: `${name}-id`, state: { ...state, ...inputs } };
  });
}

/** What AWS computes of a resource. */
type Computed = (resource: Registered) => { readonly id: string; readonly state: object };

async function registeredWith(
  program: () => unknown,
  region: string,
  computed: Computed,
): Promise<readonly Registered[]> {
  const resources: Registered[] = [];
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ type, name, inputs, provider }) => {
      const resource = { type, name, inputs, ...(provider && { provider }) };
      resources.push(resource);
      return computed(resource);
    },
    call: ({ token, inputs }) => answerInvoke(token, inputs, { fixtures: noFixtures, region }),
  };
  // The names are said, since the SDK would keep those of another test in this process.
  await pulumi.runtime.setMocks(mocks, "project", "stack");
  program();
  await pulumi.runtime.disconnect();
  return resources.sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
}

/**
 * The same, with ids and ARNs in the forms that AWS gives them, which say nothing of a resource's name.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function registeredAsInAws(program: () => unknown): Promise<readonly Registered[]> {
  let count = 0;
  return registeredWith(program, "eu-west-1", ({ type, inputs }) => {
    count += 1;
    const [, service = "", kind = ""] = /^aws:(\w+)\/(\w+):/.exec(type) ?? [];
    const short = `a${String(count).padStart(9, "0")}`;
    const id = kind === "userPool" ? `eu-west-1_${short}` : short;
    const place = service === "iam" ? "" : "eu-west-1";
    const path = arnPaths[kind] ?? `${kind}/`;
    const state = {
      name: short,
      arn: `arn:aws:${arnServices[kind] ?? service}:${place}:123456789012:${path}${id}`,
      invokeArn: `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:${short}/invocations`,
      executionArn: `arn:aws:execute-api:eu-west-1:123456789012:${short}`,
      rootResourceId: `r${short}`,
      domainNameId: short,
      invokeUrl: invokeUrlOf(inputs),
      regionalDomainName: `d-${short}.execute-api.eu-west-1.amazonaws.com`,
      regionalZoneId: "ZLY8HYME6SFDD",
      domainValidationOptions: [
        {
          resourceRecordName: "_a.example.com",
          resourceRecordType: "CNAME",
          resourceRecordValue: "_b.acm-validations.aws",
        },
      ],
      ...inputs,
      ...(kind === "domainName" &&
        service === "apigatewayv2" && {
          domainNameConfiguration: {
            ...(inputs.domainNameConfiguration as object),
            targetDomainName: `d-${short}.execute-api.eu-west-1.amazonaws.com`,
            hostedZoneId: "ZLY8HYME6SFDD",
          },
        }),
    };
    return { id, state };
  });
}

const arnServices: Readonly<Record<string, string>> = { logGroup: "logs", userPool: "cognito-idp" };
const arnPaths: Readonly<Record<string, string>> = {
  function: "function:",
  logGroup: "log-group:",
  userPool: "userpool/",
  webAcl: "regional/webacl/api/",
};

/** The message of the error with which part of a program stops, or "" if it doesn't stop. */
export async function stopOf(program: () => unknown): Promise<string> {
  let message = "";
  await registered(() => {
    try {
      program();
    } catch (error) {
      message = String((error as Error).message);
    }
  });
  return message;
}

/** A stage of an HTTP API is named `$default`; one with a name of its own is a REST or a WebSocket API's here. */
function invokeUrlOf({ name, stageName }: Registered["inputs"]): string {
  const host = "abc.execute-api.eu-west-1.amazonaws.com";
  if (stageName !== undefined) return `https://${host}/${stageName}`;
  return name === "$default" ? `https://${host}/` : `wss://${host}/${name}`;
}

/** Registrations wait for what they need, so their order says nothing. */
function keyOf({ type, name }: Registered): string {
  return `${type} ${name}`;
}

/** The resources of a type, for instance `apigatewayv2/route:Route`. */
export function ofType(resources: readonly Registered[], type: string): readonly Registered[] {
  return resources.filter((resource) => resource.type === `aws:${type}`);
}
