import { dnsSuffixOf, exampleAccount, partitionOf } from "./example-account";

/** Whose placeholder a text is. */
export interface Subject {
  /** The type of the resource or the token of the function: `aws:lambda/function:Function`. */
  readonly type: string;
  readonly region: string;
  /** The part that makes the text recognizable: `placeholder00001`. */
  readonly mark: string;
}

/** A host name that nobody has. https://www.rfc-editor.org/rfc/rfc2606 */
const exampleDomain = "example.com";

/** Text of the form that a property of this name has, with the mark in it wherever the form has room for one. */
export function placeholderText(subject: Subject, property: string): string {
  const own = ofType[subject.type]?.[property];
  if (own) return own(subject);
  if (property === "id") return idOf(subject);
  if (property === "region") return subject.region;
  return forms.find(([name]) => name.test(property))?.[1](subject) ?? `${subject.mark}-${property}`;
}

type Text = (subject: Subject) => string;

/** The first form whose name fits. */
const forms: readonly (readonly [RegExp, Text])[] = [
  [/^name$/, ({ mark }) => mark],
  [/^(aws)?(account|owner|registry|accountOwner)Id$/i, () => exampleAccount],
  [/arn$/i, (subject) => arnOf(subject)],
  [/(url|uri)$/i, ({ mark }) => `https://${mark}.${exampleDomain}/`],
  [/(endpoint|dnsName|domainName|hostname|fqdn|address)$/i, ({ mark }) => `${mark}.${exampleDomain}`],
];

function arnOf({ type, region, mark }: Subject): string {
  const [, module = "", kind = ""] = /^[\w-]+:(\w+)(?:\/\w+)?:(\w+)$/.exec(type) ?? [];
  const service = services[module] ?? module;
  const place = regionless.includes(service) ? "" : region;
  return `arn:${partitionOf(region)}:${service}:${place}:${exampleAccount}:${small(kind)}/${mark}`;
}

const small = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** The services whose name in an ARN isn't that of the module. */
const services: Readonly<Record<string, string>> = {
  alb: "elasticloadbalancing",
  apigatewayv2: "apigateway",
  cognito: "cognito-idp",
  lb: "elasticloadbalancing",
  sfn: "states",
};
const regionless: readonly string[] = ["cloudfront", "iam", "route53"];

function idOf(subject: Subject): string {
  const prefix = idPrefixes[subject.type];
  if (prefix !== undefined) return prefix + subject.mark;
  return typesWithArnAsId.some((type) => type.test(subject.type))
    ? placeholderText(subject, "arn")
    : subject.mark;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
const idPrefixes: Readonly<Record<string, string>> = {
  "aws:ec2/eip:Eip": "eipalloc-",
  "aws:ec2/instance:Instance": "i-",
  "aws:ec2/internetGateway:InternetGateway": "igw-",
  "aws:ec2/launchTemplate:LaunchTemplate": "lt-",
  "aws:ec2/natGateway:NatGateway": "nat-",
  "aws:ec2/networkInterface:NetworkInterface": "eni-",
  "aws:ec2/routeTable:RouteTable": "rtb-",
  "aws:ec2/securityGroup:SecurityGroup": "sg-",
  "aws:ec2/subnet:Subnet": "subnet-",
  "aws:ec2/vpc:Vpc": "vpc-",
  "aws:ec2/vpcEndpoint:VpcEndpoint": "vpce-",
  "aws:ec2/vpcEndpointService:VpcEndpointService": "vpce-svc-",
  "aws:route53/zone:Zone": "Z",
};

/** Resources that the provider identifies by their ARN. */
const typesWithArnAsId: readonly RegExp[] = [
  /^aws:(lb|alb)\/(loadBalancer|targetGroup|listener|listenerRule):/,
  /^aws:acm\/certificate:/,
  /^aws:iam\/(policy|openIdConnectProvider|samlProvider):/,
  /^aws:secretsmanager\/secret:/,
  /^aws:sfn\/stateMachine:/,
  /^aws:sns\/topic:/,
];

const executeApi: Text = ({ region, mark }) => `${mark}.execute-api.${region}.${dnsSuffixOf(region)}`;
const executionArn: Text = ({ region, mark }) =>
  `arn:${partitionOf(region)}:execute-api:${region}:${exampleAccount}:${mark}`;
const stageTexts = {
  executionArn: (subject: Subject) => `${executionArn(subject)}/stage`,
  invokeUrl: (subject: Subject) => `https://${executeApi(subject)}/stage`,
};
const functionArn: Text = ({ region, mark }) =>
  `arn:${partitionOf(region)}:lambda:${region}:${exampleAccount}:function:${mark}`;
const invocations = (region: string, arn: string) =>
  `arn:${partitionOf(region)}:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
const functionTexts = {
  arn: functionArn,
  invokeArn: (subject: Subject) => invocations(subject.region, functionArn(subject)),
  qualifiedArn: (subject: Subject) => `${functionArn(subject)}:1`,
  qualifiedInvokeArn: (subject: Subject) => invocations(subject.region, `${functionArn(subject)}:1`),
};
const loadBalancerTexts = {
  arn: ({ region, mark }: Subject) =>
    `arn:${partitionOf(region)}:elasticloadbalancing:${region}:${exampleAccount}:loadbalancer/app/${mark}/${mark}`,
  dnsName: ({ region, mark }: Subject) => `${mark}.${region}.elb.${dnsSuffixOf(region)}`,
};
const userPoolId: Text = ({ region, mark }) => `${region}_${mark}`;
const queueUrl: Text = ({ region, mark }) =>
  `https://sqs.${region}.${dnsSuffixOf(region)}/${exampleAccount}/${mark}`;

/**
 * What an API is built from, in the form that AWS gives it, because callbacks take these apart.
 *
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const ofType: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  "aws:apigateway/deployment:Deployment": stageTexts,
  "aws:apigateway/restApi:RestApi": {
    executionArn,
    arn: ({ region, mark }) => `arn:${partitionOf(region)}:apigateway:${region}::/restapis/${mark}`,
  },
  "aws:apigateway/stage:Stage": stageTexts,
  "aws:apigatewayv2/api:Api": {
    executionArn,
    arn: ({ region, mark }) => `arn:${partitionOf(region)}:apigateway:${region}::/apis/${mark}`,
    apiEndpoint: (subject) => `https://${executeApi(subject)}`,
  },
  "aws:apigatewayv2/stage:Stage": stageTexts,
  "aws:alb/loadBalancer:LoadBalancer": loadBalancerTexts,
  "aws:cloudfront/distribution:Distribution": { domainName: ({ mark }) => `${mark}.cloudfront.net` },
  "aws:cloudwatch/logGroup:LogGroup": {
    arn: ({ region, mark }) =>
      `arn:${partitionOf(region)}:logs:${region}:${exampleAccount}:log-group:${mark}`,
  },
  "aws:cognito/userPool:UserPool": {
    id: userPoolId,
    arn: (subject) =>
      `arn:${partitionOf(subject.region)}:cognito-idp:${subject.region}:${exampleAccount}:userpool/${userPoolId(subject)}`,
    endpoint: (subject) =>
      `cognito-idp.${subject.region}.${dnsSuffixOf(subject.region)}/${userPoolId(subject)}`,
  },
  "aws:iam/role:Role": {
    arn: ({ region, mark }) => `arn:${partitionOf(region)}:iam::${exampleAccount}:role/${mark}`,
  },
  "aws:lambda/alias:Alias": functionTexts,
  "aws:lambda/function:Function": functionTexts,
  "aws:lambda/functionUrl:FunctionUrl": {
    functionArn,
    functionUrl: ({ region, mark }) => `https://${mark}.lambda-url.${region}.on.aws/`,
  },
  "aws:lb/loadBalancer:LoadBalancer": loadBalancerTexts,
  "aws:s3/bucket:Bucket": bucketTexts(),
  "aws:s3/bucketV2:BucketV2": bucketTexts(),
  "aws:sns/topic:Topic": {
    arn: ({ region, mark }) => `arn:${partitionOf(region)}:sns:${region}:${exampleAccount}:${mark}`,
  },
  "aws:sqs/queue:Queue": {
    id: queueUrl,
    url: queueUrl,
    arn: ({ region, mark }) => `arn:${partitionOf(region)}:sqs:${region}:${exampleAccount}:${mark}`,
  },
};

function bucketTexts(): Readonly<Record<string, Text>> {
  return {
    arn: ({ region, mark }) => `arn:${partitionOf(region)}:s3:::${mark}`,
    bucket: ({ mark }) => mark,
    bucketDomainName: ({ region, mark }) => `${mark}.s3.${dnsSuffixOf(region)}`,
    bucketRegionalDomainName: ({ region, mark }) => `${mark}.s3.${region}.${dnsSuffixOf(region)}`,
  };
}
