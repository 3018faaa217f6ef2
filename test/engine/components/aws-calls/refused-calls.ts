import { callsOf, type Made } from "./calls";
import { findServiceModels, requestProblems, serviceModel } from "./service-model";

/**
 * What AWS would refuse of the calls with which these resources are made, by its own models of its services: a line for each, with the
 * resource. Nothing where the models aren't installed, which test/engine/rig.test.ts says.
 *
 * @throws if it isn't known here with which calls a type is made
 */
export function refusedCalls(made: readonly Made[]): readonly string[] {
  if (!findServiceModels()) return [];
  return made
    .filter(({ type }) => !othersMake.has(type))
    .flatMap((resource) => {
      const calls = callsOf(resource);
      if (!calls) throw new Error(`with which calls is a ${resource.type} made?`);
      return calls.flatMap(({ service, operation, request }) =>
        requestProblems(serviceModel(service), operation, request)
          .filter((problem) => !mistakesOfModels.some((mistake) => mistake.test(problem)))
          .map((problem) => `${resource.id}: ${problem}`),
      );
    });
}

/** What a model refuses, and AWS doesn't. */
const mistakesOfModels: readonly RegExp[] = [
  // A custom domain has dots: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolDomain.html
  /^CreateUserPoolDomain\.Domain is "[a-z0-9-]+(\.[a-z0-9-]+)+", which doesn't match/,
];

/** What the programs of the tests bring themselves, and no component makes. */
const othersMake: ReadonlySet<string> = new Set([
  "aws:apigateway/vpcLink:VpcLink",
  "aws:apigatewayv2/vpcLink:VpcLink",
  "aws:cloudfront/distribution:Distribution",
  "aws:cloudfront/function:Function",
  "aws:route53/zone:Zone",
  "aws:s3/bucket:Bucket",
  "aws:s3/bucketObject:BucketObject",
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace",
  "aws:servicediscovery/service:Service",
  "aws:sns/topic:Topic",
]);
