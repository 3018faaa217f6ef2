import { describe, expect, test } from "vitest";
import { definesOperations, graphqlNames } from "../../../policies/src/reading/text/graphql-names";

describe("the names in a GraphQL document", () => {
  test.each<readonly [what: string, document: string, names: readonly string[]]>([
    ["none", "", []],
    ["a type and its directive", "type A @aws_iam { b: C }", ["type", "A", "@aws_iam", "b", "C"]],
    ["with digits and underscores", "type _A1 @_b2", ["type", "_A1", "@_b2"]],
    [
      "behind an @ and white space, commas or a byte order mark",
      "a @ \t\n,\uFEFFaws_api_key",
      ["a", "@aws_api_key"],
    ],
    ["behind an @ and a comment", "a @ # with keys\n aws_api_key", ["a", "@aws_api_key"]],
    ["directives that touch", "a@aws_iam@aws_api_key", ["a", "@aws_iam", "@aws_api_key"]],
    ["not in a comment", "a # @aws_api_key\nb", ["a", "b"]],
    ["not in a description", 'a "@aws_api_key" b', ["a", "b"]],
    ["not in a description with a quote", 'a "\\" @aws_api_key" b', ["a", "b"]],
    ["not in a block", 'a """\n@aws_api_key " \n""" b', ["a", "b"]],
    ["not in a block with three quotes", 'a """ \\""" @aws_api_key """ b', ["a", "b"]],
    ["after a comment that looks like a block", '# """\na @aws_api_key', ["a", "@aws_api_key"]],
    ["after a text with a #", 'a "#" @aws_api_key', ["a", "@aws_api_key"]],
    ["separate although only a description is between them", 'a"x"b', ["a", "b"]],
  ])("%s", (_what, document, names) => {
    expect([...graphqlNames(document)]).toEqual(names);
  });

  test.each<readonly [what: string, document: string, defines: boolean]>([
    ["a type of queries", "type Query { a: B }", true],
    ["of mutations", "type Mutation { a: B }", true],
    ["of subscriptions", "type Subscription { a: B }", true],
    ["an extension of one", "extend type Query { a: B }", true],
    ["one after several spaces and a comment", "type \n, # c\n\uFEFF Query { a: B }", true],
    ["one after another type", "type A { b: C } type Query { a: B }", true],
    ["another type", "type A { Query: Query }", false],
    ["one whose name starts the same", "type QueryResult { a: B }", false],
    ["a word that ends the same", "subtype Query", false],
    ["one in a comment", "# type Query\ntype A", false],
    ["one in a description", '"type Query" type A', false],
  ])("defines operations: %s", (_what, document, defines) => {
    expect(definesOperations(document)).toBe(defines);
  });
});
