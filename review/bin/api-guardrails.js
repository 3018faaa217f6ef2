#!/usr/bin/env node

// NO_COLOR takes precedence (https://no-color.org). If both are set, Node.js 22 and newer print a warning in each process that
// uses colours, ours and the program's, and the warning would end up in the report.
if (process.env.NO_COLOR) delete process.env.FORCE_COLOR;

require("../dist/cli.js");
