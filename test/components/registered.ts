import * as pulumi from "@pulumi/pulumi";
import { answerInvoke, noFixtures } from "../../review/src/invokes";

/** A resource that a program registered, as its provider would receive it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * Runs part of a program without an engine, and answers what it registered, by type and name. Every resource is made: ids are
 * `NAME-id`, and the ARNs that AWS would compute are made of the name.
 *
 * @param region what the AWS provider is configured with
 */
export async function registered(
  program: () => unknown,
  region = "eu-west-1",
): Promise<readonly Registered[]> {
  const resources: Registered[] = [];
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ type, name, inputs }) => {
      resources.push({ type, name, inputs });
      const computed = {
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
      return { id: `${name}-id`, state: { ...computed, ...inputs } };
    },
    call: ({ token, inputs }) => answerInvoke(token, inputs, { fixtures: noFixtures, region }),
  };
  // The names are said, since the SDK would keep those of another test in this process.
  await pulumi.runtime.setMocks(mocks, "project", "stack");
  program();
  await pulumi.runtime.disconnect();
  return resources.sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
}

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
