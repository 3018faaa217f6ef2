/**
 * Whether a text still holds a template's placeholder. `${stageVariables.name}` is API Gateway's own and doesn't count. An
 * output in a template literal or in `JSON.stringify` turns into "Calling [toString] on an [Output<T>]".
 */
export function holdsPlaceholder(text: string): boolean {
  return /\$\{(?!stageVariables\.)|\{\{|Calling \[to(String|JSON)\]/.test(text);
}
