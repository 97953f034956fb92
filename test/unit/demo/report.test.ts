import { expect, test } from 'vitest';
import { PEOPLE, type Person } from '../../../src/demo/people.ts';
import { allHeld, reportStory, type Told } from '../../../src/demo/report.ts';
import type { Held } from '../../../src/demo/story.ts';

const yes: Held = { held: true };
const no = (why: string): Held => ({ held: false, why });
const told = (person: Person | undefined, changes: Partial<Told> = {}): Told => ({
  person: person as Person,
  login: yes,
  wrongAtBridge: yes,
  copied: yes,
  verified: yes,
  alone: yes,
  wrongAtPlatform: yes,
  ...changes,
});

test('The table is aligned, whatever letters the names have.', () => {
  const lines = reportStory([told(PEOPLE[0]), told(PEOPLE[4])], []).split('\n');
  const [head = '', rule = '', anna = '', elif = ''] = lines;
  const column = head.indexOf('legacy scheme');
  expect(rule.slice(column)).toMatch(/^-{17} {2}/);
  expect(anna.slice(column)).toMatch(/^md5\(\$pass\) {9}yes/);
  expect(elif.slice(column)).toMatch(/^sha1\(\$salt\.\$pass\) {2}yes/);
});

test('What failed is told under the table, what it kept from happening is not.', () => {
  const failed = {
    login: no('the bridge answered 503'),
    copied: no('not reached'),
    verified: no('not reached'),
  };
  const text = reportStory(
    [told(PEOPLE[0], failed)],
    [{ what: 'The table', held: no('somebody wrote to it') }],
  );
  expect(text).toContain('anna, login: the bridge answered 503.');
  expect(text).toContain('The table: somebody wrote to it.');
  expect(text).not.toContain('not reached');
  expect(text).toMatch(/Anna Berg .* NO .* - +- /);
});

test('One thing that did not hold is enough, and so is nobody at all.', () => {
  expect(allHeld([told(PEOPLE[0]), told(PEOPLE[1])], [{ held: yes }])).toBe(true);
  for (const step of ['login', 'wrongAtBridge', 'copied', 'verified', 'alone', 'wrongAtPlatform'] as const)
    expect(allHeld([told(PEOPLE[0]), told(PEOPLE[1], { [step]: no('so') })], [])).toBe(false);
  expect(allHeld([told(PEOPLE[0])], [{ held: no('so') }])).toBe(false);
  expect(allHeld([], [])).toBe(false);
});

test('No password is in the report.', () => {
  const text = reportStory(
    PEOPLE.map((person) => told(person, { login: no('so') })),
    [],
  );
  for (const { password } of PEOPLE) expect(text).not.toContain(password);
});
