import * as pulumi from "@pulumi/pulumi";
import {
  type RequestContent,
  type RequestFields,
  type RequestReference,
  readReference,
} from "../../integration/request-value";
import type { Parameter, ServiceCall } from "../../integration/service-call";

/**
 * The body with which API Gateway calls a service in JSON, as a mapping template. Each value of the request is escaped as a
 * text, so a caller can't end the text and add a parameter.
 *
 * @param wrap what to put around the parameters
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function jsonTemplate(
  { parameters }: Pick<ServiceCall, "parameters">,
  wrap: (parameters: string) => string,
): pulumi.Output<string> {
  return template(
    parameters,
    (name, text) => `"${name}":"${text}"`,
    (variable) => escapedJson(variable),
    (entries) => wrap(`{${entries.join(",")}}`),
  );
}

/**
 * The same as a form, for a service with the older query protocol.
 *
 * @param fixed the parameters that are the same for every request
 */
export function formTemplate(
  { parameters }: Pick<ServiceCall, "parameters">,
  fixed: Readonly<Record<string, string>>,
): pulumi.Output<string> {
  const own = Object.entries(fixed).map(([name, text]): [string, Parameter] => [name, { fixed: text }]);
  return template(
    { ...Object.fromEntries(own), ...parameters },
    (name, text) => `${name}=${text}`,
    (variable) => `$util.urlEncode("$!${variable}")`,
    (entries) => entries.join("&"),
    encodeURIComponent,
  );
}

function template(
  parameters: Readonly<Record<string, Parameter>>,
  entry: (name: string, text: string) => string,
  escaped: (variable: string) => string,
  whole: (entries: readonly string[]) => string,
  ofProgram: (text: string) => string = (text) => text,
): pulumi.Output<string> {
  const written = Object.entries(parameters).map(([name, parameter], index) => {
    if ("fixed" in parameter) {
      return {
        setting: "",
        text: pulumi.output(parameter.fixed).apply((text) => entry(name, ofProgram(text))),
      };
    }
    const variable = `value${index}`;
    const text = parameter.isBinary ? `$util.base64Encode("$!${variable}")` : escaped(variable);
    return { setting: settingOf(variable, parameter.content), text: pulumi.output(entry(name, text)) };
  });
  const settings = written.map(({ setting }) => setting).join("");
  return pulumi.all(written.map(({ text }) => text)).apply((texts) => settings + whole(texts));
}

/** Sets a variable to a content. There are no line breaks between directives: a form would contain them. */
function settingOf(variable: string, content: RequestContent): string {
  return typeof content === "string" ? valueSetting(variable, content) : fieldsSetting(variable, content);
}

/** A JSON object of texts. The quote is a variable, because a text in a template can't contain it. */
function fieldsSetting(variable: string, fields: RequestFields): string {
  const settings = Object.entries(fields).map(([name, value], index) => {
    const field = `${variable}f${index}`;
    return {
      setting: `${valueSetting(field, value)}#set($${field} = ${escapedJson(field)})`,
      text: `\${quote}${name}\${quote}:\${quote}$!{${field}}\${quote}`,
    };
  });
  const object = settings.map(({ text }) => text).join(",");
  return `#set($quote = '"')${settings.map(({ setting }) => setting).join("")}#set($${variable} = "{${object}}")`;
}

function valueSetting(variable: string, value: string): string {
  const reference = readReference(value);
  return reference ? settings[reference.part](variable, reference.name ?? "") : "";
}

/** A value of a request that is missing leaves its variable unset, and `$!` writes that as an empty text. */
const settings: Readonly<Record<RequestReference["part"], (variable: string, name: string) => string>> = {
  body: (variable, name) => assignment(variable, name === "" ? "$input.body" : `$input.path('$.${name}')`),
  path: (variable, name) => assignment(variable, `$input.params().path.get('${name}')`),
  query: (variable, name) => assignment(variable, `$input.params().querystring.get('${name}')`),
  // The names of headers arrive as the client spelled them.
  header: (variable, name) =>
    `#foreach($header in $input.params().header.keySet())#if($header.toLowerCase() == '${name.toLowerCase()}')` +
    `${assignment(variable, "$input.params().header.get($header)")}#end#end`,
  claims: (variable, name) => assignment(variable, `$context.authorizer.claims.${name}`),
  authorizer: (variable, name) => assignment(variable, `$context.authorizer.${name}`),
  requestId: (variable) => assignment(variable, "$context.requestId"),
};

function assignment(variable: string, expression: string): string {
  return `#set($${variable} = ${expression})`;
}

/**
 * `escapeJavaScript` escapes single quotes too, which JSON doesn't allow.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#util-template-reference
 */
function escapedJson(variable: string): string {
  return `$util.escapeJavaScript("$!${variable}").replaceAll("\\\\'","'")`;
}
