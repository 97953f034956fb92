import type { CheckLevel } from '../../../domain/check.ts';
import type { CheckWork } from '../../work/checks.ts';
import { type ConsoleEntry, form, page } from '../page.ts';

const SEVEREST_FIRST: readonly CheckLevel[] = ['error', 'warning', 'ok'];

export function checkPages(work: CheckWork): ConsoleEntry[] {
  return [
    page({
      path: '/checks',
      title: 'Checks',
      async show() {
        const last = work.last();
        const findings = SEVEREST_FIRST.flatMap(
          (level) => last?.findings.filter((finding) => finding.level === level) ?? [],
        );
        const number = (level: CheckLevel) => findings.filter((finding) => finding.level === level).length;
        const counts = { errors: number('error'), warnings: number('warning'), fine: number('ok') };
        return { view: 'checks', data: { last: last && { ...last, findings }, ...counts } };
      },
    }),
    form({
      path: '/checks',
      title: 'Checks',
      scope: 'admin:read',
      back: () => '/checks',
      async handle() {
        const { findings } = await work.run();
        const errors = findings.filter(({ level }) => level === 'error').length;
        const done =
          errors === 0 ? 'Looked at everything: no errors.' : `Looked at everything: ${errors} to mend.`;
        return { to: '/checks', done };
      },
    }),
  ];
}
