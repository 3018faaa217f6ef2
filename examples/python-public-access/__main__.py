"""An HTTP API with one route for callers who sign with IAM, and one that anyone may call, on purpose."""

import json

import pulumi
import pulumi_aws as aws
from public_access import PublicAccess

config = pulumi.Config()

role = aws.iam.Role(
    "customers",
    assume_role_policy=json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "lambda.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                }
            ],
        }
    ),
)
api = aws.apigatewayv2.Api("customers", protocol_type="HTTP")


def add_route(
    name: str,
    route_key: str,
    authorization_type: str,
    opts: pulumi.ResourceOptions | None = None,
) -> aws.apigatewayv2.Route:
    """A route with a function of its own, which API Gateway may call for this route alone."""
    function = aws.lambda_.Function(
        name,
        runtime=aws.lambda_.Runtime.PYTHON3D13,
        handler=f"{name}.handler",
        role=role.arn,
        code=pulumi.FileArchive("handlers"),
    )
    integration = aws.apigatewayv2.Integration(
        name,
        api_id=api.id,
        integration_type="AWS_PROXY",
        integration_uri=function.invoke_arn,
        payload_format_version="2.0",
    )
    method, path = route_key.split(" ")
    aws.lambda_.Permission(
        name,
        action="lambda:InvokeFunction",
        function=function.name,
        principal="apigateway.amazonaws.com",
        source_arn=pulumi.Output.concat(api.execution_arn, "/*/", method, path),
    )
    return aws.apigatewayv2.Route(
        name,
        api_id=api.id,
        route_key=route_key,
        target=pulumi.Output.concat("integrations/", integration.id),
        authorization_type=authorization_type,
        opts=opts,
    )


lookup = add_route("lookup", "GET /customers/{id}", "AWS_IAM")

health = PublicAccess(
    "health",
    routes=["GET /health"],
    reason="load balancer health probe, returns no data",
    owner="team-edge",
    review_by=config.require("reviewBy"),
)
probe = add_route(
    "health", "GET /health", "NONE", pulumi.ResourceOptions(parent=health)
)

log_group = aws.cloudwatch.LogGroup("customers", retention_in_days=365)
stage = aws.apigatewayv2.Stage(
    "customers",
    api_id=api.id,
    name="$default",
    auto_deploy=True,
    default_route_settings={
        "throttling_rate_limit": 100,
        "throttling_burst_limit": 200,
    },
    access_log_settings={
        "destination_arn": log_group.arn,
        "format": json.dumps(
            {
                "requestId": "$context.requestId",
                "requestTime": "$context.requestTime",
                "sourceIp": "$context.identity.sourceIp",
                "userArn": "$context.identity.userArn",
                "routeKey": "$context.routeKey",
                "path": "$context.path",
                "status": "$context.status",
                "responseLength": "$context.responseLength",
            }
        ),
    },
)
on_call = aws.sns.Topic("on-call")
for metric, threshold in {"5xx": 10, "4xx": 100, "Count": 10_000}.items():
    aws.cloudwatch.MetricAlarm(
        f"customers-{metric}",
        namespace="AWS/ApiGateway",
        metric_name=metric,
        dimensions={"ApiId": api.id, "Stage": stage.name},
        statistic="Sum",
        period=300,
        evaluation_periods=1,
        comparison_operator="GreaterThanThreshold",
        threshold=threshold,
        treat_missing_data="notBreaching",
        alarm_actions=[on_call.arn],
    )
pulumi.export("url", api.api_endpoint)
