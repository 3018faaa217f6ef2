#!/usr/bin/env node

// NO_COLOR wins (https://no-color.org). Where both are set, Node.js 22 and newer warn of it in each process that asks for
// colours, ours and the program's, and the warning would stand among the report's lines.
if (process.env.NO_COLOR) delete process.env.FORCE_COLOR;

require("../dist/cli.js");
