exports.find = async ({ pathParameters }) => ({
  statusCode: 200,
  body: JSON.stringify({ id: pathParameters.id, stock: 3 }),
});
