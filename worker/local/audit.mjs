// `make audit`: recomputes every company's figures from licences and events, and says what differs. It changes nothing,
// unless it is told to: `make audit REPAIR=1` puts counters right that can be.
import { createServer } from "node:net";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PEOPLE } from "./demonstration.mjs";
import { listenForMail } from "./mail-listener.mjs";
import { MAIL_FOLDER } from "./places.mjs";
import { expectStatus, signIn } from "./steps.mjs";
import { startWorker, toFolder } from "./worker.mjs";

const repair = Boolean(process.env.REPAIR);
const running = `http://localhost:${Number(process.env.PORT || 8787)}`;

/** What has to be ended when all is said. */
const endings = [];
try {
  process.exitCode = (await audit((await answers(running)) ? { origin: running, mail: folder() } : await started())) ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
} finally {
  for (const end of endings.reverse()) await end();
}

/** Audits every company; says whether all is well. */
async function audit(place) {
  const desk = await signIn(place, PEOPLE.desk);
  let [companies, differing, after] = [0, 0, undefined];
  do {
    const page = expectStatus(await desk.get(`/api/v1/desk/companies${after ? `?after=${encodeURIComponent(after)}` : ""}`), 200).body;
    for (const company of page.items) {
      companies += 1;
      const path = `/api/v1/desk/companies/${company.id}`;
      let found = expectStatus(await desk.get(`${path}/audit`), 200).body;
      say(company, found);
      if (repair && found.repairable) {
        found = expectStatus(await desk.post(`${path}/repair`), 200).body;
        console.log(found.differences.length ? "  What is left after the counters were put right:" : "  The counters are put right.");
        if (found.differences.length) say(company, found);
      }
      if (found.differences.length) differing += 1;
    }
    after = page.next ?? undefined;
  } while (after);
  console.log(`\n${companies} companies, ${differing} with differences.`);
  if (differing && !repair) console.log("`make audit REPAIR=1` recomputes the counters; licences and events are never touched.");
  return differing === 0;
}

function say(company, found) {
  const size = `${found.events} events (${found.sealed} sealed), ${found.licences} licences`;
  console.log(`${found.differences.length ? "✗" : "✓"} ${company.name}: ${size}`);
  for (const { what, which, stored, expected } of found.differences) {
    console.log(`    ${what} ${which}: stored ${stored || "nothing"}, expected ${expected || "nothing"}`);
  }
}

async function answers(origin) {
  try {
    return (await fetch(`${origin}/api/v1/session`)).ok;
  } catch {
    return false;
  }
}

/** Seatwise as `make run` has it, on another port, for as long as the audit takes. */
async function started() {
  console.log("Seatwise doesn't run here, so it is started for the audit …");
  const port = await new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
  const origin = `http://localhost:${port}`;
  const mail = await listenForMail();
  endings.push(mail.close);
  const worker = startWorker(port, { ORIGIN: origin, ...toFolder(mail) });
  endings.push(worker.stop);
  await worker.ready();
  return { origin, mail };
}

/** The letters of a Seatwise that runs already, as it writes them into its folder. */
function folder() {
  const read = (name) => {
    const [head, ...text] = readFileSync(join(MAIL_FOLDER, name), "utf8").split("\n\n");
    const field = (label) => new RegExp(`^${label}: (.*)$`, "m").exec(head)?.[1] ?? "";
    return { to: field("To").split(", "), subject: field("Subject"), text: text.join("\n\n") };
  };
  const all = () => readdirSync(MAIL_FOLDER).filter((name) => name.endsWith(".txt")).sort().map(read);
  return {
    get letters() {
      return all();
    },
    to: (address) => all().filter((letter) => letter.to.some((to) => to.toLowerCase().includes(address))),
  };
}
