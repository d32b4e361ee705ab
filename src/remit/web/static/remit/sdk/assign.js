/* Which variant of an experiment a person gets: a pure function of a definition and a person.

   const { running, shipped } = await (await fetch("/api/v1/experiments/definitions", { headers })).json();
   const variant = await assign(running.find((one) => one.key === "video"), "C0001", { age_group: "25-34" });

   null: not in the experiment, so that the person gets what everybody gets (`shipped[key]`, if anything).
   The same answers as every other SDK: docs/howto/experiments.md. No dependency; needs crypto.subtle. */

const WHOLE = 10000;

/** Where a person lies in [0, 1) for a salt: 52 bits of SHA-256, exact in a double. */
export async function place(salt, person) {
  const bytes = new TextEncoder().encode(`${salt}:${person}`);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hex = Array.from(hash.slice(0, 7), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return parseInt(hex.slice(0, 13), 16) / 16 ** 13;
}

/** The code of the variant, or null. `attributes`: what the conditions ask for; unknown ones may be left out. */
export async function assign(definition, person, attributes = {}) {
  const fits = definition.targeting.every(
    (one) => one.values.includes(attributes[one.attribute] ?? "") !== one.excludes,
  );
  if (!fits) return null;
  const { salt, from, to } = definition.layer;
  if ((await place(`${salt}:holdout`, person)) < definition.holdout / WHOLE) return null;
  const inLayer = await place(salt, person);
  if (inLayer < from / WHOLE || inLayer >= to / WHOLE) return null;
  const here = await place(definition.salt, person);
  const total = definition.variants.reduce((sum, one) => sum + one.weight, 0);
  let sums = 0;
  for (const one of definition.variants) {
    sums += one.weight;
    if (here < sums / total) return one.code;
  }
  return null;
}
