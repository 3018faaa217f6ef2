const answer = (statusCode, body) => ({ statusCode, body: JSON.stringify(body) });

exports.find = async ({ pathParameters }) => answer(200, { id: pathParameters.id, article: "A-1", count: 1 });
exports.place = async ({ body }) => answer(201, JSON.parse(body));
exports.cancel = async () => ({ statusCode: 204 });
exports.health = async () => ({ statusCode: 204 });
