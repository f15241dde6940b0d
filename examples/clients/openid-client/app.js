// A pupil signs in and out with openid-client 6, PKCE, state, nonce and private_key_jwt.
//   node build/clients/openid-client/app.js      after examples/clients/prepare.py
import { createPrivateKey, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import * as client from 'openid-client'

const port = process.env.PORT ?? 9301
const here = `http://127.0.0.1:${port}`
const pem = readFileSync(process.env.CLIENT_KEY ?? 'build/clients/openid-client.pem')
const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' })
// ACM verifies assertions with RS256 only, so the algorithm is chosen here.
const key = await crypto.subtle.importKey('pkcs8', der, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, ['sign'])

// ACM's issuer has a path and no slash at its end. The audience of the assertion is that issuer, as ACM wants it: the
// library sends nothing else. Without `{ key, kid }` it sends no `kid`, and ACM tries the keys of the dossier.
const issuer = new URL(process.env.ISSUER ?? 'http://localhost:9100/op')
const acm = await client.discovery(issuer, 'openid-client', undefined, client.PrivateKeyJwt(key), {
  execute: [
    client.enableNonRepudiationChecks, // without it the signature of the ID token is not checked at all
    client.allowInsecureRequests, // only for a mock on loopback
  ],
})

const sessions = new Map() // by cookie: who is signed in, and the sign-ins under way by `state`, for tabs may be several
const pages = { 'GET /': home, 'GET /login': login, 'GET /callback': callback, 'GET /me': me, 'POST /logout': logout }

async function login(session, response) {
  const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()]
  const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
  begin(response, { ...session, pending: { ...session?.pending, [state]: checks } })
  redirect(response, client.buildAuthorizationUrl(acm, {
    state,
    nonce,
    redirect_uri: `${here}/callback`,
    scope: 'openid profile ov_leerling',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }))
}

async function callback(session, response, url) {
  const { [url.searchParams.get('state')]: checks, ...pending } = session?.pending ?? {}
  if (!checks) throw new Error('this browser did not begin that sign-in')
  const tokens = await client.authorizationCodeGrant(acm, url, checks)
  // ACM puts the claims of the scopes in the ID token. There is no `name`; somebody may have one name only, and no e-mail.
  const { sub, given_name, family_name } = tokens.claims()
  begin(response, { pending, person: { sub, name: [given_name, family_name].filter(Boolean).join(' ') } })
  redirect(response, '/me')
}

function me(session, response) {
  if (!session?.person) return redirect(response, '/login')
  show(response, `<h1 data-testid="signed-in">Welcome, <span data-testid="person-name">${escaped(session.person.name)}</span></h1>
    <form method="post" action="/logout"><button data-testid="sign-out">Sign out</button></form>`)
}

function logout(session, response) {
  begin(response, {})
  // ACM wants client_id beside post_logout_redirect_uri; the library adds it.
  redirect(response, client.buildEndSessionUrl(acm, { post_logout_redirect_uri: `${here}/` }))
}

function home(session, response) {
  show(response, '<h1 data-testid="signed-out">Not signed in</h1><a href="/login">Sign in</a>')
}

function begin(response, session) {
  const id = randomUUID() // a new one each time, so that nobody can bring a cookie from before
  sessions.set(id, session)
  response.setHeader('Set-Cookie', `session=${id}; HttpOnly; SameSite=Lax; Path=/`)
}

function redirect(response, url) {
  response.writeHead(303, { Location: String(url) }).end()
}

function show(response, body, status = 200) {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(`<!doctype html><html lang="en"><title>openid-client</title>${body}</html>`)
}

function escaped(text) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

createServer(async (request, response) => {
  const url = new URL(request.url, here)
  const id = /(?:^|; )session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1]
  const session = sessions.get(id)
  try {
    const page = pages[`${request.method} ${url.pathname}`]
    if (!page) return show(response, '<h1>No such page</h1>', 404)
    if (page !== home && page !== me) sessions.delete(id)
    await page(session, response, url)
  } catch (problem) {
    console.error(problem)
    show(response, '<h1 data-testid="refused">The sign-in failed</h1><a href="/login">Try again</a>', 403)
  }
}).listen(port, '127.0.0.1')
