import { isRecord, isUnknown, type RawRecord, unknownValue } from "../stack";
import type { Form } from "./form";

/** In CloudFormation, the properties that configure an action or a condition end in Config. */
const withoutConfig = (given: RawRecord): RawRecord =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name.length > suffix.length && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name,
      value,
    ]),
  );
const suffix = "Config";

/** `{ field: "path-pattern", values }` is short for `{ field: "path-pattern", pathPatternConfig: { values } }`. */
function condition(given: RawRecord): unknown {
  const { field, values, regexValues, ...rest } = withoutConfig(given);
  if (values === undefined && regexValues === undefined) return rest;
  if (typeof field !== "string" || isUnknown(field)) return unknownValue;
  const name = field.toLowerCase().replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
  return { ...rest, [name]: { ...(values !== undefined && { values }) } };
}

const each = (convert: (given: RawRecord) => unknown) => (list: unknown) =>
  Array.isArray(list) ? list.map((given) => (isRecord(given) ? convert(given) : given)) : list;

/** CloudFormation's `[{ key, value }]` is a map in the provider aws. */
const tags = (list: unknown): unknown => {
  if (!Array.isArray(list)) return list;
  const isReadable = list.every((tag) => isRecord(tag) && typeof tag.key === "string" && !isUnknown(tag.key));
  return isReadable ? Object.fromEntries(list.map(({ key, value }) => [key, value])) : unknownValue;
};

const internal = (scheme: unknown): unknown =>
  typeof scheme === "string" ? scheme.toLowerCase() === "internal" : scheme;

const actionWords = {
  authenticateOidc: "authenticateOidcConfig",
  authenticateCognito: "authenticateCognitoConfig",
  jwtValidation: "jwtValidationConfig",
  redirect: "redirectConfig",
};

const classicListener = ({ protocol, loadBalancerPort, ...rest }: RawRecord) => ({
  ...rest,
  lbProtocol: protocol,
  lbPort: loadBalancerPort,
});

/** The types of load balancers, listeners and target groups, by their CloudFormation names. */
export const elasticLoadBalancing: Readonly<Record<string, Form>> = {
  "AWS::ElasticLoadBalancing::LoadBalancer": {
    token: "aws:elb/loadBalancer:LoadBalancer",
    names: { internal: "scheme" },
    words: {
      internal: 'scheme: "internal"',
      lbProtocol: "protocol",
      lbPort: "loadBalancerPort",
    },
    values: { internal, listeners: each(classicListener) },
  },
  "AWS::ElasticLoadBalancingV2::LoadBalancer": {
    token: "aws:lb/loadBalancer:LoadBalancer",
    names: { internal: "scheme", loadBalancerType: "type" },
    words: { internal: 'scheme: "internal"' },
    values: { internal, tags },
  },
  "AWS::ElasticLoadBalancingV2::Listener": {
    token: "aws:lb/listener:Listener",
    names: {},
    words: actionWords,
    values: { defaultActions: each(withoutConfig), tags },
  },
  "AWS::ElasticLoadBalancingV2::ListenerRule": {
    token: "aws:lb/listenerRule:ListenerRule",
    names: {},
    words: actionWords,
    values: { actions: each(withoutConfig), conditions: each(condition), tags },
  },
  "AWS::ElasticLoadBalancingV2::TargetGroup": {
    token: "aws:lb/targetGroup:TargetGroup",
    names: {},
    values: { tags },
  },
};
