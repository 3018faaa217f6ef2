const customers = new Map([["1", { name: "A. Customer" }]]);

exports.lookup = async ({ pathParameters }) => {
  const customer = customers.get(pathParameters.id);
  return customer
    ? { statusCode: 200, body: JSON.stringify(customer) }
    : { statusCode: 404, body: JSON.stringify({ message: "no such customer" }) };
};
exports.create = async ({ body }) => {
  const id = String(customers.size + 1);
  customers.set(id, JSON.parse(body));
  return { statusCode: 201, headers: { location: `/customers/${id}` } };
};
exports.health = async () => ({ statusCode: 204 });
