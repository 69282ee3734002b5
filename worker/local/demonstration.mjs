// A small company to look at, put in once into an empty local database, through the API that everybody uses.
import { acceptInvite, addManager, addMember, createCompany, expectStatus, giveLicences, signIn } from "./steps.mjs";

/** Who can sign in to the demonstration, and as what. */
export const PEOPLE = {
  desk: "desk@example.com",
  manager: "manager@example.com",
  learner: "learner@example.com",
};

/**
 * Puts the company in, unless there are companies already.
 * @returns {Promise<boolean>} whether it was put in.
 */
export async function putInDemonstration(place) {
  const desk = await signIn(place, PEOPLE.desk);
  const companies = expectStatus(await desk.get("/api/v1/desk/companies"), 200).body;
  if (companies.items.length > 0) return false;

  const { id } = await createCompany(desk, "Northwind Learning", "https://learn.example.com");
  const manager = await addManager(place, desk, id, PEOPLE.manager, "Sam Okafor");
  await giveLicences(manager, desk, id, "user", 25);
  await giveLicences(manager, desk, id, "content", 10);

  // Some have accepted their invites and some haven't, so that every figure has something to show.
  const learners = [
    [PEOPLE.learner, "Ines Carvalho", true],
    ["tomasz.wrona@example.com", "Tomasz Wrona", true],
    ["amara.diallo@example.com", "Amara Diallo", true],
    ["jonas.lindqvist@example.com", "Jonas Lindqvist", false],
    ["mei.tanaka@example.com", undefined, false],
  ];
  for (const [address, name, accepts] of learners) {
    await addMember(manager, id, address, { name });
    if (accepts) await acceptInvite(place, address);
  }
  return true;
}
