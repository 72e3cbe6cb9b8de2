/** The code of a failure by an address that nothing may be fetched from. */
export const forbiddenAddress = 'ADDRESS_FORBIDDEN';

const checkAddress =
  "Check the domain (AUTH0_DOMAIN), or the issuer's address or jwksUri where an entry of issuers has it";

/** What helps where an issuer answers, but not with status 200. */
export function cureOfStatus(status: number): string {
  if (status === 429) return 'It gets too many requests; the client waits as long as it asks, within bounds.';
  if (status >= 500) return 'It fails by itself: look at the state of the issuer.';
  if (status >= 300 && status < 400)
    return `Redirects are not followed: give the address it leads to. ${checkAddress}.`;
  return `${checkAddress}.`;
}

/** What helps where no answer could be had. */
export function cureOfFailure(detail: string): string {
  if (detail === 'ENOTFOUND') return `${checkAddress}, its spelling and the name server.`;
  if (/^(EPROTO|ERR_SSL_)/.test(detail))
    return 'It speaks no TLS 1.2 or newer there: check the port, and whether it is https:// at all.';
  if (detail === forbiddenAddress)
    return 'Domains that a function brings must be https and have a public address, unless domainsResolver.allowPrivateHosts names them.';
  if (/CERT|LEAF_SIGNATURE/.test(detail))
    return 'Its TLS certificate is not trusted: give the authority that signed it in NODE_EXTRA_CA_CERTS, or mend the certificate.';
  return `${checkAddress}, that the issuer runs, and that this process may reach it.`;
}

/** What helps where something else is there than a document of an issuer. */
export const cureOfContent: string = `${checkAddress}.`;
