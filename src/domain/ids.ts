declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** The primary key of a row of the legacy directory, as text. */
export type LegacyId = Branded<'LegacyId'>;
/** The `sub` claim: stable for ever, says nothing (see `subject.ts`). */
export type Subject = Branded<'Subject'>;
/** OAuth 2.0 `client_id`. */
export type ClientId = Branded<'ClientId'>;

/** Who somebody is in the old house: the directory and the primary key there. Never a username or an e-mail. */
export interface PersonRef {
  readonly directory: string;
  readonly legacyId: LegacyId;
}
