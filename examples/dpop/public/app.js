import { createAuth0Client } from './auth0-spa-js.js';
import { showAnswer, showProblem } from './show-answer.js';

const { domain, clientId, audience, api: baseUrl } = await (await fetch('config.json')).json();

const auth0 = await createAuth0Client({
  domain,
  clientId,
  useDpop: true,
  authorizationParams: { audience, redirect_uri: location.origin },
});

/** Sends a request to the API. A browser does not say why nothing has come back. */
const send = (...request) =>
  fetch(...request).catch(() => {
    throw new Error(`The API at ${baseUrl} does not answer: is it running?`);
  });

/** The request that was sent last, for whoever wants to send it again. */
let sent;

// It makes a proof for each request, and another with the API's nonce if the API asks for one.
const api = auth0.createFetcher({
  baseUrl,
  dpopNonceId: 'my-dpop-api',
  // By itself it would ask for a token without the audience.
  getAccessToken: () => auth0.getTokenSilently({ detailedResponse: true }),
  fetch: (request) => send((sent = request)),
});

let problem = '';
if (new URLSearchParams(location.search).has('state')) {
  await auth0.handleRedirectCallback().catch((error) => (problem = ` ${error.message}`));
  history.replaceState({}, '', location.pathname);
}

const byId = (id) => document.getElementById(id);
const user = await auth0.getUser();
byId('who').textContent = user ? `Logged in as ${user.name ?? user.email}` : `Nobody is logged in.${problem}`;
byId('log-in').hidden = user !== undefined;
byId('log-out').hidden = user === undefined;
byId('requests').hidden = user === undefined;

byId('log-in').onclick = () => auth0.loginWithRedirect();
byId('log-out').onclick = () => auth0.logout({ logoutParams: { returnTo: location.origin } });

/** Lets a button ask the API, and shows the answer, or why there is none. */
function onClick(id, title, ask) {
  byId(id).onclick = () => ask(title).catch((error) => showProblem(title, error.message));
}

onClick('call', 'With a new proof', async (title) => {
  const response = await api.fetchWithAuth('/api/private');
  byId('replay').disabled = false;
  await showAnswer(title, response, sent.headers.get('DPoP'));
});

onClick('replay', 'The same request again', async (title) => {
  await showAnswer(title, await send(sent), sent.headers.get('DPoP'));
});

onClick('steal', 'The token alone', async (title) => {
  const token = await auth0.getTokenSilently();
  const headers = { Authorization: `Bearer ${token}` };
  await showAnswer(title, await send(`${baseUrl}/api/private`, { headers }));
});
