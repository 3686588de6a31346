/** A claim as App Service passes it on. */
interface Claim {
  readonly typ: string;
  readonly val: string;
}

interface PrincipalOptions {
  readonly name?: string;
  readonly roles?: readonly string[];
  readonly claims?: readonly Claim[];
  readonly auth_typ?: string;
  readonly name_typ?: string | null;
  readonly role_typ?: string | null;
}

const base64Of = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

/** The header `x-ms-client-principal` as App Service makes it for a person of Entra ID. */
export const principalOf = ({
  name = 'ann@contoso.com',
  roles = [],
  ...rest
}: PrincipalOptions = {}): string =>
  base64Of({
    auth_typ: 'aad',
    name_typ: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
    role_typ: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role',
    claims: [
      { typ: 'name', val: 'Ann' },
      { typ: 'preferred_username', val: name },
      ...roles.map((val) => ({ typ: 'roles', val })),
    ],
    ...rest,
  });
