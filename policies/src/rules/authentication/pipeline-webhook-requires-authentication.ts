import type { WebhookArgs } from "@pulumi/aws/codepipeline";
import { knownValue, resourceType } from "../../stack";
import { nist, owasp, soc2 } from "../controls";
import { resourceRule } from "../rule";

const Webhook = resourceType<WebhookArgs>("aws:codepipeline/webhook:Webhook", {
  authentication: "deciding word",
});

const webhook = (name: string, authentication: string) => `new aws.codepipeline.Webhook("${name}", {
    ${authentication},
    targetPipeline: "release",
    targetAction: "Source",
    filters: [{ jsonPath: "$.ref", matchEquals: "refs/heads/{Branch}" }],
});`;

export const pipelineWebhookRequiresAuthentication = resourceRule({
  id: "pipeline-webhook-requires-authentication",
  theme: "authentication",
  title: "Webhooks of pipelines authenticate their callers",
  severity: "medium",
  level: "advisory",
  because: "no data leaves by it",
  controls: [owasp("API2:2023"), nist("AC-3"), soc2("CC6.1")],
  why: "A webhook is a URL on the internet that starts a pipeline. With UNAUTHENTICATED, anyone who learns the URL starts it, as often as they like.",
  fix: 'authentication: "GITHUB_HMAC", authenticationConfiguration: { secretToken: config.requireSecret("webhook") }   // or "IP" with allowedIpRange',
  exceptionIf:
    "whoever starts the pipeline changes nothing by it, and another filter limits how often it runs",
  links: [
    "https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_WebhookDefinition.html",
    "https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_WebhookAuthConfiguration.html",
  ],
  kinds: { unauthenticated: "The webhook has UNAUTHENTICATED, or an authentication that isn't known." },
  examples: {
    bad: webhook("open-release", 'authentication: "UNAUTHENTICATED"'),
    good: webhook(
      "release",
      'authentication: "GITHUB_HMAC",\n    authenticationConfiguration: { secretToken: config.requireSecret("webhook") }',
    ),
  },
  resources: [Webhook],
  reads: { authentication: "deciding word" },
  *check(webhook) {
    const authentication = webhook.word("authentication");
    const isAuthenticated =
      knownValue(authentication) === "GITHUB_HMAC" || knownValue(authentication) === "IP";
    if (isAuthenticated) return;
    const what =
      authentication.kind === "unknown"
        ? "has an authentication that is not known before the deployment: write it as a plain value"
        : "starts the pipeline for anyone: its authentication is UNAUTHENTICATED";
    yield { kind: "unauthenticated", openings: [{ route: "$default", what }] };
  },
});
