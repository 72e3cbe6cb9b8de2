import type { Api } from '../../../api/management.ts';

/** What a client must do where the tokens of an API are bound to whoever asks for them. */
export function PossessionAdvice({ api: { proof_of_possession: setting } }: { readonly api: Api }) {
  if (!setting) return null;
  return <p class="advice">{setting.mechanism === 'dpop' ? <KeyAdvice /> : <CertificateAdvice />}</p>;
}

function KeyAdvice() {
  return (
    <>
      A client that proves a key gets a token that is bound to it, and sends it behind{' '}
      <code>Authorization: DPoP</code>, with a new proof for each request in the header <code>DPoP</code>. In
      a browser <code>@auth0/auth0-spa-js</code> does both, with <code>useDpop: true</code> and its{' '}
      <code>createFetcher()</code>.
    </>
  );
}

function CertificateAdvice() {
  return (
    <>
      A client that asks the tenant’s https address for a token, with a client certificate, gets one that is
      bound to it, and must call the API over https with the certificate that it showed.{' '}
      <code>server.js</code> has to see it: serve <code>app</code> by <code>https.createServer()</code> with{' '}
      <code>requestCert: true</code>, or tell <code>mtls.getCertificate</code> which header your proxy puts it
      into.
    </>
  );
}
