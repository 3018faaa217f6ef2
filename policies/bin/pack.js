require("../dist/pack.js");
