/** The address of a client's pages. A client may be called as the page that registers one. */
export const clientHref = (clientId: string) =>
  `/clients/${clientId === 'new' ? '%6Eew' : encodeURIComponent(clientId)}`;

export const appHref = (clientId: string, app: string) =>
  `${clientHref(clientId)}/app?app=${encodeURIComponent(app)}`;

export const CLIENTS = { label: 'Clients', href: '/clients' } as const;

/** The way up from a page below a client's. */
export const upFrom = (clientId: string, name: string) => [
  CLIENTS,
  { label: name, href: clientHref(clientId) },
];
