import { z } from 'zod';
import { column, flagSource, listed } from './source-options.ts';

export const statusOptions = z.strictObject({
  active: z
    .union([z.string().min(1), listed])
    .optional()
    .describe('An SQL condition, or the values of `column` that may log in.'),
  column: column.optional(),
  disabled: listed.optional().describe('Values of `column` that are switched off.'),
  locked: listed.optional().describe('Values of `column` that are locked.'),
  deleted: listed.optional().describe('Values of `column` that mean that there is no such person any more.'),
  mustChangePassword: listed.optional().describe('Values of `column` that ask for a new password.'),
  disabledWhen: flagSource.optional(),
  lockedWhen: flagSource.optional(),
  lockedUntil: column.optional().describe('A moment; locked until then.'),
  deletedAt: column.optional().describe('A moment; whoever has one is not there any more.'),
  mustChangePasswordWhen: flagSource.optional(),
  onMustChangePassword: z
    .enum(['allow', 'refuse'])
    .default('allow')
    .describe('`allow` logs in, with the claim password_change_required; `refuse` shows a page.'),
  changePasswordUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where that page leads.'),
});

export type StatusOptions = z.output<typeof statusOptions>;

const LISTS = ['disabled', 'locked', 'deleted', 'mustChangePassword'] as const;
const ALONE = ['disabledWhen', 'lockedWhen', 'lockedUntil', 'deletedAt', 'mustChangePasswordWhen'] as const;

/** What is wrong with the whole of it, as a sentence. */
export function statusProblem(status: StatusOptions): string | undefined {
  const lists = Array.isArray(status.active) || LISTS.some((name) => status[name] !== undefined);
  if (lists !== (status.column !== undefined)) {
    return (
      'give either active: "an SQL condition", or column: with active: [values] and/or disabled: [values] ' +
      '(or locked, deleted, mustChangePassword)'
    );
  }
  const says = lists || status.active !== undefined || ALONE.some((name) => status[name] !== undefined);
  if (!says)
    return 'it says nothing: give active, column, disabledWhen, lockedWhen, lockedUntil or deletedAt';
  return undefined;
}
