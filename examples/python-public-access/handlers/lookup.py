import json


def handler(event, context):
    customer = {"id": event["pathParameters"]["id"]}
    return {"statusCode": 200, "body": json.dumps(customer)}
