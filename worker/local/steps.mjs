// The steps that people take, each as the requests that the app makes for it.
import { Browser } from "./browser.mjs";

/** The link or the code in a letter. */
export const linkIn = (letter) => /https?:\/\/\S+\/(?:sign-in|invite)#[\w.~-]+/.exec(letter.text)?.[0];
export const tokenIn = (letter) => linkIn(letter)?.split("#")[1];
export const codeIn = (letter) => /\b(\d{4}) (\d{4})\b/.exec(letter.text)?.slice(1).join("");

/** What letters are about, by their subjects. */
export const SUBJECT = {
  signIn: /is your sign-in code$/,
  invite: / invites you to |^You are invited to /,
  orderReceived: / requests \d/,
  licencesReady: / ready for /,
  licenceGiven: /^You have a licence from /,
  licenceExpired: /^Your licence from .* has expired$/,
  lotEnded: /^\d[\d,]* .* of .* expired$/,
};

/** The letters of one sort to an address, oldest first. */
export function lettersAbout(mail, address, subject) {
  return mail.to(address).filter((letter) => subject.test(letter.subject));
}

/** Waits for the letter number `count` of one sort to an address: mail leaves after the answer has been given. */
export async function letter(mail, address, subject, count = 1) {
  const patience = Date.now() + 10_000;
  while (Date.now() < patience) {
    const found = lettersAbout(mail, address, subject);
    if (found.length >= count) return found[count - 1];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const there = mail.letters.slice(-20).map(({ to, subject: about }) => `${to}: ${about}`).join("\n  ");
  throw new Error(`No letter ${subject} (number ${count}) for ${address} after 10 s. The newest letters:\n  ${there}`);
}

/** Throws unless the answer has the status. */
export function expectStatus(answer, ...statuses) {
  if (statuses.includes(answer.status)) return answer;
  throw new Error(`Expected ${statuses.join(" or ")}, got ${answer.status}: ${answer.text.slice(0, 500)}`);
}

/** Signs in by mail, in a new browser. */
export async function signIn({ origin, mail }, address) {
  const browser = new Browser(origin);
  const before = lettersAbout(mail, address, SUBJECT.signIn).length;
  expectStatus(await browser.post("/api/v1/sign-in-links", { email: address }), 202);
  const code = codeIn(await letter(mail, address, SUBJECT.signIn, before + 1));
  browser.session = expectStatus(await browser.post("/api/v1/sessions", { code }), 200, 201).body.session;
  return browser;
}

/** The account manager creates a company. Returns its line in the desk's list. */
export async function createCompany(desk, name, platformUrl = "https://learn.example.com") {
  return expectStatus(await desk.post("/api/v1/desk/companies", { name, platform_url: platformUrl }), 201).body;
}

/** Accepts the newest invite of an address, in a new browser that is signed in afterwards. */
export async function acceptInvite({ origin, mail }, address, count = 1) {
  const token = tokenIn(await letter(mail, address, SUBJECT.invite, count));
  const browser = new Browser(origin);
  browser.session = expectStatus(await browser.post("/api/v1/invites/accept", { token }), 200, 201).body.session;
  return browser;
}

/** The account manager invites a manager, who accepts. Returns the manager's browser. */
export async function addManager(place, desk, companyId, address, name) {
  expectStatus(await desk.post(`/api/v1/desk/companies/${companyId}/managers`, { email: address, name }), 201);
  return acceptInvite(place, address);
}

/** A manager requests licences. Returns the order. */
export async function requestLicences(manager, companyId, kind, quantity) {
  return expectStatus(await manager.post(`/api/v1/companies/${companyId}/orders`, { kind, quantity }), 201).body;
}

/** The account manager assigns an order. `term` may set `starts_on` and `months`. */
export async function assign(desk, orderId, term = {}) {
  return expectStatus(await desk.post(`/api/v1/desk/orders/${orderId}/assignment`, term), 200, 201).body;
}

/** Request and assignment in one. */
export async function giveLicences(manager, desk, companyId, kind, quantity, term) {
  const order = await requestLicences(manager, companyId, kind, quantity);
  await assign(desk, order.id, term);
  return order;
}

/** A manager adds somebody. Returns the member's line and the balance since. */
export async function addMember(manager, companyId, email, more = {}) {
  return expectStatus(await manager.post(`/api/v1/companies/${companyId}/members`, { email, ...more }), 201).body;
}
