// A company to test with: fresh for each test, so that tests don't see each other.
import { addManager, addMember, acceptInvite, createCompany, giveLicences } from "../../worker/local/steps.mjs";

let counter = 0;

/** An e-mail address that no other test uses. */
export const address = (name = "somebody") => `${name}.${++counter}@example.com`;

/**
 * A company with one manager and as many licences as asked for.
 * @param {{ user?: number, content?: number, name?: string }} options
 */
export async function company(place, { user = 0, content = 0, name = `Example Learning ${++counter}` } = {}) {
  const desk = await place.desk();
  const { id } = await createCompany(desk, name);
  const managerAddress = address("manager");
  const manager = await addManager(place, desk, id, managerAddress, "Sam Okafor");
  const self = {
    id,
    name,
    desk,
    manager,
    managerAddress,
    path: (rest) => `/api/v1/companies/${id}/${rest}`,
    /** The four figures of a kind, as the dashboard shows them: available, in use, pending, total. */
    async figures(kind = "user") {
      const answer = await manager.get(self.path("dashboard"));
      if (answer.status !== 200) throw new Error(`No dashboard: ${answer.status} ${answer.text}`);
      const { available, in_use, pending, total } = answer.body[kind].balance;
      return [available, in_use, pending, total];
    },
    /** Adds somebody who learns; the invite waits. */
    add: (email = address("learner"), more = {}) => addMember(manager, id, email, more),
    /** Adds a learner, who accepts. Returns the learner's browser. */
    async learner(email = address("learner")) {
      await self.add(email);
      const browser = await acceptInvite(place, email);
      browser.address = email;
      return browser;
    },
    give: (kind, quantity, term) => giveLicences(manager, desk, id, kind, quantity, term),
  };
  if (user) await self.give("user", user);
  if (content) await self.give("content", content);
  return self;
}
