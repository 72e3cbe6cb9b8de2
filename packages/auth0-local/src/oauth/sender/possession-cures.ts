/** What a client does where a proof of possession is asked for. */
export const possessionCures = {
  dpop: 'Let the client send a DPoP proof in the header DPoP, as auth0-spa-js does with useDpop: true.',
  mtls: 'Let the client send the request to the https address, with a client certificate.',
};
