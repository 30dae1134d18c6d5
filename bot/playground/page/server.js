// The page's calls to the server: the state, what people do, files.

import { lang, t } from "./words.js";

/** A sentence for the person at the page. */
export class Refusal extends Error {}

async function answerOf(request) {
  let response;
  try {
    response = await request;
  } catch {
    throw new Refusal(t("noServer"));
  }
  const body = await response.json().catch(() => null);
  if (body === null || typeof body !== "object") throw new Refusal(response.ok ? t("failed") : t("noServer"));
  if (!response.ok || body.ok === false) throw new Refusal(body.error || t("failed"));
  return body;
}

/** Everything there is to see for `user`; the server chooses somebody where none is given. Raises Refusal. */
export const loadState = (user) => answerOf(fetch(`/ui/state${user ? `?user=${encodeURIComponent(user)}` : ""}`));

/** Does one thing as `user`. Raises Refusal, a sentence in the page's language. */
export function act(verb, user, body = {}) {
  const sent = {
    method: "POST",
    headers: { "Content-Type": "application/json", "Accept-Language": lang() },
    body: JSON.stringify({ user, ...body }),
  };
  return answerOf(fetch(`/ui/act/${verb}`, sent));
}

/** Puts a file on the server; returns its id. Raises Refusal. */
export async function upload(user, file) {
  const form = new FormData();
  form.append("user", user);
  form.append("file", file, file.name);
  const headers = { "Accept-Language": lang() };
  return (await answerOf(fetch("/ui/upload", { method: "POST", headers, body: form }))).file_id;
}

/** Where a file's bytes are: only ever a path on this server. */
export function fileUrl(file) {
  const path = String(file.url ?? file.url_private ?? "").replace(/^https?:\/\/[^/]+/, "");
  return path.startsWith("/files/")
    ? path
    : `/files/${encodeURIComponent(file.id)}/${encodeURIComponent(file.name ?? "file")}`;
}
