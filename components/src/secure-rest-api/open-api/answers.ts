import { isPlainRecord } from "../../input-problems";
import { answerHeaders, type Preflighted } from "../cors/headers";
import type { Answer } from "../services/answers";
import type { ApiDocument, Raw } from "./read";

/** What a caller gets for the answers of an AWS service, by the status codes of the service. */
export function answerMappings(answers: readonly Answer[], preflighted: Preflighted | undefined): Raw {
  const { headers, template: ofOrigin } = answerHeaders(preflighted);
  return Object.fromEntries(
    answers.map(({ selectionPattern = "default", statusCode, template }) => [
      selectionPattern,
      {
        statusCode,
        responseTemplates: { "application/json": ofOrigin(template) },
        ...(Object.keys(headers).length > 0 && { responseParameters: headers }),
      },
    ]),
  );
}

/** The responses of an operation, with those that the answers need. API Gateway refuses an answer with an undeclared status. */
export function declaredResponses(
  { responses }: Raw,
  answers: readonly Answer[],
  version: ApiDocument["version"],
  preflighted: Preflighted | undefined,
): Raw {
  if (answers.length === 0) return {};
  const given = isPlainRecord(responses) ? responses : {};
  const text = version === "2" ? { type: "string" } : { schema: { type: "string" } };
  const names = Object.keys(answerHeaders(preflighted).headers).map((name) => name.split(".").at(-1) ?? "");
  const headers = Object.fromEntries(names.map((name) => [name, text]));
  const completed = answers.map(({ statusCode }) => {
    const own = given[statusCode];
    const described: Raw = isPlainRecord(own)
      ? own
      : { description: "what API Gateway answers for the service" };
    const ownHeaders = isPlainRecord(described.headers) ? described.headers : {};
    const all = { ...headers, ...ownHeaders };
    return [statusCode, { ...described, ...(Object.keys(all).length > 0 && { headers: all }) }];
  });
  return { responses: { ...given, ...Object.fromEntries(completed) } };
}
