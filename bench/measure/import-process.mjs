import { writeSync } from 'node:fs';

// A new process that imports modules, one after another, and says what each took, in ms. It has nothing else loaded, and no
// channel to whoever started it: both would load some of what is measured. Its argument is JSON: `modules`, their names in
// order; `contender`, where a token shall be verified afterwards: a file of contenders/, and its function; `settings` and
// `token` for that.

const { modules, contender, settings, token } = JSON.parse(process.argv[2]);

async function measure(run) {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - startedAt, cpu: (user + system) / 1000 };
}

const imports = [];
for (const name of modules) imports.push(await measure(() => import(name)));

let firstToken;
if (contender !== undefined) {
  const { [contender.name]: create } = await import(contender.file);
  let subject;
  firstToken = await measure(async () => {
    const { prepare, verify } = create(settings);
    subject = await verify(prepare(token));
  });
  if (!subject) throw new Error('The token was not verified.');
}

writeSync(1, JSON.stringify({ imports, firstToken }));
