// What a mail provider that is down costs those who ask for something meanwhile: nothing, because letters leave after answers.
import { address, company } from "../support/company.mjs";
import { addMembersBySql } from "../support/database.mjs";
import { calm, inState, putLetters } from "../support/mail.mjs";
import { settled } from "../support/settle.mjs";
import { start } from "../support/start.mjs";

const TIMES = 40;

/** The provider's bad days, one after the other. */
const TROUBLES = {
  error: { status: 500 },
  too_many: { status: 429, headers: { "retry-after": "30" } },
  reset: { status: "reset" },
  hang: { status: "hang" },
  slow: { status: 200, delay: 4000 },
};

export async function mail(say) {
  const place = await start();
  try {
    const here = await company(place, { user: 2000 });
    await addMembersBySql(place, here.id, 1, 1000);
    let signing = 0;
    const requests = {
      dashboard: () => here.manager.get(here.path("dashboard")),
      member_added: () => here.manager.post(here.path("members"), { email: address("bench") }),
      sign_in_link: () => place.browser().post("/api/v1/sign-in-links", { email: `learner${++signing}@many.example` }),
    };
    await timed(requests);
    await settled(place.mail.letters);
    const without = await timed(requests);
    const worst = {};
    for (const [name, times] of Object.entries(without)) {
      say(`mail_${name}_median`, middle(times).toFixed(1), "ms");
      // What the machine alone does to the slowest, for comparison.
      say(`mail_${name}_slowest_per_median`, (times.at(-1) / middle(times)).toFixed(2), "ratio");
      worst[name] = { median: 0, slowest: 0 };
    }
    for (const [trouble, behaviour] of Object.entries(TROUBLES)) {
      await putLetters(place, `${trouble}-`, 1000);
      place.mail.behave(() => behaviour);
      for (const [name, times] of Object.entries(await timed(requests))) {
        const median = middle(without[name]);
        worst[name].median = Math.max(worst[name].median, middle(times) / median);
        worst[name].slowest = Math.max(worst[name].slowest, times.at(-1) / median);
      }
      await calm(place);
      await place.sql("UPDATE outbox SET state = 'dropped', settled_at = 1 WHERE state = 'queued'");
    }
    for (const [name, { median, slowest }] of Object.entries(worst)) {
      say(`mail_${name}_median_in_outage_per_median`, median.toFixed(2), "ratio");
      say(`mail_${name}_slowest_in_outage_per_median`, slowest.toFixed(2), "ratio");
    }

    await putLetters(place, "speed", 2000);
    const begun = performance.now();
    await place.scheduled(Date.now() + 1000);
    const left = await inState(place, "queued");
    say("mail_letters_sent_per_second", ((2000 - left) / ((performance.now() - begun) / 1000)).toFixed(0), "1/s");
  } finally {
    await place.close();
  }
}

const middle = (times) => times[Math.floor(times.length / 2)];

/** How long each request takes, in milliseconds, the quickest first: one after the other, as one person asks. */
async function timed(requests) {
  const times = Object.fromEntries(Object.keys(requests).map((name) => [name, []]));
  for (let i = 0; i < TIMES; i++) {
    for (const [name, ask] of Object.entries(requests)) {
      const begun = performance.now();
      const answer = await ask();
      times[name].push(performance.now() - begun);
      if (answer.status >= 400) throw new Error(`${name}: ${answer.status} ${answer.text}`);
    }
  }
  for (const list of Object.values(times)) list.sort((a, b) => a - b);
  return times;
}
