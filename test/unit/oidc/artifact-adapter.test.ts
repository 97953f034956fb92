import { expect, test } from 'vitest';
import { createArtifactAdapter } from '../../../src/oidc/artifacts/artifact-adapter.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { systemRandom } from '../../../src/runtime/random.ts';
import { createSealing } from '../../../src/runtime/sealing.ts';
import { Secret } from '../../../src/runtime/secret.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { artifactAdapterContract } from '../../contract/artifact-adapter.ts';

artifactAdapterContract(async () => openStore(new Secret('sqlite::memory:'), systemClock));

test('A store that does not answer is an outage in OAuth’s words, and its cause is logged.', async () => {
  const store = openStore(new Secret('sqlite::memory:'), systemClock);
  const lines: string[] = [];
  const adapter = createArtifactAdapter('AccessToken', {
    store,
    sealing: createSealing(new Secret(Buffer.alloc(32)), 'artifacts', systemRandom),
    clock: systemClock,
    clockTolerance: 10,
    logger: createLogger('info', { write: (line) => lines.push(line) }),
  });
  await expect(adapter.find('x')).rejects.toMatchObject({
    error: 'temporarily_unavailable',
    statusCode: 503,
    expose: true,
  });
  expect(lines.join('')).toContain('no such table');
  await store.close();
});
