// Writes docs/components/. The arguments come from the types and docstrings, the picture from a preview of the example, and
// text that only the page has from page.md beside the component. With --check it writes nothing and fails if a page is stale.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { pictureOf } from "./component-picture.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = `${root}docs/components/`;
const entry = `${root}components/src/index.ts`;

const { config } = ts.readConfigFile(`${root}components/tsconfig.json`, ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, `${root}components`);
const program = ts.createProgram([entry], { ...options, noEmit: true });
const checker = program.getTypeChecker();

const exported = checker
  .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)))
  .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol));
const classes = exported
  .filter((symbol) => symbol.valueDeclaration && ts.isClassDeclaration(symbol.valueDeclaration))
  .sort((a, b) => a.name.localeCompare(b.name));
const makers = exported.filter(
  (symbol) => symbol.valueDeclaration && ts.isVariableDeclaration(symbol.valueDeclaration),
);

const generated =
  "<!-- Generated from components/src by `npm run docs`. Change the docstring or page.md there, not this page. -->";
const names = exported.map(({ name }) => name);

const isOurs = (symbol) =>
  symbol?.declarations?.some((declaration) =>
    declaration.getSourceFile().fileName.startsWith(`${root}components/src/`),
  );

/** A docstring as Markdown, and the pages that it links to. */
function documentationOf(symbol) {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();
  const pages = symbol
    .getJsDocTags(checker)
    .filter(({ name }) => name === "see")
    .map(({ text: parts }) => ts.displayPartsToString(parts).trim())
    // For readers in an editor, a docstring names its page.
    .filter((page) => !page.startsWith("`docs/"));
  return { text, pages };
}

const inOneLine = (text) => text.replace(/\s*\n\s*/g, " ");
const escaped = (text) => text.replaceAll("|", "\\|");
const linksTo = (pages) =>
  pages.map((page, index) => `[AWS${pages.length > 1 ? ` ${index + 1}` : ""}](${page})`);

/** A property's type as its declaration spells it, without `undefined`. */
function typeText(property) {
  const declaration = property.valueDeclaration ?? property.declarations?.[0];
  const written = declaration?.type?.getText();
  const isGeneric = written && /\b(Of|Route|RouteSettings)\b/.test(written);
  const declared = checker.getTypeOfSymbol(property);
  const nonNullable = checker.getNonNullableType(declared);
  // Of a type parameter, a page shows what it can be.
  const type = nonNullable.isTypeParameter() ? checker.getBaseConstraintOfType(nonNullable) : declared;
  const text =
    written && !isGeneric && type === declared
      ? written
      : checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
  return inOneLine(text)
    .replace(/^\| /, "")
    .replace(/\s*\|\s*undefined\b/g, "")
    .replace(/\bpulumi\.(?=Input\b|Output\b|Resource\b)/g, "")
    .replace(/\breadonly /g, "")
    .replace(routeKeys, "RouteKey")
    .replace(/^Tags$/, "Input<Record<string, Input<string>>>")
    .replace(/^Routes<.*>$|^\{ \[Key in RouteKey\]: .* \}$/, "{ [METHOD /path]: route }");
}

/** `RouteKey` as TypeScript spells it out. */
const routeKeys = /(?:`[A-Z]+ \/\$\{string\}`(?: \| )?){8}/;

/** The members of a union, or the type itself. An intersection stays in one piece. */
const alternatives = (type) => (type.isUnion() ? type.types : [type]);

/** The types that a property has in the alternatives, each once. */
function writtenAs(found) {
  const texts = found.map(typeText).flatMap((text) => (/[({<]/.test(text) ? [text] : text.split(" | ")));
  const said = [...new Set(texts)].filter((text) => text !== "undefined");
  return said.length > 0 ? said : ["undefined"];
}

/** The properties of all alternatives of a type, each once. One is required if every alternative requires it. */
function propertiesOf(type) {
  const byName = new Map();
  const shapes = alternatives(type).filter((one) => one.flags & ts.TypeFlags.Object || one.isIntersection());
  for (const shape of shapes) {
    for (const property of checker.getPropertiesOfType(shape)) {
      if (property.name.startsWith("__") || !isOurs(property)) continue;
      const others = byName.get(property.name) ?? [];
      byName.set(property.name, [...others, property]);
    }
  }
  return [...byName].map(([name, found]) => ({
    name,
    // An alternative that excludes the property types it as `undefined`, and explains nothing.
    property: found.find((one) => typeText(one) !== "undefined") ?? found[0],
    isOptional:
      found.length < shapes.length || found.some((one) => Boolean(one.flags & ts.SymbolFlags.Optional)),
    types: found.map((one) => checker.getTypeOfSymbol(one)),
    written: writtenAs(found),
  }));
}

/** The records of this package that a type holds, by name. A page explains each in a section of its own. */
function recordsIn(type, seen = new Set()) {
  if (seen.has(type)) return [];
  seen.add(type);
  if (type.isUnionOrIntersection()) {
    const named = isOurs(type.aliasSymbol) ? undefined : type.types;
    if (named) return named.flatMap((one) => recordsIn(one, seen));
  }
  const symbol = type.aliasSymbol ?? type.symbol;
  const fromArguments = checker.isArrayType(type)
    ? checker.getTypeArguments(type)
    : (type.aliasTypeArguments ?? []);
  const inside = fromArguments.flatMap((one) => recordsIn(one, seen));
  const isRecord =
    isOurs(symbol) && type.flags & ts.TypeFlags.Object && checker.getPropertiesOfType(type).length > 0;
  const isComponent = symbol?.valueDeclaration && ts.isClassDeclaration(symbol.valueDeclaration);
  // authorization.md explains what only a maker creates.
  const isBranded = checker
    .getPropertiesOfType(type)
    .some(({ name }) => name.startsWith("__@made") || name.startsWith("__@declared"));
  const isNamed = symbol?.name !== "__type";
  return isRecord && isNamed && !isComponent && !isBranded
    ? [{ name: symbol.name, type, symbol }, ...inside]
    : inside;
}

/** The types of a map's entries, such as those of `routes`. Undefined if the type is no map. */
function entriesOf(type) {
  const infos = alternatives(type).flatMap((one) => checker.getIndexInfosOfType(one));
  return infos.length > 0 && infos.some(({ type: entry }) => propertiesOf(entry).length > 0)
    ? infos.map(({ type: entry }) => entry)
    : undefined;
}

/** The docstring of a property, or else of its type. `Transform` is explained once, by the record of transforms. */
function explanationOf(property) {
  const own = documentationOf(property);
  if (own.text !== "") return own;
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(property));
  const symbol = type.aliasSymbol ?? type.symbol;
  return isOurs(symbol) && symbol.name !== "Transform" ? documentationOf(symbol) : own;
}

/** Leaves out what no alternative allows. */
function argumentsTable(properties) {
  const own = properties.filter(({ written }) => written.join() !== "undefined");
  const rows = own.map(({ name, property, isOptional, written }) => {
    const typesText = written.join(" | ");
    const { text, pages } = explanationOf(property);
    const cells = [
      `\`${name}\`${isOptional ? "" : " (required)"}`,
      `\`${typesText}\``,
      [inOneLine(text), ...linksTo(pages)].filter(Boolean).join(" "),
    ];
    return `| ${cells.map(escaped).join(" | ")} |`;
  });
  return ["| argument | type | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

/** The sections that explain a type and the records that it holds, each record once. */
function sections(heading, introduction, types, explained) {
  const merged = new Map();
  for (const type of types) {
    for (const found of propertiesOf(type)) {
      const before = merged.get(found.name);
      merged.set(
        found.name,
        before
          ? {
              ...(typeText(before.property) === "undefined" ? found : before),
              isOptional: before.isOptional || found.isOptional,
              types: [...before.types, ...found.types],
              written: [...new Set([...before.written, ...found.written])].filter(
                (text) => text !== "undefined",
              ),
            }
          : found,
      );
    }
  }
  const properties = [...merged.values()];
  const further = properties.flatMap(({ name, types: held }) => {
    const entries = held.flatMap((type) => entriesOf(type) ?? []);
    if (entries.length > 0) {
      const key = `entries of ${name}`;
      if (explained.has(key)) return [];
      explained.add(key);
      return sections(`Each of \`${name}\``, "", entries, explained);
    }
    return held
      .flatMap((type) => recordsIn(type))
      .flatMap(({ name: record, type, symbol }) => {
        if (explained.has(record)) return [];
        explained.add(record);
        const { text, pages } = documentationOf(symbol);
        return sections(record, [text, ...linksTo(pages)].filter(Boolean).join("\n\n"), [type], explained);
      });
  });
  return [
    [`### ${heading}`, introduction, argumentsTable(properties)].filter(Boolean).join("\n\n"),
    ...further,
  ];
}

/** The text that only the page of a component has: `page.md` in the folder of its class. */
function ownText(declaration) {
  const file = join(dirname(declaration.getSourceFile().fileName), "page.md");
  return existsSync(file) ? [readFileSync(file, "utf8").trim()] : [];
}

async function componentPage(symbol) {
  const declaration = symbol.valueDeclaration;
  const { text, pages } = documentationOf(symbol);
  const construction = declaration.members.find(ts.isConstructorDeclaration);
  const argument = construction.parameters.find(({ name }) => name.getText() === "args");
  const explained = new Set();
  const token = declaration.members.find((member) => member.name?.getText() === "token")?.initializer?.text;
  const own = [
    ...checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol)),
    ...checker.getPropertiesOfType(checker.getTypeOfSymbol(symbol)),
  ].filter((property) => isOurs(property) && !/^(__|#|constructor)/.test(property.name));
  const isMethod = ({ valueDeclaration }) => ts.isMethodDeclaration(valueDeclaration);
  const isStatic = ({ valueDeclaration }) =>
    Boolean(ts.getCombinedModifierFlags(valueDeclaration) & ts.ModifierFlags.Static);
  const methods = own.filter(isMethod);
  const outputs = own.filter((property) => !isMethod(property) && !isStatic(property));
  const [, example] = /```ts\n([\s\S]*?)\n```/.exec(text) ?? [];
  if (!example)
    throw new Error(
      `The docstring of ${symbol.name} has no example. Show its smallest use in a block of ts.`,
    );
  const picture = await pictureOf(token, example, names);
  return [
    `# ${symbol.name}`,
    generated,
    text,
    ...(pages.length > 0 ? [`More: ${linksTo(pages).join(", ")}.`] : []),
    `Token: \`${token}\``,
    "## What it creates",
    "The resources of the example above, grouped by type. An arrow points to what a resource needs, a dashed arrow to what the program passes in.",
    picture,
    ...ownText(declaration),
    ...(argument
      ? [
          "## Arguments",
          ...sections(`\`${argument.type.getText()}\``, "", [checker.getTypeAtLocation(argument)], explained),
        ]
      : []),
    ...(outputs.length > 0
      ? [
          "## Outputs",
          [
            "| output | type | meaning |",
            "| --- | --- | --- |",
            ...outputs.map((property) => {
              const cells = [
                `\`${property.name}\``,
                `\`${typeText(property)}\``,
                inOneLine(documentationOf(property).text),
              ];
              return `| ${cells.map(escaped).join(" | ")} |`;
            }),
          ].join("\n"),
        ]
      : []),
    ...methods.flatMap((method) => methodSection(symbol, method, isStatic(method), explained)),
    ...(furtherSections[symbol.name] ?? []),
  ].join("\n\n");
}

/** A method of a component, with what its parameters mean and the records that they hold. */
function methodSection(symbol, method, isStatic, explained) {
  const { parameters } = method.valueDeclaration;
  const names = parameters.map((parameter) => parameter.name.getText());
  const { text, pages } = documentationOf(method);
  const meanings = ts
    .getJSDocTags(method.valueDeclaration)
    .filter(ts.isJSDocParameterTag)
    .map((tag) => `* \`${tag.name.getText()}\`: ${inOneLine(ts.getTextOfJSDocComment(tag.comment) ?? "")}`);
  return [
    `## \`${isStatic ? symbol.name : "domain"}.${method.name}(${names.join(", ")})\``,
    [text, ...linksTo(pages)].filter(Boolean).join("\n\n"),
    ...(meanings.length > 0 ? [meanings.join("\n")] : []),
    ...parameters.flatMap((parameter) =>
      recordsIn(checker.getNonNullableType(checker.getTypeAtLocation(parameter))).flatMap((record) => {
        if (explained.has(record.name)) return [];
        explained.add(record.name);
        const documentation = documentationOf(record.symbol);
        return sections(record.name, documentation.text, [record.type], explained);
      }),
    ),
  ];
}

const { incidentQueries } = createRequire(import.meta.url)("../components/dist/api-watch/queries.js");

/** Each query starts with a comment that says what it answers. */
const savedQueries = [
  "## Saved queries",
  "With an access log, these queries are saved in CloudWatch Logs Insights, in a folder named after the project, the stack and the component. For HTTP and REST APIs:",
  queriesTable("HTTP"),
  "For WebSocket APIs:",
  queriesTable("WEBSOCKET"),
];

function queriesTable(kind) {
  const rows = Object.entries(incidentQueries(kind)).map(([name, query]) => {
    const comments = query.split("\n").filter((line) => line.startsWith("#"));
    return `| \`${name}\` | ${escaped(comments.map((line) => line.replace(/^# /, "")).join(" "))} |`;
  });
  return ["| query | what it answers |", "| --- | --- |", ...rows].join("\n");
}

const { cognitoLimits, domainLimits, eventLimits, functionLimits, httpLimits, restLimits, webSocketLimits } =
  createRequire(import.meta.url)("../components/dist/limits.js");

/** The limits that a component checks. */
function limitsOf(...tables) {
  const rows = tables
    .flatMap((table) => Object.values(table))
    .map(({ what, most, isRaisable, mostRaised, source }) => {
      const raised = isRaisable ? `yes${mostRaised ? `, to ${mostRaised} at most` : ""}` : "no";
      return `| ${escaped(what)} | ${most} | ${raised} | [AWS](${source}) |`;
    });
  return [
    "## Limits of AWS",
    "What exceeds a limit that AWS doesn't raise is an error in the preview. What exceeds a quota that AWS raises on request is a warning, because AWS may have raised it for you.",
    ["| what | most | does AWS raise it? | page |", "| --- | --- | --- | --- |", ...rows].join("\n"),
  ];
}

/** Sections that are generated from something else than types. */
const furtherSections = {
  ApiDomain: limitsOf(domainLimits),
  ApiWatch: savedQueries,
  SecureHttpApi: limitsOf(httpLimits, functionLimits, eventLimits),
  SecureRestApi: limitsOf(restLimits, functionLimits, eventLimits),
  SecureWebSocketApi: limitsOf(webSocketLimits, functionLimits),
  UserDirectory: limitsOf(cognitoLimits),
};

/** `Authorization` and `Integration`: each function with its arguments. */
function makerSections(symbol) {
  const type = checker.getTypeOfSymbol(symbol);
  const explained = new Set();
  return [
    `## ${symbol.name}`,
    documentationOf(symbol).text,
    ...checker.getPropertiesOfType(type).flatMap((method) => {
      const [signature] = checker.getSignaturesOfType(checker.getTypeOfSymbol(method), ts.SignatureKind.Call);
      const parameter = signature.parameters[0];
      const { text, pages } = documentationOf(
        method.valueDeclaration && ts.isShorthandPropertyAssignment(method.valueDeclaration)
          ? signature.declaration.symbol
          : method,
      );
      const introduction = [text, ...linksTo(pages)].filter(Boolean).join("\n\n");
      if (!parameter) return [`### \`${symbol.name}.${method.name}()\``, introduction];
      return sections(
        `\`${symbol.name}.${method.name}({ ... })\``,
        introduction,
        [checker.getTypeOfSymbol(parameter)],
        explained,
      );
    }),
  ];
}

const { guardedProperties } = createRequire(import.meta.url)(
  "../components/dist/override/guarded-properties.js",
);

/** What a transform may do to each guarded property, from the table that guards them. */
function transformsPage() {
  const text = readFileSync(`${root}components/src/override/page.md`, "utf8").trim();
  const tables = Object.entries(guardedProperties).flatMap(([type, guards]) => {
    const byGuard = new Map();
    for (const [property, { direction, instead }] of Object.entries(guards)) {
      const cells = `${escaped(direction.may ?? "nothing")} | ${escaped(instead)}`;
      byGuard.set(cells, [...(byGuard.get(cells) ?? []), `\`${property}\``]);
    }
    const rows = [...byGuard].map(([cells, properties]) => `| ${properties.join(", ")} | ${cells} |`);
    return [
      `### \`${type}\``,
      ["| property | a transform may | instead |", "| --- | --- | --- |", ...rows].join("\n"),
    ];
  });
  return ["# What a transform may change", generated, text, ...tables].join("\n\n");
}

/** The programs on this page are those that the engine tests run, without what they require. */
function adoptingPage() {
  const text = readFileSync(`${root}components/src/adoption/page.md`, "utf8").trim();
  const shown = text.replace(/<!-- program: (\S+) -->/g, (_whole, file) => {
    const lines = readFileSync(root + file, "utf8")
      .trim()
      .split("\n");
    const code = lines.filter((line) => !/^\/\/|= require\(/.test(line)).join("\n");
    return `\`\`\`ts\n${code.trim()}\n\`\`\``;
  });
  return ["# Adopting an API", generated, shown].join("\n\n");
}

const kebab = (name) =>
  name
    .replace("WebSocket", "Websocket")
    .replace(/(?<=[a-z])(?=[A-Z])/g, "-")
    .toLowerCase();
function summaryOf(symbol) {
  const summary = inOneLine(documentationOf(symbol).text.split("\n\n")[0]);
  if (!summary.endsWith("."))
    throw new Error(`The first paragraph of ${symbol.name} has to be whole sentences.`);
  return summary;
}

const pages = {
  "README.md": [
    "# Components",
    generated,
    [
      "| component | what it creates |",
      "| --- | --- |",
      ...classes.map((one) => `| [${one.name}](${kebab(one.name)}.md) | ${escaped(summaryOf(one))} |`),
    ].join("\n"),
    "[Authorization and publicAccess](authorization.md) say who may call a route. [Integration](authorization.md#integration) says what answers it instead of a Lambda function.",
    "[Transforms](transforms.md) change what the arguments don't cover. They may always make an API stricter.",
    "[Adopting an API](adopting-an-api.md) moves resources that exist, or an API of `@pulumi/aws-apigateway`, to a component, without replacing what serves requests.",
  ].join("\n\n"),
  "adopting-an-api.md": adoptingPage(),
  "transforms.md": transformsPage(),
  "authorization.md": [
    "# Authorization and integrations",
    generated,
    ...makers.flatMap(makerSections),
    readFileSync(`${root}components/src/integration/page.md`, "utf8").trim(),
  ].join("\n\n"),
};
for (const symbol of classes) {
  pages[`${kebab(symbol.name)}.md`] = await componentPage(symbol);
}

mkdirSync(folder, { recursive: true });
const stale = Object.entries(pages).filter(([name, text]) => {
  const isCurrent = existsSync(folder + name) && readFileSync(folder + name, "utf8") === `${text}\n`;
  if (!isCurrent && !process.argv.includes("--check")) writeFileSync(folder + name, `${text}\n`);
  return !isCurrent;
});
if (process.argv.includes("--check") && stale.length > 0) {
  console.error(
    `docs/components/ is not what the components say (${stale.map(([name]) => name).join(", ")}). Run: npm run docs`,
  );
  process.exitCode = 1;
}
