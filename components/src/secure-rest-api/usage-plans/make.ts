import * as aws from "@pulumi/aws";
import { fittingChild } from "../../aws-name";
import { childName } from "../../child-name";
import { guardingUnder, type Lockdown, throttleUnder } from "../../lockdown";
import { transformed } from "../../override/transform";
import type { Surroundings } from "../surroundings";
import type { UsagePlan, UsagePlans } from "./args";

/** Creates usage plans and a key for each client. AWS chooses the values of the keys, so no program contains them. */
export function makeUsagePlans(
  plans: UsagePlans,
  stage: aws.apigateway.Stage,
  lockdown: Lockdown | undefined,
  surroundings: Surroundings,
): Readonly<Record<string, aws.apigateway.ApiKey>> {
  const keys = Object.entries(plans).flatMap(([name, plan]) => {
    const made = makePlan(name, plan, stage, lockdown, surroundings);
    return plan.clients.map((client) => [client, makeKey(client, made, surroundings)] as const);
  });
  return Object.fromEntries(keys);
}

function makePlan(
  ownName: string,
  { throttle, quota }: UsagePlan,
  stage: aws.apigateway.Stage,
  lockdown: Lockdown | undefined,
  { component, api, tags, transform, opts }: Surroundings,
): aws.apigateway.UsagePlan {
  const type = "aws:apigateway/usagePlan:UsagePlan";
  const child = fittingChild(type, childName(component, `plan ${ownName}`), opts);
  return new aws.apigateway.UsagePlan(
    child.name,
    transformed(
      transform.usagePlan,
      type,
      child.name,
      {
        apiStages: [{ apiId: api.id, stage: stage.stageName }],
        throttleSettings: { ...throttleUnder(lockdown, throttle) },
        ...(quota !== "none" && { quotaSettings: { limit: quota.limit, period: quota.period } }),
        ...(tags !== undefined && { tags }),
      },
      guardingUnder(lockdown),
    ),
    child.opts,
  );
}

function makeKey(
  client: string,
  plan: aws.apigateway.UsagePlan,
  { component, tags, transform, opts }: Surroundings,
): aws.apigateway.ApiKey {
  const name = childName(component, `key ${client}`);
  const type = "aws:apigateway/apiKey:ApiKey";
  const child = fittingChild(type, name, opts);
  const key = new aws.apigateway.ApiKey(
    child.name,
    transformed(transform.apiKey, type, child.name, {
      description: `counts the requests of ${client} to ${component}; it authorizes nothing`,
      ...(tags !== undefined && { tags }),
    }),
    child.opts,
  );
  new aws.apigateway.UsagePlanKey(
    name,
    { keyId: key.id, keyType: "API_KEY", usagePlanId: plan.id },
    // A key can be in one plan of a stage only, so it has to leave the old plan first.
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-create-usage-plans.html
    { ...opts, deleteBeforeReplace: true },
  );
  return key;
}
