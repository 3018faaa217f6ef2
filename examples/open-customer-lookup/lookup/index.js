const customers = new Map([["1", { name: "A. Customer" }]]);

exports.handler = async (event) => {
  const customer = customers.get(event.pathParameters?.id);
  return customer
    ? { statusCode: 200, body: JSON.stringify(customer) }
    : { statusCode: 404, body: JSON.stringify({ message: "no such customer" }) };
};
