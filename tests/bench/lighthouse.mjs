// How soon the main pages are there on the phone that Lighthouse emulates, of a hundred points. The browser tests look at
// what doesn't depend on the machine.
import { edge } from "../support/edge.mjs";
import { company } from "../support/company.mjs";
import { lighthouse as lighthouseOf } from "../support/lighthouse.mjs";
import { start } from "../support/start.mjs";
import { SUBJECT, letter, linkIn } from "../../worker/local/steps.mjs";

const TIMES = 3;
/** What the points are made of, and in which unit it comes. */
const PARTS = [
  ["largest_contentful_paint", "largest-contentful-paint", 1000, "s"],
  ["total_blocking_time", "total-blocking-time", 1, "ms"],
  ["layout_shift", "cumulative-layout-shift", 1, "of_1"],
];

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** @param {(name: string, value: string | number, unit: string) => void} say */
export async function lighthouse(say) {
  const place = await start({ host: "localhost" });
  const front = await edge(place.origin);
  try {
    const here = await company(place, { user: 50, content: 20 });
    for (let learner = 0; learner < 12; learner += 1) await here.add();
    await here.learner();
    const newcomer = "lighthouse@example.com";
    await here.add(newcomer);
    const invite = new URL(linkIn(await letter(place.mail, newcomer, SUBJECT.invite)));
    const pages = [
      ["dashboard", "/dashboard", here.manager],
      ["users", "/users", here.manager],
      ["invite", `${invite.pathname}${invite.hash}`, undefined],
    ];
    for (const [name, path, session] of pages) {
      const looks = [];
      for (let time = 0; time < TIMES; time += 1) {
        const browser = await lighthouseOf({ origin: front.origin, session });
        try {
          looks.push(await browser.look(path, ["performance"]));
        } finally {
          await browser.close();
        }
      }
      say(`lighthouse_${name}_performance`, median(looks.map(({ points }) => points.performance)), "points");
      for (const [part, audit, divisor, unit] of PARTS) {
        const value = median(looks.map(({ audits }) => audits[audit].numericValue)) / divisor;
        say(`lighthouse_${name}_${part}`, unit === "ms" ? value.toFixed(0) : value.toFixed(unit === "s" ? 2 : 3), unit);
      }
    }
  } finally {
    front.close();
    await place.close();
  }
}
