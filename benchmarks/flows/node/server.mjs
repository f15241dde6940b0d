// oidc-provider with one registered client and a form of user name and password; grants are given without asking.
//
//     node server.mjs SETTINGS.json     { "port", "client": { "client_id", "redirect_uri", "jwks" }, "password" }

import { timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import * as oidc from "oidc-provider";

const Provider = oidc.Provider ?? oidc.default;
const { port, client, password } = JSON.parse(readFileSync(process.argv[2], "utf8"));

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: client.client_id,
      redirect_uris: [client.redirect_uri],
      token_endpoint_auth_method: "private_key_jwt",
      jwks: client.jwks,
    },
  ],
  claims: { profile: ["given_name", "family_name"] },
  cookies: { keys: ["a key for cookies that is worth nothing"] },
  features: { devInteractions: { enabled: false } },
  findAccount: (_, sub) => ({
    accountId: sub,
    claims: () => ({ sub, given_name: "Sam", family_name: "Testleerling" }),
  }),
  interactions: { url: (_, { uid }) => `/sign-in/${uid}` },
  loadExistingGrant,
  pkce: { required: () => true },
});

async function loadExistingGrant({ oidc: { client: asking, params, session } }) {
  const grant = new provider.Grant({ accountId: session.accountId, clientId: asking.clientId });
  grant.addOIDCScope(params.scope);
  await grant.save();
  return grant;
}

const page = (uid, words = "") => `<!doctype html>
<html lang="en"><title>Sign in</title><h1>Sign in</h1><p>${words}</p>
<form method="post" action="/sign-in/${uid}">
<input name="username" autocomplete="username"><input name="password" type="password"><button>Sign in</button></form>`;

const isRight = (typed) => typed.length === password.length && timingSafeEqual(Buffer.from(typed), Buffer.from(password));

async function form(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return new URLSearchParams(Buffer.concat(parts).toString());
}

provider.use(async (context, next) => {
  if (!context.path.startsWith("/sign-in/")) return next();
  const { uid } = await provider.interactionDetails(context.req, context.res);
  const sent = context.method === "POST" ? await form(context.req) : undefined;
  if (sent && isRight(sent.get("password") ?? "")) {
    context.respond = false;
    return provider.interactionFinished(context.req, context.res, { login: { accountId: sent.get("username") } });
  }
  context.type = "html";
  context.body = page(uid, sent ? "User name or password is wrong." : "");
});

provider.listen(port, "127.0.0.1");
