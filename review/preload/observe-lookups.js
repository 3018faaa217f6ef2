// Observes which properties the program reads of what a function answers, and which outputs of another stack, so that the command
// line can say what to write for an answer that is missing. In a survey, which judges nothing, the answers themselves are
// watched, too.
const { isObserved, isSurvey, observe } = require("./observations");
const { inPlaceOf, isFunction, whenLoaded } = require("./sdk-modules");

if (isObserved) {
  whenLoaded("invoke.js", watchInvokes);
  whenLoaded("stackReference.js", watchStackReferences);
}

function watchInvokes(exported) {
  if (![exported?.invoke, exported?.invokeOutput, exported?.call].every(isFunction)) return;
  const { invoke, invokeOutput } = exported;
  exported.invokeOutput = inPlaceOf(invokeOutput, function (token, ...args) {
    return watchedOutput(Reflect.apply(invokeOutput, this, [token, ...args]), token);
  });
  if (!isSurvey) return;
  exported.invoke = inPlaceOf(invoke, function (token, ...args) {
    return Reflect.apply(invoke, this, [token, ...args]).then((result) => watchedResult(result, token));
  });
}

/** What an output has itself. Anything else that is read of it is a property of its value. */
function isOfOutput(output, property) {
  return typeof property !== "string" || property in output || property === "then";
}

/** The output itself, which tells what is read of it. */
function watchedOutput(output, token) {
  return new Proxy(output, {
    get(target, property) {
      const value = Reflect.get(target, property);
      if (isSurvey && property === "apply") {
        return (func, ...others) => target.apply((result) => func(watchedResult(result, token)), ...others);
      }
      if (!isOfOutput(target, property)) observe({ read: { token, property } });
      return value;
    },
  });
}

function watchedResult(result, token) {
  if (typeof result !== "object" || result === null) return result;
  return new Proxy(result, {
    get(target, property, receiver) {
      if (Object.hasOwn(target, property)) observe({ read: { token, property } });
      return Reflect.get(target, property, receiver);
    },
  });
}

function watchStackReferences(exported) {
  const prototype = exported?.StackReference?.prototype;
  if (![prototype?.getOutput, prototype?.requireOutput].every(isFunction)) return;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    if (!/^(get|require)Output/.test(name)) continue;
    const getter = prototype[name];
    prototype[name] = inPlaceOf(getter, function (output, ...others) {
      if (typeof output === "string") observe({ output: { resource: String(this.__name), output } });
      return Reflect.apply(getter, this, [output, ...others]);
    });
  }
}
