// Shows what this project is for: an open API is blocked at preview, and the same API on the golden path passes.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const reviewBy = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);

function preview(...args) {
  console.log(`$ npx --no api-guardrails preview ${args.join(" ")}\n`);
  const { status } = spawnSync(process.execPath, ["review/bin/api-guardrails.js", "preview", ...args], {
    cwd: root,
    stdio: "inherit",
  });
  console.log(`\nexit code ${status}\n`);
  return status;
}

const open = preview("examples/open-customer-lookup");
const secure = preview("examples/secure-customer-lookup", "-c", `reviewBy=${reviewBy}`);

if (open === 1 && secure === 0) {
  console.log("The open API is blocked, and the same API on the golden path passes.");
} else {
  console.error("This is not as it should be: the first preview should exit with 1 and the second with 0.");
  process.exitCode = 1;
}
