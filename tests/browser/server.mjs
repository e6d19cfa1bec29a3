// A server of its own over a copy of the sample year, with one user of each
// role.
import { execFile, spawn } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const PASSWORD = '海棠花开-2023';
const SECONDS_TO_START = 30;

function addressOf (child) {
  return new Promise ((resolve, reject) => {
    let said = '';
    const timer = setTimeout (() => reject (new Error (`no address: ${said}`)),
                              SECONDS_TO_START * 1000);
    const listen = (chunk) => {
      said += chunk;
      const found = said.match (/https?:\/\/[^\s/]+/);
      if (found === null) return;
      clearTimeout (timer);
      resolve (found[0]);
    };
    child.stdout.on ('data', listen);
    child.stderr.on ('data', (chunk) => { said += chunk; });
    child.on ('exit', (code) => reject (new Error (`exit ${code}: ${said}`)));
  });
}

export async function startServer ({ hongxia, makeUsers, year }) {
  const folder = await mkdtemp (join (tmpdir (), 'hongxia-browser-'));
  const database = join (folder, 'year.db');
  const url = `sqlite:${database}`;
  await copyFile (year, database);
  await copyFile (`${year}.key`, `${database}.key`);
  await promisify (execFile) (makeUsers, [url, PASSWORD]);
  const child = spawn (hongxia, ['serve', '--db', url, '--listen',
    '127.0.0.1:0', '--today', '2023-11-30'],
    { stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = new Promise ((resolve) => child.on ('exit', resolve));
  const address = await addressOf (child);
  return {
    address,
    folder,
    async stop () {
      child.kill ('SIGTERM');
      const code = await gone;
      await rm (folder, { recursive: true, force: true });
      return code;
    },
  };
}
