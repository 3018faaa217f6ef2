/**
 * The function, except that it works out its answer for each key only once: many paths may refer to one part of a document, and many
 * operations may name one authorizer.
 *
 * @param work without a key, what is worked out once is one value
 */
export function once<Key = void, Value = unknown>(work: (key: Key) => Value): (key: Key) => Value {
  const answers = new Map<Key, Value>();
  return (key) => {
    if (!answers.has(key)) answers.set(key, work(key));
    return answers.get(key) as Value;
  };
}
