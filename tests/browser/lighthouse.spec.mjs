// Lighthouse on the main pages. How soon they are there depends on the machine: `make bench` says that.
import { edge } from "../support/edge.mjs";
import { lighthouse } from "../support/lighthouse.mjs";
import { expect, SUBJECT, linkIn, test } from "./support/seatwise.mjs";

const CATEGORIES = ["accessibility", "best-practices"];

test("Lighthouse finds nothing against the dashboard, the users and an invite", async ({ seatwise }) => {
  test.setTimeout(180_000);
  const company = await seatwise.company({ user: 5, content: 2 });
  await company.learner();
  const email = "newcomer.to.lighthouse@example.com";
  await company.add(email);
  const invite = new URL(linkIn(await seatwise.newestLetter(email, SUBJECT.invite)));
  const front = await edge(seatwise.origin);
  try {
    for (const [session, path] of [[company.manager, "/dashboard"], [company.manager, "/users"], [undefined, `${invite.pathname}${invite.hash}`]]) {
      const browser = await lighthouse({ origin: front.origin, session });
      try {
        const { points, open, shown } = await browser.look(path, CATEGORIES);
        expect(new URL(shown).pathname, "it stays on the page").toBe(path.split("#")[0]);
        // The sources are open anyway; maps of them would only be fetched.
        expect(open.filter((audit) => !audit.startsWith("valid-source-maps ")), path).toEqual([]);
        expect(points, path).toEqual({ accessibility: 100, "best-practices": 100 });
      } finally {
        await browser.close();
      }
    }
  } finally {
    front.close();
  }
});
