import * as pulumi from "@pulumi/pulumi";
import {
  type AddressSettings,
  type ApiAddress,
  addressOn,
  type DomainApis,
  type SharedDomain,
} from "../domain/address";
import {
  arrivesLater,
  checkedOnArrival,
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  refuse,
  unknownProperties,
} from "../input-problems";
import { apisProblems, domainNameProblems } from "./argument-problems";

/** What can't be seen of a domain that another stack created. */
export interface ExistingDomainArgs<Apis extends DomainApis = DomainApis> {
  /** Which APIs it leads to (see `apis` of an `ApiDomain`). Default: `"HTTP and REST"`. */
  readonly apis?: Apis | undefined;
  /** The id of a private domain (`domainNameId` of its `aws.apigateway.DomainName`). Required for one. Default: none. */
  readonly domainNameId?: pulumi.Input<string> | undefined;
}

/** A domain that another stack created. */
export interface ExistingDomain<Apis extends DomainApis = DomainApis> {
  /** An address on the domain, for the argument `domain` of an API (see `at` of an `ApiDomain`). */
  at(basePath?: string, settings?: AddressSettings): ApiAddress<Apis>;
}

const existingArguments: NamesOf<ExistingDomainArgs> = { apis: true, domainNameId: true };

/** A domain of another stack. It creates nothing. */
export function existingDomain<Apis extends DomainApis>(
  name: pulumi.Input<string>,
  args: ExistingDomainArgs<Apis>,
): ExistingDomain<Apis> {
  const headline = "ApiDomain.existing() can't use these arguments:";
  refuse(headline, existingProblems(name, args));
  const checked =
    typeof name === "string"
      ? name
      : checkedOnArrival(pulumi.output(name), headline, (arrived) => domainNameProblems(arrived, "name"));
  const { apis = "HTTP and REST", domainNameId } = args;
  const domain: SharedDomain = {
    name: checked,
    mappedName: checked,
    apis,
    requiresCertificates: false,
    domainNameId,
    occupants: new Map(),
  };
  return { at: (basePath = "", settings) => addressOn(domain, basePath, settings) };
}

function existingProblems(name: unknown, args: unknown): readonly InputProblem[] {
  if (!isPlainRecord(args)) {
    return [
      { propertyPath: "", reason: 'give the name and { apis }: existing("api.example.com", { apis })' },
    ];
  }
  const isPrivate = args.apis === "private REST";
  const idReason = isPrivate
    ? "give it, too: the name of a private domain isn't unique"
    : "leave it out: only a private domain has one";
  return [
    ...unknownProperties(args, existingArguments, ""),
    ...(arrivesLater(name) ? [] : domainNameProblems(name, "name")),
    ...apisProblems(args.apis, "apis"),
    ...(isPrivate === (args.domainNameId !== undefined)
      ? []
      : [{ propertyPath: "domainNameId", reason: idReason }]),
  ];
}
