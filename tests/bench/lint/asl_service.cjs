// Validates files by npm amazon-states-language-service: node asl_service.cjs NODE_MODULES PATH…
'use strict';
const fs = require('fs');
const path = require('path');
const [modules, ...roots] = process.argv.slice(2);
const { getLanguageService, TextDocument } = require(path.resolve(modules, 'amazon-states-language-service'));

function* files(place) {
  if (!fs.statSync(place).isDirectory()) return yield place;
  for (const entry of fs.readdirSync(place).sort()) yield* files(path.join(place, entry));
}

(async () => {
  const service = getLanguageService({});
  let problems = 0;
  for (const root of roots) {
    for (const file of files(root)) {
      const document = TextDocument.create('file://' + file, 'json', 1, fs.readFileSync(file, 'utf8'));
      problems += (await service.doValidation(document, service.parseJSONDocument(document))).length;
    }
  }
  console.log(`${problems} problems`);
})();
