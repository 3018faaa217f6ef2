import { certificateProblems, isHostName } from "../domain/args";
import { mutualTlsProblems } from "../domain/mutual-tls";
import { recordArguments, recordProblems } from "../domain/records";
import {
  entryOf,
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  type PlainRecord,
  unknownProperties,
} from "../input-problems";
import { transformProblems } from "../override/transform";
import { isVpcEndpointId } from "../vpc-endpoint-id";
import type { ApiDomainArgs, ApiDomainTransforms } from "./args";

const domainArguments: NamesOf<ApiDomainArgs> = {
  ...recordArguments,
  name: true,
  apis: true,
  certificateArn: true,
  mutualTls: true,
  vpcEndpoints: true,
  tags: true,
  transform: true,
};

const children: NamesOf<ApiDomainTransforms> = {
  domainName: true,
  certificate: true,
  record: true,
  accessAssociation: true,
};

/** Checks the arguments of an `ApiDomain`, for callers without TypeScript. */
export function argumentProblems(args: unknown): InputProblem[] {
  if (!isPlainRecord(args)) {
    return [{ propertyPath: "", reason: "give { name, hostedZoneId }, an object that is not an Output" }];
  }
  const { apis } = args;
  return [
    ...unknownProperties(args, domainArguments, ""),
    ...domainNameProblems(args.name, "name"),
    ...apisProblems(apis, "apis"),
    ...(apis === "private REST" ? privateProblems(args) : publicProblems(args)),
    ...transformProblems(args.transform, children, "transform"),
  ];
}

/** A host name, or a wildcard in place of its first label. */
export function domainNameProblems(name: unknown, propertyPath: string): InputProblem[] {
  const isWildcard = typeof name === "string" && name.startsWith("*.") && isHostName(name.slice(2));
  if (isWildcard || isHostName(name)) return [];
  const reason = "give a plain host name in lower case, such as api.example.com or *.example.com";
  return [{ propertyPath, reason }];
}

const kinds = ["HTTP and REST", "REST", "WEBSOCKET", "private REST"];

export function apisProblems(apis: unknown, propertyPath: string): InputProblem[] {
  if (apis === undefined || kinds.some((kind) => kind === apis)) return [];
  const reason = 'write "HTTP and REST", "REST", "WEBSOCKET" or "private REST", or leave it out';
  return [{ propertyPath, reason }];
}

function publicProblems(args: PlainRecord): readonly InputProblem[] {
  return [
    ...certificateProblems(args, ""),
    ...recordProblems(args, ""),
    ...(args.apis === "WEBSOCKET"
      ? unwanted(args, ["mutualTls"], "API Gateway has mutual TLS for REST and HTTP APIs only")
      : mutualTlsProblems(args.mutualTls, "mutualTls")),
    ...unwanted(args, ["vpcEndpoints"], 'only a private domain has them, with apis: "private REST"'),
  ];
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains.html */
function privateProblems(args: PlainRecord): readonly InputProblem[] {
  const { name, certificateArn } = args;
  const problems: InputProblem[] = [];
  if (typeof name === "string" && name.startsWith("*.")) {
    const reason = "give one full name: a private domain has no wildcard. Its certificate may have one";
    problems.push({ propertyPath: "name", reason });
  }
  if (certificateArn === undefined) {
    const reason =
      "give it: the component can't validate a certificate, because a private domain has no zone here";
    problems.push({ propertyPath: "certificateArn", reason });
  }
  const toEndpoint =
    "a private domain's name has to lead to a VPC endpoint, in a private zone of its VPC: create that aws.route53.Record yourself";
  return [
    ...problems,
    ...vpcEndpointsProblems(args.vpcEndpoints, "vpcEndpoints"),
    ...unwanted(args, ["mutualTls"], "private APIs have no mutual TLS"),
    ...unwanted(args, Object.keys(recordArguments), toEndpoint),
  ];
}

function vpcEndpointsProblems(endpoints: unknown, propertyPath: string): InputProblem[] {
  if (!isPlainRecord(endpoints) || Object.keys(endpoints).length === 0) {
    const reason =
      "give the id of at least one VPC endpoint under a name of your choice, { batch: endpoint.id }, as an object that is not an Output";
    return [{ propertyPath, reason }];
  }
  return Object.entries(endpoints).flatMap(([name, id]) =>
    vpcEndpointIdProblems(id, entryOf(propertyPath, name)),
  );
}

export function vpcEndpointIdProblems(id: unknown, propertyPath: string): InputProblem[] {
  return isVpcEndpointId(id) ? [] : [{ propertyPath, reason: "give the id of a VPC endpoint, vpce-..." }];
}

function unwanted(args: PlainRecord, names: readonly string[], why: string): InputProblem[] {
  return names
    .filter((name) => args[name] !== undefined)
    .map((name) => ({ propertyPath: name, reason: `leave it out: ${why}` }));
}
