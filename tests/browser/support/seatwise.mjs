// `test` and `expect` for browser tests: with a Seatwise of the file's own behind them (Worker, fresh database, mail
// provider, on a free port) and helpers for what would only be in the way of the story that a test tells.
import { test as base, expect } from "@playwright/test";
import { acceptInvite, codeIn, letter, linkIn, lettersAbout, SUBJECT } from "../../../worker/local/steps.mjs";
import { company } from "../../support/company.mjs";
import { endLots } from "../../support/database.mjs";
import { DESK, start } from "../../support/start.mjs";

export { expect, SUBJECT, codeIn, linkIn };

export const test = base.extend({
  /** The running Seatwise: one for all tests of a worker. Tests keep apart by companies of their own. */
  seatwise: [
    // Playwright reads the names between the braces, so there have to be braces.
    async ({}, use) => {
      const place = await start({ host: "localhost" });
      await use({
        ...place,
        /** The account manager's address. */
        deskAddress: DESK,
        /** The newest letter to an address; waits for one of the sort if `subject` says which. */
        newestLetter: (address, subject = /./) => newest(place, address, subject),
        /** How many letters of a sort an address has received. */
        countLetters: (address, subject = /./) => lettersAbout(place.mail, address, subject).length,
        /** A company made through the API: { id, name, manager, managerAddress, add(), learner(), give(), figures() }. */
        company: (options) => company(place, options),
        /** Accepts the newest invite of an address: the browser that is signed in then. */
        accept: (address) => acceptInvite(place, address),
        /** Lets the terms of a company's lots be over, as of now. The scheduled run has not noticed yet. */
        endLots: (companyId) => endLots(place, companyId),
        /** Opens the sign-in page, asks for a mail, and waits for it: returns its code and link. */
        mailedSignIn: async (address, ask) => {
          const before = lettersAbout(place.mail, address, SUBJECT.signIn).length;
          await ask();
          const mailed = await letter(place.mail, address, SUBJECT.signIn, before + 1);
          return { code: codeIn(mailed), link: linkIn(mailed) };
        },
        /** Signs a page's browser in without the story: puts the session of an API browser into it. */
        lendSession: async (page, browser) => {
          await page.context().addCookies([
            { name: "__Host-session", value: browser.cookies.get("__Host-session"), url: place.origin.replace("http:", "https:"), httpOnly: true, secure: true, sameSite: "Lax" },
          ]);
        },
      });
      await place.close();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  baseURL: async ({ seatwise }, use) => use(seatwise.origin),
});

async function newest(place, address, subject) {
  await letter(place.mail, address, subject);
  return lettersAbout(place.mail, address, subject).at(-1);
}
