// Walks the pages as people do.
//
//   node run.mjs --hongxia FILE --make-users FILE --year FILE.db
//                [--shots FOLDER] [--only ROLE]
//
// One line a day; what was wrong stands below it.  The last line counts.
import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { DAYS } from './days.mjs';
import { Person } from './person.mjs';
import { startServer } from './server.mjs';

const { values } = parseArgs ({ options: {
  hongxia: { type: 'string' },
  'make-users': { type: 'string' },
  year: { type: 'string' },
  shots: { type: 'string' },
  only: { type: 'string' },
  chromium: { type: 'string', default: '/usr/bin/chromium' },
} });

async function live (world, { role, size, script, shot, day }) {
  const person = new Person (world, role, { size, script });
  const began = Date.now ();
  await person.begin ();
  try {
    await person.logIn ();
    if (shot !== undefined) await person.shoot (shot);
    await day (person);
  } catch (error) {
    person.fault (error.message);
  }
  await person.end ();
  const seconds = ((Date.now () - began) / 1000).toFixed (1);
  const verdict = person.faults.length === 0 ? 'ok' : 'not ok';
  console.log (`${verdict} - ${person.name}: ${person.pages} pages, ${seconds} s`);
  for (const fault of person.faults) console.log (`    ${fault}`);
  return person.faults.length === 0;
}

async function main () {
  if (values.shots !== undefined) await mkdir (values.shots, { recursive: true });
  const server = await startServer ({ hongxia: values.hongxia,
    makeUsers: values['make-users'], year: values.year });
  const browser = await chromium.launch ({ executablePath: values.chromium,
    args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  const world = { browser, address: server.address, shots: values.shots };
  let passed = 0, failed = 0;
  for (const each of DAYS)
    if (values.only === undefined || values.only === each.role)
      await live (world, each) ? passed++ : failed++;
  await browser.close ();
  const code = await server.stop ();
  if (code !== 0) {
    console.log (`not ok - the server ended with ${code}`);
    failed++;
  }
  console.log (`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

await main ();
