// A mocha reporter: says nothing of what passes, shows what fails, and writes the counts as JSON for scripts/test.mjs.
const fs = require('node:fs');
const path = require('node:path');
const Mocha = require('mocha');

module.exports = class Counts extends Mocha.reporters.Base {
  constructor(runner, options) {
    super(runner, options);
    const file = options.reporterOptions?.output ?? options.reporterOption?.output;
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      if (failures > 0) Mocha.reporters.Base.list(this.failures);
      if (!file) return;
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, pending }));
    });
  }
};
