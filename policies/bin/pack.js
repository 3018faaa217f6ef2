require("../lib/pack.js");
