import { z } from 'zod';
import { CAPTURE_ORIGINS, LEDGER_STATES } from '../../../ledger/ledger.ts';

/** Shapes that several resources answer with, and names that several take. */

export const moment = z.int().describe('Milliseconds since 1970.');

export const targetName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,60}$/)
  .describe('As the configuration names it.');
export const directoryName = z.string().min(1).max(61);
export const legacyId = z.string().min(1).max(191).describe('The primary key of the row, as text.');
export const subject = z.string().min(1).max(64).describe('The `sub` that clients see.');
export const reason = z.string().min(1).max(191).describe('A sentence that other admins will read.');

export const ledgerEntry = z
  .object({
    target: z.string(),
    person: z.object({ directory: z.string(), legacyId: z.string() }),
    externalId: z.string().describe('The `sub`, by which the target knows the person.'),
    clientId: z.string(),
    state: z.enum(LEDGER_STATES),
    generation: z.int(),
    attempts: z.int(),
    reason: z.string().nullable(),
    origin: z.enum(CAPTURE_ORIGINS),
    scheme: z.string().nullable(),
    capturedAt: moment,
    copiedAt: moment.nullable(),
    passwordCopied: z.boolean().describe('A password has arrived at the target.'),
    acrossAt: moment.nullable().describe('When the password of a login first arrived there.'),
    lockedOutAt: moment.nullable().describe('When the bridge locked the person out there.'),
    nextAttemptAt: moment.describe('When the row is due; while it is being copied, when its lease runs out.'),
    updatedAt: moment,
  })
  .meta({ id: 'LedgerEntry' });

export const auditLine = z
  .object({
    id: z.int(),
    at: moment,
    actor: z.string().describe('`cli:NAME`, `api:CLIENT_ID`, `admin:NAME` or `configuration`.'),
    action: z.string(),
    subject: z
      .string()
      .describe('What it was done to: `client:ID`, `person:DIRECTORY:ID`, `target:NAME`, ...'),
    before: z.unknown(),
    after: z.unknown(),
  })
  .meta({ id: 'AuditLine' });

export const finding = z
  .object({
    level: z.enum(['ok', 'warning', 'error']),
    about: z.string(),
    found: z.string(),
    remedy: z.string().optional(),
  })
  .meta({ id: 'Finding' });
