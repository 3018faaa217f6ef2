import {
  arrivesLater,
  entryOf,
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  unknownProperties,
} from "../input-problems";
import type { IdentityProviderArgs } from "./args";

const providerArguments: NamesOf<IdentityProviderArgs> = {
  providerType: true,
  providerDetails: true,
  attributeMapping: true,
  idpIdentifiers: true,
};

/** Cognito gives a provider of these types the name of the type. */
const consumerServices = ["Facebook", "Google", "LoginWithAmazon", "SignInWithApple"];
const providerTypes = ["SAML", "OIDC", ...consumerServices];

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateIdentityProvider.html */
const providerName = /^(?=.{3,32}$)[^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}][^_\p{Z}]+$/u;

export function directoryProvidersProblems(providers: unknown, propertyPath: string): InputProblem[] {
  if (providers === undefined) return [];
  if (!isPlainRecord(providers)) {
    const reason = 'give providers by name, for instance { corporate: { providerType: "SAML", ... } }';
    return [{ propertyPath, reason }];
  }
  return Object.entries(providers).flatMap(([name, provider]) =>
    providerProblems(name, provider, entryOf(propertyPath, name)),
  );
}

function providerProblems(name: string, provider: unknown, path: string): InputProblem[] {
  if (!isPlainRecord(provider)) {
    return [{ propertyPath: path, reason: "give { providerType, providerDetails }" }];
  }
  const { providerType: type, providerDetails } = provider;
  return [
    ...unknownProperties(provider, providerArguments, `${path}.`),
    ...(typeof type === "string" && providerTypes.includes(type)
      ? nameProblems(name, type, path)
      : [{ propertyPath: `${path}.providerType`, reason: `write one of ${providerTypes.join(", ")}` }]),
    ...(arrivesLater(providerDetails) ? [] : detailsProblems(providerDetails, `${path}.providerDetails`)),
  ];
}

function nameProblems(name: string, type: string, propertyPath: string): InputProblem[] {
  if (consumerServices.includes(type)) {
    return name === type ? [] : [{ propertyPath, reason: `name it ${type}: Cognito knows it by its type` }];
  }
  if ([...consumerServices, "COGNITO"].includes(name)) {
    return [{ propertyPath, reason: `choose another name: Cognito has ${name} for something else` }];
  }
  if (providerName.test(name)) return [];
  return [
    { propertyPath, reason: "use 3 to 32 characters without spaces and _ as an identity provider's name" },
  ];
}

/** Checks the details that are plain. Whoever can change what Cognito reads over http can sign in as anybody. */
export function detailsProblems(details: unknown, propertyPath: string): InputProblem[] {
  if (!isPlainRecord(details)) {
    const reason = "give what Cognito asks of this type of provider, for instance { MetadataURL }";
    return [{ propertyPath, reason }];
  }
  return Object.entries(details)
    .filter(([, value]) => typeof value === "string" && /^\s*http:/i.test(value))
    .map(([detail]) => ({
      propertyPath: `${propertyPath}.${detail}`,
      reason: "give an https URL: what Cognito reads there decides who may sign in",
    }));
}
