'use strict';
// Every command of this project starts here, in words that any Node.js understands, so that an old one gets a sentence
// instead of a syntax error. Usage: node scripts/run.cjs <command> [arguments]

var needed = [20, 19];
var found = process.versions.node.split('.').map(Number);

if (found[0] < needed[0] || (found[0] === needed[0] && found[1] < needed[1])) {
  console.error(
    'This project needs Node.js ' + needed.join('.') + ' or newer; this is ' + process.versions.node + '.',
  );
  process.exit(1);
}

import('./' + process.argv[2] + '.mjs').catch(function (error) {
  console.error(error);
  process.exit(1);
});
