import { anyMethod, isMethod } from "../reading/text/open-api";
import { isRecord, isUnknown, own, type RawRecord, unknownValue } from "../stack";

/** What a function's event adds to an operation in the document of its API. */
export interface EventOfDocument {
  /** As the document spells it. */
  readonly path: string;
  /** As OpenAPI spells it, in small letters. */
  readonly method: string;
  readonly authorizer: unknown;
}

/** A `DefinitionBody`, and the settings that decide who may call its operations. */
export interface ServerlessDocument {
  readonly surface: "Api" | "HttpApi";
  readonly body: unknown;
  /** `Auth` of the API. */
  readonly auth: unknown;
  readonly events: readonly EventOfDocument[];
}

/** Whether a value names an authorizer of an API. `NONE` removes the default. */
function isAuthorizer(value: unknown): value is string {
  return typeof value === "string" && !isUnknown(value) && value.toUpperCase() !== "NONE" && value !== "";
}

/** The method of an event as OpenAPI spells it. */
export function methodInDocument(method: string): string {
  return method.toLowerCase() === "any" ? anyMethod : method.toLowerCase();
}

/** Whether a document has, or may have, the operation of an event. The event then adds to it. */
export function mayHoldOperation(
  body: unknown,
  { path, method }: Pick<EventOfDocument, "path" | "method">,
): boolean {
  const paths = isRecord(body) ? own(body, "paths") : body;
  const item = isRecord(paths) ? own(paths, path) : paths;
  return isRecord(item) ? Object.keys(item).some((key) => methodInDocument(key) === method) : isUnknown(item);
}

/**
 * A `DefinitionBody` as the transform passes it to API Gateway. The API's authorizers become security schemes. An event
 * adds its authorizer to its operation. The default authorizer applies to operations without another one.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-controlling-access-to-apis.html
 * @see https://github.com/aws/serverless-application-model `samtranslator/swagger/swagger.py` and
 *   `samtranslator/open_api/open_api.py`, `set_path_default_authorizer`
 */
export function documentForGateway(document: ServerlessDocument): unknown {
  const { body, auth } = document;
  if (!isRecord(body) || auth === undefined) return body;
  if (!isRecord(auth)) return unknownValue;
  const authorizers = own(auth, "Authorizers");
  if (isUnknown(authorizers)) return unknownValue;
  const names = isRecord(authorizers) ? Object.keys(authorizers) : [];
  const paths = own(body, "paths");
  const securing = withSecurity(document, auth, new Set([...names, "AWS_IAM"]));
  return {
    ...withSchemes(body, schemesOf(document, auth, names)),
    ...(isRecord(paths) && {
      paths: mapped(paths, (item, path) =>
        isRecord(item) ? mapped(item, (operation, key) => securing(operation, path, key)) : item,
      ),
    }),
  };
}

/** The kind of an authorizer doesn't matter here. */
const authorizerScheme = { type: "apiKey", "x-amazon-apigateway-authorizer": {} };
const iamScheme = { type: "apiKey", "x-amazon-apigateway-authtype": "awsSigv4" };

function schemesOf({ events }: ServerlessDocument, auth: RawRecord, names: readonly string[]): RawRecord {
  const asksForIam =
    own(auth, "EnableIamAuthorizer") === true ||
    [own(auth, "DefaultAuthorizer"), ...events.map(({ authorizer }) => authorizer)].includes("AWS_IAM");
  return {
    ...(asksForIam && { AWS_IAM: iamScheme }),
    ...Object.fromEntries(names.map((name) => [name, authorizerScheme])),
  };
}

function withSchemes(body: RawRecord, schemes: RawRecord): RawRecord {
  if (own(body, "swagger") !== undefined) return { ...body, ...merged(body, "securityDefinitions", schemes) };
  const components = own(body, "components");
  if (isUnknown(components)) return body;
  const declared = isRecord(components) ? components : {};
  return { ...body, components: { ...declared, ...merged(declared, "securitySchemes", schemes) } };
}

function merged(holder: RawRecord, name: string, schemes: RawRecord): RawRecord {
  const declared = own(holder, name);
  if (isUnknown(declared)) return {};
  return { [name]: { ...(isRecord(declared) ? declared : {}), ...schemes } };
}

function withSecurity(
  { surface, events }: ServerlessDocument,
  auth: RawRecord,
  authorizers: ReadonlySet<string>,
): (operation: unknown, path: string, key: string) => unknown {
  const byDefault = own(auth, "DefaultAuthorizer");
  return (operation, path, key) => {
    const method = methodInDocument(key);
    const security = isRecord(operation) ? own(operation, "security") : undefined;
    if (!isMethod(method) || !isRecord(operation) || isUnknown(security)) return operation;
    const added = events.flatMap((event): readonly unknown[] => {
      if (event.path !== path || event.method !== method || typeof event.authorizer !== "string") return [];
      return isUnknown(event.authorizer) ? [unknownValue] : [{ [event.authorizer]: [] }];
    });
    const requirements: readonly unknown[] = [...(Array.isArray(security) ? security : []), ...added];
    const defaulted = isAuthorizer(byDefault)
      ? withDefault[surface](requirements, { [byDefault]: [] }, authorizers)
      : requirements;
    return defaulted.length === 0 ? operation : { ...operation, security: defaulted };
  };
}

type WithDefault = (
  requirements: readonly unknown[],
  byDefault: RawRecord,
  authorizers: ReadonlySet<string>,
) => readonly unknown[];

/** In an HTTP API, the default applies to operations without security; in a REST API, to those without an authorizer or `NONE`. */
const withDefault: Readonly<Record<ServerlessDocument["surface"], WithDefault>> = {
  HttpApi: (requirements, byDefault) => (requirements.length > 0 ? requirements : [byDefault]),
  Api: (requirements, byDefault, authorizers) => {
    const names = (requirement: unknown) => (isRecord(requirement) ? Object.keys(requirement) : []);
    const isOfAuthorizer = (requirement: unknown) => names(requirement).some((name) => authorizers.has(name));
    const others = requirements.filter((requirement) => !isOfAuthorizer(requirement));
    const none = others.findIndex((requirement) => names(requirement).includes("NONE"));
    if (none < 0) return others.length < requirements.length ? requirements : [...requirements, byDefault];
    // The transform removes NONE if other requirements remain. If it remains alone, it names a scheme that doesn't exist.
    return others.length > 1 ? others.toSpliced(none, 1) : others;
  },
};

function mapped(record: RawRecord, change: (value: unknown, name: string) => unknown): RawRecord {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]));
}
