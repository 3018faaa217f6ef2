/**
 * Whether a template's placeholder was left in a text. `${stageVariables.name}` is API Gateway's own, and "Calling
 * [toString] on an [Output<T>]" is what becomes of an output in a template literal or in `JSON.stringify`.
 */
export function holdsPlaceholder(text: string): boolean {
  return /\$\{(?!stageVariables\.)|\{\{|Calling \[to(String|JSON)\]/.test(text);
}
