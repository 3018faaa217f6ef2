import { isHostName } from "../domain/args";
import {
  arrivesLater,
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  type PlainRecord,
  unknownProperties,
} from "../input-problems";
import type { CustomDomainArgs, PrefixDomainArgs } from "./args";

const prefixArguments: NamesOf<PrefixDomainArgs> = { prefix: true };
const customArguments: NamesOf<CustomDomainArgs> = { name: true, certificateArn: true, hostedZoneId: true };

/** https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html */
const prefix = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const reserved = /aws|amazon|cognito/;
const certificate = /^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/.+$/;

export function domainProblems(domain: unknown, propertyPath: string): InputProblem[] {
  if (domain === undefined) return [];
  if (!isPlainRecord(domain) || (domain.prefix !== undefined && domain.name !== undefined)) {
    return [{ propertyPath, reason: "give either { prefix } or { name, certificateArn, hostedZoneId }" }];
  }
  const path = `${propertyPath}.`;
  return domain.prefix === undefined
    ? [...unknownProperties(domain, customArguments, path), ...customDomainProblems(domain, path)]
    : [...unknownProperties(domain, prefixArguments, path), ...prefixProblems(domain.prefix, path)];
}

function prefixProblems(given: unknown, path: string): InputProblem[] {
  if (typeof given === "string" && prefix.test(given) && !reserved.test(given)) return [];
  const reason = "use lower-case letters, digits and hyphens, without aws, amazon and cognito, as plain text";
  return [{ propertyPath: `${path}prefix`, reason }];
}

function customDomainProblems({ name, certificateArn }: PlainRecord, path: string): InputProblem[] {
  const problems: InputProblem[] = [];
  if (!isHostName(name)) {
    const reason = "give a plain host name in lower case, such as auth.example.com";
    problems.push({ propertyPath: `${path}name`, reason });
  }
  return [...problems, ...certificateArnProblems(certificateArn, `${path}certificateArn`)];
}

export function certificateArnProblems(arn: unknown, propertyPath: string): InputProblem[] {
  if (arrivesLater(arn) || (typeof arn === "string" && certificate.test(arn))) return [];
  return [
    { propertyPath, reason: "give the ARN of an ACM certificate in us-east-1, where Cognito looks for it" },
  ];
}
