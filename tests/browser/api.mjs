// The description of the API, as a program reads it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';

const require = createRequire (import.meta.url);

export async function lintApi (person) {
  const response = await person.context.request.get ('/api/v1/openapi.json');
  if (response.status () !== 200) {
    person.fault (`openapi.json: status ${response.status ()}`);
    return;
  }
  const folder = await mkdtemp (join (tmpdir (), 'hongxia-openapi-'));
  const file = join (folder, 'openapi.json');
  const config = join (folder, 'redocly.yaml');
  await writeFile (file, await response.body ());
  await writeFile (config, 'extends: [recommended]\ntelemetry: off\n');
  const program = join (dirname (require.resolve ('@redocly/cli/package.json')),
                        'bin', 'cli.js');
  try {
    await promisify (execFile) (process.execPath,
      [program, 'lint', file, '--config', config, '--format', 'stylish'],
      { env: { ...process.env, REDOCLY_TELEMETRY: 'off',
               REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' } });
  } catch (error) {
    person.fault (`openapi.json: ${error.stdout}${error.stderr}`);
  }
  await rm (folder, { recursive: true, force: true });
}
