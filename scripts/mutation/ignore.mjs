// What isn't worth a mutant: text for people. Its words are checked by the tests of messages and pages, and no verdict depends on it.
import { declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";

const texts = {
  shouldIgnore(path) {
    if (path.isStringLiteral() && isText(path.node.value)) return "text for people";
    if (path.isTemplateLiteral() && path.node.quasis.some(({ value }) => isText(value.raw)))
      return "text for people";
    return undefined;
  },
};

/** Names, operators and patterns of AWS have no spaces. */
const isText = (value) => value.includes(" ") || value.startsWith("https://");

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, "texts", texts)];
