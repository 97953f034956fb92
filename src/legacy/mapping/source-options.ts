import { z } from 'zod';
import { isTimeZone } from './time-zone.ts';

/** What the configuration says about where a value comes from. */

export const column = z
  .string()
  .min(1)
  .max(255)
  .describe('The name of a column; `join.column` for a column of one of `joins`.');

export const listed = z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).min(1);

export const timeZone = z
  .string()
  .refine(isTimeZone, 'is not a time zone of the IANA database, such as Europe/Berlin')
  .describe('Where the dates of the table were written, e.g. Europe/Berlin.');

export const country = z
  .string()
  .regex(/^[A-Z]{2}$/, 'must be two capital letters (ISO 3166-1), such as DE')
  .describe('The country of telephone numbers that do not name theirs, e.g. DE.');

const map = z
  .record(z.string(), z.union([z.string(), z.boolean()]))
  .describe('The value in the column -> what it means. A value that is not listed says nothing.');

const yesNo = {
  yes: listed.optional().describe('Values that mean yes, in whatever case. Without it: 1, t, true, y, yes.'),
  no: listed.optional().describe('Values that mean no; they win over `yes`.'),
};

/** A text, a date or a moment. */
export const claimSource = z
  .union([
    z.literal([true, false]).describe('A constant.'),
    column,
    z.strictObject({
      column,
      map: map.optional(),
      format: z
        .string()
        .min(1)
        .max(40)
        .optional()
        .describe(
          '`date`, `timestamp`, or the dress of a date in the letters of PHP: `d.m.Y`, `m/d/Y`, `Ymd`, `Y`, `d.m.Y H:i:s`; ' +
            '`epoch` for seconds since 1970.',
        ),
      timeZone: timeZone.optional(),
      country: country.optional(),
      ...yesNo,
    }),
    z
      .strictObject({ columns: z.array(column).min(2).max(6), separator: z.string().max(5).default(' ') })
      .describe('Several columns, written one after the other; empty ones are left out.'),
    z.strictObject({ value: z.union([z.string(), z.boolean()]) }).describe('A constant.'),
  ])
  .meta({ id: 'claimSource' });

/** Yes or no. */
export const flagSource = z
  .union([
    column,
    z.strictObject({
      column,
      ...yesNo,
      present: z
        .literal(true)
        .optional()
        .describe('Yes where the column is not empty. Its value is not read, so it may be a secret.'),
    }),
    z.strictObject({ value: z.boolean() }),
  ])
  .meta({ id: 'flagSource' });

/** Several words. */
export const listSource = z
  .union([
    column.describe('A column with words between commas; of a join with `many`, a word a row.'),
    z.strictObject({
      column,
      list: z
        .enum(['comma', 'space', 'lines', 'json', 'php'])
        .default('comma')
        .describe('How the column holds several words; `php` is a serialized array, `json` one of JSON.'),
      map: z.record(z.string(), z.string()).optional(),
    }),
    z.strictObject({ value: z.array(z.string().min(1)).min(1).max(50) }).describe('A constant.'),
  ])
  .meta({ id: 'listSource' });

export type ClaimSource = z.output<typeof claimSource>;
export type FlagSource = z.output<typeof flagSource>;
export type ListSource = z.output<typeof listSource>;
